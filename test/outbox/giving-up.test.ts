/** How often a message is tried, by what the messenger says: never for ever. */
import { expect, it, onTestFinished } from 'vitest';
import { moveTo, now } from '../../src/basics/clock.ts';
import { createLog } from '../../src/basics/log.ts';
import { createCalendar } from '../../src/calendar/create-calendar.ts';
import { type Messenger, MessengerError, type Plain } from '../../src/messenger/port.ts';
import type { Came } from '../../src/outbox/delivery.ts';
import { createSender } from '../../src/outbox/send.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { createTestDatabase } from '../storage/test-database.ts';

/** Further than two days of hourly tries. */
const MOST_TRIES = 80;

type Answers = { create: MessengerError['kind'] | 'taken'; words?: MessengerError['kind'] | 'taken'; alone?: 'taken' };

/** One card to one person, sent until its row is at rest, by a messenger that always answers the same. */
async function send(answers: Answers) {
  const database = await createTestDatabase();
  const db = openDatabase(database.connectionString, () => undefined);
  onTestFinished(() => db.close().then(database.drop));
  const sent: (string | Plain)[] = [];
  const came: Came = { arrived: [], lost: [], broken: [] };
  const answer = async (kind: MessengerError['kind'] | 'taken' = 'content', what: string | Plain) => {
    sent.push(what);
    if (kind !== 'taken') throw new MessengerError(kind, kind);
    return { messageId: 'om_1' };
  };
  const deliver = createSender({
    ...{ db, calendar: createCalendar({ timeZone: 'Asia/Shanghai' }), log: createLog('silent') },
    policy: { quietHours: null, quietDays: 'off', dailyBudget: 2 },
    limits: { perSecond: 1e9, perMinute: 1e9, perRecipient: 1e9 },
    makeFile: async () => undefined,
    render: async () => ({ header: { title: { tag: 'plain_text', content: '一张卡片' } } }),
    fillNotice: ({ hasWords }) => ({
      header: { title: { tag: 'plain_text', content: hasWords ? '怎么办' : '只有这句' } },
    }),
    messenger: {
      create: (_to, _card, uuid) => answer(answers.create, uuid),
      createPlain: (_to, plain) => answer(plain.title === '只有这句' ? answers.alone : answers.words, plain),
    } as Pick<Messenger, 'create' | 'createPlain'> as Messenger,
    keepOutcomes: async ({ arrived, lost, broken }, write) => {
      came.arrived.push(...arrived);
      came.lost.push(...lost);
      came.broken.push(...broken);
      await write(db);
    },
  });
  moveTo(new Date('2026-11-23T10:00:00+08:00'));
  const [row] = await db.sql<{ id: string }>`
    INSERT INTO delivery (id, key, feature, card, ref, recipient, push, "dueAt")
    VALUES (gen_random_uuid(), 'x:1', 'x', 'x', 'x', 'ou_1', 'answer', ${now()}) RETURNING id`;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const [waiting] = await db.sql<{
      dueAt: Date;
    }>`UPDATE delivery SET state = 'queued' WHERE state = 'pending' RETURNING "dueAt"`;
    if (!waiting) break;
    moveTo(waiting.dueAt);
    await deliver({ ids: [row?.id ?? ''] });
  }
  const [end] = await db.sql<{ state: string; isPlain: boolean }>`SELECT state, "isPlain" FROM delivery`;
  const titles = sent.map((one) => (typeof one === 'string' ? '卡片' : one.title));
  return {
    ...end,
    tries: sent.length,
    titles,
    broken: came.broken,
    lost: came.lost.length,
    arrived: came.arrived.length,
  };
}

it.each<[MessengerError['kind'], number]>([
  ['unknown', 55],
  ['unexplained', 8],
  ['refused', 1],
  ['gone', 1],
])('what is %s is tried %i times, and then lost; no card is at fault', async (kind, tries) => {
  expect(await send({ create: kind })).toMatchObject({ state: 'failed', tries, lost: 1, broken: [] });
});

it('a card that is refused for its content goes out as its words, and is at fault', async () => {
  const sent = await send({ create: 'content', words: 'taken' });
  expect(sent).toMatchObject({ state: 'sent', isPlain: true, titles: ['卡片', '一张卡片'], arrived: 1 });
  expect(sent.broken).toMatchObject([{ failure: 'content', isUnanswered: false }]);
});

it('where the words are refused as well, a sentence without them goes out', async () => {
  const sent = await send({ create: 'content', words: 'content', alone: 'taken' });
  expect(sent).toMatchObject({ state: 'sent', isPlain: true, titles: ['卡片', '一张卡片', '只有这句'], arrived: 1 });
});

it('where nothing is taken, it is not the card: the delivery is lost at once', async () => {
  const sent = await send({ create: 'content' });
  expect(sent).toMatchObject({ state: 'failed', isPlain: false, tries: 3, lost: 1, broken: [] });
});

it('words whose outcome stays unknown end too, without the card being asked for again', async () => {
  const sent = await send({ create: 'content', words: 'unexplained' });
  expect(sent).toMatchObject({ state: 'failed', lost: 1 });
  expect(sent.titles).toEqual(['卡片', ...Array(8).fill('一张卡片')]);
});
