/** What a person has had the branches reminded of: meetings that recur, and the focus of a month. */
import { DAY_MS } from '../../basics/durations.ts';
import type { SentOut, Viewpoint } from '../../feature.ts';
import type { Person } from '../../people/person.ts';
import type { Reader } from '../../storage/database.ts';
import { nameKind } from './kinds.ts';
import { lastOfMonth, nameMonth } from './months.ts';
import { PlanRef } from './schema.ts';

/** So far back somebody asks. */
const SHOWN_MONTHS = 3;

/** The newest of each series first, and every focus of the last months. */
export async function findSentOut(db: Reader, { id: person }: Person, view: Viewpoint): Promise<SentOut[]> {
  return [...(await findReminders(db, person, view)), ...(await findFocuses(db, person, view))];
}

async function findReminders(db: Reader, person: string, { now }: Viewpoint): Promise<SentOut[]> {
  const rows = await db.sql<{
    id: string;
    topic: string;
    kind: string;
    month: string;
    leadDays: number;
    dueAt: Date;
    refs: string[];
  }>`
    SELECT s.id::text AS id, s.topic, s.kind, o.month, s."leadDays", max(o."dueAt") AS "dueAt", array_agg(o.id::text ORDER BY o.id) AS refs
    FROM study_series s JOIN study_occurrence o ON o."seriesId" = s.id AND o.month = s."remindedMonth"
    WHERE s."createdById" = ${person} AND s.state IN ('active', 'stopped')
    GROUP BY s.id, o.month ORDER BY 6 DESC LIMIT 20`;
  return rows.map(({ id, topic, kind, month, leadDays, dueAt, refs }) => ({
    ...{ id: `series:${id}`, card: 'occurrence', refs, isOver: dueAt <= now },
    title: `${nameMonth(month)}${nameKind(kind)}${topic === '' ? '' : `：${topic}`}`,
    at: new Date(dueAt.getTime() - leadDays * DAY_MS),
  }));
}

async function findFocuses(db: Reader, person: string, { now, calendar }: Viewpoint): Promise<SentOut[]> {
  const rows = await db.models.studyFocus.findMany({
    where: { setById: person, audience: 'branches' },
    orderBy: { month: 'desc' },
    take: SHOWN_MONTHS,
  });
  if (rows.length === 0) return [];
  const branches = await db.sql<{ id: string }>`SELECT id::text AS id FROM branch ORDER BY id`;
  return rows.map(({ month, setAt }) => ({
    ...{ id: `focus:${month}`, title: `${nameMonth(month)}学习重点`, at: setAt, card: 'plan' },
    refs: branches.map(({ id }) => PlanRef.write({ month, holder: id })),
    isOver: calendar.at(lastOfMonth(month), '23:59') <= now,
  }));
}
