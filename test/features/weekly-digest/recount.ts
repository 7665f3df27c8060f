/** Every figure of the digest counted anew, one plain statement each, without the digest's own queries or roll-up. */
import { wholeOf } from '../../../src/people/audience/audience.ts';
import type { Database } from '../../../src/storage/database.ts';

export type Scope = { kind: 'unit' | 'branch'; id: string };
export type Span = { from: string; until: string; firstDay: string; lastDay: string };

/** In the order of the card: label, and how to count it. */
export const FIGURES: [label: string, count: (db: Database, scope: Scope, span: Span) => Promise<number>][] = [
  ['完成任务', countDone],
  ['逾期未完成', (db, scope, span) => countNotDone(db, scope, span, 'overdue')],
  ['待完成', (db, scope, span) => countNotDone(db, scope, span, 'open')],
  ['没收到', (db, scope, span) => countNotDone(db, scope, span, 'unreached')],
  ['休假未完成', (db, scope, span) => countNotDone(db, scope, span, 'on-leave')],
  ['联系不上', (db, scope, span) => countNotDone(db, scope, span, 'unreachable')],
  ['开展学习', (db, scope, { firstDay, lastDay }) => countSessions(db, scope, firstDay, lastDay, 'all')],
  ['今年中心组', (db, scope, { lastDay }) => countSessions(db, scope, '2026-01-01', lastDay, 'centre-group')],
  ['今年支部', (db, scope, { lastDay }) => countSessions(db, scope, '2026-01-01', lastDay, 'branches')],
  ['必开会议待开', countAtRisk],
  ['参加答题', countTaken],
  ['未参加答题', (db, scope, span) => countMissed(db, scope, span, 'missed')],
  ['没收到', (db, scope, span) => countMissed(db, scope, span, 'unreached')],
  ['休假未参加', (db, scope, span) => countMissed(db, scope, span, 'on-leave')],
  ['联系不上', (db, scope, span) => countMissed(db, scope, span, 'unreachable')],
  ['作答', (db, scope, span) => countAnswers(db, scope, span, 'all')],
  ['答对', (db, scope, span) => countAnswers(db, scope, span, 'right')],
  ['答错', (db, scope, span) => countAnswers(db, scope, span, 'wrong')],
  ['领到物资', (db, scope, span) => countSettled(db, scope, span, ['collected', 'partial'])],
  ['没领到或没领齐', (db, scope, span) => countSettled(db, scope, span, ['missed', 'partial'])],
  ['待领取', countWaiting],
  ['被提名', countNominated],
  ['当选每月一星', countHonoured],
  ['进行中的评选', countRunning],
];

/** How many of a task's people in the scope were overdue at the end. */
export async function countOverdue(db: Database, scope: Scope, span: Span, topic: string): Promise<number> {
  return countNotDone(db, scope, span, 'overdue', topic);
}

/** The people somebody answers for. */
export async function peopleOf(db: Database, { kind, id }: Scope): Promise<string[]> {
  const rows = await db.sql<{
    id: string;
  }>`SELECT id FROM people_of(${JSON.stringify(wholeOf({ kind, id }, 'everyone'))}::jsonb, now())`;
  return rows.map((row) => row.id);
}

async function one(rows: Promise<{ count: number }[]>): Promise<number> {
  return (await rows)[0]?.count ?? 0;
}

async function countDone(db: Database, scope: Scope, { from, until }: Span): Promise<number> {
  const people = await peopleOf(db, scope);
  return one(db.sql`
    SELECT count(*)::int AS count FROM part a, publication t WHERE t.feature = 'study-tasks' AND t.id = a."publicationId" AND a."personId" = ANY (${people}::text[])
      AND a."doneAt" >= ${from}::timestamptz AND a."doneAt" < ${until}::timestamptz AND (t."endedAt" IS NULL OR t."endedAt" >= ${until}::timestamptz)`);
}

