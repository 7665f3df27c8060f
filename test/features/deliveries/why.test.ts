/** 为什么没收到: the way of everything that was sent to somebody, for administrators, for themselves, and in the terminal. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createCalendar } from '../../../src/calendar/create-calendar.ts';
import { SAMPLE_PEOPLE } from '../../../src/emulator/world/sample.ts';
import { explainFailure, HELD } from '../../../src/features/deliveries/failure-words.ts';
import { describeWay } from '../../../src/features/deliveries/path-words.ts';
import { tellWays } from '../../../src/features/deliveries/tell-ways.ts';
import { KNOWN_CODES } from '../../../src/messenger/error-kinds.ts';
import type { Traced } from '../../../src/trace.ts';
import type { House } from '../../support/house.ts';
import { FRIDAY, openCast, openThird } from './cast.ts';

const view = { now: FRIDAY, calendar: createCalendar({ timeZone: 'Asia/Shanghai' }) };

/** Things of the past for somebody, the oldest first, as the outbox would have left them. */
async function keep({ app }: House, person: string, rows: Record<string, unknown>[]): Promise<void> {
  const kept = rows.map((row, at) => ({
    ...{ key: `test:${at}`, feature: 'today', card: 'list', ref: 'asked', recipient: person, push: 'quiet' },
    ...{ state: 'sent', dueAt: '2026-11-20T09:00:00+08:00', writtenAt: `2026-11-20T09:${10 + at}:00+08:00`, ...row },
  }));
  await app.db.sql`
    INSERT INTO delivery (id, key, feature, card, ref, recipient, push, state, "dueAt", "writtenAt", failure)
    SELECT gen_random_uuid(), key, feature, card, ref, recipient, push, state, "dueAt", "writtenAt", failure FROM jsonb_to_recordset(${JSON.stringify(kept)}::jsonb)
      AS row (key text, feature text, card text, ref text, recipient text, push text, state text, "dueAt" timestamptz, "writtenAt" timestamptz, failure text)`;
}

it('tells an administrator the way of all that was sent to somebody, and everybody their own', async () => {
  const { officer, admin, name } = await openThird();
  await admin.says(`为什么没收到 ${name}`);
  const ways = admin.seesLast('送达情况');
  expect(ways).toContain('主题党日：学习廉洁自律准则');
  expect(ways).toContain('11月27日（周五）10:27写好 → 当天的提醒已满两条 → 将于11月30日（周一）07:30起送达');
  expect(ways).toContain('11月27日（周五）10:27写好 → 11月27日（周五）10:27送达');
  expect(ways.indexOf('学习廉洁自律准则')).toBeLessThan(ways.indexOf('学习党章'));
  for (const said of [`${name}说没收到通知，查一下`, `查送达 ${name}`]) {
    await admin.says(said);
    expect(admin.seesLast()).toContain(`发给${name}的`);
  }
  await officer.says('我怎么没收到通知');
  expect(officer.seesLast()).toContain('发给您的');
  expect(officer.seesLast()).toContain('学习廉洁自律准则');
  expect(officer.seesLast()).toContain('将于11月30日（周一）07:30起送达');
});

it('lets nobody but an administrator ask about another, known or not', async () => {
  const { house, secretary, officer, admin } = await openCast();
  for (const [who, said] of [
    [officer, `为什么没收到 ${await house.nameOf(admin.id)}`],
    [secretary, `为什么${await house.nameOf(officer.id)}没收到`],
    [officer, '为什么没收到 查无此人'],
  ] as const) {
    await who.says(said);
    expect(who.seesLast()).toContain('只有管理员能查');
  }
  await officer.says('查送达 程立山');
  expect(officer.seesLast()).toContain('没有办理这件事的权限');
  await admin.says('为什么没收到 查无此人');
  expect(admin.seesLast()).toContain('没有找到这个人');
  const helpOf = async (who: typeof officer, group: string) => {
    await who.says('帮助');
    await who.presses(`${group}（`);
    await house.settles();
    return who.seesLast();
  };
  expect(await helpOf(officer, '自己的事')).toContain('**为什么没收到**');
  expect(await helpOf(officer, '查看和导出')).not.toContain('查送达');
  expect(await helpOf(admin, '设置和管理')).toContain('**查送达**');
});

