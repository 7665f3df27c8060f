/** Files into the chat and out of it, through a small feature that takes rosters and gives them back. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { moveTo, now } from '../../src/basics/clock.ts';
import { AppError } from '../../src/basics/errors.ts';
import type { FaultsPost } from '../../src/emulator/site/page-api.ts';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { type Feature, fileMaker } from '../../src/feature.ts';
import { AnyRef } from '../../src/sight.ts';
import { post, recorded, seal, sign } from '../messenger/feishu-push.ts';
import { type House, openHouse } from '../support/house.ts';

const HELP = '名称含“名单”的 dat 文件（导入名单）';
const BYTES = Buffer.from([0x50, 0x4b, 3, 4, 0, 13, 10, 255]);

/** Keeps what it is sent as rows of feedback, the name in front; two commands give files back. */
const rosters: Feature = {
  name: 'rosters',
  uploads: {
    roster: {
      accepts: ({ name }) => /名单.*\.dat$/.test(name),
      help: HELP,
      action: 'leave.record',
      handle: async (turn, { name, bytes }) => {
        const [id, text] = [randomUUID(), `${name} ${bytes.toString('hex')}`];
        await turn.db.models.feedback.create({ data: { id, personId: turn.who.id, text, writtenAt: turn.saidAt } });
        if (name.includes('缺列')) throw new AppError('a column is missing', '第1行缺少“姓名”列，没有导入。');
        if (name.includes('错行')) z.string().parse(1);
        if (name.includes('坏')) throw new Error('a fault of the feature');
        return name.includes('静') ? undefined : { toast: '已导入名单', kind: 'success' };
      },
    },
  },
  commands: Object.fromEntries(
    (['answer', 'quiet'] as const).map((push) => [
      push,
      {
        words: [{ answer: '导出名单', quiet: '稍后导出' }[push]],
        help: { does: '导出名单', example: '导出名单' },
        action: 'self',
        handle: async (turn, { rest }) => {
          await turn.deliver({ key: `export:${rest}`, to: { person: turn.who.id }, file: 'roster', ref: rest, push });
          return undefined;
        },
      },
    ]),
  ),
  files: {
    roster: fileMaker({
      ref: AnyRef,
      action: 'self',
      make: async (_db, ref, viewer) => {
        if (ref === '空') return undefined;
        return { name: `名单${ref}.dat`, bytes: Buffer.from(`${ref} ${viewer.person} ${viewer.isSent}`) };
      },
    }),
  },
};

/** Takes what the first does, and pictures, from those who were asked for them. */
const albums: Feature = {
  name: 'albums',
  uploads: {
    picture: {
      accepts: ({ name, isPicture }) => isPicture || name.endsWith('.dat'),
      expects: async (db, who, at) =>
        (await db.models.feedback.count({ where: { personId: who.id, text: '请发照片', writtenAt: { lte: at } } })) > 0,
      help: '照片（相册）',
      action: 'self',
      handle: async (_turn, { name }) => ({ toast: `相册收到${name}` }),
    },
  },
};

const open = (options: Parameters<typeof openHouse>[0] = {}) =>
  openHouse({ ...options, tuning: { features: [rosters], ...options.tuning } });

const readRosters = ({ app }: House) =>
  app.db.sql<{ text: string; writtenAt: Date }>`SELECT text, "writtenAt" FROM feedback`;
const later = (ms: number) => new Date(now().getTime() + ms);
const downloads = ({ emulator }: House) => emulator.calls.filter(({ path }) => path.includes('/resources/'));

