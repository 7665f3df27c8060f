/** 提醒未参加的人 of a crowd: a press that stays short, rounds that follow, one card for each. */

import { randomUUID } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { quizzes } from '../../../src/features/quizzes/index.ts';
import type { Person } from '../../../src/people/person.ts';
import { type Database, openDatabase } from '../../../src/storage/database.ts';
import { createTestDatabase } from '../../storage/test-database.ts';
import { allHaveSeen, SEEN } from '../../support/all-have-seen.ts';
import { EVERYBODY } from '../../support/audience.ts';
import { pressIn, runIn } from '../../support/press-and-jobs.ts';

const NOW = new Date('2026-11-24T10:00:00+08:00');
const CLOSES = new Date('2026-11-24T17:00:00+08:00');
const ISSUER: Person = {
  ...{ id: 'ou_1', name: '甲', kind: 'officer', politics: 'member', unitId: null, branchId: null },
  roles: [{ name: 'administrator', scopeId: null }],
};

it('a press for 1,203 people writes no card itself, and the rounds give each of them one, also when a round runs twice', async () => {
  const { db, quiz } = await openContest();
  const press = () => pressIn(db, quizzes, { button: 'nudge', who: ISSUER, card: 'progress', ref: quiz, now: NOW });
  expect(await press()).toEqual({ toast: '已提醒1203人。每人每天最多提醒一次。', kind: 'success' });
  expect(await deliveriesOf(db)).toEqual([]);
  const rounds = await db.sql<{ payload: { people: string[] } }>`SELECT payload FROM pending_job WHERE job = 'nudge'`;
  expect(rounds.map(({ payload }) => payload.people.length).sort()).toEqual([203, 500, 500]);

  for (const { payload } of [...rounds, ...rounds]) await runIn(db, quizzes, { job: 'nudge', payload, now: NOW });
  const deliveries = await deliveriesOf(db);
  expect(deliveries).toHaveLength(1203);
  expect(new Set(deliveries.map(({ recipient }) => recipient)).size).toBe(1203);
  expect(deliveries.filter(({ recipient }) => ['ou_1', 'ou_2', 'ou_3'].includes(recipient))).toEqual([]);
  expect(deliveries[0]).toMatchObject({ card: 'paper', push: 'quiet', notAfter: CLOSES });

  expect(await press()).toMatchObject({ toast: expect.stringContaining('没有需要提醒的人') });
  expect(await db.sql`SELECT 1 FROM pending_job WHERE job = 'nudge'`).toHaveLength(3);
});

/** A contest of 1,206 people: one has begun, one is on leave, one cannot be reached. */
async function openContest(): Promise<{ db: Database; quiz: string }> {
  const database = await createTestDatabase();
  const db = openDatabase(database.connectionString, () => {});
  onTestFinished(async () => {
    await db.close();
    await database.drop();
  });
  const quiz = randomUUID();
  await db.sql`INSERT INTO person (id, name) SELECT 'ou_' || n, '民警' || n FROM generate_series(1, 1206) n`;
  await db.sql`INSERT INTO leave (id, "personId", "firstDay", "lastDay") VALUES (gen_random_uuid(), 'ou_2', '2026-11-20', '2026-11-24')`;
  await db.sql`
    INSERT INTO publication (id, feature, card, state, "opensAt", "dueAt", audience, "issuedById", "createdAt", "publishedAt")
    VALUES (${quiz}::uuid, 'quizzes', 'paper', 'published', '2026-11-24T09:00:00+08:00', ${CLOSES}, ${EVERYBODY}::jsonb, 'ou_1', ${NOW}, ${NOW})`;
  await db.sql`INSERT INTO quiz (id, kind, "questionCount") VALUES (${quiz}::uuid, 'contest', 3)`;
  await db.sql`
    INSERT INTO part ("publicationId", "personId", "doneAt", "isUnreachable")
    SELECT ${quiz}::uuid, id, CASE WHEN id = 'ou_1' THEN ${NOW}::timestamptz END, id = 'ou_3' FROM person`;
  await allHaveSeen(db);
  return { db, quiz };
}

function deliveriesOf(db: Database) {
  return db.sql<{ recipient: string; card: string; push: string; notAfter: Date }>`
    SELECT recipient, card, push, "notAfter" FROM delivery WHERE NOT starts_with(key, ${SEEN}) ORDER BY recipient`;
}