it('asks which of several is meant, by unit, in whatever words', async () => {
  const { house, officer, admin, issue, name } = await openCast();
  await issue('学习党章');
  await house.app.db.sql`UPDATE person SET name = ${name} WHERE id = ${SAMPLE_PEOPLE.auxiliary}`;
  const [unit] = await house.app.db.sql<{ name: string }>`
    SELECT u.name FROM person p JOIN unit u ON u.id = p."unitId" WHERE p.id = ${officer.id}`;
  for (const said of [`为什么没收到 ${name}`, `为什么${name}没收到`]) {
    await admin.says(said);
    expect(admin.seesLast()).toContain('可能的人有2位');
    await admin.presses(`${name} ${unit?.name}`);
    await house.settles();
    expect(admin.seesLast('送达情况')).toContain(`发给${name}的`);
    expect(admin.seesLast('送达情况')).toContain('学习党章');
  }
});

it('asks about a name that is not said in full, and says which words it could not use', async () => {
  const { house, admin } = await openCast();
  await admin.says('小王说没收到通知');
  expect(admin.seesLast()).toContain('可能的人有');
  const [, name = 'nobody'] = /\[(王[^\s\]]+)/u.exec(admin.seesLast()) ?? [];
  await admin.presses(name);
  await house.settles();
  expect(admin.seesLast('送达情况')).toContain(`发给${name}的`);
  await admin.says('为什么赵钱孙没收到');
  expect(admin.sees().slice(-2).join()).toContain('没有用上：“赵钱孙”');
  expect(admin.sees().slice(-2).join()).toContain('发给您的');
});

it('shows an administrator no title that they may not see, and each person their own', async () => {
  const { house, officer, admin, issue, name } = await openCast();
  await issue('学习党章');
  // What nobody issued is nobody's to watch: here only the part of one person.
  await house.app.db.sql`UPDATE publication SET audience = NULL, "issuedById" = NULL`;
  await admin.says(`为什么没收到 ${name}`);
  expect(admin.seesLast('送达情况')).toContain('学习任务（一条通知）');
  expect(admin.seesLast('送达情况')).not.toContain('学习党章');
  await officer.says('为什么没收到');
  expect(officer.seesLast('送达情况')).toContain('主题党日：学习党章');
  // What was sent to somebody by mistake, and they have no part in.
  await house.app.db
    .sql`UPDATE delivery SET recipient = ${admin.id} WHERE card = 'task' AND recipient = ${SAMPLE_PEOPLE.auxiliary}`;
  await admin.says('为什么没收到');
  expect(admin.seesLast('送达情况')).toContain('学习任务（一条通知）');
  expect(admin.seesLast('送达情况')).not.toContain('学习党章');
});

it('turns pages, the newest first', async () => {
  const { house, officer, admin, name } = await openCast();
  await keep(
    house,
    officer.id,
    Array.from({ length: 10 }, () => ({ state: 'dropped', failure: null })),
  );
  await admin.says(`为什么没收到 ${name}`);
  expect(admin.seesLast('送达情况').match(/没有发/g)).toHaveLength(8);
  expect(admin.seesLast('送达情况')).toContain('09:19写好');
  await admin.presses('下一页');
  await house.follows();
  expect(admin.seesLast('送达情况').match(/没有发/g)).toHaveLength(2);
  expect(admin.seesLast('送达情况')).toContain('09:10写好');
  await admin.presses('上一页');
  await house.follows();
  expect(admin.seesLast('送达情况')).toContain('09:19写好');
  await officer.says('为什么没收到');
  await officer.presses('下一页');
  await house.follows();
  expect(officer.seesLast('送达情况')).toContain('09:10写好');
});

