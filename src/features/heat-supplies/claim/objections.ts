/** Objections to a confirmed pick-up: where they lie, and which wait for somebody's answer. */
import { audienceOf } from '../../../people/audience/audience.ts';
import { scopeOf } from '../../../people/audience/audience-reach.ts';
import { may, type Scope } from '../../../people/permissions.ts';
import type { Person } from '../../../people/person.ts';
import type { Matter } from '../../../sight.ts';
import type { Reader } from '../../../storage/database.ts';
import { findKeepers } from '../stock/points.ts';

/** `id` is the hand-out's, `person` whoever objects. */
export type OpenObjection = { id: string; person: string; name: string; kind: string; pointId: string | null };
type Placed = { pointId: string | null; audience: unknown };

/** An objection lies at the point that handed out, and within the audience of the hand-out. */
async function scopeOfObjection(db: Reader, { pointId, ...row }: Placed): Promise<Scope> {
  const audience = audienceOf(row);
  const { all } = audience ? await scopeOf(db, audience) : { all: [] };
  if (pointId === null) return { all };
  return { all: all.length > 0 ? all.map((one) => ({ ...one, pointId })) : [{ pointId }] };
}

/** Where the objection of one person to one hand-out lies. */
export async function findObjectionMatter(
  db: Reader,
  { handout, person }: { handout: string; person: string },
): Promise<Matter | undefined> {
  const [row] = await db.sql<Placed>`
    SELECT c."pointId", h.audience FROM supply_claim c JOIN handout_run h ON h.id = c."handoutId"
    WHERE c."handoutId" = ${handout}::uuid AND c."personId" = ${person}`;
  return row && { scope: await scopeOfObjection(db, row) };
}

/**
 * What a person was told of and has not answered, the oldest first: the same people as `object` tells, as long as they may answer. Those
 * of the points they keep, or of their own hand-outs at points without a keeper.
 */
export async function findObjections(db: Reader, who: Person, now: Date): Promise<OpenObjection[]> {
  const kept = who.roles.flatMap(({ name, scopeId }) => (name === 'keeper' && scopeId ? [scopeId] : []));
  const all = await db.sql<OpenObjection & Placed>`
    SELECT h.id, p.id AS person, p.name, h.kind, c."pointId", h.audience
    FROM supply_claim c JOIN handout_run h ON h.id = c."handoutId" JOIN person p ON p.id = c."personId"
    WHERE c."objectedAt" IS NOT NULL AND (c."pointId" = ANY (${kept}::uuid[]) OR h."issuedById" = ${who.id}) ORDER BY c."objectedAt"`;
  const found: typeof all = [];
  for (const one of all) if (may(who, 'supplies.answer', await scopeOfObjection(db, one))) found.push(one);
  const isOwn = ({ pointId }: OpenObjection) => pointId !== null && kept.includes(pointId);
  const foreign = found.filter((one) => !isOwn(one)).flatMap(({ pointId }) => pointId ?? []);
  const withKeeper = foreign.length > 0 ? (await findKeepers(db, foreign, now)).map(({ pointId }) => pointId) : [];
  return found.filter((one) => isOwn(one) || one.pointId === null || !withKeeper.includes(one.pointId));
}
