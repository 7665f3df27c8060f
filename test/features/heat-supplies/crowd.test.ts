/** 5,000 people claim one item through the handler itself, over many connections at once: the stock ends exactly right. */

import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { AppError } from '../../../src/basics/errors.ts';
import { createLog } from '../../../src/basics/log.ts';
import { createCalendar } from '../../../src/calendar/create-calendar.ts';
import { readConfig } from '../../../src/config.ts';
import type { PressTurn, Reply } from '../../../src/feature.ts';
import { claimShare, confirmCollected } from '../../../src/features/heat-supplies/claim/handlers.ts';
import { keepShares } from '../../../src/features/heat-supplies/handout/queries.ts';
import { features } from '../../../src/features/index.ts';
import type { Database } from '../../../src/storage/database.ts';
import { createTurn } from '../../../src/turn/turn.ts';
import { EVERYBODY } from '../../support/audience.ts';
import { OPEN_POLICY } from '../../support/open-policy.ts';
import { createItem, createPoint, findLies, NOON, openStore, receive } from './store.ts';

const PEOPLE = 5000;
const context = {
  calendar: createCalendar({ timeZone: 'Asia/Shanghai' }),
  policy: OPEN_POLICY,
  settings: readConfig(features, {}).settings,
  log: createLog('silent'),
  drive: () => {},
};

/** A press as the inbox makes it, in a transaction of its own; a refusal is an outcome, anything else fails the test. */
async function press(
  db: Database,
  handout: string,
  person: string,
  handle: (turn: PressTurn) => Promise<Reply>,
): Promise<boolean> {
  try {
    const reply = await db.transaction((tx) =>
      handle({
        ...createTurn(context, 'heat-supplies', { db: tx, now: NOON, hasNews: false }),
        who: { id: person, name: person, kind: 'officer', politics: 'none', unitId: null, branchId: null, roles: [] },
        eventId: randomUUID(),
        saidAt: NOON,
        may: () => false,
        pressed: { card: 'claim', ref: handout },
        form: {},
        option: undefined,
      }),
    );
    return reply.kind === 'success';
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

it(`gives ${PEOPLE} people who claim at once exactly what there is`, async () => {
  const db = await openStore(40);
  const point = await createPoint(db, '政治处');
  const item = await createItem(db, '藿香正气水');
  const soon = await receive(db, { point, item, quantity: 3001, expiresOn: '2026-07-31' });
  const expired = await receive(db, { point, item, quantity: 500, expiresOn: '2026-07-01' });
  await receive(db, { point, item, quantity: 6000 });
  await db.sql`INSERT INTO person (id, name) SELECT 'ou_' || n, 'n' || n FROM generate_series(1, ${PEOPLE}::int) AS n`;
  const handout = randomUUID();
  await db.sql`
    INSERT INTO publication (id, feature, card, state, "opensAt", "dueAt", audience, "issuedById", "createdAt", "publishedAt")
    VALUES (${handout}::uuid, 'heat-supplies', 'claim', 'published', ${NOON}, '2026-07-13T18:00:00+08:00', ${EVERYBODY}::jsonb, 'ou_1', ${NOON}, ${NOON})`;
  await db.sql`INSERT INTO supply_handout (id, kind, "pointIds") VALUES (${handout}::uuid, 'heat', ARRAY[${point}::uuid])`;
  await db.sql`INSERT INTO part ("publicationId", "personId") SELECT ${handout}::uuid, id FROM person`;
  const share = [{ itemId: item, name: '藿香正气水', unit: '盒', each: 2 }];
  await db.transaction((tx) => keepShares(tx, handout, share));
  const people = Array.from({ length: PEOPLE }, (_, index) => `ou_${index + 1}`);

  const begun = performance.now();
  const claimed = await Promise.all(people.map((person) => press(db, handout, person, claimShare)));
  const seconds = (performance.now() - begun) / 1000;
  console.log(`${PEOPLE} claims against one item in ${seconds.toFixed(1)} s: ${Math.round(PEOPLE / seconds)} a second`);

  // 9,001 that are still good are 4,500 shares of two, and one that is left over.
  expect(claimed.filter(Boolean)).toHaveLength(4500);
  expect(await sums(db)).toEqual({ onHand: 9501, reserved: 9000 });
  const [first] = await db.sql<{ reserved: number }>`SELECT reserved FROM stock_level WHERE "batchId" = ${soon}::uuid`;
  expect(first?.reserved).toBe(3001);
  const [old] = await db.sql<{ reserved: number }>`SELECT reserved FROM stock_level WHERE "batchId" = ${expired}::uuid`;
  expect(old?.reserved).toBe(0);
  expect(await findLies(db)).toEqual([]);

  // Everybody presses 已领取 twice at once: what was promised is handed over once.
  const confirmed = await Promise.all(
    people.flatMap((person) => [person, person]).map((person) => press(db, handout, person, confirmCollected)),
  );
  expect(confirmed.filter(Boolean)).toHaveLength(4500);
  expect(await sums(db)).toEqual({ onHand: 501, reserved: 0 });
  expect(await findLies(db)).toEqual([]);
  const states = await db.sql<{
    state: string;
    count: number;
  }>`SELECT state, count(*)::int AS count FROM supply_claim GROUP BY state ORDER BY state`;
  expect(states).toEqual([
    { state: 'collected', count: 4500 },
    { state: 'open', count: 500 },
  ]);
});

async function sums(db: Database): Promise<{ onHand: number; reserved: number } | undefined> {
  const [row] = await db.sql<{
    onHand: number;
    reserved: number;
  }>`SELECT sum("onHand")::int AS "onHand", sum(reserved)::int AS reserved FROM stock_level`;
  return row;
}
