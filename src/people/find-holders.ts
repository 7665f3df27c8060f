/** Finds who holds a role. */
import type { Reader } from '../storage/database.ts';
import type { RoleName } from './person.ts';

/** The ids of everybody in service who holds `role` at `now`, in any scope. */
export async function findHolders(db: Reader, role: RoleName, now: Date): Promise<string[]> {
  const rows = await db.sql<{ id: string }>`
    SELECT DISTINCT p.id FROM role_assignment r JOIN person p ON p.id = r."personId" AND p.status = 'active'
    WHERE r.role = ${role} AND r."from" <= ${now} AND (r.until IS NULL OR r.until > ${now}) ORDER BY p.id`;
  return rows.map(({ id }) => id);
}

/** Who holds `role` for each scope at `now`, with names: secretaries by branch, keepers by pick-up point. */
export function findScopedHolders(
  db: Reader,
  role: RoleName,
  now: Date,
): Promise<{ scopeId: string; id: string; name: string }[]> {
  return db.sql`
    SELECT DISTINCT r."scopeId", p.id, p.name FROM role_assignment r JOIN person p ON p.id = r."personId" AND p.status = 'active'
    WHERE r.role = ${role} AND r."scopeId" IS NOT NULL AND r."from" <= ${now} AND (r.until IS NULL OR r.until > ${now})
    ORDER BY r."scopeId", p.id`;
}
