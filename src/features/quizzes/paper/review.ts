/** Brings wrong questions back in practice, spaced by ts-fsrs, at most a few a day. */
import { type Card, createEmptyCard, fsrs, generatorParameters, Rating } from 'ts-fsrs';
import type { Day } from '../../../calendar/calendar.ts';
import type { PersonTurn } from '../../../feature.ts';
import { isOnDuty } from '../../../people/duty.ts';
import type { Transaction } from '../../../storage/database.ts';

/** So many wrong ones come back on a day. */
export const REVIEWS_PER_DAY = 5;

/** Long-term spacing only: whole days, at most half a year, nothing random (https://github.com/open-spaced-repetition/ts-fsrs). */
const scheduler = fsrs(
  generatorParameters({ request_retention: 0.9, maximum_interval: 180, enable_fuzz: false, enable_short_term: false }),
);

/** What is kept of a question's spacing: ts-fsrs's card as JSON. */
export type Memory = Record<string, unknown>;

/** When a question comes back after this answer; `memory` is what was kept after the one before. */
export function scheduleReview(memory: Memory | null, isCorrect: boolean, now: Date): { memory: Memory; dueAt: Date } {
  const before = memory === null ? createEmptyCard(now) : (memory as unknown as Card);
  const { card } = scheduler.next(before, now, isCorrect ? Rating.Good : Rating.Again);
  return { memory: JSON.parse(JSON.stringify(card)), dueAt: card.due };
}

/** Keeps what this answer means for the question's coming back. */
export async function rememberAnswer(turn: PersonTurn, question: string, isCorrect: boolean): Promise<void> {
  const [known] = await turn.db.sql<{ memory: Memory | null }>`
    SELECT memory FROM quiz_review WHERE "personId" = ${turn.who.id} AND "questionId" = ${question}`;
  const { memory, dueAt } = scheduleReview(known?.memory ?? null, isCorrect, turn.now);
  await turn.db.sql`
    INSERT INTO quiz_review ("personId", "questionId", memory, "dueAt") VALUES (${turn.who.id}, ${question}, ${JSON.stringify(memory)}::jsonb, ${dueAt})
    ON CONFLICT ("personId", "questionId") DO UPDATE SET memory = excluded.memory, "dueAt" = excluded."dueAt"`;
}

/** How many wrong ones may still come back to this person today: none on a day of duty. */
export async function countReviewsLeft(db: Transaction, person: string, today: Day): Promise<number> {
  if (await isOnDuty(db, person, today)) return 0;
  const [shown] = await db.sql<{ count: number }>`
    SELECT count(*)::int AS count FROM quiz_review WHERE "personId" = ${person} AND "shownOn" = ${today}::date`;
  return Math.max(0, REVIEWS_PER_DAY - (shown?.count ?? 0));
}

/** Takes up to `limit` due questions of the `pool` for today's practice; each comes once a day. */
export async function takeDueReviews(
  db: Transaction,
  person: string,
  pool: readonly string[],
  now: Date,
  today: Day,
  limit: number,
): Promise<string[]> {
  const most = Math.min(limit, await countReviewsLeft(db, person, today));
  const rows = await db.sql<{ questionId: string }>`
    UPDATE quiz_review SET "shownOn" = ${today}::date WHERE "personId" = ${person} AND "questionId" IN (
      SELECT r."questionId" FROM quiz_review r WHERE r."personId" = ${person} AND r."questionId" = ANY (${pool}::text[]) AND r."dueAt" <= ${now} AND r."shownOn" IS DISTINCT FROM ${today}::date ORDER BY r."dueAt" LIMIT ${most})
    RETURNING "questionId"`;
  return rows.map(({ questionId }) => questionId);
}
