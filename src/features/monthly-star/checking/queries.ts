/** Reads and writes of candidacies, with the changes, questions and opinions that belong to them. */
import type { Reader, Transaction } from '../../../storage/database.ts';
import type { StarCandidacy } from '../../../storage/generated/client.ts';

/** A candidacy with who it is about. */
export type Candidate = StarCandidacy & {
  name: string;
  unit: string;
  branchId: string | null;
  post: string;
  postSort: number;
  /** Still in service. */
  isActive: boolean;
};

/** One candidacy, or undefined. */
export async function findCandidate(db: Reader, id: string): Promise<Candidate | undefined> {
  const [row] = await db.sql<Candidate>`
    SELECT c.*, p.name, COALESCE(u.name, '') AS unit, p."branchId"::text, s.name AS post, s.sort AS "postSort", p.status = 'active' AS "isActive"
    FROM star_candidacy c JOIN person p ON p.id = c."nomineeId" JOIN star_post s ON s.id = c."postId" LEFT JOIN unit u ON u.id = p."unitId"
    WHERE c.id = ${id}::uuid`;
  return row;
}

/** All candidacies of a round, by post and name; a nominee who was transferred shows the unit of today. */
export function findCandidates(db: Reader, round: string): Promise<Candidate[]> {
  return db.sql<Candidate>`
    SELECT c.*, p.name, COALESCE(u.name, '') AS unit, p."branchId"::text, s.name AS post, s.sort AS "postSort", p.status = 'active' AS "isActive"
    FROM star_candidacy c JOIN person p ON p.id = c."nomineeId" JOIN star_post s ON s.id = c."postId" LEFT JOIN unit u ON u.id = p."unitId"
    WHERE c."roundId" = ${round}::uuid ORDER BY s.sort, p.name, c.id`;
}

/** Those who wait for the check and still serve. */
export async function findProposed(db: Reader, round: string): Promise<Candidate[]> {
  return (await findCandidates(db, round)).filter(({ state, isActive }) => state === 'proposed' && isActive);
}

/** Those who passed the check and still serve: whoever leaves stands no more from that moment on. */
export async function findPassed(db: Reader, round: string): Promise<Candidate[]> {
  return (await findCandidates(db, round)).filter(({ state, isActive }) => state === 'passed' && isActive);
}

/** The same nominee from several people is one candidacy; one that was withdrawn stands again. The first post stands. */
export async function proposeCandidate(db: Transaction, round: string, nominee: string, post: string): Promise<void> {
  await db.sql`
    INSERT INTO star_candidacy (id, "roundId", "nomineeId", "postId") VALUES (gen_random_uuid(), ${round}::uuid, ${nominee}, ${post}::uuid)
    ON CONFLICT ("roundId", "nomineeId") DO UPDATE SET state = 'proposed', reason = NULL, "postId" = excluded."postId"
    WHERE star_candidacy.state = 'withdrawn'`;
}

/** Writes columns of a candidacy. */
export async function updateCandidate(
  db: Transaction,
  id: string,
  data: Partial<Omit<StarCandidacy, 'id' | 'roundId' | 'nomineeId'>>,
): Promise<void> {
  await db.models.starCandidacy.update({ where: { id }, data });
}

/** Whoever has left the service is a candidate no more; a transfer changes nothing, since the deeds were done here. */
export async function withdrawLeavers(db: Transaction, round: string): Promise<void> {
  await db.sql`
    UPDATE star_candidacy c SET state = 'withdrawn', "isChosen" = false, reason = '已离开本单位队伍，自动退出' FROM person p
    WHERE p.id = c."nomineeId" AND p.status = 'left' AND c."roundId" = ${round}::uuid AND c.state IN ('proposed', 'passed')`;
}

/** What somebody said for a nominee, with the deeds they referred to. */
export type Testimony = {
  id: string;
  nominatorId: string;
  nominator: string;
  /** The nominator is still in service. */
  isActive: boolean;
  firm: string;
  skilled: string;
  conduct: string;
  recognised: string;
  deeds: string[];
  /** How many. */
  pictures: number;
};

/** Every nomination behind a candidacy, the oldest first. */
export function findTestimonies(db: Reader, candidate: Pick<Candidate, 'roundId' | 'nomineeId'>): Promise<Testimony[]> {
  return db.sql<Testimony>`
    SELECT n.id, n."nominatorId", p.name AS nominator, p.status = 'active' AS "isActive", n.firm, n.skilled, n.conduct, n.recognised,
      ARRAY(SELECT to_char(d."doneOn", 'YYYY-MM-DD') || ' ' || d.text FROM star_deed d WHERE d.id = ANY (n."deedIds") ORDER BY d."doneOn", d.id) AS deeds,
      (SELECT count(*) FROM star_picture i WHERE i."nominationId" = n.id AND i.bytes IS NOT NULL)::int AS pictures
    FROM star_nomination n JOIN person p ON p.id = n."nominatorId"
    WHERE n."roundId" = ${candidate.roundId}::uuid AND n."nomineeId" = ${candidate.nomineeId} AND n.state = 'submitted' ORDER BY n."changedAt", n.id`;
}

/** Changes the deeds as they will be published, and keeps what stood there. */
export async function changeStatement(
  db: Transaction,
  id: string,
  { before, after, by, now }: { before: string; after: string; by: string; now: Date },
): Promise<void> {
  await db.models.starChange.create({ data: { candidacyId: id, changedById: by, changedAt: now, before, after } });
  await updateCandidate(db, id, { statement: after });
}

/** The changes to a statement, the newest first. */
export function findChanges(
  db: Reader,
  id: string,
): Promise<{ changedAt: Date; by: string; before: string; after: string }[]> {
  return db.sql`
    SELECT c."changedAt", p.name AS by, c.before, c.after FROM star_change c JOIN person p ON p.id = c."changedById"
    WHERE c."candidacyId" = ${id}::uuid ORDER BY c."changedAt" DESC, c.id`;
}
