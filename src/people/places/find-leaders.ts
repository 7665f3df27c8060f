/** Finds the units of the detachment with whoever leads them. */
import type { Reader } from '../../storage/database.ts';

/** A unit in the tree, with the open_ids of those in service who lead it. */
export type LedUnit = { id: string; name: string; parentId: string | null; leaders: string[] };

/** All units, each with the leaders in force at `now`; whoever leads the whole detachment is a leader of the units at the top. */
export function findLedUnits(db: Reader, now: Date): Promise<LedUnit[]> {
  return db.sql<LedUnit>`
    SELECT u.id, u.name, u."parentId", ARRAY(
      SELECT DISTINCT p.id FROM role_assignment r JOIN person p ON p.id = r."personId" AND p.status = 'active'
      WHERE r.role = 'leader' AND (r."scopeId" = u.id OR r."scopeId" IS NULL AND u."parentId" IS NULL)
        AND r."from" <= ${now} AND (r.until IS NULL OR r.until > ${now}) ORDER BY p.id) AS leaders
    FROM unit u ORDER BY u.sort, u.id`;
}
