/** The memory of the inbox: which events were kept, and what they were answered with. Ids are kept for three days. */
import type { Reply } from '../feature.ts';
import type { RenderDelivery } from '../outbox/render.ts';
import type { Database, Transaction } from '../storage/database.ts';
import type { Registry } from '../turn/registry.ts';
import type { Mark, TurnContext } from '../turn/turn.ts';
import type { Hearing } from './hear.ts';

/** What the doors of the inbox work with. */
export type InboxParts = {
  db: Database;
  registry: Registry;
  context: TurnContext;
  render: RenderDelivery;
  hear: Hearing;
  /** Whether a model is asked about what was not clear. */
  isAdvised?: boolean;
};

/** Thrown inside the transaction when the same event is kept already: everything is rolled back. */
export class Duplicate extends Error {}

/** Whether the event was kept by an earlier transaction. */
export async function isKept(db: Transaction, id: string): Promise<boolean> {
  return (await db.sql`SELECT 1 FROM event WHERE id = ${id}`).length > 0;
}

/** Writes down what an event that is kept was answered with, when that came later. */
export async function keepReply(db: Transaction, id: string, reply: Reply): Promise<void> {
  await db.sql`UPDATE event SET reply = ${toJson(reply)}::jsonb WHERE id = ${id}`;
}

/** PostgreSQL refuses JSON with half of a surrogate pair, which is left where a quoted text was cut. */
function toJson(reply: Reply): string {
  return JSON.stringify({ ...reply, toast: reply.toast.toWellFormed() });
}

/**
 * Keeps the event's id with its reply, and the marks that waited for it, in one statement. Whoever comes second waits here for the
 * first, and is rolled back by `Duplicate`.
 */
export async function keepEvent(
  db: Transaction,
  id: string,
  now: Date,
  reply: Reply | null,
  marks: readonly Mark[] = [],
): Promise<void> {
  await db.sql`
    WITH marked AS (
      INSERT INTO card_mark (feature, card, ref, recipient, "exceptId") SELECT feature, card, ref, person, "exceptId"
      FROM jsonb_to_recordset(${JSON.stringify(marks)}::jsonb) AS m (feature text, card text, ref text, person text, "exceptId" uuid))
    INSERT INTO event (id, "receivedAt", reply) VALUES (${id}, ${now}, ${reply && toJson(reply)}::jsonb)`.catch(
    (error: unknown) => {
      throw isUniqueViolation(error) ? new Duplicate() : error;
    },
  );
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505';
}
