/** Who is on duty (值班): for whoever would rather not disturb them then. */
import type { Day } from '../calendar/calendar.ts';
import type { Reader } from '../storage/database.ts';

/** Whether the person is on duty on `day`; a night that ends on the next morning counts for the day on which it begins. */
export async function isOnDuty(db: Reader, person: string, day: Day): Promise<boolean> {
  return (await db.sql`SELECT 1 FROM duty WHERE "personId" = ${person} AND day = ${day}::date`).length > 0;
}

/** The ids of everybody on duty on `day`, as `isOnDuty`, for rounds that speak to many. */
export async function findOnDuty(db: Reader, day: Day): Promise<Set<string>> {
  const rows = await db.sql<{ personId: string }>`SELECT "personId" FROM duty WHERE day = ${day}::date`;
  return new Set(rows.map(({ personId }) => personId));
}
