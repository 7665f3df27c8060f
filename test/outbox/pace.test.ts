/** How fast messages follow one another: to one person in order, five in a second and no more, and none waits for a beat. */
import { randomUUID } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { moveTo } from '../../src/basics/clock.ts';
import { FEISHU_RATES } from '../../src/emulator/api/limits.ts';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { FEISHU_LIMITS } from '../../src/outbox/limits.ts';
import { relayDeliveries, thenRelay } from '../../src/outbox/relay.ts';
import { type Database, openDatabase } from '../../src/storage/database.ts';
import { createTestDatabase } from '../storage/test-database.ts';
import { MONDAY_MORNING, openHouse } from '../support/house.ts';

const after = (ms: number) => new Date(MONDAY_MORNING.getTime() + ms);

it('gives one recipient five messages in any second, the oldest first, and the sixth when that second is over', async () => {
  const db = await openEmpty();
  for (const key of ['1', '2', '3', '4', '5', '6', '7'])
    await insert(db, { key, recipient: 'ou_1', push: 'answer', dueAt: after(0) });
  /** What the relay takes at that moment, which is out 10 ms later. */
  const relayAt = async (ms: number) => {
    moveTo(after(ms));
    const ids: string[] = [];
    const add = async (_: string, errands: { ids: string[] }[]) => void ids.push(...errands.flatMap((one) => one.ids));
    await relayDeliveries(db, { add }, false);
    const rows = await db.sql<{ key: string }>`
      UPDATE delivery SET state = 'sent', "sentAt" = ${after(ms + 10)} WHERE id = ANY (${ids}::uuid[]) RETURNING key`;
    return rows.map(({ key }) => key);
  };

  expect(await relayAt(0)).toEqual(['1']);
  for (const key of ['2', '3', '4', '5']) expect(await relayAt(Number(key) * 100)).toEqual([key]);
  expect(await relayAt(600)).toEqual([]);
  expect(await relayAt(900)).toEqual([]);
  // The first was out at 10 ms, the second at 210.
  expect(await relayAt(1_020)).toEqual(['6']);
  expect(await relayAt(1_100)).toEqual([]);
  expect(await relayAt(1_220)).toEqual(['7']);
});

it('lets nothing go out ungathered that comes due while it relays', async () => {
  const db = await openEmpty();
  await insert(db, { key: 'first', recipient: 'ou_1', push: 'answer', dueAt: after(0) });
  for (const key of ['task', 'quiz'])
    await insert(db, { key, recipient: 'ou_2', push: 'quiet', gathers: true, dueAt: after(100) });
  const taken: string[] = [];
  const add = async (_: string, errands: { ids: string[] }[]) => {
    taken.push(...errands.flatMap(({ ids }) => ids));
    moveTo(after(500));
  };
  moveTo(after(0));
  await relayDeliveries(db, { add }, false);
  expect(taken).toHaveLength(1);
  await relayDeliveries(db, { add }, false);
  expect(await featuresOf(db, taken)).toEqual(['help', 'today']);
});

it('lets nothing go out ungathered that was written before and is committed while it relays', async () => {
  const db = await openEmpty();
  await insert(db, { key: 'first', recipient: 'ou_1', push: 'answer', dueAt: after(0) });
  const taken: string[] = [];
  const add = async (_: string, errands: { ids: string[] }[]) => {
    const isFirst = taken.length === 0;
    taken.push(...errands.flatMap(({ ids }) => ids));
    if (!isFirst) return;
    for (const key of ['task', 'quiz'])
      await insert(db, { key, recipient: 'ou_2', push: 'quiet', gathers: true, dueAt: after(-100) });
  };
  moveTo(after(0));
  await relayDeliveries(db, { add }, false);
  expect(taken).toHaveLength(1);
  await relayDeliveries(db, { add }, false);
  expect(await featuresOf(db, taken)).toEqual(['help', 'today']);
});

it('relays again as soon as an errand is done, and once more when its second is over', async () => {
  const relayedAt: number[] = [];
  const twice = new Promise<void>((resolve) => {
    const send = thenRelay(
      async () => {},
      () => {
        if (relayedAt.push(performance.now()) === 2) resolve();
      },
    );
    void send({ ids: [] });
  });
  const keepAlive = setTimeout(() => {}, 60_000);
  await twice;
  clearTimeout(keepAlive);
  expect((relayedAt[1] ?? 0) - (relayedAt[0] ?? 0)).toBeGreaterThan(990);
});

it('answers twelve questions that come at once, within the limits of Feishu and refused by none', async () => {
  const house = await openHouse({ tuning: { limits: FEISHU_LIMITS }, emulator: { limits: FEISHU_RATES } });
  const officer = house.person(SAMPLE_PEOPLE.officer);
  for (let n = 0; n < 12; n += 1) house.emulator.say(officer.id, '帮助');
  await house.settles();

  expect(officer.sees()).toHaveLength(12);
  const calls = house.emulator.calls.filter(
    ({ method, path }) => method === 'POST' && path.includes('/im/v1/messages'),
  );
  expect(calls.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 200));
  const at = calls.map((call) => Date.parse(call.at)).sort((a, b) => a - b);
  expect(at.slice(5).filter((instant, index) => instant - (at[index] ?? 0) < 1_000)).toEqual([]);
});

async function openEmpty(): Promise<Database> {
  const database = await createTestDatabase();
  const db = openDatabase(database.connectionString, () => {});
  onTestFinished(async () => {
    await db.close();
    await database.drop();
  });
  return db;
}

type Row = { key: string; recipient: string; push: string; gathers?: boolean; dueAt: Date };

/** A delivery that waits, about a matter of its own. */
function insert(db: Database, { key, recipient, push, gathers = false, dueAt }: Row): Promise<unknown> {
  return db.sql`
    INSERT INTO delivery (id, key, feature, card, ref, recipient, push, gathers, "dueAt")
    VALUES (${randomUUID()}::uuid, ${key}, 'help', 'help', ${key}, ${recipient}, ${push}, ${gathers}, ${dueAt})`;
}

/** Whose cards these deliveries are. */
async function featuresOf(db: Database, ids: string[]): Promise<string[]> {
  const rows = await db.sql<{ feature: string }>`
    SELECT feature FROM delivery WHERE id = ANY (${ids}::uuid[]) ORDER BY feature`;
  return rows.map(({ feature }) => feature);
}