it.each([
  [{ isUnavailable: true }, '不在应用的可用范围里，请在飞书管理后台把他加入应用的可用范围（错误码230013）'],
  [{ hasStoppedBot: true }, '本人停用了机器人，请他在飞书里重新启用（错误码230053）'],
])('says of a person out of reach why, in words that help: %o', async (reach, words) => {
  const { house, secretary, admin, issue, name } = await openCast();
  house.emulator.contacts.setReach(SAMPLE_PEOPLE.officer, reach);
  await issue('学习党章');
  await secretary.says('送达情况');
  expect(secretary.seesLast('送达情况')).toContain(`1人：${words}`);
  await admin.says(`为什么没收到 ${name}`);
  expect(admin.seesLast('送达情况')).toContain(words);
});

it('tells what was taken back, and what was done before it came', async () => {
  const { house, secretary, officer, admin, issue, name } = await openCast();
  await issue('学习党章');
  await secretary.presses('撤回发布');
  await house.settles();
  await admin.says(`为什么没收到 ${name}`);
  expect(admin.seesLast('送达情况')).toContain('写好 → 已撤回');
  // The second push of the day is used up by the next one, so that the one after it waits.
  await issue('学习纪律处分条例');
  await issue('学习廉洁自律准则');
  await officer.says('今天');
  await officer.presses('去办理');
  await house.settles();
  await officer.presses('我已完成');
  await officer.says('今天');
  await officer.presses('去办理');
  await house.settles();
  await officer.presses('我已完成');
  await house.clockMovesTo('2026-11-30T07:31:00+08:00');
  await admin.says(`为什么没收到 ${name}`);
  expect(admin.seesLast('送达情况')).toContain('轮到发送时已经办完或不再需要，没有发');
});

describe('the words of a way', () => {
  const sent: Traced = {
    unwanted: null,
    ...{ id: '', feature: '', card: '', ref: '', recipient: '', into: null, isRecalled: false, isPlain: false },
    ...{ state: 'sent', writtenAt: FRIDAY, dueAt: FRIDAY, held: null, failure: null, shownAt: FRIDAY },
  };
  const monday = new Date('2026-11-30T07:31:00+08:00');
  const waiting = { ...sent, state: 'pending', shownAt: null, dueAt: monday };
  const written = '11月27日（周五）10:27写好';
  const onMonday = '11月30日（周一）07:31';
  it.each<[Traced, string]>([
    [sent, `${written} → 11月27日（周五）10:27送达`],
    [{ ...sent, writtenAt: null, isPlain: true }, '11月27日（周五）10:27送达（飞书不接受卡片，只发了文字）'],
    [{ ...sent, held: 'budget', shownAt: monday }, `${written} → 当天的提醒已满两条 → ${onMonday}送达`],
    [{ ...waiting, held: 'on-leave' }, `${written} → 正在休假 → 将于${onMonday}起送达`],
    [
      { ...waiting, failure: '10014' },
      `${written} → 应用没有启用，请在开发者后台启用（错误码10014） → 将于${onMonday}再试`,
    ],
    [{ ...waiting, dueAt: FRIDAY }, `${written} → 马上送出`],
    [{ ...waiting, dueAt: FRIDAY, failure: 'timeout' }, `${written} → 飞书没有及时回答，会自动重试 → 马上再试`],
    [{ ...waiting, unwanted: 'done' }, `${written} → 本人已经办完，不再发`],
    [{ ...sent, state: 'recalled', isRecalled: true }, `${written} → 已撤回`],
    [{ ...waiting, state: 'dropped' }, `${written} → 轮到发送时已经办完或不再需要，没有发`],
    [{ ...waiting, state: 'dropped', failure: 'too-late' }, `${written} → 轮到发送时已经过了时间，不再发`],
    [
      { ...waiting, state: 'dropped', held: 'quiet-day', failure: 'quiet-day' },
      `${written} → 当天不是工作日，等到能发时已经过了时间，不再发`,
    ],
    [{ ...waiting, state: 'failed', failure: 'left' }, `${written} → 已经离开单位，不再发`],
    [{ ...waiting, state: 'failed', failure: '4711' }, `${written} → 飞书没有接收（错误码4711），请看运行日志`],
    [
      {
        ...{ ...waiting, state: 'dropped', failure: 'gathered' },
        into: {
          ...{ state: 'pending', dueAt: monday.toISOString(), held: 'budget', failure: null, shownAt: null },
          ...{ isRecalled: false, isPlain: false },
        },
      },
      `${written} → 和别的待办合并成“今天”卡片 → 当天的提醒已满两条 → 将于${onMonday}起送达`,
    ],
  ])('%#', (traced, words) => {
    expect(describeWay(traced, view)).toBe(words);
  });

  it.each(KNOWN_CODES)('explain the code %s, with what helps', (code) => {
    const words = explainFailure(String(code));
    expect(words).toMatch(new RegExp(`^[^（]+（错误码${code}）$`, 'u'));
    expect(words).toMatch(/请|不用处理|自动重试/);
    expect(words).not.toContain('没有接收（');
  });

  it.each(Object.keys(HELD))('say of %s that it was over before it could go', (reason) => {
    expect(explainFailure(reason)).toMatch(/，等到能发时已经过了时间，不再发$/);
  });
});

