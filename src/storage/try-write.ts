/** Whether anything can be written: a disk may be full and a database read-only while every question is still answered. */
import type { Reader } from './database.ts';

/** Writes to the one row that every database has, so that nothing grows; rejects when that fails. */
export async function tryWrite(db: Reader): Promise<void> {
  await db.sql`UPDATE tenant SET "writtenAt" = clock_timestamp()`;
}
