/** What one person does with a paper: start it, answer, see it. A crowd runs these at once, so each is one statement. */
import type { Day } from '../../../calendar/calendar.ts';
import type { Reader, Transaction } from '../../../storage/database.ts';
import type { Topic } from '../bank/question.ts';

/**
 * A question as a paper needs it. While its key must not be told to the person (`secret_keys`), `key` is null, the explanation and the
 * source are empty, and `until` says when that ends.
 */
export type PaperQuestion = {
  id: string;
  kind: string;
  topic: Topic;
  stem: string;
  options: { id: string; text: string }[];
  key: string[] | null;
  until: string | null;
  explanation: string;
  law: string;
  edition: string;
  article: string;
  basis: string;
  isCompared: boolean;
};

/** One person's paper with the quiz around it. Answers come in the order in which they were given; `questions` may be some only. */
export type Paper = {
  kind: string;
  state: string;
  topics: string[];
  questionCount: number;
  opensAt: Date;
  closesAt: Date | null;
  minutes: number | null;
  passPercent: number | null;
  isByUnit: boolean;
  issuer: string | null;
  seed: string | null;
  startedAt: Date | null;
  snoozedUntil: Date | null;
  questionIds: string[];
  answers: { questionId: string; choice: string[] }[];
  questions: PaperQuestion[];
};

/**
 * What a person sees of a quiz; undefined when they have no part in it. While questions are open at `now`, only the one answered last
 * and the next come along, since that is all a card shows in the middle of a crowd; later, or with `isWhole`, all of them.
 */
export async function findPaper(
  db: Reader,
  quiz: string,
  person: string,
  now: Date,
  isWhole = false,
): Promise<Paper | undefined> {
  const [paper] = await db.sql<Paper>`
    SELECT q.kind, q.state, q.topics, q."questionCount", q."opensAt", q."closesAt", q.minutes, q."passPercent", q."isByUnit", i.name AS issuer,
      a.seed, a."startedAt", a."questionIds", a."snoozedUntil", given.answers,
      COALESCE((SELECT json_agg(json_build_object('id', x.id, 'kind', x.kind, 'topic', x.topic, 'stem', x.stem, 'options', x.options, 'until', told.until,
          'key', CASE WHEN told.until IS NULL THEN to_json(x.key) END, 'isCompared', x."comparedAt" IS NOT NULL,
          'explanation', CASE WHEN told.until IS NULL THEN x.explanation ELSE '' END, 'law', CASE WHEN told.until IS NULL THEN x.law ELSE '' END,
          'edition', CASE WHEN told.until IS NULL THEN x.edition ELSE '' END, 'article', CASE WHEN told.until IS NULL THEN x.article ELSE '' END,
          'basis', CASE WHEN told.until IS NULL THEN x.basis ELSE '' END))
        FROM quiz_question x LEFT JOIN (
          -- Of an open exam everything is secret: its crowd need not look.
          SELECT s."questionId", max(s.until) AS until FROM secret_keys(${now}, ${person}) s WHERE NOT open."isExam" GROUP BY 1) s ON s."questionId" = x.id
        CROSS JOIN LATERAL (SELECT CASE WHEN open."isExam" THEN q."closesAt" ELSE s.until END AS until) told WHERE x.id = ANY (CASE
          WHEN ${isWhole} OR q.state <> 'published' OR cardinality(given.ids) >= cardinality(a."questionIds")
            OR LEAST(q."closesAt", a."startedAt" + q.minutes * interval '1 minute') <= ${now} THEN a."questionIds"
          ELSE ARRAY[given.ids[cardinality(given.ids)], (SELECT u.id FROM unnest(a."questionIds") WITH ORDINALITY u (id, place)
            WHERE u.id <> ALL (given.ids) ORDER BY u.place LIMIT 1)] END)), '[]') AS questions
    FROM quiz_part a JOIN quiz_run q ON q.id = a."quizId" LEFT JOIN person i ON i.id = q."issuedById"
    CROSS JOIN LATERAL (SELECT q.kind = 'exam' AND q.state = 'published' AND q."closesAt" > ${now} AS "isExam") open
    CROSS JOIN LATERAL (
      SELECT COALESCE(json_agg(json_build_object('questionId', w."questionId", 'choice', w.choice) ORDER BY w."answeredAt", w."questionId"), '[]') AS answers,
        COALESCE(array_agg(w."questionId" ORDER BY w."answeredAt", w."questionId"), '{}') AS ids
      FROM quiz_answer w WHERE w."quizId" = a."quizId" AND w."personId" = a."personId") given
    WHERE a."quizId" = ${quiz}::uuid AND a."personId" = ${person}`;
  return paper;
}

/** How many of a person's answers are right, whoever may know which. */
export async function countRightAnswers(db: Reader, quiz: string, person: string): Promise<number> {
  const [row] = await db.sql<{ count: number }>`
    SELECT count(*)::int AS count FROM quiz_answer w JOIN quiz_question x ON x.id = w."questionId"
    WHERE w."quizId" = ${quiz}::uuid AND w."personId" = ${person} AND w.choice <@ x.key AND x.key <@ w.choice`;
  return row?.count ?? 0;
}

/** What decides whether a person may start now, and the questions to draw from. */
export type Start = {
  kind: string;
  state: string;
  opensAt: Date;
  closesAt: Date | null;
  minutes: number | null;
  count: number;
  isStarted: boolean;
  pool: { id: string; topic: string }[];
};

