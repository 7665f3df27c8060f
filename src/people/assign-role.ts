/** Gives, ends and reads roles. A role is ended, never deleted. */
import type { Reader, Transaction } from '../storage/database.ts';
import type { RoleName } from './person.ts';

/** What each role is called, and what it is bound to. */
export const ROLES: Record<RoleName, { name: string; scope: 'detachment' | 'unit' | 'branch' | 'point' }> = {
  administrator: { name: '管理员', scope: 'detachment' },
  leader: { name: '单位领导', scope: 'unit' },
  secretary: { name: '支部书记', scope: 'branch' },
  'discipline-commissioner': { name: '纪检委员', scope: 'branch' },
  'committee-member': { name: '支部委员', scope: 'branch' },
  keeper: { name: '物资保管员', scope: 'point' },
};

export type NewRole = { personId: string; role: RoleName; scopeId: string | null; from: Date; until: Date | null };

/**
 * Gives a role, and the id of what was given; `source` says by whom it was decided. The same role for the same scope and person replaces what was said before.
 * A leader said in chat takes the place of the one in the contacts from then on.
 */
export async function assignRole(
  db: Transaction,
  { personId, role, scopeId, from, until }: NewRole,
  source: 'chat' | 'sample',
  now: Date,
): Promise<string> {
  await db.sql`
    UPDATE role_assignment SET until = ${now} WHERE "personId" = ${personId} AND role = ${role} AND "scopeId" IS NOT DISTINCT FROM ${scopeId}
      AND source IN ('chat', 'sample') AND (until IS NULL OR until > ${now})`;
  if (role === 'leader') {
    await db.sql`
      UPDATE role_assignment SET until = ${from} WHERE role = 'leader' AND "scopeId" = ${scopeId} AND source = 'contacts' AND until IS NULL`;
  }
  const [row] = await db.sql<{ id: string }>`
    INSERT INTO role_assignment (id, "personId", role, "scopeId", "from", until, source)
    VALUES (gen_random_uuid(), ${personId}, ${role}, ${scopeId}, ${from}, ${until}, ${source}) RETURNING id`;
  return row?.id ?? '';
}

/** Ends a role at `now`; gives the person's id, or undefined when it has ended already. */
export async function endRole(db: Transaction, id: string, now: Date): Promise<string | undefined> {
  const [row] = await db.sql<{ personId: string }>`
    UPDATE role_assignment SET until = ${now} WHERE id = ${id}::uuid AND (until IS NULL OR until > ${now}) RETURNING "personId"`;
  return row?.personId;
}

/** Roles are given and ended one after the other, so that two administrators cannot end each other's at one moment. */
export async function lockRoles(db: Transaction): Promise<void> {
  await db.sql`SELECT pg_advisory_xact_lock(hashtext('roles'))::text`;
}

/** Whose a role is that was given, by its id. */
export async function findOwner(db: Reader, id: string): Promise<{ owner: string } | undefined> {
  const [row] = await db.sql<{ owner: string }>`SELECT "personId" AS owner FROM role_assignment WHERE id = ${id}::uuid`;
  return row;
}

/** `isLast`: nothing else gives the role to anybody there for good. */
export type HeldRole = {
  id: string;
  role: RoleName;
  scope: string | null;
  from: Date;
  until: Date | null;
  source: string;
  owner: string;
  isLast: boolean;
};

/** The roles a person holds or will hold, the oldest first, with the name of the unit, branch or pick-up point. */
export function findRoles(db: Reader, personId: string, now: Date): Promise<HeldRole[]> {
  return readRoles(db, { personId, id: null }, now);
}

/** A role that was given, by its id, also when it has ended. */
export async function findGiven(db: Reader, id: string, now: Date): Promise<HeldRole | undefined> {
  const [row] = await readRoles(db, { personId: null, id }, now);
  return row;
}

function readRoles(
  db: Reader,
  { personId, id }: { personId: string | null; id: string | null },
  now: Date,
): Promise<HeldRole[]> {
  return db.sql<HeldRole>`
    SELECT r.id, r.role, COALESCE(u.name, b.name, o.name) AS scope, r."from", r.until, r.source, r."personId" AS owner,
      NOT EXISTS (SELECT FROM role_assignment a JOIN person p ON p.id = a."personId" AND p.status = 'active'
        WHERE a.role = r.role AND a."scopeId" IS NOT DISTINCT FROM r."scopeId" AND a.id <> r.id
          AND a."from" <= ${now} AND a.until IS NULL) AS "isLast"
    FROM role_assignment r LEFT JOIN unit u ON u.id = r."scopeId" LEFT JOIN branch b ON b.id::text = r."scopeId"
    LEFT JOIN pickup_point o ON o.id::text = r."scopeId"
    WHERE r.id = ${id}::uuid OR r."personId" = ${personId} AND (r.until IS NULL OR r.until > ${now}) ORDER BY r."from", r.id`;
}
