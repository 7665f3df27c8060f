/** Reads and writes of leave and duty. */
import type { Day } from '../../calendar/calendar.ts';
import type { Period } from '../../list.ts';
import type { Reader, Transaction } from '../../storage/database.ts';
import type { DutyTimes, Span } from './rules.ts';

export type LeaveRow = Span & { personId: string };
export type DutyRow = DutyTimes & { personId: string; day: Day };

/** Everybody who writes leave or duty waits here for whoever came first: what is decided from the rows then stays so. */
export async function lockLeave(db: Transaction): Promise<void> {
  await db.sql`SELECT pg_advisory_xact_lock(hashtext('leave'))`;
}

/** All leaves of these people, by first day. */
export function findLeaves(db: Reader, people: string[]): Promise<LeaveRow[]> {
  return db.sql`
    SELECT "personId", "firstDay"::text, "lastDay"::text FROM leave WHERE "personId" = ANY (${people}::text[]) ORDER BY "personId", "firstDay"`;
}

/** All leaves that touch the period, by first day. */
export function findLeavesWithin(db: Reader, { firstDay, lastDay }: Period): Promise<LeaveRow[]> {
  return db.sql`
    SELECT "personId", "firstDay"::text, "lastDay"::text FROM leave
    WHERE "firstDay" <= ${lastDay}::date AND "lastDay" >= ${firstDay}::date ORDER BY "firstDay", "lastDay", "personId"`;
}

/** Writes leaves; one that is known by its person and first day gets the new last day. */
export async function writeLeaves(db: Transaction, rows: LeaveRow[]): Promise<void> {
  await db.sql`
    INSERT INTO leave (id, "personId", "firstDay", "lastDay")
    SELECT gen_random_uuid(), l."personId", l."firstDay", l."lastDay"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS l ("personId" text, "firstDay" date, "lastDay" date)
    ON CONFLICT ("personId", "firstDay") DO UPDATE SET "lastDay" = excluded."lastDay"`;
}

/** Takes a leave back. */
export async function deleteLeave(db: Transaction, person: string, firstDay: Day): Promise<void> {
  await db.sql`DELETE FROM leave WHERE "personId" = ${person} AND "firstDay" = ${firstDay}::date`;
}

/** All duty from the first to the last day, day by day. */
export function findDuties(db: Reader, { firstDay, lastDay }: Period): Promise<DutyRow[]> {
  return db.sql`
    SELECT "personId", day::text, "startsAt", "endsAt" FROM duty WHERE day BETWEEN ${firstDay}::date AND ${lastDay}::date
    ORDER BY day, "startsAt", "personId"`;
}

/** Writes duty; what is known by its person and day gets the new times. */
export async function writeDuties(db: Transaction, rows: DutyRow[]): Promise<void> {
  await db.sql`
    INSERT INTO duty (id, "personId", day, "startsAt", "endsAt")
    SELECT gen_random_uuid(), d."personId", d.day, d."startsAt", d."endsAt"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS d ("personId" text, day date, "startsAt" text, "endsAt" text)
    ON CONFLICT ("personId", day) DO UPDATE SET "startsAt" = excluded."startsAt", "endsAt" = excluded."endsAt"`;
}

/** Takes duty back. */
export async function deleteDuties(db: Transaction, rows: { personId: string; day: Day }[]): Promise<void> {
  await db.sql`
    DELETE FROM duty USING jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS d ("personId" text, day date)
    WHERE duty."personId" = d."personId" AND duty.day = d.day`;
}
