/** Reads and writes of hand-outs as wholes. */
import { type Audience, audienceColumns, audienceOf } from '../../people/audience.ts';
import type { Reader, Transaction } from '../../storage/database.ts';
import type { SupplyHandout } from '../../storage/generated/client.ts';
import { HandoutKind } from './kinds.ts';
import type { Draft } from './rules.ts';
import type { Share } from './stock-rules.ts';

export type { SupplyHandout } from '../../storage/generated/client.ts';

/** The hand-out, or null. */
export function findHandout(db: Reader, id: string): Promise<SupplyHandout | null> {
  return db.models.supplyHandout.findUnique({ where: { id } });
}

/** What was said of a hand-out, in the words of `rules.ts`. */
export function draftOf(row: SupplyHandout): Draft {
  return {
    kind: HandoutKind.catch('other').parse(row.kind),
    itemsText: row.itemsText,
    points: row.pointIds,
    audience: audienceOf(row),
    opensAt: row.opensAt,
    closesAt: row.closesAt,
  };
}

/** Keeps a new draft and gives its id. */
export async function createDraft(
  db: Transaction,
  { audience, points, ...rest }: Draft,
  issuedById: string,
  createdAt: Date,
  alertId: string | null = null,
): Promise<string> {
  const data = { ...rest, ...audienceColumns(audience), pointIds: points, issuedById, createdAt, alertId };
  return (await db.models.supplyHandout.create({ data })).id;
}

/** Changes a draft and shows its preview again. */
export async function updateDraft(db: Transaction, id: string, { audience, points, ...rest }: Draft): Promise<void> {
  const data = { ...rest, ...audienceColumns(audience), pointIds: points, isEditing: false };
  await db.models.supplyHandout.updateMany({ where: { id, state: 'draft' }, data });
}

/** Shows a draft's form again, with everything filled in. */
export async function reopenDraft(db: Transaction, id: string): Promise<void> {
  await db.models.supplyHandout.updateMany({ where: { id, state: 'draft' }, data: { isEditing: true } });
}

/** Moves a hand-out from one state to another, once; false when somebody else did. Waits for the claims that are being made. */
export async function moveHandout(
  db: Transaction,
  id: string,
  from: 'draft' | 'open',
  data:
    | { state: 'open'; publishedAt: Date }
    | { state: 'cancelled' }
    | { state: 'closed' | 'withdrawn'; endedAt: Date },
): Promise<boolean> {
  return (await db.models.supplyHandout.updateMany({ where: { id, state: from }, data })).count === 1;
}

/** Gives everybody of the audience their part, once each, and says how many there are. */
export async function assignShares(
  db: Transaction,
  id: string,
  share: Share[],
  { kind, id: audienceId, who }: Audience,
): Promise<number> {
  await db.sql`
    INSERT INTO supply_handout_item ("handoutId", "itemId", "each", sort)
    SELECT ${id}::uuid, s."itemId", s."each", s.sort
    FROM ROWS FROM (jsonb_to_recordset(${JSON.stringify(share)}::jsonb) AS ("itemId" uuid, "each" int)) WITH ORDINALITY AS s ("itemId", "each", sort)`;
  const [assigned] = await db.sql<{ count: number }>`
    WITH assigned AS (
      INSERT INTO supply_claim ("handoutId", "personId", "isUnreachable")
      SELECT ${id}::uuid, id, NOT "isReachable" FROM people_of(${kind}, ${audienceId}, ${who}) ON CONFLICT DO NOTHING RETURNING 1)
    SELECT count(*)::int AS count FROM assigned`;
  return assigned?.count ?? 0;
}

/** What each person gets of a hand-out, in the order in which it was written. */
export function findShare(db: Reader, id: string): Promise<Share[]> {
  return db.sql<Share>`
    SELECT i.id AS "itemId", i.name, i.unit, h."each" FROM supply_handout_item h JOIN supply_item i ON i.id = h."itemId"
    WHERE h."handoutId" = ${id}::uuid ORDER BY h.sort, i.name`;
}

/** How many of an audience have a part in another running hand-out of the same kind. */
export async function countOverlap(db: Reader, kind: string, { kind: audience, id, who }: Audience): Promise<number> {
  const [row] = await db.sql<{ count: number }>`
    SELECT count(*)::int AS count FROM people_of(${audience}, ${id}, ${who}) p WHERE EXISTS (
      SELECT 1 FROM supply_claim c JOIN supply_handout h ON h.id = c."handoutId"
      WHERE c."personId" = p.id AND h.state = 'open' AND h.kind = ${kind})`;
  return row?.count ?? 0;
}

/** What this person handed out last of a kind, for the next draft to begin with. */
export async function findLast(db: Reader, issuer: string, kind: string): Promise<SupplyHandout | null> {
  const where = { issuedById: issuer, kind, state: { in: ['open', 'closed'] } };
  return db.models.supplyHandout.findFirst({ where, orderBy: { publishedAt: 'desc' } });
}

/** The hand-outs that run or ended within the last thirty days, the newest first. */
export function findRecent(db: Reader, now: Date): Promise<SupplyHandout[]> {
  const since = new Date(now.getTime() - 30 * 86_400_000);
  const where = { OR: [{ state: 'open' }, { state: { in: ['closed', 'withdrawn'] }, endedAt: { gte: since } }] };
  return db.models.supplyHandout.findMany({ where, orderBy: { publishedAt: 'desc' } });
}