describe('npm run why', () => {
  const why = (args: string[], environment: Record<string, string>) =>
    promisify(execFile)('node', ['--import', 'tsx', 'src/tools/why.ts', ...args], {
      env: { PATH: process.env.PATH, ...environment },
    }).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
    );

  it('tells the same of a person, a delivery and a key, and no more than was asked', async () => {
    const { house, officer, name } = await openThird();
    const { db } = house.app;
    const { lines, isFound } = await tellWays(db, name, view);
    expect(isFound).toBe(true);
    expect(lines[0]).toMatch(/study-tasks\/task .*当天的提醒已满两条 → 将于11月30日（周一）07:30起送达$/);
    expect(lines.join()).not.toContain('廉洁自律');
    const [id = ''] = lines[0]?.split(' ') ?? [];
    const [row] = await db.sql<{ key: string }>`SELECT key FROM delivery WHERE id = ${id}::uuid`;
    const [person] = await db.sql<{ employeeNo: string }>`
      SELECT COALESCE("employeeNo", id) AS "employeeNo" FROM person WHERE id = ${officer.id}`;
    for (const wanted of [id, row?.key ?? '']) expect((await tellWays(db, wanted, view)).lines).toEqual([lines[0]]);
    for (const wanted of [officer.id, person?.employeeNo ?? ''])
      expect((await tellWays(db, wanted, view)).lines).toEqual(lines);
    // Whoever has left is found by their open_id still.
    await db.sql`UPDATE person SET status = 'left' WHERE id = ${officer.id}`;
    expect((await tellWays(db, officer.id, view)).lines).toEqual(lines);
    expect(await tellWays(db, '没有这个人', view)).toMatchObject({ isFound: false });
  });

  it('ends with 0 where it tells something, and with 1 and one sentence where it cannot', async () => {
    const { house, name } = await openThird();
    const DATABASE_URL = house.appConfig.DATABASE_URL ?? '';
    const told = await why([name], { DATABASE_URL });
    expect(told).toMatchObject({ code: 0, stderr: '' });
    expect(told.stdout).toContain('当天的提醒已满两条');
    const one = (text: string) => text.trim().split('\n').length;
    for (const failed of [
      await why(['没有这个人'], { DATABASE_URL }),
      await why([], { DATABASE_URL }),
      await why([name], { DATA_DIR: '/nonexistent/data' }),
      await why([name], { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/nothing' }),
    ]) {
      expect(failed.code).toBe(1);
      expect(one(failed.stdout + failed.stderr)).toBe(1);
    }
  });
});
