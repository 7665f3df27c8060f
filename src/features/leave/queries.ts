/** Reads and writes of leave and duty. */
import type { Day } from '../../calendar/calendar.ts';
import type { Period } from '../../list.ts';
import { refreshCounts } from '../../publication/parts.ts';
import type { Reader, Transaction } from '../../storage/database.ts';
import type { DutyTimes, Span } from './rules.ts';

export type LeaveRow = Span & { personId: string };
/** Where somebody stands, as the permission table asks. */
export type Placed = { branchId: string | null; unitIds: string[] };
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

/** Writes leaves; one that is known by its person and first day gets the new last day. A request for it is answered with that. */
export async function writeLeaves(db: Transaction, rows: LeaveRow[], now: Date): Promise<void> {
  await db.sql`
    WITH written AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS l ("personId" text, "firstDay" date, "lastDay" date)),
    answered AS (
      DELETE FROM leave_request r USING written w WHERE r."personId" = w."personId" AND r."firstDay" = w."firstDay")
    INSERT INTO leave (id, "personId", "firstDay", "lastDay")
    SELECT gen_random_uuid(), "personId", "firstDay", "lastDay" FROM written
    ON CONFLICT ("personId", "firstDay") DO UPDATE SET "lastDay" = excluded."lastDay"`;
  await refreshCounts(
    db,
    rows.map(({ personId }) => personId),
    now,
  );
}

/** Keeps that somebody asks for a leave; asked again with the same first day, the newer last day counts. */
export async function askForLeave(
  db: Transaction,
  { personId, firstDay, lastDay }: LeaveRow,
  now: Date,
): Promise<void> {
  await db.sql`
    INSERT INTO leave_request ("personId", "firstDay", "lastDay", "askedAt") VALUES (${personId}, ${firstDay}::date, ${lastDay}::date, ${now})
    ON CONFLICT ("personId", "firstDay") DO UPDATE SET "lastDay" = excluded."lastDay", "askedAt" = excluded."askedAt", "takenBackAt" = NULL`;
}

/** Ends a request without a leave; false when it was none any more. */
export async function declineLeave(db: Transaction, { personId, firstDay, lastDay }: LeaveRow): Promise<boolean> {
  const gone = await db.sql`
    DELETE FROM leave_request WHERE "personId" = ${personId} AND "firstDay" = ${firstDay}::date AND "lastDay" = ${lastDay}::date AND "takenBackAt" IS NULL RETURNING "personId"`;
  return gone.length > 0;
}

/**
 * Takes back what this person asked for last and that is not over on the day, or with `ofDay` what they asked for of that very day; undefined
 * when nothing is asked.
 */
export async function takeBackRequest(
  db: Transaction,
  personId: string,
  day: Day,
  ofDay: boolean,
  now: Date,
): Promise<Span | undefined> {
  const [taken] = await db.sql<Span>`
    UPDATE leave_request SET "takenBackAt" = ${now} WHERE ("personId", "firstDay") = (
      SELECT "personId", "firstDay" FROM leave_request
      WHERE "personId" = ${personId} AND "takenBackAt" IS NULL AND "lastDay" >= ${day}::date AND (NOT ${ofDay} OR "firstDay" <= ${day}::date)
      ORDER BY "askedAt" DESC LIMIT 1)
    RETURNING "firstDay"::text, "lastDay"::text`;
  return taken;
}

/** Whether whoever asked for exactly this leave needs it no more. */
export async function isTakenBack(db: Reader, { personId, firstDay, lastDay }: LeaveRow): Promise<boolean> {
  const taken = await db.sql`
    SELECT 1 FROM leave_request WHERE "personId" = ${personId} AND "firstDay" = ${firstDay}::date AND "lastDay" = ${lastDay}::date AND "takenBackAt" IS NOT NULL`;
  return taken.length > 0;
}

/** Whether somebody asks for exactly this leave. */
export async function isAskedFor(db: Reader, { personId, firstDay, lastDay }: LeaveRow): Promise<boolean> {
  const asked = await db.sql`
    SELECT 1 FROM leave_request WHERE "personId" = ${personId} AND "firstDay" = ${firstDay}::date AND "lastDay" = ${lastDay}::date AND "takenBackAt" IS NULL`;
  return asked.length > 0;
}

/** What is asked for and not over, the oldest request first. */
export function findRequests(
  db: Reader,
  today: Day,
): Promise<(LeaveRow & { name: string; branchId: string | null })[]> {
  return db.sql`
    SELECT r."personId", r."firstDay"::text, r."lastDay"::text, p.name, p."branchId"::text FROM leave_request r
    JOIN person p ON p.id = r."personId" AND p.status = 'active' WHERE r."lastDay" >= ${today}::date AND r."takenBackAt" IS NULL ORDER BY r."askedAt", p.id`;
}

/** Takes a leave back. */
export async function deleteLeave(db: Transaction, person: string, firstDay: Day, now: Date): Promise<void> {
  await db.sql`DELETE FROM leave WHERE "personId" = ${person} AND "firstDay" = ${firstDay}::date`;
  await refreshCounts(db, [person], now);
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

/** Who is on leave on any of these days, by name, and where they stand. */
export function findAway(
  db: Reader,
  { firstDay, lastDay }: Span,
): Promise<(Placed & { name: string; lastDay: Day })[]> {
  return db.sql`
    SELECT p.name, p."branchId"::text, COALESCE(path.ids, '{}') AS "unitIds", max(l."lastDay")::text AS "lastDay"
    FROM leave l JOIN person p ON p.id = l."personId" AND p.status = 'active' LEFT JOIN unit_names() path ON path.unit = p."unitId"
    WHERE l."firstDay" <= ${lastDay}::date AND l."lastDay" >= ${firstDay}::date GROUP BY p.id, p.name, p."branchId", path.ids ORDER BY p.name, p.id`;
}

/** Undefined for a stranger. */
export async function findPlace(db: Reader, person: string): Promise<Placed | undefined> {
  const [row] = await db.sql<Placed>`
    SELECT p."branchId"::text, COALESCE(path.ids, '{}') AS "unitIds" FROM person p LEFT JOIN unit_names() path ON path.unit = p."unitId"
    WHERE p.id = ${person}`;
  return row;
}
