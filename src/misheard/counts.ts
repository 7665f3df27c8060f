/** What was not understood, counted by why: no texts, and nothing that leads to a person. */
import { DAY_MS } from '../basics/durations.ts';
import type { Reader, Transaction } from '../storage/database.ts';

/** Why something was not understood, or not as it was meant. */
export type Reason =
  | 'nothing'
  | 'several'
  | 'not-permitted'
  | 'too-long'
  | 'left-over'
  | 'in-the-past'
  | 'without-words';

/** So long counts, and texts that were shown to the administrators, are kept. */
export const KEPT_DAYS = 30;

/** A reason or a wish with how often it was so in the last seven and thirty days. */
export type Count<Name extends string = string> = { name: Name; week: number; month: number };

/** Counts a text once; `wishes` are the names of what was offered, or of what was begun. */
export async function countMisheard(
  { db, now }: { db: Transaction; now: Date },
  reason: Reason,
  wishes: readonly string[] = [],
): Promise<void> {
  await db.sql`INSERT INTO misheard (reason, wishes, "at") VALUES (${reason}, ${wishes}, ${now})`;
}

/** How often by reason, the most frequent first. */
export function countReasons(db: Reader, now: Date): Promise<Count<Reason>[]> {
  return db.sql<Count<Reason>>`
    SELECT reason AS name, (count(*) FILTER (WHERE "at" >= ${daysBefore(now, 7)}))::int AS week, count(*)::int AS month
    FROM misheard WHERE "at" >= ${daysBefore(now, KEPT_DAYS)} GROUP BY reason ORDER BY month DESC, name`;
}

/** How often by the wish that was offered or begun, the most frequent first. */
export function countWishes(db: Reader, now: Date): Promise<Count[]> {
  return db.sql<Count>`
    SELECT wish AS name, (count(*) FILTER (WHERE "at" >= ${daysBefore(now, 7)}))::int AS week, count(*)::int AS month
    FROM misheard, unnest(wishes) AS wish WHERE "at" >= ${daysBefore(now, KEPT_DAYS)} GROUP BY wish ORDER BY month DESC, name`;
}

/** Forgets what is older than it is kept for, the texts that were shown included. */
export async function forgetMisheard(db: Transaction, now: Date): Promise<void> {
  await db.sql`DELETE FROM misheard WHERE "at" < ${daysBefore(now, KEPT_DAYS)}`;
  await db.sql`DELETE FROM told_text WHERE "toldAt" < ${daysBefore(now, KEPT_DAYS)}`;
}

function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS);
}
