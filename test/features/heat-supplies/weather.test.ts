/** The heat: a source of QWeather's shape over real HTTP, a file, a typed temperature; what fails, and what cannot be. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openOffice } from './office.ts';

type Sky = { tempMax?: string; color?: string; status?: number };

/** A weather service on loopback that answers as QWeather does; the sky may be changed, and every request is kept. */
async function openSky(sky: Sky) {
  const asked: { path: string; key: string | undefined }[] = [];
  const server = createServer((request, response) => {
    asked.push({ path: request.url ?? '', key: request.headers['x-qw-api-key'] as string | undefined });
    const body = request.url?.startsWith('/v7/weather/3d')
      ? {
          code: '200',
          updateTime: '2026-07-06T07:30+08:00',
          daily: ['2026-07-06', '2026-07-07', '2026-07-08'].map((fxDate) => ({ fxDate, tempMax: sky.tempMax })),
        }
      : {
          metadata: { zeroResult: !sky.color },
          alerts: sky.color
            ? [
                {
                  eventType: { name: '高温', code: '1009' },
                  color: { code: sky.color },
                  headline: '市气象台发布高温预警',
                },
              ]
            : [],
        };
    response.writeHead(sky.status ?? 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { sky, asked, environment: { WEATHER_URL: url, WEATHER_KEY: 'a-key', WEATHER_LOCATION: '116.41,39.92' } };
}

const draftsOf = (cards: string[]) => cards.filter((card) => card.includes('参照《防暑降温措施管理办法》'));
const GOODS = ['藿香正气水 200盒', '矿泉水 100箱'];

it('drafts for the secretary at each level once a day, and sends nothing by itself', async () => {
  const { sky, asked, environment } = await openSky({ tempMax: '36' });
  const { house, secretary, officer } = await openOffice(GOODS, { environment });
  await house.clockMovesTo('2026-07-06T11:36:00+08:00');
  expect(asked.map(({ path }) => path)).toEqual([
    '/v7/weather/3d?location=116.41%2C39.92',
    '/weatheralert/v1/current/39.92/116.41',
  ]);
  expect(asked[0]?.key).toBe('a-key');
  expect(draftsOf(secretary.sees())).toHaveLength(1);
  expect(secretary.seesLast()).toContain('最高气温36℃（天气服务');
  expect(secretary.seesLast()).toContain('第八条第三项：换班轮休');
  expect(secretary.seesLast()).toContain('政治处：藿香正气水可用200盒');
  expect(secretary.seesLast()).toContain('[确认发放（40人）]');
  expect(officer.sees()).toEqual([]);

  sky.tempMax = '38';
  await house.clockMovesTo('2026-07-06T14:36:00+08:00');
  expect(draftsOf(secretary.sees())).toHaveLength(2);
  expect(secretary.seesLast()).toContain('第八条第二项');
  sky.tempMax = '36';
  await house.clockMovesTo('2026-07-07T07:36:00+08:00');
  await house.clockMovesTo('2026-07-07T11:36:00+08:00');
  expect(draftsOf(secretary.sees())).toHaveLength(3);
  expect(officer.sees()).toEqual([]);

  await secretary.presses('确认发放');
  await house.settles();
  expect(officer.seesLast()).toContain('防暑物资 · 请领取');
});

it('believes no 380 degrees and no nothing, shows the last value with its age, and lets a person say it', async () => {
  const { sky, environment } = await openSky({ tempMax: '34' });
  const { house, secretary } = await openOffice(GOODS, { environment });
  await house.clockMovesTo('2026-07-06T11:36:00+08:00');
  for (const [index, bad] of (['380', '', undefined] as const).entries()) {
    if (bad === undefined) delete sky.tempMax;
    else sky.tempMax = bad;
    await house.clockMovesTo(`2026-07-0${7 + index}T11:36:00+08:00`);
  }
  sky.status = 500;
  await house.clockMovesTo('2026-07-10T11:36:00+08:00');
  expect(draftsOf(secretary.sees())).toEqual([]);
  await secretary.says('高温');
  expect(secretary.seesLast()).toContain('最高气温34℃（天气服务，7月6日（周一）');
  expect(secretary.seesLast()).toContain('4天前的数值，请勿当作今天的');
  expect(secretary.seesLast()).toContain('天气来源连不上');
  const failures = await house.app.db.sql<{
    failure: string;
  }>`SELECT failure FROM weather_reading WHERE failure IS NOT NULL ORDER BY "readAt"`;
  expect(new Set(failures.map(({ failure }) => failure))).toEqual(new Set(['implausible', 'missing', 'unreachable']));

  await secretary.says('今日最高380度');
  expect(secretary.seesLast()).toContain('这个温度不太可能，没有记录');
  await secretary.says('今日最高40.5度');
  expect(secretary.seesLast()).toContain('最高气温40.5℃（人工填写');
  expect(secretary.seesLast()).toContain('第八条第一项：当日停止室外露天作业');
  await secretary.says('今日最高41度');
  expect(secretary.seesLast()).toContain('今天这一级或更高一级的草稿已经给过您');
  await secretary.says('今日最高30度');
  expect(secretary.seesLast()).toContain('没有达到35℃，不用发放');
});

it('takes an official alert from a file, and asks nobody out of season', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'jingxin-weather-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'weather.json');
  const alerts = [{ eventType: { name: '高温' }, color: { code: 'red' }, headline: '市气象台发布高温红色预警' }];
  await writeFile(file, JSON.stringify({ daily: [], alerts }));
  const { house, secretary } = await openOffice(GOODS, { environment: { WEATHER_FILE: file, HEAT_SEASON: '7-7' } });
  await house.clockMovesTo('2026-07-06T11:36:00+08:00');
  expect(secretary.seesLast('参照')).toContain('市气象台发布高温红色预警（天气文件');
  expect(secretary.seesLast('参照')).toContain('第八条第一项');

  await house.clockMovesTo('2026-08-03T11:36:00+08:00');
  const readings = await house.app.db.sql<{
    month: number;
  }>`SELECT DISTINCT extract(month FROM day)::int AS month FROM weather_reading`;
  expect(readings).toEqual([{ month: 7 }]);
});