/** Undefined when the person has no part in the quiz. */
export async function findStart(db: Reader, quiz: string, person: string, today: Day): Promise<Start | undefined> {
  const [start] = await db.sql<Start>`
    SELECT q.kind, q.state, q."opensAt", q."closesAt", q.minutes, q."questionCount" AS count, a."startedAt" IS NOT NULL AS "isStarted",
      COALESCE((SELECT json_agg(json_build_object('id', x.id, 'topic', x.topic) ORDER BY x.id) FROM quiz_question x
        WHERE x.state = 'active' AND x.topic = ANY (q.topics)
          AND x."effectiveFrom" <= ${today}::date AND (x."repealedOn" IS NULL OR x."repealedOn" > ${today}::date)), '[]') AS pool
    FROM quiz_part a JOIN quiz_run q ON q.id = a."quizId" WHERE a."quizId" = ${quiz}::uuid AND a."personId" = ${person}`;
  return start;
}

/** Hands the paper out, once; false when it was handed out before, on whichever phone. */
export async function startAttempt(
  db: Transaction,
  quiz: string,
  person: string,
  seed: string,
  questionIds: string[],
  now: Date,
): Promise<boolean> {
  const rows = await db.sql`
    WITH begun AS (
      INSERT INTO quiz_attempt ("quizId", "personId", seed, "questionIds", "startedAt")
      VALUES (${quiz}::uuid, ${person}, ${seed}, ${questionIds}::text[], ${now}) ON CONFLICT DO NOTHING RETURNING "quizId")
    SELECT finish_part("quizId", ${person}, ${now}) FROM begun`;
  return rows.length === 1;
}

/**
 * What became of an answer: kept, or what stood against it. `endsAt` is the person's own end; null has none. `until` is set while
 * the key must not be told, nor whether the answer was right.
 */
export type Answered = {
  isKept: boolean;
  isOpen: boolean;
  isOnPaper: boolean;
  isAnswered: boolean;
  isLast: boolean;
  kind: string;
  endsAt: Date | null;
  key: string[];
  until: Date | null;
  options: { id: string; text: string }[];
  hasReview: boolean;
};

/**
 * Keeps an answer if it is the person's own paper, in time by our clock, the first to this question, and names options that exist:
 * one for a single choice. All of it in one statement, so that a crowd may answer while the quiz closes. Undefined for a stranger.
 */
export async function keepAnswer(
  db: Transaction,
  {
    quiz,
    person,
    question,
    choice,
    now,
  }: { quiz: string; person: string; question: string; choice: string[]; now: Date },
): Promise<Answered | undefined> {
  const [answered] = await db.sql<Answered>`
    WITH part AS (
      SELECT q.kind, q.state, q."closesAt", a."questionIds", a."startedAt", LEAST(q."closesAt", a."startedAt" + q.minutes * interval '1 minute') AS "endsAt"
      FROM quiz_attempt a JOIN quiz_run q ON q.id = a."quizId" WHERE a."quizId" = ${quiz}::uuid AND a."personId" = ${person}),
    asked AS (
      SELECT x.key, x.options FROM part JOIN quiz_question x ON x.id = ${question} AND x.id = ANY (part."questionIds")
      WHERE (x.kind = 'multiple' OR cardinality(${choice}::text[]) = 1) AND cardinality(${choice}::text[]) > 0
        AND ${choice}::text[] <@ ARRAY(SELECT o ->> 'id' FROM jsonb_array_elements(x.options) o)),
    kept AS (
      INSERT INTO quiz_answer ("quizId", "personId", "questionId", choice, "answeredAt")
      SELECT ${quiz}::uuid, ${person}, ${question}, ${choice}::text[], ${now} FROM part, asked
      WHERE part.state = 'published' AND part."startedAt" IS NOT NULL AND (part."endsAt" IS NULL OR ${now} < part."endsAt")
      ON CONFLICT DO NOTHING RETURNING 1)
    SELECT part.kind, part."endsAt",
      CASE WHEN part.kind = 'exam' THEN part."closesAt" ELSE (
        SELECT max(s.until) FROM secret_keys(${now}, ${person}) s WHERE s."questionId" = ${question} AND s."quizId" <> ${quiz}::uuid) END AS until,
      EXISTS (SELECT 1 FROM kept) AS "isKept",
      part.state = 'published' AND (part."endsAt" IS NULL OR ${now} < part."endsAt") AS "isOpen",
      asked.key IS NOT NULL AS "isOnPaper", COALESCE(asked.key, '{}') AS key, COALESCE(asked.options, '[]') AS options,
      EXISTS (SELECT 1 FROM quiz_answer w WHERE w."quizId" = ${quiz}::uuid AND w."personId" = ${person} AND w."questionId" = ${question}) AS "isAnswered",
      (SELECT count(*) FROM quiz_answer w WHERE w."quizId" = ${quiz}::uuid AND w."personId" = ${person}) + 1 >= cardinality(part."questionIds") AS "isLast",
      EXISTS (SELECT 1 FROM quiz_review r WHERE r."personId" = ${person} AND r."questionId" = ${question}) AS "hasReview"
    FROM part LEFT JOIN asked ON true`;
  return answered;
}
