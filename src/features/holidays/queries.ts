/** The notices of holidays, and the days that were taken from them. */
import { z } from 'zod';
import type { CalendarOverride } from '../../calendar/create-calendar.ts';
import type { Reader, Transaction } from '../../storage/database.ts';

const Days = z.array(z.object({ day: z.iso.date(), isWorkday: z.boolean(), name: z.string() }));

export type Notice = { id: string; year: number; days: CalendarOverride[]; appliedAt: Date | null };

export async function createNotice(
  db: Transaction,
  { year, days, writtenById, now }: { year: number; days: CalendarOverride[]; writtenById: string; now: Date },
): Promise<string> {
  const [row] = await db.sql<{ id: string }>`
    INSERT INTO holiday_notice (id, year, days, "writtenById", "writtenAt")
    VALUES (gen_random_uuid(), ${year}, ${JSON.stringify(days)}::jsonb, ${writtenById}, ${now}) RETURNING id`;
  return row?.id ?? '';
}

export async function findNotice(db: Reader, id: string): Promise<Notice | undefined> {
  const [row] = await db.sql<{ id: string; year: number; days: unknown; appliedAt: Date | null }>`
    SELECT id, year, days, "appliedAt" FROM holiday_notice WHERE id = ${id}::uuid`;
  return row && { ...row, days: Days.parse(row.days) };
}

/** The imported days as they would be with this notice: in place of what earlier notices of the same year brought. */
export async function findWithNotice(
  db: Reader,
  { year, days }: Pick<Notice, 'year' | 'days'>,
): Promise<CalendarOverride[]> {
  const kept = await db.sql<CalendarOverride>`
    SELECT day::text, "isWorkday", name FROM calendar_day WHERE day NOT IN (
      SELECT d.day FROM holiday_notice n, jsonb_to_recordset(n.days) AS d (day date) WHERE n.year = ${year} AND n."appliedAt" IS NOT NULL)`;
  const own = new Set(days.map(({ day }) => day));
  return [...kept.filter(({ day }) => !own.has(day)), ...days];
}

/** The notice becomes the calendar of its year, in place of what earlier ones brought; false when it is so already. */
export async function applyNotice(db: Transaction, { id, year, days }: Notice, now: Date): Promise<boolean> {
  const applied = await db.sql<{ id: string }>`
    UPDATE holiday_notice SET "appliedAt" = ${now} WHERE id = ${id}::uuid AND "appliedAt" IS NULL RETURNING id`;
  if (applied.length === 0) return false;
  await db.sql`
    DELETE FROM calendar_day WHERE day IN (
      SELECT d.day FROM holiday_notice n, jsonb_to_recordset(n.days) AS d (day date)
      WHERE n.year = ${year} AND n."appliedAt" IS NOT NULL AND n.id <> ${id}::uuid)`;
  await db.sql`
    INSERT INTO calendar_day (day, "isWorkday", name) SELECT day, "isWorkday", name
    FROM jsonb_to_recordset(${JSON.stringify(days)}::jsonb) AS d (day date, "isWorkday" boolean, name text)
    ON CONFLICT (day) DO UPDATE SET "isWorkday" = EXCLUDED."isWorkday", name = EXCLUDED.name`;
  return true;
}

/** What the administrators imported for a year, in order. */
export function findImported(db: Reader, year: number): Promise<CalendarOverride[]> {
  return db.sql<CalendarOverride>`
    SELECT day::text, "isWorkday", name FROM calendar_day WHERE extract(year FROM day) = ${year} ORDER BY calendar_day.day`;
}
