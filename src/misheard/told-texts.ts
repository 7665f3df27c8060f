/** Texts that were not understood and that their writers showed to the administrators. Whose they are is not kept. */
import type { Reader, Transaction } from '../storage/database.ts';

/** A text with when it was shown. */
export type ToldText = { id: string; text: string; toldAt: Date };

/** Keeps a heard text for the administrators; false when it is forgotten already, or was shown before. */
export async function tellText(db: Transaction, heardId: string, now: Date): Promise<boolean> {
  const kept = await db.sql`
    WITH told AS (UPDATE heard_text SET "isTold" = true WHERE id = ${heardId}::uuid AND NOT "isTold" RETURNING text)
    INSERT INTO told_text (id, text, "toldAt") SELECT gen_random_uuid(), text, ${now}::timestamptz FROM told RETURNING id`;
  return kept.length > 0;
}

/** Whether a heard text was shown to the administrators. */
export async function isTold(db: Reader, heardId: string): Promise<boolean> {
  return (await db.models.heardText.count({ where: { id: heardId, isTold: true } })) > 0;
}

/** How many are not dealt with yet. */
export function countOpen(db: Reader): Promise<number> {
  return db.models.toldText.count({ where: { doneAt: null } });
}

/** Those that are not dealt with yet, the newest first. */
export function findOpen(db: Reader, from: number, count: number): Promise<ToldText[]> {
  return db.sql<ToldText>`
    SELECT id, text, "toldAt" FROM told_text WHERE "doneAt" IS NULL ORDER BY "toldAt" DESC, id OFFSET ${from} LIMIT ${count}`;
}

/** Marks one as dealt with; false when somebody did so before, or it is forgotten. */
export async function markDone(db: Transaction, id: string, now: Date): Promise<boolean> {
  const done = await db.sql`
    UPDATE told_text SET "doneAt" = ${now} WHERE id = ${id}::uuid AND "doneAt" IS NULL RETURNING id`;
  return done.length > 0;
}
