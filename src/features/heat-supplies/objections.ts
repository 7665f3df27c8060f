/** The objections that wait for somebody's answer: those of the points they keep, or of their own hand-outs at points without a keeper. */
import type { Person } from '../../people/person.ts';
import type { Reader } from '../../storage/database.ts';
import { findKeepers } from './points.ts';

/** `id` is the hand-out's, `person` whoever objects. */
export type OpenObjection = { id: string; person: string; name: string; kind: string; pointId: string | null };

/** What a person was told of and has not answered, the oldest first: the same people as `object` tells. */
export async function findObjections(db: Reader, who: Person, now: Date): Promise<OpenObjection[]> {
  const kept = who.roles.flatMap(({ name, scopeId }) => (name === 'keeper' && scopeId ? [scopeId] : []));
  const found = await db.sql<OpenObjection>`
    SELECT h.id, p.id AS person, p.name, h.kind, c."pointId"
    FROM supply_claim c JOIN supply_handout h ON h.id = c."handoutId" JOIN person p ON p.id = c."personId"
    WHERE c."objectedAt" IS NOT NULL AND (c."pointId" = ANY (${kept}::uuid[]) OR h."issuedById" = ${who.id}) ORDER BY c."objectedAt" LIMIT 30`;
  const isOwn = ({ pointId }: OpenObjection) => pointId !== null && kept.includes(pointId);
  const foreign = found.filter((one) => !isOwn(one)).flatMap(({ pointId }) => pointId ?? []);
  const withKeeper = foreign.length > 0 ? (await findKeepers(db, foreign, now)).map(({ pointId }) => pointId) : [];
  return found.filter((one) => isOwn(one) || one.pointId === null || !withKeeper.includes(one.pointId));
}
