/** A ballot cannot be traced: after a vote of 200, nothing in the database, the queue or the log joins a person to a choice. */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { now } from '../../../src/clock.ts';
import type { PressPost } from '../../../src/emulator/page-api.ts';
import { findPressable } from '../../support/card-reader.ts';
import { type House, openHouse } from '../../support/house.ts';

const VOTERS = 200;
const DAY_MS = 86_400_000;
type Row = { table: string; text: string; xmin: string };

it('leaves nothing behind that links a voter to a choice', async () => {
  const house = await openHouse();
  const { db } = house.app;
  const people = await db.sql<{ id: string }>`
    SELECT id FROM person p WHERE "isReachable" AND NOT EXISTS (SELECT 1 FROM role_assignment r WHERE r."personId" = p.id) ORDER BY md5(id)`;
  const voters = people.slice(0, VOTERS).map(({ id }) => id);
  const nominees = people.slice(VOTERS, VOTERS + 2).map(({ id }) => id);
  const { round, candidates, closesAt } = await holdVote(house, nominees);

  // The first half votes for the first candidate, the second half for the other: an order that is kept would show.
  for (let at = 0; at < VOTERS; at += 20) {
    const choice = candidates[at < VOTERS / 2 ? 0 : 1] ?? '';
    const answers = await Promise.all(voters.slice(at, at + 20).map((voter) => vote(house, voter, choice)));
    expect(answers).toEqual(answers.map(() => '已收到您的投票，谢谢。'));
  }
  await house.settles();
  // The measure works: before the close, the number of the transaction still joins the two, as README says.
  const linked = await db.sql`
    SELECT v."personId", b."candidacyId" FROM star_voter v JOIN star_ballot b ON b.xmin = v.xmin WHERE v."roundId" = ${round}::uuid`;
  expect(linked).toHaveLength(VOTERS);

  await house.clockMovesTo(new Date(closesAt.getTime() + 1000));

  const ballots = await db.sql<{ id: string; candidacyId: string; xmin: string; ctid: string }>`
    SELECT id, "candidacyId", xmin::text, ctid::text FROM star_ballot WHERE "roundId" = ${round}::uuid ORDER BY ctid`;
  expect(ballots).toHaveLength(VOTERS);
  expect(new Set(ballots.map(({ xmin }) => xmin)).size).toBe(1);
  const rows = await dump(house);
  expect(rows.length).toBeGreaterThan(1000);
  expect(rows.some(({ table }) => table.startsWith('bullmq') || table.includes('queue'))).toBe(true);

  // No row names both, no row but the two tables' own names a choice, and no row with a voter has the ballots' transaction.
  const naming = (row: Row, ids: string[]) => ids.some((id) => row.text.includes(id));
  expect(rows.filter((row) => naming(row, voters) && naming(row, candidates))).toEqual([]);
  expect([...new Set(rows.filter((row) => naming(row, candidates)).map(({ table }) => table))].sort()).toEqual([
    'public.star_ballot',
    'public.star_candidacy',
  ]);
  expect(rows.filter((row) => row.xmin === ballots[0]?.xmin && naming(row, voters))).toEqual([]);
  const ids = ballots.map(({ id }) => id);
  expect(rows.filter((row) => row.table !== 'public.star_ballot' && naming(row, ids))).toEqual([]);

  // The place on the page and the ids tell nothing of the order in which people voted.
  const byId = [...ballots].sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const order of [ballots, byId]) {
    const early = order.slice(0, VOTERS / 2).filter(({ candidacyId }) => candidacyId === candidates[0]).length;
    expect(early).toBeGreaterThan(VOTERS / 8); // 25 of an expected 50: seven standard deviations
    expect(early).toBeLessThan((VOTERS / 8) * 3);
  }

  // The log has heard of the vote, and of no choice.
  const log = house.logged.map((line) => JSON.stringify(line));
  expect(log.length).toBeGreaterThan(0);
  expect(log.filter((line) => candidates.some((id) => line.includes(id)))).toEqual([]);
});

/** A round of the detachment in its vote, with two candidates for one star, whose cards are out. */
async function holdVote(house: House, nominees: string[]) {
  const { db } = house.app;
  const round = randomUUID();
  const candidates = nominees.map(() => randomUUID());
  const post = randomUUID();
  const at = now();
  const later = (days: number) => new Date(at.getTime() + days * DAY_MS);
  const closesAt = later(2);
  await db.sql`
    INSERT INTO star_round (id, state, title, "audienceKind", "nominateUntil", "checkUntil", "reviewUntil", "voteUntil", "decideUntil", "orderSeed", "createdAt")
    VALUES (${round}::uuid, 'voting', '2026年11月每月一星', 'detachment', ${later(-3)}, ${later(-2)}, ${later(-1)}, ${closesAt}, ${later(4)}, ${randomUUID()}, ${later(-9)})`;
  await db.sql`INSERT INTO star_post (id, "roundId", name, seats, sort) VALUES (${post}::uuid, ${round}::uuid, '执法执勤', 1, 0)`;
  for (const [index, nominee] of nominees.entries())
    await db.sql`
      INSERT INTO star_candidacy (id, "roundId", "nomineeId", "postId", state, statement, opinion)
      VALUES (${candidates[index]}::uuid, ${round}::uuid, ${nominee}, ${post}::uuid, 'passed', '事迹', 'clear')`;
  await db.sql`INSERT INTO star_voter ("roundId", "personId") SELECT ${round}::uuid, id FROM person WHERE status = 'active'`;
  const job = (name: string, payload: unknown, due: Date) => db.sql`
    INSERT INTO pending_job (id, feature, job, payload, "dueAt")
    VALUES (gen_random_uuid(), 'monthly-star', ${name}, ${JSON.stringify(payload)}::jsonb, ${due})`;
  await job('announce', { round, card: 'vote', reason: 'first', after: '' }, at);
  await job('end-step', { round, state: 'voting' }, closesAt);
  await house.settles();
  return { round, candidates, closesAt };
}

async function vote(house: House, voter: string, choice: string): Promise<string> {
  const message = house.emulator
    .messagesOf(voter)
    .findLast(({ content }) => JSON.stringify(content).includes('参考投票'));
  const press = findPressable(message?.content, '提交投票', { post0: choice }) as PressPost;
  const answer = await house.emulator.press(voter, message?.id ?? '', press);
  return answer.ok ? (answer.toast?.content ?? '') : answer.message;
}

/** Every row of every table of every schema but PostgreSQL's own, as text: the queue's tables too. */
async function dump(house: House): Promise<Row[]> {
  // One transaction, since the function lives in one connection.
  return house.app.db.transaction(async (db) => {
    await db.sql`
    CREATE OR REPLACE FUNCTION pg_temp.dump() RETURNS TABLE ("table" text, text text, xmin text) LANGUAGE plpgsql AS $$
    DECLARE one record;
    BEGIN
      FOR one IN SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') LOOP
        RETURN QUERY EXECUTE format('SELECT %L::text, t::text, t.xmin::text FROM %I.%I t', one.schemaname || '.' || one.tablename, one.schemaname, one.tablename);
      END LOOP;
    END $$`;
    return db.sql<Row>`SELECT * FROM pg_temp.dump()`;
  });
}
