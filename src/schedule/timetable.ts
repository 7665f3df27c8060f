/** The durable timetable: one row per recurring entry with its next run, whatever processes come and go. */
import { CronExpressionParser } from 'cron-parser';
import type { Calendar } from '../calendar/calendar.ts';
import type { TimetableEntry } from '../feature.ts';
import type { Database } from '../storage/database.ts';

type FixedEntry = TimetableEntry & { cron: string };
export type Entry = { feature: string; entry: FixedEntry };

/** The first moment after `from` at which the entry runs: on a workday, if it says so. */
export function nextRun(entry: FixedEntry, from: Date, calendar: Calendar): Date {
  const runs = CronExpressionParser.parse(entry.cron, { currentDate: from, tz: calendar.timeZone });
  for (;;) {
    const at = runs.next().toDate();
    if (!entry.onlyOnWorkdays || calendar.isWorkday(calendar.dayOf(at))) return at;
  }
}

/** Writes the entries of this version down; a changed expression counts from now, an entry that is gone is deleted. */
export async function writeTimetable(db: Database, entries: Entry[], now: Date, calendar: Calendar): Promise<void> {
  await db.transaction(async (tx) => {
    const names = entries.map(nameOf);
    await tx.sql`DELETE FROM timetable WHERE name <> ALL (${names}::text[])`;
    for (const one of entries) {
      await tx.sql`
        INSERT INTO timetable (name, cron, "nextRunAt") VALUES (${nameOf(one)}, ${one.entry.cron}, ${nextRun(one.entry, now, calendar)})
        ON CONFLICT (name) DO UPDATE SET cron = excluded.cron, "nextRunAt" = excluded."nextRunAt" WHERE timetable.cron <> excluded.cron`;
    }
  });
}

/**
 * Turns every due entry into a job, once: the row is claimed and moved on in the transaction that writes the job. However many runs
 * were missed while nobody beat, the entry runs once and goes on from now.
 */
export async function runDueEntries(db: Database, entries: Entry[], now: Date, calendar: Calendar): Promise<number> {
  return db.transaction(async (tx) => {
    const due = await tx.sql<{ name: string; nextRunAt: Date }>`
      SELECT name, "nextRunAt" FROM timetable WHERE "nextRunAt" <= ${now} FOR UPDATE SKIP LOCKED`;
    for (const { name, nextRunAt } of due) {
      const one = entries.find((candidate) => nameOf(candidate) === name);
      if (!one) continue;
      await tx.sql`UPDATE timetable SET "nextRunAt" = ${nextRun(one.entry, now, calendar)}, "lastRunAt" = ${now} WHERE name = ${name}`;
      await tx.sql`
        INSERT INTO pending_job (id, key, feature, job, payload, "dueAt")
        VALUES (gen_random_uuid(), ${`tick:${name}@${nextRunAt.toISOString()}`}, ${one.feature}, ${one.entry.job},
          ${JSON.stringify({ slot: nextRunAt.toISOString() })}::jsonb, ${now})
        ON CONFLICT (key) DO NOTHING`;
    }
    return due.length;
  });
}

function nameOf({ feature, entry }: Entry): string {
  return `${feature}/${entry.name}`;
}