async function countNotDone(
  db: Database,
  scope: Scope,
  { from, until, lastDay }: Span,
  figure: string,
  topic = '%',
): Promise<number> {
  const people = await peopleOf(db, scope);
  const rows = await db.sql<{ dueAt: Date; isUnreachable: boolean; isAway: boolean; isSeen: boolean }>`
    SELECT t."dueAt", a."isUnreachable", EXISTS (SELECT 1 FROM delivery d LEFT JOIN delivery g ON g.id = d."gatheredInto" WHERE d.ref = t.id::text AND d.recipient = a."personId" AND COALESCE(d."shownAt", g."shownAt") < ${until}::timestamptz) AS "isSeen",
      EXISTS (SELECT 1 FROM leave l WHERE l."personId" = a."personId" AND l."firstDay" <= ${lastDay}::date AND l."lastDay" >= ${lastDay}::date) AS "isAway"
    FROM part a, publication t, study_task s WHERE s.id = t.id AND t.id = a."publicationId" AND a."personId" = ANY (${people}::text[]) AND s.topic LIKE ${topic}
      AND t."publishedAt" < ${until}::timestamptz AND t."dueAt" >= ${from}::timestamptz AND (t."endedAt" IS NULL OR t."endedAt" >= ${until}::timestamptz)
      AND NOT COALESCE(a."doneAt" < ${until}::timestamptz, false)`;
  return rows.filter(({ dueAt, isUnreachable, isAway, isSeen }) => {
    if (!isAway && !isUnreachable && !isSeen) return figure === 'unreached';
    const is = isAway ? 'on-leave' : isUnreachable ? 'unreachable' : dueAt <= new Date(until) ? 'overdue' : 'open';
    return is === figure;
  }).length;
}

/** The branches whose people all belong to the scope; of the top also the centre group, which is null. */
async function holdersOf(db: Database, { kind, id }: Scope): Promise<(string | null)[]> {
  if (kind === 'branch') return [id];
  const rows = await db.sql<{ id: string }>`
    SELECT b.id::text FROM branch b WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p."branchId" = b.id AND p.status = 'active'
      AND p.id NOT IN (SELECT id FROM people_of(${JSON.stringify(wholeOf({ kind: 'unit', id }, 'everyone'))}::jsonb, now())))`;
  const [top] = await db.sql<{ isTop: boolean }>`SELECT "parentId" IS NULL AS "isTop" FROM unit WHERE id = ${id}`;
  return [...rows.map((row) => row.id), ...(top?.isTop ? [null] : [])];
}

async function countSessions(
  db: Database,
  scope: Scope,
  firstDay: string,
  lastDay: string,
  who: string,
): Promise<number> {
  const holders = (await holdersOf(db, scope)).filter(
    (id) => who === 'all' || (id === null) === (who === 'centre-group'),
  );
  const found = await db.sql<{ holder: string | null }>`
    SELECT "branchId"::text AS holder FROM study_session WHERE state = 'recorded' AND "heldOn" >= ${firstDay}::date AND "heldOn" <= ${lastDay}::date`;
  return found.filter(({ holder }) => holders.includes(holder)).length;
}

/** In these weeks only what is monthly can be about to be missed: from October 26th and November 24th on, when five workdays are left. */
async function countAtRisk(db: Database, scope: Scope, { lastDay }: Span): Promise<number> {
  if (lastDay < '2026-10-26' || (lastDay > '2026-10-31' && lastDay < '2026-11-24')) return 0;
  const holders = (await holdersOf(db, scope)).filter((id) => id !== null);
  return one(db.sql`
    SELECT count(*)::int AS count FROM branch b, (VALUES ('themed-party-day', 3), ('branch-committee-meeting', 7)) AS required (kind, least)
    WHERE b.id::text = ANY (${holders}::text[])
      AND (SELECT count(*) FROM person p WHERE p."branchId" = b.id AND p.status = 'active' AND p.politics = 'member') >= least
      AND NOT EXISTS (SELECT 1 FROM study_session s WHERE s.state = 'recorded' AND s."branchId" = b.id AND s.kind = required.kind AND s."heldOn" BETWEEN date_trunc('month', ${lastDay}::date) AND ${lastDay}::date)`);
}

async function countTaken(db: Database, scope: Scope, { from, until }: Span): Promise<number> {
  const people = await peopleOf(db, scope);
  return one(db.sql`
    SELECT count(*)::int AS count FROM (SELECT w."quizId", w."personId", min(w."answeredAt") AS first FROM quiz_answer w, quiz_run q WHERE q.id = w."quizId" AND q.kind <> 'practice'
      AND w."personId" = ANY (${people}::text[]) GROUP BY 1, 2) t WHERE first >= ${from}::timestamptz AND first < ${until}::timestamptz`);
}

