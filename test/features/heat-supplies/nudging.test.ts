/** 提醒未领取 of a crowd: a press that stays short, rounds that follow, one card for each. */

import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { heatSupplies } from '../../../src/features/heat-supplies/index.ts';
import type { Person } from '../../../src/people/person.ts';
import type { Database } from '../../../src/storage/database.ts';
import { allHaveSeen, SEEN } from '../../support/all-have-seen.ts';
import { EVERYBODY } from '../../support/audience.ts';
import { pressIn, runIn } from '../../support/press-and-jobs.ts';
import { createPoint, NOON, openStore } from './store.ts';

const ISSUER: Person = {
  ...{ id: 'ou_1', name: '甲', kind: 'officer', politics: 'member', unitId: null, branchId: null },
  roles: [{ name: 'administrator', scopeId: null }],
};
const CLOSES = new Date('2026-07-13T18:00:00+08:00');

it('a press for 1,203 people writes no card itself, and the rounds give each of them one, also when a round runs twice', async () => {
  const { db, handout } = await openHandout();
  const press = () =>
    pressIn(db, heatSupplies, { button: 'nudge', who: ISSUER, card: 'progress', ref: handout, now: NOON });
  expect(await press()).toEqual({ toast: '已提醒1203人。每人每天最多提醒一次。', kind: 'success' });
  expect(await deliveriesOf(db)).toEqual([]);
  const rounds = await db.sql<{ payload: { people: string[] } }>`SELECT payload FROM pending_job WHERE job = 'nudge'`;
  expect(rounds.map(({ payload }) => payload.people.length).sort()).toEqual([203, 500, 500]);

  for (const { payload } of [...rounds, ...rounds]) await runIn(db, heatSupplies, { job: 'nudge', payload, now: NOON });
  const deliveries = await deliveriesOf(db);
  expect(deliveries).toHaveLength(1203);
  expect(new Set(deliveries.map(({ recipient }) => recipient)).size).toBe(1203);
  expect(deliveries.filter(({ recipient }) => ['ou_1', 'ou_2', 'ou_3'].includes(recipient))).toEqual([]);
  expect(deliveries[0]).toMatchObject({ card: 'claim', push: 'quiet', gathers: true, notAfter: CLOSES });

  expect(await press()).toMatchObject({ toast: expect.stringContaining('没有需要提醒的人') });
  expect(await db.sql`SELECT 1 FROM pending_job WHERE job = 'nudge'`).toHaveLength(3);
});

/** A hand-out of 1,206 people: one has collected, one is on leave, one cannot be reached. */
async function openHandout(): Promise<{ db: Database; handout: string }> {
  const db = await openStore();
  const [handout, point] = [randomUUID(), await createPoint(db, '政治处')];
  await db.sql`INSERT INTO person (id, name) SELECT 'ou_' || n, '民警' || n FROM generate_series(1, 1206) n`;
  await db.sql`INSERT INTO leave (id, "personId", "firstDay", "lastDay") VALUES (gen_random_uuid(), 'ou_2', '2026-07-01', '2026-07-06')`;
  await db.sql`
    INSERT INTO publication (id, feature, card, state, "opensAt", "dueAt", audience, "issuedById", "createdAt", "publishedAt")
    VALUES (${handout}::uuid, 'heat-supplies', 'claim', 'published', ${NOON}, ${CLOSES}, ${EVERYBODY}::jsonb, 'ou_1', ${NOON}, ${NOON})`;
  await db.sql`INSERT INTO supply_handout (id, kind, "pointIds") VALUES (${handout}::uuid, 'heat', ARRAY[${point}::uuid])`;
  await db.sql`
    INSERT INTO part ("publicationId", "personId", "doneAt", "isUnreachable")
    SELECT ${handout}::uuid, id, CASE WHEN id = 'ou_1' THEN ${NOON}::timestamptz END, id = 'ou_3' FROM person`;
  await db.sql`
    INSERT INTO supply_claim ("handoutId", "personId", state)
    SELECT ${handout}::uuid, id, CASE WHEN id = 'ou_1' THEN 'collected' ELSE 'open' END FROM person`;
  await allHaveSeen(db);
  return { db, handout };
}

function deliveriesOf(db: Database) {
  return db.sql<{ recipient: string; card: string; push: string; gathers: boolean; notAfter: Date }>`
    SELECT recipient, card, push, gathers, "notAfter" FROM delivery WHERE NOT starts_with(key, ${SEEN}) ORDER BY recipient`;
}
