/** Reads one person in service, with the roles in force. */
import type { Reader, Transaction } from '../storage/database.ts';
import type { Person } from './person.ts';

/** The person with this open_id and the roles in force at `now`; undefined for strangers and leavers. */
export async function findPerson(db: Reader, id: string, now: Date): Promise<Person | undefined> {
  const [person] = await db.sql<Person>`SELECT * FROM person_in_service(${id}, ${now})`;
  return person;
}

/** Notes that a person is greeted now; false when they were before. */
export async function greet(db: Transaction, person: string, now: Date): Promise<boolean> {
  const rows = await db.sql<{ id: string }>`
    UPDATE person SET "greetedAt" = ${now} WHERE id = ${person} AND "greetedAt" IS NULL RETURNING id`;
  return rows.length === 1;
}
