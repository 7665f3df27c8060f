/** A ballot cannot be traced: after a vote of 200, nothing in the database, the queue and the log together joins a person to a choice. */
import { expect, it } from 'vitest';
import { hasRedis } from '../../../faults/support/redis-process.ts';
import { type House, openHouse } from '../../../support/house.ts';
import { findPlainPeople, holdVote, vote } from './secret-vote.ts';
import { watchRedis } from './watched-redis.ts';

const VOTERS = 200;
/** BullMQ's keys in Redis begin with this. */
const PREFIX = 'secrecy';
type Row = { table: string; text: string; xmin: string };
type Ballot = { id: string; candidacyId: string; xmin: string };

it('leaves nothing behind that links a voter to a choice, with the queue in the database', async () => {
  const rows = await holdSecretVote(await openHouse());
  expect(rows.some(({ table }) => table.startsWith('bullmq') || table.includes('queue'))).toBe(true);
});

it.skipIf(!hasRedis)(
  'leaves nothing either with the queue on Redis (skipped without redis-server on PATH)',
  async () => {
    const redis = await watchRedis();
    const house = await openHouse({ environment: { REDIS_URL: redis.url }, tuning: { queuePrefix: PREFIX } });
    const isOfQueue = (text: string) => text.includes(`${PREFIX}:`);
    await holdSecretVote(house, async (choices) => {
      const kept = await redis.dump();
      expect(kept.some(isOfQueue)).toBe(true);
      // No command that Redis ever got, and no key that it keeps, names a choice.
      expect([...redis.commands, ...kept].filter((text) => choices.some((id) => text.includes(id)))).toEqual([]);
    });
    // The voters' cards went through it: what it was told was heard.
    expect(redis.commands.filter(isOfQueue).length).toBeGreaterThan(VOTERS);
  },
);

/** Holds the vote and looks for a link in the database and the log; `look` is called with the candidates before and after the close. */
async function holdSecretVote(house: House, look = async (_choices: string[]) => {}): Promise<Row[]> {
  const { db } = house.app;
  const people = await findPlainPeople(house);
  const voters = people.slice(0, VOTERS);
  const nominees = people.slice(VOTERS, VOTERS + 2);
  const { round, candidates, closesAt } = await holdVote(house, nominees);

  // The first half votes for the first candidate, the second half for the other: an order that is kept would show.
  for (let at = 0; at < VOTERS; at += 20) {
    const choice = candidates[at < VOTERS / 2 ? 0 : 1] ?? '';
    const answers = await Promise.all(voters.slice(at, at + 20).map((voter) => vote(house, voter, choice)));
    expect(answers).toEqual(answers.map(() => '已收到您的投票，谢谢。'));
  }
  await house.settles();
  // The measure works: before the close, the number of the transaction still joins the two, as docs/promises.md says.
  const linked = await db.sql`
    SELECT v."personId", b."candidacyId" FROM star_voter v JOIN star_ballot b ON b.xmin = v.xmin WHERE v."roundId" = ${round}::uuid`;
  expect(linked).toHaveLength(VOTERS);

  await look(candidates);
  await house.clockMovesTo(new Date(closesAt.getTime() + 1000));

  const ballots = await db.sql<Ballot>`
    SELECT id, "candidacyId", xmin::text FROM star_ballot WHERE "roundId" = ${round}::uuid ORDER BY ctid`;
  expect(ballots).toHaveLength(VOTERS);
  expect(new Set(ballots.map(({ xmin }) => xmin)).size).toBe(1);
  const rows = await dump(house);
  expect(rows.length).toBeGreaterThan(1000);
  expectNoLink(rows, ballots, voters, candidates);
  expectNoOrder(ballots, candidates);

  // The log has heard of the vote, and of no choice.
  const log = house.logged.map((line) => JSON.stringify(line));
  expect(log.length).toBeGreaterThan(0);
  expect(log.filter((line) => candidates.some((id) => line.includes(id)))).toEqual([]);
  await look(candidates);
  return rows;
}

/** No row names both, no row but the two tables' own names a choice, and no row with a voter has the ballots' transaction. */
function expectNoLink(rows: Row[], ballots: Ballot[], voters: string[], candidates: string[]): void {
  const naming = (row: Row, ids: string[]) => ids.some((id) => row.text.includes(id));
  expect(rows.filter((row) => naming(row, voters) && naming(row, candidates))).toEqual([]);
  expect([...new Set(rows.filter((row) => naming(row, candidates)).map(({ table }) => table))].sort()).toEqual([
    'public.star_ballot',
    'public.star_candidacy',
  ]);
  expect(rows.filter((row) => row.xmin === ballots[0]?.xmin && naming(row, voters))).toEqual([]);
  const ids = ballots.map(({ id }) => id);
  expect(rows.filter((row) => row.table !== 'public.star_ballot' && naming(row, ids))).toEqual([]);
}

/** The place on the page and the ids tell nothing of the order in which people voted. */
function expectNoOrder(ballots: Ballot[], candidates: string[]): void {
  const byId = [...ballots].sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const order of [ballots, byId]) {
    const early = order.slice(0, VOTERS / 2).filter(({ candidacyId }) => candidacyId === candidates[0]).length;
    expect(early).toBeGreaterThan(VOTERS / 8); // 25 of an expected 50: seven standard deviations
    expect(early).toBeLessThan((VOTERS / 8) * 3);
  }
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
