/** Brings the questions that come with the program into the bank, and later what has been corrected in them. */
import { hash } from 'node:crypto';
import type { Turn } from '../../../feature.ts';
import { changeKey } from '../dispute/changed-key.ts';
import { isRight } from '../rules.ts';
import { findQuestions, insertQuestions, unmarkCompared, updateQuestions } from './queries.ts';
import { compareQuestions, type Question } from './question.ts';
import { readSampleBank } from './sample-bank.ts';
import { writeBankText } from './text.ts';

let shippedOnce: Map<string, { question: Question; digest: string }> | undefined;

/**
 * Makes the bank agree with `shipped`, any number of times: what is missing is added, and what nobody has changed here follows the
 * file. A question that was edited, retired, or asked in other words stays as it is; the log says which.
 */
export async function bringShippedBank(turn: Turn, shipped = readShipped()): Promise<void> {
  const news = await findNews(turn, shipped);
  if (news.length === 0) return;
  const known = new Map((await findQuestions(turn.db, news)).map((one) => [one.id, one]));
  const digests = await findDigests(turn, news);
  const asked = await findAsked(turn, [...known.keys()]);
  const added: Question[] = [];
  const corrected: Question[] = [];
  const left: string[] = [];
  for (const id of news) {
    const wanted = shipped.get(id)?.question;
    const before = known.get(id);
    if (!wanted) continue;
    if (!before) added.push(wanted);
    else if (before.state === 'retired' || digestOf(before) !== digests.get(id)) left.push(id);
    else if (compareQuestions(before, wanted) === 'replaced' && asked.has(id)) left.push(id);
    else corrected.push(wanted);
  }
  await insertQuestions(turn.db, added);
  await updateQuestions(turn.db, corrected);
  for (const { id, key } of corrected) {
    const before = known.get(id)?.key ?? key;
    if (!isRight(key, before))
      await changeKey(turn, { change: `shipped:${shipped.get(id)?.digest}`, question: id, before, after: key });
  }
  await unmarkCompared(
    turn.db,
    corrected.map(({ id }) => id),
  );
  await markShipped(turn, news, shipped);
  const correctedIds = corrected.map(({ id }) => id);
  turn.log.info({ added: added.length, corrected: correctedIds, left }, 'the shipped questions came into the bank');
}

/** The questions of the program's files by id, read once, each with the digest of what it says. */
export function readShipped(questions?: readonly Question[]): Map<string, { question: Question; digest: string }> {
  if (questions) return new Map(questions.map((question) => [question.id, { question, digest: digestOf(question) }]));
  shippedOnce ??= readShipped(readSampleBank().questions);
  return shippedOnce;
}

function digestOf(question: Question): string {
  return hash('sha256', writeBankText(question)).slice(0, 16);
}

/** The ids of what is missing in the bank, or came into it from another version of the files. */
async function findNews(turn: Turn, shipped: ReturnType<typeof readShipped>): Promise<string[]> {
  const ids = [...shipped.keys()];
  const digests = [...shipped.values()].map(({ digest }) => digest);
  const rows = await turn.db.sql<{ id: string }>`
    SELECT s.id FROM unnest(${ids}::text[], ${digests}::text[]) AS s (id, digest)
    LEFT JOIN quiz_question q ON q.id = s.id WHERE q."shippedDigest" IS DISTINCT FROM s.digest ORDER BY s.id`;
  return rows.map(({ id }) => id);
}

async function findDigests(turn: Turn, ids: string[]): Promise<Map<string, string | null>> {
  const rows = await turn.db.sql<{ id: string; digest: string | null }>`
    SELECT id, "shippedDigest" AS digest FROM quiz_question WHERE id = ANY (${ids}::text[])`;
  return new Map(rows.map(({ id, digest }) => [id, digest]));
}

/** Which of these stand on somebody's paper. */
async function findAsked(turn: Turn, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await turn.db.sql<{ id: string }>`
    SELECT DISTINCT u.id FROM quiz_attempt a, unnest(a."questionIds") AS u (id) WHERE u.id = ANY (${ids}::text[])`;
  return new Set(rows.map(({ id }) => id));
}

async function markShipped(turn: Turn, ids: string[], shipped: ReturnType<typeof readShipped>): Promise<void> {
  const digests = ids.map((id) => shipped.get(id)?.digest ?? null);
  await turn.db.sql`
    UPDATE quiz_question q SET "shippedDigest" = s.digest FROM unnest(${ids}::text[], ${digests}::text[]) AS s (id, digest) WHERE q.id = s.id`;
}
