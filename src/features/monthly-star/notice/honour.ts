/** The roll of honour: numbered in the order of publication, never by merit. */
import type { Reader, Transaction } from '../../../storage/database.ts';
import type { Round } from '../round/queries.ts';

/** Enters those who were chosen and stand, once; two rounds that are published at once are numbered one after the other. */
export async function honourChosen(db: Transaction, round: Round, now: Date): Promise<void> {
  await db.sql`LOCK TABLE star_honour IN SHARE ROW EXCLUSIVE MODE`;
  await db.sql`
    INSERT INTO star_honour (number, "candidacyId", "roundId", "personId", post, "awardedAt")
    SELECT (SELECT COALESCE(max(number), 0) FROM star_honour) + row_number() OVER (ORDER BY s.sort, p.name, c.id), c.id, c."roundId", c."nomineeId", s.name, ${now}
    FROM star_candidacy c JOIN star_post s ON s.id = c."postId" JOIN person p ON p.id = c."nomineeId"
    WHERE c."roundId" = ${round.id}::uuid AND c.state = 'passed' AND c."isChosen" ON CONFLICT ("candidacyId") DO NOTHING`;
}

/** A line of the roll. */
export type Honour = {
  number: number;
  name: string;
  unit: string;
  post: string;
  title: string;
  awardedAt: Date;
  statement: string;
};

/** The stars of a period, in the order of the roll; `until` is exclusive. */
export function findHonoursWithin(db: Reader, from: Date, until: Date): Promise<Honour[]> {
  return db.sql<Honour>`
    SELECT h.number, p.name, COALESCE(u.name, '') AS unit, h.post, r.title, h."awardedAt", COALESCE(c.statement, '') AS statement
    FROM star_honour h JOIN person p ON p.id = h."personId" LEFT JOIN unit u ON u.id = p."unitId" JOIN star_round r ON r.id = h."roundId"
      JOIN star_candidacy c ON c.id = h."candidacyId"
    WHERE h."awardedAt" >= ${from} AND h."awardedAt" < ${until} ORDER BY h.number`;
}

/** The stars of one round, or the newest of all, the newest first; with the number of all. */
export async function findHonours(
  db: Reader,
  round: string | null,
  limit: number,
  offset = 0,
): Promise<{ honours: Honour[]; total: number }> {
  const honours = await db.sql<Honour & { total: number }>`
    SELECT h.number, p.name, COALESCE(u.name, '') AS unit, h.post, r.title, h."awardedAt", COALESCE(c.statement, '') AS statement, count(*) OVER ()::int AS total
    FROM star_honour h JOIN person p ON p.id = h."personId" LEFT JOIN unit u ON u.id = p."unitId" JOIN star_round r ON r.id = h."roundId"
      JOIN star_candidacy c ON c.id = h."candidacyId"
    WHERE ${round}::uuid IS NULL OR h."roundId" = ${round}::uuid ORDER BY h.number DESC LIMIT ${limit} OFFSET ${offset}`;
  return { honours, total: honours[0]?.total ?? 0 };
}
