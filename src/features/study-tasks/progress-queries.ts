/** Who stands where in a task: counted and listed by the database, so that an audience may be of any size. */
import type { Day } from '../../calendar/calendar.ts';
import type { Reader, Transaction } from '../../storage/database.ts';
import type { Standing, Tally } from './rules.ts';

const NOBODY: Tally = { done: 0, open: 0, 'on-leave': 0, unreachable: 0 };

/** How many stand where on `today`. */
export async function countStandings(db: Reader, task: string, today: Day): Promise<Tally> {
  const rows = await db.sql<{ standing: Standing; count: number }>`
    SELECT standing, count(*)::int AS count FROM study_standings(${task}::uuid, ${today}::date) GROUP BY standing`;
  return { ...NOBODY, ...Object.fromEntries(rows.map(({ standing, count }) => [standing, count])) };
}

/** The same for each unit in which the task was issued, by the unit's id. */
export async function countByUnit(db: Reader, task: string, today: Day): Promise<Map<string, Tally>> {
  const rows = await db.sql<{ unitId: string; standing: Standing; count: number }>`
    SELECT "unitId", standing, count(*)::int AS count FROM study_standings(${task}::uuid, ${today}::date)
    WHERE "unitId" IS NOT NULL GROUP BY "unitId", standing`;
  const units = new Map<string, Tally>();
  for (const { unitId, standing, count } of rows) {
    units.set(unitId, { ...(units.get(unitId) ?? NOBODY), [standing]: count });
  }
  return units;
}

/** The first names, in order, of those who stand somewhere. */
export async function findNames(
  db: Reader,
  task: string,
  today: Day,
  standing: Standing,
  limit: number,
): Promise<string[]> {
  const rows = await db.sql<{ name: string }>`
    SELECT name FROM study_standings(${task}::uuid, ${today}::date) WHERE standing = ${standing} ORDER BY name, "personId" LIMIT ${limit}`;
  return rows.map(({ name }) => name);
}

/** Takes today's nudge of everybody who is open in a published task, `among` these people where it says so, and gives whose it took. */
export async function takeNudges(db: Transaction, task: string, today: Day, among?: string[]): Promise<string[]> {
  const rows = await db.sql<{ personId: string }>`
    UPDATE study_assignment a SET "nudgedOn" = ${today}::date
    FROM study_standings(${task}::uuid, ${today}::date) s, study_task t
    WHERE a."taskId" = ${task}::uuid AND a."personId" = s."personId" AND s.standing = 'open' AND t.id = a."taskId" AND t.state = 'published'
      AND a."nudgedOn" IS DISTINCT FROM ${today}::date AND (${!among} OR a."personId" IN (SELECT unnest(${among ?? []}::text[])))
    RETURNING a."personId"`;
  return rows.map(({ personId }) => personId);
}
