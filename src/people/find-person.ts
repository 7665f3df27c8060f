/** Reads one person in service, with the roles in force. */
import type { Reader } from '../storage/database.ts';
import type { Person } from './person.ts';

/** The person with this open_id and the roles in force at `now`; undefined for strangers and leavers. */
export async function findPerson(db: Reader, id: string, now: Date): Promise<Person | undefined> {
  const [person] = await db.sql<Person>`
    SELECT p.id, p.name, p.kind, p.politics, p."unitId", p."branchId", COALESCE(
      (SELECT json_agg(json_build_object('name', r.role, 'scopeId', r."scopeId")) FROM role_assignment r
       WHERE r."personId" = p.id AND r."from" <= ${now} AND (r."until" IS NULL OR r."until" > ${now})), '[]') AS roles
    FROM person p WHERE p.id = ${id} AND p.status = 'active'`;
  return person;
}
