/** Reads and writes of the question bank. */
import type { Day } from '../../../calendar/calendar.ts';
import type { Reader, Transaction } from '../../../storage/database.ts';
import type { Question, Topic } from './question.ts';

/** A question as it stands in the bank. */
export type BankQuestion = Question & {
  state: 'active' | 'frozen' | 'retired';
  comparedAt: Date | null;
};

/** Adds questions; one whose id is known stays as it is. */
export async function insertQuestions(db: Transaction, questions: readonly Question[]): Promise<void> {
  await db.sql`
    INSERT INTO quiz_question (id, kind, topic, difficulty, stem, options, key, explanation, law, edition, article, "effectiveFrom", "repealedOn", basis)
    SELECT id, kind, topic, difficulty, stem, options, key, explanation, law, edition, article, "effectiveFrom", "repealedOn", basis
    FROM jsonb_to_recordset(${JSON.stringify(questions)}::jsonb) AS q (id text, kind text, topic text, difficulty int, stem text, options jsonb,
      key text[], explanation text, law text, edition text, article text, "effectiveFrom" date, "repealedOn" date, basis text)
    ON CONFLICT (id) DO NOTHING`;
}

/** Writes everything but the key over questions of these ids; the key goes by `correctKey`, since grades hang on it. */
export async function updateQuestions(db: Transaction, questions: readonly Question[]): Promise<void> {
  await db.sql`
    UPDATE quiz_question k SET kind = q.kind, topic = q.topic, difficulty = q.difficulty, stem = q.stem, options = q.options, explanation = q.explanation,
      law = q.law, edition = q.edition, article = q.article, "effectiveFrom" = q."effectiveFrom", "repealedOn" = q."repealedOn", basis = q.basis
    FROM jsonb_to_recordset(${JSON.stringify(questions)}::jsonb) AS q (id text, kind text, topic text, difficulty int, stem text, options jsonb,
      explanation text, law text, edition text, article text, "effectiveFrom" date, "repealedOn" date, basis text)
    WHERE k.id = q.id`;
}

/** The questions that may be drawn today, by id and topic: in use, and of a law in force. No topics means all. */
export function findPool(db: Reader, topics: readonly string[], today: Day): Promise<{ id: string; topic: Topic }[]> {
  return db.sql`
    SELECT id, topic FROM quiz_question WHERE state = 'active' AND (cardinality(${topics}::text[]) = 0 OR topic = ANY (${topics}::text[]))
      AND "effectiveFrom" <= ${today}::date AND ("repealedOn" IS NULL OR "repealedOn" > ${today}::date) ORDER BY id`;
}

/** These questions, in whatever state, in the order of ids. */
export function findQuestions(db: Reader, ids: readonly string[]): Promise<BankQuestion[]> {
  return db.sql`
    SELECT id, kind, topic, difficulty, stem, options, key, explanation, law, edition, article, "effectiveFrom"::text, "repealedOn"::text, basis, state, "comparedAt"
    FROM quiz_question WHERE id = ANY (${ids}::text[]) ORDER BY id`;
}

/** These questions as they will stay until the transaction ends: whoever decides on them reads them so, and whoever comes next waits. */
export async function holdQuestions(db: Transaction, ids: readonly string[]): Promise<BankQuestion[]> {
  await db.sql`SELECT 1 FROM quiz_question WHERE id = ANY (${ids}::text[]) ORDER BY id FOR NO KEY UPDATE`;
  return findQuestions(db, ids);
}

/** Every question that is not retired, in the order of ids. */
export async function findBank(db: Reader): Promise<BankQuestion[]> {
  const rows = await db.sql<{ id: string }>`SELECT id FROM quiz_question WHERE state <> 'retired'`;
  return findQuestions(
    db,
    rows.map(({ id }) => id),
  );
}

/** The questions that are not retired and ask in just these words. */
export function findByStem(db: Reader, stems: readonly string[]): Promise<{ id: string; stem: string }[]> {
  return db.sql`SELECT id, stem FROM quiz_question WHERE state <> 'retired' AND stem = ANY (${stems}::text[]) ORDER BY id`;
}

/** One question, or undefined. */
export async function findQuestion(db: Reader, id: string): Promise<BankQuestion | undefined> {
  return (await findQuestions(db, [id]))[0];
}

/** How many questions stand where, and how many of those in use nobody has compared with the official text. */
export async function countBank(
  db: Reader,
): Promise<{ active: number; frozen: number; retired: number; uncompared: number }> {
  const [row] = await db.sql<{ active: number; frozen: number; retired: number; uncompared: number }>`
    SELECT count(*) FILTER (WHERE state = 'active')::int AS active, count(*) FILTER (WHERE state = 'frozen')::int AS frozen,
      count(*) FILTER (WHERE state = 'retired')::int AS retired, count(*) FILTER (WHERE state = 'active' AND "comparedAt" IS NULL)::int AS uncompared
    FROM quiz_question`;
  return row ?? { active: 0, frozen: 0, retired: 0, uncompared: 0 };
}

/** The laws that questions in use rest on, by name. */
export async function findLaws(db: Reader): Promise<string[]> {
  const rows = await db.sql<{
    law: string;
  }>`SELECT DISTINCT law FROM quiz_question WHERE state <> 'retired' ORDER BY law`;
  return rows.map(({ law }) => law);
}

/** The next question that somebody should look at, but for `besides`: frozen ones first, then those never compared. */
export async function findNextToReview(db: Reader, besides: readonly string[]): Promise<string | undefined> {
  const [row] = await db.sql<{ id: string }>`
    SELECT id FROM quiz_question WHERE (state = 'frozen' OR state = 'active' AND "comparedAt" IS NULL) AND id <> ALL (${besides}::text[]) ORDER BY state <> 'frozen', id LIMIT 1`;
  return row?.id;
}

/** An administrator has compared the question with the official text as it stands now: it may be asked (again). */
export async function markCompared(db: Transaction, id: string, person: string, now: Date): Promise<boolean> {
  const rows = await db.sql`
    UPDATE quiz_question SET state = 'active', "comparedAt" = ${now}, "comparedById" = ${person} WHERE id = ${id} AND state <> 'retired' RETURNING id`;
  return rows.length === 1;
}

/** Nobody has compared these with the official text, after all. */
export async function unmarkCompared(db: Transaction, ids: readonly string[]): Promise<void> {
  await db.sql`UPDATE quiz_question SET "comparedAt" = NULL, "comparedById" = NULL WHERE id = ANY (${ids}::text[])`;
}

/** The question is not asked any more; answers given to it stay. False when it was retired before. */
export async function retireQuestion(db: Transaction, id: string): Promise<boolean> {
  const rows =
    await db.sql`UPDATE quiz_question SET state = 'retired' WHERE id = ${id} AND state <> 'retired' RETURNING id`;
  return rows.length === 1;
}

/** A law has a newer edition: none of its questions is asked until somebody has looked at it. Gives how many. */
export async function freezeLaw(db: Transaction, law: string): Promise<number> {
  const rows = await db.sql`
    UPDATE quiz_question SET state = 'frozen', "comparedAt" = NULL WHERE law = ${law} AND state = 'active' RETURNING id`;
  return rows.length;
}

/** Corrects the key in place: everybody's points follow from it. */
export async function correctKey(db: Transaction, id: string, key: readonly string[]): Promise<void> {
  await db.sql`UPDATE quiz_question SET key = ${key}::text[] WHERE id = ${id}`;
}
