/** Reads and writes of nominations: drafts that survive the chat being closed, and what was handed in. */
import type { Reader, Transaction } from '../../../storage/database.ts';
import type { StarNomination } from '../../../storage/generated/client.ts';
import { dropPicturesOf } from './picture-queries.ts';

export type Nomination = StarNomination;
/** What a nomination says. */
export type NominationDraft = Pick<
  Nomination,
  'sought' | 'nomineeId' | 'postId' | 'firm' | 'skilled' | 'conduct' | 'recognised' | 'deedIds'
>;

/** The nomination, or null. */
export function findNomination(db: Reader, id: string): Promise<Nomination | null> {
  return db.models.starNomination.findUnique({ where: { id } });
}

/**
 * The draft that a person left in a round, or a new one. With `meant`, the people whom somebody may mean: the draft for one of them,
 * else one that is for nobody yet.
 */
export async function openNomination(
  db: Transaction,
  round: string,
  nominator: string,
  now: Date,
  meant?: string[],
): Promise<Nomination> {
  const draft = await db.models.starNomination.findFirst({
    where: {
      ...{ roundId: round, nominatorId: nominator, state: 'draft' },
      ...(meant && { OR: [{ nomineeId: { in: meant } }, { nomineeId: null }] }),
    },
    orderBy: [...(meant ? [{ nomineeId: { sort: 'asc', nulls: 'last' } } as const] : []), { changedAt: 'desc' }],
  });
  return draft ?? db.models.starNomination.create({ data: { roundId: round, nominatorId: nominator, changedAt: now } });
}

/** What a person handed in in a round, the newest first. */
export function findSubmitted(db: Reader, round: string, nominator: string): Promise<Nomination[]> {
  return db.models.starNomination.findMany({
    where: { roundId: round, nominatorId: nominator, state: 'submitted' },
    orderBy: { changedAt: 'desc' },
  });
}

/** Keeps what a draft says; false when it is a draft no more. */
export async function saveDraft(db: Transaction, id: string, draft: NominationDraft, now: Date): Promise<boolean> {
  const data = { ...draft, changedAt: now };
  return (await db.models.starNomination.updateMany({ where: { id, state: 'draft' }, data })).count === 1;
}

/** Hands a complete draft in, once; false when the same person has nominated the same nominee already, or it is a draft no more. */
export async function submitDraft(db: Transaction, id: string, now: Date): Promise<boolean> {
  const rows = await db.sql`
    UPDATE star_nomination n SET state = 'submitted', "changedAt" = ${now} WHERE id = ${id}::uuid AND state = 'draft' AND NOT EXISTS (
      SELECT 1 FROM star_nomination o WHERE o."roundId" = n."roundId" AND o."nominatorId" = n."nominatorId" AND o."nomineeId" = n."nomineeId" AND o.state = 'submitted')
    RETURNING id`;
  return rows.length === 1;
}

/**
 * Takes a nomination back; the candidacy goes with the last one. False when it was not handed in. Whoever hands one in or takes one back
 * for the same nominee at that moment comes before or after: each alone would not see the other's.
 */
export async function withdrawNomination(db: Transaction, nomination: Nomination, now: Date): Promise<boolean> {
  const where = { id: nomination.id, state: 'submitted' };
  const done = await db.models.starNomination.updateMany({ where, data: { state: 'withdrawn', changedAt: now } });
  if (done.count === 0) return false;
  await dropPicturesOf(db, nomination.id);
  await db.sql`
    SELECT 1 FROM star_candidacy WHERE "roundId" = ${nomination.roundId}::uuid AND "nomineeId" = ${nomination.nomineeId} FOR UPDATE`;
  await db.sql`
    UPDATE star_candidacy c SET state = 'withdrawn', reason = '提名已撤回' WHERE c."roundId" = ${nomination.roundId}::uuid AND c."nomineeId" = ${nomination.nomineeId}
      AND NOT EXISTS (SELECT 1 FROM star_nomination n WHERE n."roundId" = c."roundId" AND n."nomineeId" = c."nomineeId" AND n.state = 'submitted')`;
  return true;
}

/** The name and unit of a person. */
export async function describePerson(db: Reader, id: string): Promise<{ name: string; unit: string }> {
  const [person] = await db.sql<{ name: string; unit: string }>`
    SELECT p.name, COALESCE(u.name, '') AS unit FROM person p LEFT JOIN unit u ON u.id = p."unitId" WHERE p.id = ${id}`;
  return person ?? { name: '', unit: '' };
}
