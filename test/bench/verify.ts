/** Asks the database, after the load, whether every press is there, and there once. */
import type pg from 'pg';

/** What was pressed: the event ids, one for each person of these tasks. */
export type Pressed = { tasks: string[]; eventIds: string[] };

/** Throws unless the database acknowledges to disk and holds each press once, with its part done and its reply kept. */
export async function verifyPresses(database: pg.Pool, { tasks, eventIds }: Pressed): Promise<void> {
  const settings = await readRow(
    database,
    `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit`,
  );
  expect('durable settings', settings, { fsync: 'on', commit: 'on' });
  const events = await readRow(
    database,
    `SELECT count(*)::int AS kept, count(*) FILTER (WHERE reply->>'kind' = 'success')::int AS done FROM event WHERE id = ANY ($1)`,
    [eventIds],
  );
  expect('events', events, { kept: eventIds.length, done: eventIds.length });
  const parts = await readRow(
    database,
    `SELECT count(*)::int AS parts, count("doneAt")::int AS done FROM part WHERE "publicationId" = ANY ($1::uuid[])`,
    [tasks],
  );
  expect('parts', parts, { parts: eventIds.length, done: eventIds.length });
  const cards = await readRow(
    database,
    `SELECT count(*)::int AS cards, count(DISTINCT recipient)::int AS people FROM delivery WHERE card = 'task' AND ref = ANY ($1)`,
    [tasks],
  );
  expect('cards', cards, { cards: eventIds.length, people: eventIds.length });
}

/** When each part was done: the same before and after presses are repeated. */
export async function readCompletions(database: pg.Pool, tasks: string[]): Promise<string> {
  const row = await readRow(
    database,
    `SELECT md5(string_agg("personId" || "doneAt", ',' ORDER BY "publicationId", "personId")) AS digest
     FROM part WHERE "publicationId" = ANY ($1::uuid[])`,
    [tasks],
  );
  return String(row.digest);
}

async function readRow(database: pg.Pool, text: string, values: unknown[] = []): Promise<Record<string, unknown>> {
  return (await database.query<Record<string, unknown>>(text, values)).rows[0] ?? {};
}

function expect(what: string, found: Record<string, unknown>, wanted: Record<string, unknown>): void {
  const [left, right] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (left !== right) throw new Error(`${what}: the database holds ${left}, expected ${right}`);
}
