/**
 * The urn: who voted and what was voted, kept so that nothing in the database joins the two.
 *
 * `star_voter` says who may vote and whether they did. `star_ballot` holds one row a choice, with a random id. The two share no key, no
 * time and no order, and no foreign key leads from a ballot anywhere: PostgreSQL would lock the candidate's row for it and so leave the
 * voter's transaction number there. Both are written in one transaction, so a ballot counts exactly when its voter counts as having voted.
 *
 * That one transaction number (`xmin`) and the place on the page (`ctid`) would join them all the same. So at the close every ballot of
 * the round is written anew, in random order, under a new id, in one transaction that belongs to nobody. Until then, and in the
 * write-ahead log, in backups made meanwhile and in dead rows until the next vacuum, whoever has the database's own files can still
 * correlate; and so can the messenger, through which every press travels. docs/promises.md says so, and the card in one sentence.
 *
 * A choice goes nowhere else: not into a log line, a toast, a card, a delivery, a mark, a job, or the memory of events.
 */
import { SMALLEST_GROUP } from '../../../people/places/smallest-group.ts';
import type { Reader, Transaction } from '../../../storage/database.ts';
import type { Round } from '../round/queries.ts';

/** Everybody who serves there now may vote; who comes later may not, who is transferred still may. */
export async function openUrn(db: Transaction, round: Round): Promise<void> {
  await db.sql`
    INSERT INTO star_voter ("roundId", "personId")
    SELECT ${round.id}::uuid, id FROM people_of(${JSON.stringify(round.audience)}::jsonb, now()) ON CONFLICT DO NOTHING`;
}

/** What came of a ballot: taken, given before, not entitled, too late (by the server's clock), or no vote is held. */
export type Casting = 'taken' | 'given-before' | 'not-entitled' | 'closed';

/**
 * Takes one person's ballot, once. The row of the round is held against its closing until the transaction ends, and many may hold it
 * at once: a vote is either before the close as a whole, or late.
 */
export async function castBallot(
  db: Transaction,
  round: string,
  person: string,
  candidates: string[],
  now: Date,
): Promise<Casting> {
  const open = await db.sql`
    SELECT 1 FROM star_round WHERE id = ${round}::uuid AND state = 'voting' AND "voteUntil" > ${now} FOR SHARE`;
  if (open.length === 0) return 'closed';
  const taken = await db.sql`
    UPDATE star_voter SET "hasVoted" = true WHERE "roundId" = ${round}::uuid AND "personId" = ${person} AND NOT "hasVoted" RETURNING 1`;
  if (taken.length === 0) return (await findVoter(db, round, person)) ? 'given-before' : 'not-entitled';
  await db.sql`
    INSERT INTO star_ballot (id, "roundId", "candidacyId") SELECT gen_random_uuid(), ${round}::uuid, id FROM unnest(${candidates}::uuid[]) AS id`;
  return 'taken';
}

/** Writes all ballots of a round anew: new ids, random order, one transaction. */
export async function closeUrn(db: Transaction, round: string): Promise<void> {
  await db.sql`
    WITH emptied AS (DELETE FROM star_ballot WHERE "roundId" = ${round}::uuid RETURNING "candidacyId")
    INSERT INTO star_ballot (id, "roundId", "candidacyId")
    SELECT gen_random_uuid(), ${round}::uuid, "candidacyId" FROM emptied ORDER BY random()`;
}

/** Whether a person may vote and has; undefined for whoever may not. */
export async function findVoter(db: Reader, round: string, person: string): Promise<{ hasVoted: boolean } | undefined> {
  const [voter] = await db.sql<{ hasVoted: boolean }>`
    SELECT "hasVoted" FROM star_voter WHERE "roundId" = ${round}::uuid AND "personId" = ${person}`;
  return voter;
}

/** How many voted of how many: whoever left without voting is no longer counted, a ballot that was given stays. */
export async function findTurnout(db: Reader, round: string): Promise<{ voted: number; all: number }> {
  const [turnout] = await db.sql<{ voted: number; all: number }>`
    SELECT count(*) FILTER (WHERE v."hasVoted")::int AS voted, count(*) FILTER (WHERE v."hasVoted" OR p.status = 'active')::int AS all
    FROM star_voter v JOIN person p ON p.id = v."personId" WHERE v."roundId" = ${round}::uuid`;
  return turnout ?? { voted: 0, all: 0 };
}

/** The next people who may vote and have not, in the order of ids. */
export async function findVotersAfter(db: Reader, round: string, after: string, limit: number): Promise<string[]> {
  const rows = await db.sql<{ id: string }>`
    SELECT v."personId" AS id FROM star_voter v JOIN person p ON p.id = v."personId" AND p.status = 'active'
    WHERE v."roundId" = ${round}::uuid AND NOT v."hasVoted" AND v."personId" > ${after} ORDER BY v."personId" LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}

/** The open votes in which a person has a ballot to give. */
export function findOpenVotes(
  db: Reader,
  person: string,
  now: Date,
): Promise<{ id: string; title: string; voteUntil: Date }[]> {
  return db.sql`
    SELECT r.id, r.title, r."voteUntil" FROM star_voter v JOIN star_round r ON r.id = v."roundId"
    WHERE v."personId" = ${person} AND NOT v."hasVoted" AND r.state = 'voting' AND r."voteUntil" > ${now} ORDER BY r."voteUntil"`;
}

/**
 * The result by candidacy, after the close only. A post for which fewer than five people may have voted is left out: it could betray a
 * voter. A ballot gives a candidate one vote at most and a post as many as it has stars, and nothing else tells how many ballots there were.
 */
export async function findResult(db: Reader, round: Round): Promise<Map<string, number>> {
  if (round.state === 'voting') return new Map();
  const rows = await db.sql<{ id: string; votes: number }>`
    WITH counted AS (
      SELECT c.id, c."postId", p.seats, count(b.id)::int AS votes
      FROM star_candidacy c JOIN star_post p ON p.id = c."postId" LEFT JOIN star_ballot b ON b."candidacyId" = c.id
      WHERE c."roundId" = ${round.id}::uuid AND c.state = 'passed' GROUP BY c.id, p.seats)
    SELECT id, votes FROM counted c WHERE (
      SELECT GREATEST(max(votes), ceil(sum(votes)::numeric / max(seats))) FROM counted o WHERE o."postId" = c."postId") >= ${SMALLEST_GROUP}`;
  return new Map(rows.map(({ id, votes }) => [id, votes]));
}
