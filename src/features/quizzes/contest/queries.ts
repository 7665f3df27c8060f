/** Reads and writes of quizzes as wholes: what they ask, and what became of it; one person's paper is in `paper/queries.ts`. */
import type { Reader, Transaction } from '../../../storage/database.ts';
import type { Chosen } from '../rules.ts';
import type { Content } from './draft-rules.ts';

/** What these quizzes ask, by id. */
export async function findContents(db: Reader, ids: string[]): Promise<Map<string, Content>> {
  const rows = await db.sql<Content & { id: string }>`
    SELECT id, kind, topics, "questionCount" AS count, minutes, "passPercent", "isByUnit" FROM quiz WHERE id = ANY (${ids}::uuid[])`;
  return new Map(rows.map(({ id, ...content }) => [id, content]));
}

/** Keeps what a quiz asks, new or changed. */
export async function keepContent(db: Transaction, id: string, content: Content): Promise<void> {
  const { kind, topics, count, minutes, passPercent, isByUnit } = content;
  await db.sql`
    INSERT INTO quiz (id, kind, topics, "questionCount", minutes, "passPercent", "isByUnit")
    VALUES (${id}::uuid, ${kind}, ${topics}::text[], ${count}, ${minutes}, ${passPercent}, ${isByUnit})
    ON CONFLICT (id) DO UPDATE SET topics = excluded.topics, "questionCount" = excluded."questionCount", minutes = excluded.minutes,
      "passPercent" = excluded."passPercent", "isByUnit" = excluded."isByUnit"`;
}

/** What everybody answered, question by question: few rows, however many people. */
export function findChosen(db: Reader, quiz: string): Promise<Chosen[]> {
  return db.sql<Chosen>`
    SELECT "questionId", choice, count(*)::int AS count FROM quiz_answer WHERE "quizId" = ${quiz}::uuid GROUP BY 1, 2`;
}

/** The cards about questions of a quiz that said less while it was open: disputes, corrected keys, answers given elsewhere meanwhile. */
export async function findKeptBack(
  db: Reader,
  quiz: string,
): Promise<{ card: string; ref: string; person?: string }[]> {
  const rows = await db.sql<{ card: string; ref: string; person: string | null }>`
    WITH asked AS (SELECT DISTINCT u.id FROM quiz_attempt a, unnest(a."questionIds") u (id) WHERE a."quizId" = ${quiz}::uuid)
    SELECT 'dispute' AS card, d.id::text AS ref, d."personId" AS person FROM quiz_run q, asked JOIN quiz_dispute d ON d."questionId" = asked.id
      WHERE q.id = ${quiz}::uuid AND COALESCE(d."decidedAt", d."writtenAt", q."closesAt") >= q."opensAt"
    UNION ALL SELECT 'regraded', id, NULL FROM asked
    UNION ALL SELECT DISTINCT 'paper', w."quizId"::text, w."personId" FROM quiz_run q, asked JOIN quiz_answer w ON w."questionId" = asked.id
      WHERE q.id = ${quiz}::uuid AND w."answeredAt" >= q."opensAt" AND w."quizId" <> q.id`;
  return rows.map(({ person, ...card }) => (person === null ? card : { ...card, person }));
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
): Promise<{ personId: string; name: string; startedAt: Date | null; isReached: boolean; all: number }[]> {
  return db.sql`
    SELECT p.id AS "personId", p.name, a."startedAt", reached_at('quizzes', 'paper', a."quizId", p.id) IS NOT NULL AS "isReached", cardinality(a."questionIds") AS all
    FROM quiz_part a JOIN person p ON p.id = a."personId" WHERE a."quizId" = ${quiz}::uuid ORDER BY p.name, p.id`;
}

/** The exams that ended from `from` on and before `until`, the earliest first. */
export function findClosedExams(
  db: Reader,
  from: Date,
  until: Date,
): Promise<{ id: string; topics: string[]; closesAt: Date; passPercent: number }[]> {
  return db.sql`
    SELECT id::text, topics, "closesAt", "passPercent" FROM quiz_run
    WHERE kind = 'exam' AND state = 'published' AND "passPercent" IS NOT NULL AND "closesAt" >= ${from} AND "closesAt" < ${until} ORDER BY "closesAt", id`;
}

/** The quizzes that wait for a person's answers, the most urgent first. */
export function findOpenQuizzes(
  db: Reader,
  person: string,
  now: Date,
): Promise<{ id: string; kind: string; topics: string[]; closesAt: Date }[]> {
  return db.sql`
    SELECT q.id, q.kind, q.topics, q."closesAt" FROM quiz_part a JOIN quiz_run q ON q.id = a."quizId"
    WHERE a."personId" = ${person} AND q.state = 'published' AND q.kind <> 'practice' AND q."closesAt" > ${now}
      AND (a."startedAt" IS NULL OR cardinality(a."questionIds") >
        (SELECT count(*) FROM quiz_answer w WHERE w."quizId" = q.id AND w."personId" = a."personId"))
    ORDER BY q."closesAt" LIMIT 20`;
}

/** The mistakes of a crowd are remembered in one go when it is over; they come back in practice. */
export async function rememberMistakes(db: Transaction, quiz: string, now: Date): Promise<void> {
  await db.sql`
    INSERT INTO quiz_review ("personId", "questionId", "dueAt")
    SELECT w."personId", w."questionId", ${now} FROM quiz_answer w JOIN quiz_question q ON q.id = w."questionId"
    WHERE w."quizId" = ${quiz}::uuid AND NOT (w.choice <@ q.key AND q.key <@ w.choice) ON CONFLICT DO NOTHING`;
}
