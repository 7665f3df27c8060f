/** Reads and writes of quizzes as a whole; what one person does with a paper is in `paper-queries.ts`. */
import type { Day } from '../../calendar/calendar.ts';
import { type Audience, audienceColumns, audienceOf } from '../../people/audience.ts';
import type { Reader, Transaction } from '../../storage/database.ts';
import type { Quiz } from '../../storage/generated/client.ts';
import type { Draft } from './draft-rules.ts';
import type { Topic } from './question.ts';
import type { Chosen } from './rules.ts';
import type { IssuedKind } from './schema.ts';

export type { Quiz } from '../../storage/generated/client.ts';

/** The quiz, or null. */
export function findQuiz(db: Reader, id: string): Promise<Quiz | null> {
  return db.models.quiz.findUnique({ where: { id } });
}

/** What the secretary has said of a quiz, in the words of `draft-rules.ts`. */
export function draftOf(quiz: Quiz): Draft {
  return {
    kind: quiz.kind as IssuedKind,
    topics: quiz.topics as Topic[],
    count: quiz.questionCount,
    opensAt: quiz.opensAt,
    closesAt: quiz.closesAt,
    audience: audienceOf(quiz),
    minutes: quiz.minutes,
    passPercent: quiz.passPercent,
    isByUnit: quiz.isByUnit,
  };
}

/** Keeps a new draft and gives its id. */
export async function createDraft(db: Transaction, draft: Draft, issuer: string, now: Date): Promise<string> {
  const data = { kind: draft.kind, ...columnsOf(draft), issuedById: issuer, createdAt: now };
  return (await db.models.quiz.create({ data })).id;
}

/** Changes a draft and shows its preview again; false when it is no draft any more. */
export async function updateDraft(db: Transaction, id: string, draft: Draft): Promise<boolean> {
  const data = { ...columnsOf(draft), isEditing: false };
  return (await db.models.quiz.updateMany({ where: { id, state: 'draft' }, data })).count === 1;
}

/** Shows a draft's form again, with everything filled in. */
export async function reopenDraft(db: Transaction, id: string): Promise<void> {
  await db.models.quiz.updateMany({ where: { id, state: 'draft' }, data: { isEditing: true } });
}

/** Moves a quiz from one state to another, once; false when somebody else did. */
export async function moveQuiz(
  db: Transaction,
  id: string,
  from: 'draft' | 'published',
  data: { state: 'published'; publishedAt: Date; opensAt: Date } | { state: 'cancelled' | 'withdrawn' },
): Promise<boolean> {
  return (await db.models.quiz.updateMany({ where: { id, state: from }, data })).count === 1;
}

/** The next people of a published quiz after `after`, in the order of ids: whoever has not begun and can be reached. */
export async function findWaitingAfter(db: Reader, quiz: string, after: string, limit: number): Promise<string[]> {
  const rows = await db.sql<{ personId: string }>`
    SELECT a."personId" FROM quiz_attempt a JOIN quiz q ON q.id = a."quizId"
    WHERE a."quizId" = ${quiz}::uuid AND q.state = 'published' AND NOT a."isUnreachable" AND a."personId" > ${after}
      AND NOT EXISTS (SELECT 1 FROM quiz_answer w WHERE w."quizId" = a."quizId" AND w."personId" = a."personId")
    ORDER BY a."personId" LIMIT ${limit}`;
  return rows.map(({ personId }) => personId);
}

/** Who stands where: taken part, on leave, not to be reached, the rest has not; each person is counted once. */
export type Tally = { all: number; took: number; onLeave: number; unreachable: number };

export async function tallyQuiz(db: Reader, quiz: string, today: Day): Promise<Tally> {
  const [tally] = await db.sql<Tally>`
    SELECT count(*)::int AS all, count(*) FILTER (WHERE "startedAt" IS NOT NULL)::int AS took,
      count(*) FILTER (WHERE "startedAt" IS NULL AND away)::int AS "onLeave",
      count(*) FILTER (WHERE "startedAt" IS NULL AND NOT away AND gone)::int AS unreachable
    FROM (SELECT a."startedAt", a."isUnreachable" OR p.status = 'left' AS gone,
        EXISTS (SELECT 1 FROM leave l WHERE l."personId" = p.id AND ${today}::date BETWEEN l."firstDay" AND l."lastDay") AS away
      FROM quiz_attempt a JOIN person p ON p.id = a."personId" WHERE a."quizId" = ${quiz}::uuid) part`;
  return tally ?? { all: 0, took: 0, onLeave: 0, unreachable: 0 };
}

/** Somebody who has not taken part. */
export type Absent = { name: string; why: 'open' | 'leave' | 'unreachable' };

/** Who has not begun, by name; the same three sorts that the tally counts. */
export function findAbsent(db: Reader, quiz: string, today: Day): Promise<Absent[]> {
  return db.sql`
    SELECT p.name, CASE
        WHEN EXISTS (SELECT 1 FROM leave l WHERE l."personId" = p.id AND ${today}::date BETWEEN l."firstDay" AND l."lastDay") THEN 'leave'
        WHEN a."isUnreachable" OR p.status = 'left' THEN 'unreachable' ELSE 'open' END AS why
    FROM quiz_attempt a JOIN person p ON p.id = a."personId"
    WHERE a."quizId" = ${quiz}::uuid AND a."startedAt" IS NULL ORDER BY p.name, p.id`;
}

