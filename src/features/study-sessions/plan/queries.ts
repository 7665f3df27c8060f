/** Reads and writes of the month's focus, the required meetings and the warnings; nobody else touches these tables. */
import type { Day } from '../../../calendar/calendar.ts';
import type { Reader, Transaction } from '../../../storage/database.ts';
import type { SessionKind } from '../kinds.ts';
import type { Month } from '../months.ts';
import { DEFAULT_REQUIREMENTS, type Period, type Requirement } from './requirements.ts';

/** The topics of a month for the centre group and for the branches. */
export type Focus = { centreGroup: string[]; branches: string[] };

/** The focus of a month; empty lists where none was set. */
export async function findFocus(db: Reader, month: Month): Promise<Focus> {
  const rows = await db.models.studyFocus.findMany({ where: { month } });
  const topicsOf = (audience: string) => rows.find((row) => row.audience === audience)?.topics ?? [];
  return { centreGroup: topicsOf('centre-group'), branches: topicsOf('branches') };
}

/** Sets the focus of a month, in place of what stood there. */
export async function setFocus(
  db: Transaction,
  month: Month,
  { centreGroup, branches }: Focus,
  by: string,
  now: Date,
): Promise<void> {
  for (const [audience, topics] of [
    ['centre-group', centreGroup],
    ['branches', branches],
  ] as const) {
    const data = { topics, setById: by, setAt: now };
    await db.models.studyFocus.upsert({
      where: { month_audience: { month, audience } },
      create: { month, audience, ...data },
      update: data,
    });
  }
}

/** What must be held how often: the defaults, with what an administrator decided otherwise. */
export async function findRequirements(db: Reader): Promise<Requirement[]> {
  const decided = new Map(
    (await db.models.studyRequirement.findMany()).map(({ kind, period }) => [kind, period as Period]),
  );
  return DEFAULT_REQUIREMENTS.map((one) => ({ ...one, period: decided.get(one.kind) ?? one.period }));
}

/** Decides how often one kind must be held. */
export async function setRequirement(db: Transaction, kind: SessionKind, period: Period): Promise<void> {
  await db.models.studyRequirement.upsert({ where: { kind }, create: { kind, period }, update: { period } });
}

/** The day on which each branch was last warned. */
export async function findLastWarnings(db: Reader): Promise<Map<string, Day>> {
  const rows = await db.sql<{ branchId: string; day: Day }>`
    SELECT "branchId"::text, max("warnedOn")::text AS day FROM study_warning GROUP BY 1`;
  return new Map(rows.map(({ branchId, day }) => [branchId, day]));
}

/** Keeps that a branch is warned today; gives the warning's id. */
export async function keepWarning(db: Transaction, branchId: string, today: Day): Promise<string> {
  return (await db.models.studyWarning.create({ data: { branchId, warnedOn: new Date(`${today}T00:00Z`) } })).id;
}

/** A warning: of which branch, on which day. */
export async function findWarning(db: Reader, id: string): Promise<{ branchId: string; day: Day } | undefined> {
  const row = await db.models.studyWarning.findUnique({ where: { id } });
  return row ? { branchId: row.branchId, day: row.warnedOn.toISOString().slice(0, 10) } : undefined;
}

/** The newest warning of a branch. */
export async function findNewestWarning(
  db: Reader,
  branchId: string,
): Promise<{ id: string; branchId: string; day: Day } | undefined> {
  const row = await db.models.studyWarning.findFirst({ where: { branchId }, orderBy: { warnedOn: 'desc' } });
  return row ? { id: row.id, branchId, day: row.warnedOn.toISOString().slice(0, 10) } : undefined;
}

/** The warnings of a branch whose cards can still be edited. */
export async function findLiveWarnings(db: Reader, branchId: string, since: Day): Promise<string[]> {
  const warnedOn = { gte: new Date(`${since}T00:00Z`) };
  return (await db.models.studyWarning.findMany({ where: { branchId, warnedOn } })).map(({ id }) => id);
}
