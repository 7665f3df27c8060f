/** What the house forgets, and when: docs/promises.md says why. In batches, so that nobody waits for long. */
import { z } from 'zod';
import { DAY_MS } from '../basics/durations.ts';
import type { Transaction } from '../storage/database.ts';

/** Feishu pushes an event again for seven hours; presses of old cards come as new events. */
const KEEP_EVENTS_DAYS = 3;
/** Only today's are read. */
const KEEP_PUSH_COUNTS_DAYS = 7;
/** Far beyond the 14 days in which a card can be pressed and edited, and the 60 in which one is looked for that should be renewed. */
const KEEP_DELIVERIES_DAYS = 90;
/** What has not been refused for so long was mended; the next time is news again. */
const KEEP_BROKEN_CARDS_DAYS = 30;
const ROWS_PER_BATCH = 5_000;

/** The states of a delivery at rest: lines first, then the 今天 cards into which they were gathered. */
const AT_REST = ['dropped', 'failed', 'recalled', 'sent'] as const;

/** How far the deliveries have been gone through: state by state, the oldest first. */
export const Place = z.object({ state: z.enum(AT_REST), at: z.coerce.date(), id: z.uuid() });
export type Place = z.infer<typeof Place>;
const BEGINNING: Place = { state: AT_REST[0], at: new Date(0), id: '00000000-0000-0000-0000-000000000000' };

/** Forgets a batch of the events, of the counts of pushes and of the broken cards; true while there may be more. */
export async function forgetTraces(db: Transaction, now: Date): Promise<boolean> {
  const batches = [
    await db.sql`
      DELETE FROM event WHERE id IN (
        SELECT id FROM event WHERE "receivedAt" < ${daysBefore(now, KEEP_EVENTS_DAYS)} LIMIT ${ROWS_PER_BATCH}) RETURNING 1`,
    await db.sql`
      DELETE FROM daily_push WHERE ("personId", day) IN (
        SELECT "personId", day FROM daily_push WHERE day < ${daysBefore(now, KEEP_PUSH_COUNTS_DAYS)} LIMIT ${ROWS_PER_BATCH}) RETURNING 1`,
    await db.sql`DELETE FROM broken_card WHERE "lastAt" < ${daysBefore(now, KEEP_BROKEN_CARDS_DAYS)} RETURNING 1`,
  ];
  return batches.some((rows) => rows.length === ROWS_PER_BATCH);
}

/**
 * Goes through a batch of the deliveries that have long been at rest and forgets them, but for those of a publication that goes on,
 * whose keys may come again, and for a 今天 card as long as it says when its lines were seen. When a publication's card was first seen
 * stays with the person's part. Gives where to go on.
 */
export async function forgetDeliveries(
  db: Transaction,
  now: Date,
  from: Place = BEGINNING,
): Promise<Place | undefined> {
  const before = daysBefore(now, KEEP_DELIVERIES_DAYS);
  const [last] = await db.sql<{ at: Date; id: string }>`
    WITH page AS MATERIALIZED (
      SELECT id, feature, card, ref, recipient, "dueAt" FROM delivery
      WHERE state = ${from.state} AND "dueAt" < ${before} AND ("dueAt", id) > (${from.at}, ${from.id}::uuid)
      ORDER BY "dueAt", id LIMIT ${ROWS_PER_BATCH} FOR UPDATE SKIP LOCKED),
    old AS MATERIALIZED (
      SELECT * FROM page WHERE NOT EXISTS (SELECT 1 FROM delivery line WHERE line."gatheredInto" = page.id)
        AND ref NOT IN (
          SELECT id::text FROM publication WHERE state = 'draft' OR state = 'published' AND COALESCE("dueAt", 'infinity') >= ${before})),
    kept AS (
      UPDATE part a SET "reachedAt" = reached_at(b.feature, b.card, b.id, a."personId")
      FROM (SELECT DISTINCT feature, card, ref, recipient FROM old) o
      JOIN publication b ON b.id::text = o.ref AND b.feature = o.feature AND b.card = o.card
      WHERE a."publicationId" = b.id AND a."personId" = o.recipient AND a."reachedAt" IS NULL),
    gone AS (DELETE FROM delivery WHERE id IN (SELECT id FROM old))
    SELECT "dueAt" AS at, id FROM page ORDER BY "dueAt" DESC, id DESC LIMIT 1`;
  if (last) return { ...last, state: from.state };
  const next = AT_REST[AT_REST.indexOf(from.state) + 1];
  return next && { ...BEGINNING, state: next };
}

function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS);
}
