/** Reads and writes of the session ledger; nobody else touches these tables. */
import type { Day } from '../../../calendar/calendar.ts';
import type { Reader, Transaction } from '../../../storage/database.ts';
import type { StudySession } from '../../../storage/generated/client.ts';
import { groupRows } from '../../../storage/group-rows.ts';
import type { Holder, SessionKind } from '../kinds.ts';
import type { Held } from '../plan/requirements.ts';
import { identify, type Session } from './rules.ts';

export type { StudySession } from '../../../storage/generated/client.ts';

/** The session, or null. */
export function findSession(db: Reader, id: string): Promise<StudySession | null> {
  return db.models.studySession.findUnique({ where: { id } });
}

/** The session as it will stay until the transaction ends, or null: whoever decides on it reads it so, and whoever comes next waits. */
export async function holdSession(db: Transaction, id: string): Promise<StudySession | null> {
  await db.sql`SELECT 1 FROM study_session WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  return findSession(db, id);
}

/** What a form shows at first. */
export type Prefill = {
  branchId?: Holder;
  kind?: SessionKind | undefined;
  heldOn?: Day | undefined;
  topic?: string;
  host?: string;
  attendees?: number | null;
};

/** Keeps an empty or prefilled form and gives its id. */
export async function createDraft(
  db: Transaction,
  { heldOn, ...prefill }: Prefill,
  by: string,
  now: Date,
): Promise<string> {
  const data = { ...prefill, kind: prefill.kind ?? null, enteredById: by, createdAt: now };
  return (await db.models.studySession.create({ data: { ...data, heldOn: heldOn ? toDate(heldOn) : null } })).id;
}

/** The recorded session that is the same as this one, other than `id` itself. Whoever asks next waits for this transaction. */
export async function findSame(db: Transaction, id: string, session: Session): Promise<StudySession | null> {
  const identity = identify(session);
  await db.sql`SELECT pg_advisory_xact_lock(hashtextextended(${identity}, 0))`;
  return db.models.studySession.findFirst({ where: { identity, NOT: { id } } });
}

/** Turns a draft into a recorded session; false when it is none any more. */
export async function recordSession(db: Transaction, id: string, session: Session, now: Date): Promise<boolean> {
  const data = { ...toRow(session), state: 'recorded', recordedAt: now };
  return (await db.models.studySession.updateMany({ where: { id, state: 'draft' }, data })).count === 1;
}

/** Changes a recorded session and keeps what stood before. */
export async function correctSession(
  db: Transaction,
  before: StudySession,
  session: Session,
  by: string,
  now: Date,
): Promise<void> {
  await keepChange(db, before, 'corrected', by, now);
  await db.models.studySession.update({ where: { id: before.id }, data: { ...toRow(session), editingById: null } });
}

/** Takes a recorded session out of every count; the row and what stood in it are kept. False when it is gone already. */
export async function deleteSession(db: Transaction, before: StudySession, by: string, now: Date): Promise<boolean> {
  const data = { state: 'deleted', identity: null, editingById: null };
  const { count } = await db.models.studySession.updateMany({ where: { id: before.id, state: 'recorded' }, data });
  if (count === 1) await keepChange(db, before, 'deleted', by, now);
  return count === 1;
}

/** Opens the form of a recorded session for one person; false when the session is not recorded. */
export async function openEditor(db: Transaction, id: string, editingById: string): Promise<boolean> {
  return (
    (await db.models.studySession.updateMany({ where: { id, state: 'recorded' }, data: { editingById } })).count === 1
  );
}

/** Closes the form of a recorded session, if it is open for this person. */
export async function closeEditor(db: Transaction, id: string, editingById: string): Promise<void> {
  await db.models.studySession.updateMany({ where: { id, editingById }, data: { editingById: null } });
}

/** Who changed a session when, the newest first, with what it was before and what it became. */
export async function findChanges(
  db: Reader,
  sessionId: string,
): Promise<{ what: string; before: unknown; changedAt: Date; by: string }[]> {
  return db.sql`
    SELECT c.what, c.before, c."changedAt", p.name AS by FROM study_session_change c JOIN person p ON p.id = c."changedById"
    WHERE c."sessionId" = ${sessionId}::uuid ORDER BY c."changedAt" DESC LIMIT 20`;
}

/** How many sessions each holder has recorded in a year. */
export async function countByHolder(db: Reader, year: number): Promise<Map<Holder, number>> {
  const rows = await db.sql<{ branchId: Holder; count: number }>`
    SELECT "branchId"::text, count(*)::int AS count FROM study_session
    WHERE state = 'recorded' AND "heldOn" BETWEEN ${`${year}-01-01`}::date AND ${`${year}-12-31`}::date GROUP BY 1`;
  return new Map(rows.map(({ branchId, count }) => [branchId, count]));
}

/** What every holder has held from the first to the last day, both included; with `only` just that holder. */
export async function findHeld(
  db: Reader,
  { firstDay, lastDay }: { firstDay: Day; lastDay: Day },
  only?: Holder,
): Promise<Map<Holder, Held[]>> {
  const rows = await db.sql<Held & { branchId: Holder }>`
    SELECT "branchId"::text, kind, "heldOn"::text AS day FROM study_session
    WHERE state = 'recorded' AND "heldOn" BETWEEN ${firstDay}::date AND ${lastDay}::date
      AND (${only === undefined} OR "branchId" IS NOT DISTINCT FROM ${only ?? null}::uuid) ORDER BY "heldOn"`;
  return groupRows(rows, ({ branchId }) => branchId);
}

/** A row behind a number. */
export type Row = { id: string; kind: string; day: Day; topic: string; attendees: number };

/** A page of the sessions of a holder in a year, of one kind or all, the newest first; and how many there are. */
export async function findRows(
  db: Reader,
  { holder, year, kind, page }: { holder: Holder; year: number; kind: string; page: number },
  perPage: number,
): Promise<{ rows: Row[]; count: number }> {
  const where = {
    state: 'recorded',
    branchId: holder,
    heldOn: { gte: toDate(`${year}-01-01`), lte: toDate(`${year}-12-31`) },
    ...(kind !== 'all' && { kind }),
  };
  const count = await db.models.studySession.count({ where });
  const orderBy = [{ heldOn: 'desc' }, { id: 'desc' }] as const;
  const found = await db.models.studySession.findMany({
    where,
    orderBy: [...orderBy],
    skip: page * perPage,
    take: perPage,
  });
  return {
    count,
    rows: found.map((row) => ({ id: row.id, ...sessionOf(row), kind: row.kind ?? '', day: dayOf(row.heldOn) })),
  };
}

const RECENT = 30;

/** The newest recorded sessions of these holders. */
export function findRecent(db: Reader, holders: Holder[]): Promise<StudySession[]> {
  const branches = holders.filter((holder) => holder !== null);
  const centreGroup = holders.includes(null) ? [{ branchId: null }] : [];
  return db.models.studySession.findMany({
    where: { state: 'recorded', OR: [{ branchId: { in: branches } }, ...centreGroup] },
    orderBy: [{ heldOn: 'desc' }, { recordedAt: 'desc' }],
    take: RECENT,
  });
}

/** Keeps that the file of a session's minutes was replaced or deleted, and what it was called. */
export async function keepFileChange(
  db: Transaction,
  sessionId: string,
  name: string,
  by: string,
  now: Date,
): Promise<void> {
  const data = { sessionId, what: 'file', before: { name }, changedById: by, changedAt: now };
  await db.models.studySessionChange.create({ data });
}

/** All recorded sessions from the first to the last day, day by day. */
export function findRecorded(db: Reader, firstDay: Day, lastDay: Day): Promise<StudySession[]> {
  return db.models.studySession.findMany({
    where: { state: 'recorded', heldOn: { gte: toDate(firstDay), lte: toDate(lastDay) } },
    orderBy: [{ heldOn: 'asc' }, { recordedAt: 'asc' }, { id: 'asc' }],
  });
}

/** The recorded sessions that have one of these ids, or are the same as one of these. */
export function findByIdOrIdentity(db: Reader, ids: string[], identities: string[]): Promise<StudySession[]> {
  return db.models.studySession.findMany({
    where: { state: 'recorded', OR: [{ id: { in: ids } }, { identity: { in: identities } }] },
  });
}

/** Records a session that no form was filled in for, and gives its id. */
export async function addSession(db: Transaction, session: Session, by: string, now: Date): Promise<string> {
  const data = { ...toRow(session), state: 'recorded', enteredById: by, createdAt: now, recordedAt: now };
  return (await db.models.studySession.create({ data })).id;
}

/** Whoever records sessions in numbers waits here, and lets nobody record one in between. */
export async function lockSessions(db: Transaction): Promise<void> {
  await db.sql`LOCK TABLE study_session IN SHARE ROW EXCLUSIVE MODE`;
}

/** A recorded session in the words of the rules. */
export function sessionOf(row: StudySession): Session {
  const { branchId, host, topic, agenda, names, minutes } = row;
  const heldOn = dayOf(row.heldOn);
  return {
    branchId,
    host,
    topic,
    agenda,
    names,
    minutes,
    heldOn,
    kind: row.kind as SessionKind,
    attendees: row.attendees ?? 0,
  };
}

/** A date column as a day. */
export function dayOf(date: Date | null): Day {
  return date?.toISOString().slice(0, 10) ?? '';
}

function toDate(day: Day): Date {
  return new Date(`${day}T00:00Z`);
}

function toRow(session: Session) {
  return { ...session, heldOn: toDate(session.heldOn), identity: identify(session) };
}

async function keepChange(
  db: Transaction,
  row: StudySession,
  what: 'corrected' | 'deleted',
  by: string,
  now: Date,
): Promise<void> {
  const data = { sessionId: row.id, what, before: sessionOf(row), changedById: by, changedAt: now };
  await db.models.studySessionChange.create({ data });
}
