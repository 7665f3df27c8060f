/** Reads and writes of disputes about questions. */
import type { Reader, Transaction } from '../../../storage/database.ts';

/** What became of a dispute; null while the form is still empty. */
export type Outcome = 'written' | 'kept' | 'corrected' | 'retired';
export type Dispute = {
  id: string;
  questionId: string;
  personId: string;
  text: string | null;
  outcome: Outcome | null;
};

/** Keeps an empty dispute: its id is the ref of the form. */
export async function openDispute(db: Transaction, id: string, question: string, person: string): Promise<void> {
  await db.sql`INSERT INTO quiz_dispute (id, "questionId", "personId") VALUES (${id}::uuid, ${question}, ${person})`;
}

/** The dispute, or undefined. */
export async function findDispute(db: Reader, id: string): Promise<Dispute | undefined> {
  const [dispute] = await db.sql<Dispute>`
    SELECT id::text, "questionId", "personId", text, outcome FROM quiz_dispute WHERE id = ${id}::uuid`;
  return dispute;
}

/** What waits for a reviewer, the oldest first. */
export function findWritten(db: Reader): Promise<{ id: string; questionId: string }[]> {
  return db.sql`SELECT id::text, "questionId" FROM quiz_dispute WHERE outcome = 'written' ORDER BY "writtenAt", id`;
}

/** What the person wrote, once. */
export async function writeDispute(db: Transaction, id: string, text: string, now: Date): Promise<boolean> {
  const rows = await db.sql`
    UPDATE quiz_dispute SET text = ${text}, "writtenAt" = ${now}, outcome = 'written' WHERE id = ${id}::uuid AND outcome IS NULL RETURNING id`;
  return rows.length === 1;
}

/** The reviewer's decision, once. */
export async function decideDispute(
  db: Transaction,
  id: string,
  outcome: Outcome,
  person: string,
  now: Date,
): Promise<boolean> {
  const rows = await db.sql`
    UPDATE quiz_dispute SET outcome = ${outcome}, "decidedAt" = ${now}, "decidedById" = ${person}
    WHERE id = ${id}::uuid AND outcome = 'written' RETURNING id`;
  return rows.length === 1;
}

/** Everybody who answered a question, with each of their choices. */
export function findAnswersTo(
  db: Reader,
  question: string,
): Promise<{ quizId: string; personId: string; choice: string[] }[]> {
  return db.sql`
    SELECT "quizId"::text, "personId", choice FROM quiz_answer WHERE "questionId" = ${question} ORDER BY "personId", "quizId"`;
}

/** Whether the person was asked this question. */
export async function hasAnswered(db: Reader, question: string, person: string): Promise<boolean> {
  const rows =
    await db.sql`SELECT 1 FROM quiz_answer WHERE "questionId" = ${question} AND "personId" = ${person} LIMIT 1`;
  return rows.length === 1;
}