async function countMissed(db: Database, scope: Scope, { from, until }: Span, figure: string): Promise<number> {
  const people = await peopleOf(db, scope);
  const rows = await db.sql<{ isUnreachable: boolean; isAway: boolean; isSeen: boolean }>`
    SELECT a."isUnreachable", EXISTS (SELECT 1 FROM delivery d LEFT JOIN delivery g ON g.id = d."gatheredInto" WHERE d.ref = q.id::text AND d.recipient = a."personId" AND COALESCE(d."shownAt", g."shownAt") < q."closesAt") AS "isSeen",
      EXISTS (SELECT 1 FROM leave l WHERE l."personId" = a."personId" AND (q."closesAt" + interval '8 hours')::date BETWEEN l."firstDay" AND l."lastDay") AS "isAway"
    FROM quiz_part a, quiz_run q WHERE q.id = a."quizId" AND q.kind = 'contest' AND a."personId" = ANY (${people}::text[])
      AND q."closesAt" >= ${from}::timestamptz AND q."closesAt" < ${until}::timestamptz
      AND (SELECT count(*) FROM quiz_answer w WHERE w."quizId" = q.id AND w."personId" = a."personId") = 0`;
  return rows.filter(({ isUnreachable, isAway, isSeen }) => {
    const is = isAway ? 'on-leave' : isUnreachable ? 'unreachable' : isSeen ? 'missed' : 'unreached';
    return is === figure;
  }).length;
}

async function countAnswers(db: Database, scope: Scope, { from, until }: Span, which: string): Promise<number> {
  const people = await peopleOf(db, scope);
  return one(db.sql`
    SELECT count(*)::int AS count FROM quiz_answer w, quiz_run q, quiz_question k WHERE q.id = w."quizId" AND q.kind <> 'practice' AND k.id = w."questionId"
      AND w."personId" = ANY (${people}::text[]) AND w."answeredAt" >= ${from}::timestamptz AND w."answeredAt" < ${until}::timestamptz
      AND (${which} = 'all' OR (w.choice = k.key) = (${which} = 'right'))`);
}

async function countSettled(db: Database, scope: Scope, { from, until }: Span, states: string[]): Promise<number> {
  const people = await peopleOf(db, scope);
  return one(db.sql`
    SELECT count(*)::int AS count FROM supply_claim WHERE "personId" = ANY (${people}::text[]) AND state = ANY (${states}::text[])
      AND "settledAt" >= ${from}::timestamptz AND "settledAt" < ${until}::timestamptz`);
}

async function countWaiting(db: Database, scope: Scope, { until }: Span): Promise<number> {
  const people = await peopleOf(db, scope);
  return one(db.sql`
    SELECT count(*)::int AS count FROM supply_claim c, handout_run h WHERE h.id = c."handoutId" AND c."personId" = ANY (${people}::text[])
      AND (c.state <> 'open' OR EXISTS (SELECT 1 FROM delivery d WHERE d.ref = h.id::text AND d.recipient = c."personId" AND d."shownAt" < ${until}::timestamptz))
      AND h."publishedAt" < ${until}::timestamptz AND COALESCE(h."endedAt", 'infinity') >= ${until}::timestamptz AND COALESCE(c."settledAt", 'infinity') >= ${until}::timestamptz`);
}

async function countNominated(db: Database, scope: Scope, { from, until }: Span): Promise<number> {
  const people = await peopleOf(db, scope);
  return one(db.sql`
    SELECT count(DISTINCT ("roundId", "nomineeId"))::int AS count FROM star_nomination WHERE "nomineeId" = ANY (${people}::text[])
      AND "changedAt" >= ${from}::timestamptz AND "changedAt" < ${until}::timestamptz`);
}

async function countHonoured(db: Database, scope: Scope, { from, until }: Span): Promise<number> {
  const people = await peopleOf(db, scope);
  return one(db.sql`
    SELECT count(*)::int AS count FROM star_honour WHERE "personId" = ANY (${people}::text[])
      AND "awardedAt" >= ${from}::timestamptz AND "awardedAt" < ${until}::timestamptz`);
}

/** In these weeks a round is of the whole detachment and over in the week, or of a branch and not over. */
async function countRunning(db: Database, scope: Scope, { until }: Span): Promise<number> {
  if (scope.kind === 'unit') {
    const people = await peopleOf(db, scope);
    return one(db.sql`
      SELECT count(*)::int AS count FROM star_round r WHERE state = 'nominating' AND "createdAt" < ${until}::timestamptz AND NOT EXISTS (
        SELECT 1 FROM person p WHERE p.status = 'active' AND p."unitId" IS NOT NULL AND p.id <> ALL (${people}::text[])
          AND r.audience->'places' @> jsonb_build_array(jsonb_build_object('id', p."branchId")))`);
  }
  return one(db.sql`
    SELECT count(*)::int AS count FROM star_round WHERE audience->'places' @> ${JSON.stringify([{ id: scope.id }])}::jsonb AND state = 'nominating' AND "createdAt" < ${until}::timestamptz`);
}
