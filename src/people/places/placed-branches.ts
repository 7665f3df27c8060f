/** Where branches and audiences stand among the units, which is what a leader may look at. */
import type { Reader } from '../../storage/database.ts';
import type { Scope } from '../permissions.ts';

/** A branch with how many full Party members it has, and the units it belongs to, the nearest first. */
export type PlacedBranch = { id: string; name: string; members: number; unitIds: string[] };

/** What lies within units, and within a branch where it is one's. */
export type PlacedScope = Exclude<Scope, 'detachment'> & { unitIds: string[] };

/**
 * All branches by name, or just `only`. A branch belongs to the units that all its people are in or below, so a unit's leader may look
 * at the branches within the unit; whoever is in no unit does not count for that.
 */
export function findPlacedBranches(db: Reader, only: string | null = null): Promise<PlacedBranch[]> {
  return db.sql<PlacedBranch>`
    WITH placed AS (
      SELECT "branchId", "unitId", count(*) AS people, count(*) FILTER (WHERE politics = 'member') AS members
      FROM person WHERE status = 'active' AND "branchId" IS NOT NULL AND (${only}::uuid IS NULL OR "branchId" = ${only}::uuid) GROUP BY 1, 2),
    total AS (
      SELECT "branchId", sum(people) FILTER (WHERE "unitId" IS NOT NULL) AS people, sum(members)::int AS members FROM placed GROUP BY 1),
    shared AS (
      SELECT p."branchId", a.id, min(a.distance) AS distance
      FROM placed p JOIN units_above() a ON a.unit = p."unitId" JOIN total t ON t."branchId" = p."branchId"
      GROUP BY p."branchId", a.id, t.people HAVING sum(p.people) = t.people)
    SELECT b.id::text, b.name, COALESCE(t.members, 0) AS members,
      ARRAY(SELECT s.id FROM shared s WHERE s."branchId" = b.id ORDER BY s.distance) AS "unitIds"
    FROM branch b LEFT JOIN total t ON t."branchId" = b.id
    WHERE ${only}::uuid IS NULL OR b.id = ${only}::uuid ORDER BY b.name`;
}

/** Where an audience lies, with the units it belongs to, the nearest first; the detachment, and what has none yet, belongs to the top. */
export async function placeAudience(
  db: Reader,
  { kind, id }: { kind: string | null; id: string | null },
): Promise<PlacedScope> {
  if (kind === 'branch') return { branchId: id, unitIds: (await findPlacedBranches(db, id))[0]?.unitIds ?? [] };
  const units =
    kind === 'unit'
      ? await db.sql<{ id: string }>`SELECT id FROM units_above() WHERE unit = ${id} ORDER BY distance`
      : await db.sql<{ id: string }>`SELECT id FROM unit WHERE "parentId" IS NULL ORDER BY id`;
  return { branchId: null, unitIds: units.map((unit) => unit.id) };
}
