/** Reads and writes of minutes that were sent as files. */
import type { Matter } from '../../../sight.ts';
import type { Reader, Transaction } from '../../../storage/database.ts';

/** A file without its bytes. */
export type MinutesFile = {
  id: string;
  state: 'pending' | 'kept' | 'discarded' | 'replaced' | 'deleted';
  sessionId: string | null;
  name: string;
  sentById: string;
};

/** Keeps a file that was sent, and gives its id. */
export async function createMinutes(
  db: Transaction,
  { name, bytes }: { name: string; bytes: Buffer },
  by: string,
  now: Date,
): Promise<string> {
  const [row] = await db.sql<{ id: string }>`
    INSERT INTO study_minutes_file (id, name, bytes, "sentById", "sentAt") VALUES (gen_random_uuid(), ${name}, ${bytes}, ${by}, ${now}) RETURNING id`;
  return row?.id ?? '';
}

/** The file without its bytes, or undefined. */
export async function findMinutes(db: Reader, id: string): Promise<MinutesFile | undefined> {
  const [row] = await db.sql<MinutesFile>`
    SELECT id, state, "sessionId", name, "sentById" FROM study_minutes_file WHERE id = ${id}::uuid`;
  return row;
}

/** What a person has sent and not yet given to a session. */
export function findPendingOf(db: Reader, person: string): Promise<{ id: string; name: string }[]> {
  return db.sql`
    SELECT id::text, name FROM study_minutes_file WHERE "sentById" = ${person} AND state = 'pending' ORDER BY "sentAt", id`;
}

/** A file that was sent is its sender's own. */
export async function findMinutesMatter(db: Reader, id: string): Promise<Matter | undefined> {
  const file = await findMinutes(db, id);
  return file && { owner: file.sentById };
}

/** The file of a session without its bytes, or undefined. */
export async function findMinutesOf(db: Reader, session: string): Promise<MinutesFile | undefined> {
  const [row] = await db.sql<MinutesFile>`
    SELECT id, state, "sessionId", name, "sentById" FROM study_minutes_file WHERE "sessionId" = ${session}::uuid`;
  return row;
}

/** The bytes of the file of a session, with its name. */
export async function findMinutesBytes(
  db: Reader,
  session: string,
): Promise<{ name: string; bytes: Buffer } | undefined> {
  const [row] = await db.sql<{ name: string; bytes: Buffer }>`
    SELECT name, bytes FROM study_minutes_file WHERE "sessionId" = ${session}::uuid AND bytes IS NOT NULL`;
  return row;
}

/** Gives a pending file to a session, in the place of the one it had; false when it is pending no more. */
export async function keepMinutes(db: Transaction, id: string, session: string): Promise<boolean> {
  await db.sql`SELECT 1 FROM study_session WHERE id = ${session}::uuid FOR UPDATE`;
  const [pending] =
    await db.sql`SELECT 1 FROM study_minutes_file WHERE id = ${id}::uuid AND state = 'pending' FOR UPDATE`;
  if (!pending) return false;
  await db.sql`
    UPDATE study_minutes_file SET state = 'replaced', "sessionId" = NULL, bytes = NULL WHERE "sessionId" = ${session}::uuid`;
  await db.sql`UPDATE study_minutes_file SET state = 'kept', "sessionId" = ${session}::uuid WHERE id = ${id}::uuid`;
  return true;
}

/** Lets go of a file; false when somebody else did. */
export async function dropMinutes(
  db: Transaction,
  id: string,
  from: 'pending' | 'kept',
  to: 'discarded' | 'deleted',
): Promise<boolean> {
  const rows = await db.sql`
    UPDATE study_minutes_file SET state = ${to}, "sessionId" = NULL, bytes = NULL WHERE id = ${id}::uuid AND state = ${from} RETURNING id`;
  return rows.length === 1;
}

/** Discards the files of before `before` that nobody has given to a session, and gives their ids. */
export async function discardPending(db: Transaction, before: Date): Promise<string[]> {
  const rows = await db.sql<{ id: string }>`
    UPDATE study_minutes_file SET state = 'discarded', bytes = NULL WHERE state = 'pending' AND "sentAt" < ${before} RETURNING id`;
  return rows.map(({ id }) => id);
}