/** A house in which the test can hide what people have sent: the messenger then fails with an internal error. */
async function openWithHiding() {
  const dataDir = await mkdtemp(join(tmpdir(), 'jingxin-files-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const [shown, hidden] = [join(dataDir, 'emulator', 'files'), join(dataDir, 'hidden')];
  const house = await open({ environment: { DATA_DIR: dataDir } });
  return {
    house,
    /** Sends a file whose bytes are not to be had. */
    sendHidden: async (openId: string, name: string) => {
      house.emulator.pushTo(undefined);
      house.emulator.sendFile(openId, name, BYTES);
      await rename(shown, hidden);
      house.emulator.pushTo(`${house.app.url}/webhook/event`);
      house.emulator.retryNow();
      await house.settles();
    },
    uncover: () => rename(hidden, shown),
  };
}

describe('a file that is sent to the bot', () => {
  it('reaches the upload that takes it with every byte and is answered, once, though it is pushed twice', async () => {
    const house = await open();
    const secretary = house.person(SAMPLE_PEOPLE.secretary);
    house.emulator.faults.pushTwice = true;
    await secretary.sends('一大队名单.dat', BYTES);
    expect(await readRosters(house)).toMatchObject([{ text: `一大队名单.dat ${BYTES.toString('hex')}` }]);
    expect(secretary.sees()).toHaveLength(1);
    expect(secretary.seesLast()).toContain('已导入名单');
    await secretary.sends('一大队名单.dat', BYTES); // another message is another file
    expect(await readRosters(house)).toHaveLength(2);
    expect(JSON.stringify(house.logged)).not.toMatch(/名单|file_v3|t-[0-9a-f]/);
  });

  it('counts from when it was sent, however late it arrives', async () => {
    const house = await open();
    const sentAt = now();
    house.emulator.pushTo(undefined);
    house.emulator.sendFile(SAMPLE_PEOPLE.secretary, '名单.dat', BYTES);
    moveTo(new Date('2026-11-23T16:00:00+08:00'));
    house.emulator.pushTo(`${house.app.url}/webhook/event`);
    house.emulator.retryNow();
    await house.settles();
    const [roster] = await readRosters(house);
    expect(Math.abs((roster?.writtenAt.getTime() ?? 0) - sentAt.getTime())).toBeLessThan(60_000);
  });

  it('is refused at once with what this person may send, and never downloaded, when nobody takes it', async () => {
    const house = await open();
    const secretary = house.person(SAMPLE_PEOPLE.secretary);
    const officer = house.person(SAMPLE_PEOPLE.officer);
    await secretary.sends('名单.zip', BYTES);
    expect(secretary.seesLast()).toMatch(/也可以发送：.*；名称含“名单”的 dat 文件（导入名单）。/);
    await secretary.sends('录像.mp4', BYTES);
    expect(secretary.sees()).toHaveLength(2);
    expect(secretary.seesLast()).toContain(HELP);
    await officer.sends('名单.dat', BYTES);
    expect(officer.seesLast()).toContain('不能处理这个文件');
    expect(officer.seesLast()).not.toContain(HELP);
    expect(await readRosters(house)).toEqual([]);
    expect(downloads(house)).toEqual([]);
  });

  it('goes first to the upload that expects it, which takes nothing else', async () => {
    const house = await open({ tuning: { features: [rosters, albums] } });
    const secretary = house.person(SAMPLE_PEOPLE.secretary);
    await secretary.sends('合影.png', BYTES);
    expect(secretary.seesLast()).toContain('存放纪要的学习登记');
    await secretary.sends('名单.dat', BYTES);
    expect(secretary.seesLast()).toContain('已导入名单');
    const asked = { id: randomUUID(), personId: secretary.id, text: '请发照片', writtenAt: now() };
    await house.app.db.models.feedback.create({ data: asked });
    moveTo(later(1000));
    await secretary.sends('合影.png', BYTES);
    expect(secretary.seesLast()).toContain('相册收到照片.jpg');
    await secretary.sends('名单.dat', BYTES);
    expect(secretary.seesLast()).toContain('相册收到名单.dat');
  });

  it('may be pictures among words: a caption where they were asked for, else only the words count', async () => {
    const house = await open({ tuning: { features: [rosters, albums] } });
    const officer = house.person(SAMPLE_PEOPLE.officer);
    const send = async (text: string) => {
      house.emulator.sayWithPictures(officer.id, text, [BYTES, BYTES]);
      await house.settles();
    };
    await send('');
    expect(officer.seesLast()).toContain('读不了图片里的内容');
    await send('现场的两张照片');
    expect(officer.seesLast()).toContain('没有听懂');
    await send('导出名单 甲');
    expect(await officer.files()).toHaveLength(1);
    expect(downloads(house)).toEqual([]);

    const asked = { id: randomUUID(), personId: officer.id, text: '请发照片', writtenAt: now() };
    await house.app.db.models.feedback.create({ data: asked });
    moveTo(later(1000));
    await send('导出名单 乙');
    expect(officer.seesLast()).toContain('相册收到照片.jpg');
    expect(downloads(house).map(({ status }) => status)).toEqual([200, 200]);
    expect(await officer.files()).toHaveLength(1);
    await officer.says('导出名单 乙');
    expect(await officer.files()).toHaveLength(2);
  });

  it('of more than 30 MB is refused in words', async () => {
    const house = await open();
    const secretary = house.person(SAMPLE_PEOPLE.secretary);
    await secretary.sends('名单.dat', Buffer.alloc(30 * 1024 * 1024 + 1));
    expect(secretary.seesLast()).toContain('文件超过 30 MB');
    expect(await readRosters(house)).toEqual([]);
  });

  it('that is gone when the worker comes is answered, not tried for ever', async () => {
    const house = await open();
    const { header, event } = recorded('message-file');
    const at = String(now().getTime());
    const message = { ...(event.message as object), message_id: 'om_gone', create_time: at };
    const body = seal(
      JSON.stringify({
        schema: '2.0',
        header: {
          ...header,
          ...{ app_id: house.credentials.appId, token: house.credentials.verificationToken, create_time: at },
        },
        event: { sender: { sender_id: { open_id: SAMPLE_PEOPLE.administrator }, sender_type: 'user' }, message },
      }).replace('题库.xlsx', '名单.dat'),
      house.credentials.encryptKey,
    );
    const pushed = await post(`${house.app.url}/webhook/event`, body, sign(body, house.credentials.encryptKey));
    expect(pushed).toMatchObject({ status: 200 });
    await house.settles();
    expect(house.person(SAMPLE_PEOPLE.administrator).seesLast()).toContain('取不到这个文件');
    expect(await readRosters(house)).toEqual([]);
  });

  it.each([
    ['名单缺列.dat', '第1行缺少“姓名”列，没有导入。'],
    ['名单错行.dat', '读不懂这个文件'],
    ['名单坏.dat', '没有办成，内容没有改动'],
  ])('whose handler throws (%s) leaves nothing behind but a sentence', async (name, sentence) => {
    const house = await open();
    const secretary = house.person(SAMPLE_PEOPLE.secretary);
    await secretary.sends(name, BYTES);
    expect(secretary.sees()).toHaveLength(1);
    expect(secretary.seesLast()).toContain(sentence);
    expect(await readRosters(house)).toEqual([]);
  });

  it('needs no answer when the handler gives none', async () => {
    const house = await open();
    const secretary = house.person(SAMPLE_PEOPLE.secretary);
    await secretary.sends('名单静.dat', BYTES);
    expect(await readRosters(house)).toHaveLength(1);
    expect(secretary.sees()).toEqual([]);
  });

  it('is tried again when the messenger fails, and then handed over once', async () => {
    const { house, sendHidden, uncover } = await openWithHiding();
    const secretary = house.person(SAMPLE_PEOPLE.secretary);
    await sendHidden(secretary.id, '名单.dat');
    await house.clockMovesTo(later(6_000));
    expect(downloads(house).map(({ status }) => status)).toEqual([500, 500]);
    expect(secretary.sees()).toEqual([]);
    await uncover();
    await house.clockMovesTo(later(31_000));
    expect(await readRosters(house)).toHaveLength(1);
    expect(secretary.sees()).toHaveLength(1);
    expect(secretary.seesLast()).toContain('已导入名单');
  });

  it('is given up after an hour, and the person hears of it', async () => {
    const { house, sendHidden } = await openWithHiding();
    const secretary = house.person(SAMPLE_PEOPLE.secretary);
    await sendHidden(secretary.id, '名单.dat');
    await house.clockMovesTo(later(3_601_000));
    expect(secretary.seesLast()).toContain('文件一直没有取到');
    expect(await house.app.db.sql`SELECT 1 FROM pending_job WHERE job = 'read-file'`).toEqual([]);
  });

  it('is refused after all when the permission has ended before it could be read', async () => {
    const { house, sendHidden, uncover } = await openWithHiding();
    const secretary = house.person(SAMPLE_PEOPLE.secretary);
    await sendHidden(secretary.id, '名单.dat');
    await house.app.db.sql`UPDATE role_assignment SET until = ${now()} WHERE "personId" = ${secretary.id}`;
    await uncover();
    await house.clockMovesTo(later(6_000));
    expect(downloads(house).at(-1)).toMatchObject({ status: 200 });
    expect(secretary.seesLast()).toContain('不能处理这个文件');
    expect(await readRosters(house)).toEqual([]);
  });
});

describe('a file that the bot gives', () => {
  it('arrives with its name and bytes, once for a key', async () => {
    const house = await open();
    const officer = house.person(SAMPLE_PEOPLE.officer);
    await officer.says('导出名单 甲');
    expect(await officer.files()).toEqual([{ name: '名单甲.dat', bytes: Buffer.from(`甲 ${officer.id} false`) }]);
    await officer.says('导出名单 甲');
    await house.clockMovesTo(later(5_000));
    expect(await officer.files()).toHaveLength(1);
    await officer.says('导出名单 乙');
    expect(await officer.files()).toHaveLength(2);
    const states = await house.app.db.sql`SELECT state, "isFile" FROM delivery`;
    expect(states).toEqual(Array(2).fill({ state: 'sent', isFile: true }));
    expect(JSON.stringify(house.logged)).not.toMatch(/名单|file_v3|t-[0-9a-f]/);
  });

  it('is dropped when there is nothing to give', async () => {
    const house = await open();
    const officer = house.person(SAMPLE_PEOPLE.officer);
    await officer.says('导出名单 空');
    expect(await officer.files()).toEqual([]);
    expect(await house.app.db.sql`SELECT state FROM delivery`).toEqual([{ state: 'dropped' }]);
  });

  it('waits for working hours when it is quiet', async () => {
    const house = await open({ at: new Date('2026-11-23T22:00:00+08:00') });
    const officer = house.person(SAMPLE_PEOPLE.officer);
    await officer.says('稍后导出 甲');
    expect(await officer.files()).toEqual([]);
    await house.clockMovesTo('2026-11-24T07:31:00+08:00');
    expect(await officer.files()).toHaveLength(1);
  });

  it.each<[string, FaultsPost]>([
    ['says 429', { rateLimitedShare: 1 }],
    ['says 230020', { chatLimitedShare: 1 }],
    ['says 500', { errorShare: 1 }],
    ['does not answer', { silentShare: 1 }],
    ['sends the file and does not answer', { lostAnswerShare: 1 }],
  ])('arrives once when the messenger first %s', async (_what, faults) => {
    const house = await open({ tuning: { callTimeoutMs: 3_000 } });
    const officer = house.person(SAMPLE_PEOPLE.officer);
    Object.assign(house.emulator.faults, faults);
    await officer.says('导出名单 甲');
    expect(await house.app.db.sql`SELECT state FROM delivery`).toEqual([{ state: 'pending' }]);
    Object.assign(house.emulator.faults, Object.fromEntries(Object.keys(faults).map((share) => [share, 0])));
    await house.clockMovesTo(later(10_000));
    expect(await officer.files()).toHaveLength(1);
    expect(await house.app.db.sql`SELECT state FROM delivery`).toEqual([{ state: 'sent' }]);
  });

  it('fails for good where the person cannot be reached', async () => {
    const house = await open();
    const officer = house.person(SAMPLE_PEOPLE.officer);
    house.emulator.contacts.setReach(officer.id, { isUnavailable: true });
    await officer.says('导出名单 甲');
    expect(await house.app.db.sql`SELECT state, failure FROM delivery`).toEqual([
      { state: 'failed', failure: '230013' },
    ]);
    expect(await officer.files()).toEqual([]);
  });
});