/** Takes whoever has not begun, is in service and was not reminded today: each comes once a day. */
export async function takeReminders(db: Transaction, quiz: string, today: Day): Promise<string[]> {
  const rows = await db.sql<{ personId: string }>`
    UPDATE quiz_attempt a SET "remindedOn" = ${today}::date FROM person p
    WHERE a."quizId" = ${quiz}::uuid AND p.id = a."personId" AND p.status = 'active' AND a."startedAt" IS NULL AND NOT a."isUnreachable"
      AND a."remindedOn" IS DISTINCT FROM ${today}::date
      AND NOT EXISTS (SELECT 1 FROM leave l WHERE l."personId" = p.id AND ${today}::date BETWEEN l."firstDay" AND l."lastDay")
    RETURNING a."personId"`;
  return rows.map(({ personId }) => personId);
}

/** What everybody answered, question by question: few rows, however many people. */
export function findChosen(db: Reader, quiz: string): Promise<Chosen[]> {
  return db.sql<Chosen>`
    SELECT "questionId", choice, count(*)::int AS count FROM quiz_answer WHERE "quizId" = ${quiz}::uuid GROUP BY 1, 2`;
}

/** Every single answer of a quiz. */
export function findAnswers(
  db: Reader,
  quiz: string,
): Promise<{ personId: string; questionId: string; choice: string[] }[]> {
  return db.sql`SELECT "personId", "questionId", choice FROM quiz_answer WHERE "quizId" = ${quiz}::uuid ORDER BY 1, 2`;
}

/** Everybody's part in a quiz, by name. */
export function findParticipants(
  db: Reader,
  quiz: string,
): Promise<{ personId: string; name: string; startedAt: Date | null; all: number }[]> {
  return db.sql`
    SELECT p.id AS "personId", p.name, a."startedAt", cardinality(a."questionIds") AS all
    FROM quiz_attempt a JOIN person p ON p.id = a."personId" WHERE a."quizId" = ${quiz}::uuid ORDER BY p.name, p.id`;
}

/** The exams that ended from `from` on and before `until`, the earliest first. */
export function findClosedExams(
  db: Reader,
  from: Date,
  until: Date,
): Promise<{ id: string; topics: string[]; closesAt: Date; passPercent: number }[]> {
  return db.sql`
    SELECT id::text, topics, "closesAt", "passPercent" FROM quiz
    WHERE kind = 'exam' AND state = 'published' AND "passPercent" IS NOT NULL AND "closesAt" >= ${from} AND "closesAt" < ${until} ORDER BY "closesAt", id`;
}

/** A message to this person about the quiz did not and will not arrive. */
export async function markUnreachable(db: Transaction, quiz: string, person: string): Promise<void> {
  await db.sql`UPDATE quiz_attempt SET "isUnreachable" = true WHERE "quizId" = ${quiz}::uuid AND "personId" = ${person}`;
}

/** The quizzes that wait for a person's answers, the most urgent first. */
export function findOpenQuizzes(
  db: Reader,
  person: string,
  now: Date,
): Promise<{ id: string; kind: string; topics: string[]; closesAt: Date }[]> {
  return db.sql`
    SELECT q.id, q.kind, q.topics, q."closesAt" FROM quiz_attempt a JOIN quiz q ON q.id = a."quizId"
    WHERE a."personId" = ${person} AND q.state = 'published' AND q.kind <> 'practice' AND q."closesAt" > ${now}
      AND (a."startedAt" IS NULL OR cardinality(a."questionIds") >
        (SELECT count(*) FROM quiz_answer w WHERE w."quizId" = q.id AND w."personId" = a."personId"))
    ORDER BY q."closesAt" LIMIT 20`;
}

/** What was issued and still runs, or ended within the last month, the newest first. */
export async function findRecent(db: Reader, now: Date): Promise<Quiz[]> {
  const since = new Date(now.getTime() - 30 * 86_400_000);
  return db.models.quiz.findMany({
    where: { state: 'published', kind: { in: ['contest', 'exam'] }, closesAt: { gt: since } },
    orderBy: { closesAt: 'desc' },
    take: 50,
  });
}

function columnsOf({ topics, count, opensAt, closesAt, audience, minutes, passPercent, isByUnit }: Draft) {
  return {
    ...{ topics, questionCount: count, opensAt, closesAt, minutes, passPercent, isByUnit },
    ...audienceColumns(audience),
  };
}

/** Gives everybody of the audience their part in the quiz, as of now, and says how many there are. */
export async function invite(db: Transaction, quiz: string, { kind, id, who }: Audience): Promise<number> {
  const [invited] = await db.sql<{ count: number }>`
    WITH invited AS (
      INSERT INTO quiz_attempt ("quizId", "personId", "questionIds", "isUnreachable")
      SELECT ${quiz}::uuid, id, '{}', NOT "isReachable" FROM people_of(${kind}, ${id}, ${who}) ON CONFLICT DO NOTHING RETURNING 1)
    SELECT count(*)::int AS count FROM invited`;
  return invited?.count ?? 0;
}
