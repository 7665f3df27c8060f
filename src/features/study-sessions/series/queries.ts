/** Reads and writes of series and their occurrences; nobody else touches these tables. */
import type { Day } from '../../../calendar/calendar.ts';
import type { Scope } from '../../../people/permissions.ts';
import type { Matter } from '../../../sight.ts';
import type { Reader, Transaction } from '../../../storage/database.ts';
import type { StudyOccurrence, StudySeries } from '../../../storage/generated/client.ts';
import type { Holder, SessionKind } from '../kinds.ts';
import { type Month, shiftMonth } from '../months.ts';
import type { Occurrence, RunningSeries, SeriesDraft, Shift } from './rules.ts';

export type { StudyOccurrence, StudySeries } from '../../../storage/generated/client.ts';

/** The series, or null. */
export function findSeries(db: Reader, id: string): Promise<StudySeries | null> {
  return db.models.studySeries.findUnique({ where: { id } });
}

/** The series as it will stay until the transaction ends, or null: whoever decides on it reads it so, and whoever comes next waits. */
export async function holdSeries(db: Transaction, id: string): Promise<StudySeries | null> {
  await db.sql`SELECT 1 FROM study_series WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  return findSeries(db, id);
}

/** Where a series lies: with its branch, or with the office for all of them; what was never confirmed is its writer's own. */
export async function findSeriesMatter(db: Reader, id: string): Promise<Matter | undefined> {
  const row = await findSeries(db, id);
  if (!row) return undefined;
  const isOwn = row.state === 'draft' || row.state === 'cancelled';
  return { scope: targetScope(row.branchId), ...(isOwn && { owner: row.createdById }) };
}

/** Where a series for a branch, or for all of them, is to be permitted. */
export function targetScope(branchId: Holder): Scope {
  return branchId === null ? 'detachment' : { branchId };
}

/** What has been said of a series, in the words of the rules. */
export function seriesDraftOf(row: StudySeries): SeriesDraft {
  const { topic, dayOfMonth, branchId, leadDays } = row;
  return { topic, dayOfMonth, branchId, leadDays, kind: row.kind as SessionKind | null, shift: row.shift as Shift };
}

/** A series with its day, ready to be counted on. */
export function runningOf(row: StudySeries): RunningSeries {
  const { dayOfMonth, leadDays, remindedMonth, skippedMonths } = row;
  return { leadDays, remindedMonth, skippedMonths, dayOfMonth: dayOfMonth ?? 1, shift: row.shift as Shift };
}

/** Keeps a draft and gives its id. */
export async function createSeries(db: Transaction, draft: SeriesDraft, by: string, now: Date): Promise<string> {
  return (await db.models.studySeries.create({ data: { ...draft, createdById: by, createdAt: now } })).id;
}

/** Changes a draft or a running series, and closes its form; false when it is neither. */
export async function updateSeries(db: Transaction, id: string, draft: SeriesDraft): Promise<boolean> {
  const where = { id, state: { in: ['draft', 'active'] } };
  return (await db.models.studySeries.updateMany({ where, data: { ...draft, editingById: null } })).count === 1;
}

/** Opens the form of a series for one person, or closes it with null. */
export async function setSeriesEditor(db: Transaction, id: string, editingById: string | null): Promise<void> {
  await db.models.studySeries.updateMany({ where: { id }, data: { editingById } });
}

/** Moves a series from one state to another, once; false when somebody else did. */
export async function moveSeries(
  db: Transaction,
  id: string,
  from: 'draft' | 'active',
  state: 'active' | 'stopped' | 'cancelled',
): Promise<boolean> {
  return (
    (await db.models.studySeries.updateMany({ where: { id, state: from }, data: { state, editingById: null } }))
      .count === 1
  );
}

/** Skips a month of a series, or takes that back. */
export async function setSkipped(db: Transaction, row: StudySeries, month: Month, isSkipped: boolean): Promise<void> {
  const others = row.skippedMonths.filter((one) => one !== month);
  const skippedMonths = isSkipped ? [...others, month].sort() : others;
  await db.models.studySeries.update({ where: { id: row.id }, data: { skippedMonths } });
}

/** Notes that the reminders of a month have gone out, and the part of each branch in it; gives those parts. */
export async function keepOccurrences(
  db: Transaction,
  series: string,
  { month }: Occurrence,
  dueAt: Date,
  branches: string[],
): Promise<{ id: string; branchId: string }[]> {
  await db.models.studySeries.update({ where: { id: series }, data: { remindedMonth: month } });
  const data = branches.map((branchId) => ({ seriesId: series, branchId, month, dueAt }));
  await db.models.studyOccurrence.createMany({ data, skipDuplicates: true });
  return db.models.studyOccurrence.findMany({
    where: { seriesId: series, month },
    select: { id: true, branchId: true },
  });
}

/** The months of a series whose reminders have gone out and whose day is still ahead. */
export async function findMonthsAhead(db: Reader, seriesId: string, now: Date): Promise<Month[]> {
  const where = { seriesId, dueAt: { gt: now } };
  const rows = await db.models.studyOccurrence.findMany({ where, distinct: 'month', orderBy: { month: 'desc' } });
  return rows.map(({ month }) => month);
}

/** Moves what is still ahead of a month of a series to another day, which is then yet to be reminded of; false where it is that day already. */
export async function moveOccurrences(
  db: Transaction,
  seriesId: string,
  month: Month,
  dueAt: Date,
  now: Date,
): Promise<boolean> {
  const where = { seriesId, month, dueAt: { gt: now, not: dueAt } };
  if ((await db.models.studyOccurrence.updateMany({ where, data: { dueAt } })).count === 0) return false;
  await db.models.studySeries.update({ where: { id: seriesId }, data: { remindedMonth: shiftMonth(month, -1) } });
  return true;
}

/** One branch's part in a month of a series, with the series. */
export function findOccurrence(db: Reader, id: string): Promise<(StudyOccurrence & { series: StudySeries }) | null> {
  return db.models.studyOccurrence.findUnique({ where: { id }, include: { series: true } });
}

/** The occurrences of a series whose day is not over, or was within the last two weeks: their cards can still be edited. */
export async function findLiveOccurrences(db: Reader, series: string, since: Date): Promise<string[]> {
  return (await db.models.studyOccurrence.findMany({ where: { seriesId: series, dueAt: { gte: since } } })).map(
    ({ id }) => id,
  );
}

/** The occurrences of a branch in the months around these days. */
export async function findBranchOccurrences(db: Reader, branchId: string, month: Month): Promise<string[]> {
  return (await db.models.studyOccurrence.findMany({ where: { branchId, month } })).map(({ id }) => id);
}

/** The running series that concern one of these branches, or everybody. */
export function findActiveSeries(db: Reader, branches: string[] | 'all'): Promise<StudySeries[]> {
  const mine = branches === 'all' ? {} : { OR: [{ branchId: null }, { branchId: { in: branches } }] };
  return db.models.studySeries.findMany({ where: { state: 'active', ...mine }, orderBy: { createdAt: 'asc' } });
}

/** What waits for the secretary of these branches: reminded of, the series still running and the month not skipped, and not held in that month. */
export function findOpenOccurrences(
  db: Reader,
  branches: string[],
  from: Day,
): Promise<{ id: string; kind: string; topic: string; dueAt: Date }[]> {
  return db.sql`
    SELECT o.id, s.kind, s.topic, o."dueAt" FROM study_occurrence o JOIN study_series s ON s.id = o."seriesId"
    WHERE o."branchId"::text = ANY (${branches}::text[]) AND s.state = 'active' AND o.month <> ALL (s."skippedMonths") AND o.month >= ${from.slice(0, 7)}
      AND NOT EXISTS (SELECT 1 FROM study_session x WHERE x."branchId" = o."branchId" AND x.kind = s.kind AND x.state = 'recorded'
        AND to_char(x."heldOn", 'YYYY-MM') = o.month)
    ORDER BY o."dueAt" LIMIT 10`;
}
