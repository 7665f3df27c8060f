/** Puts what is due on the queue: right after a commit, and on every beat for what a crash left behind. */
import { now as clockNow } from '../clock.ts';
import type { Queues } from '../queue/queues.ts';
import type { Database } from '../storage/database.ts';
import { GATHERED, gatherPushes } from './gather-pushes.ts';
import { EDIT_PAUSE_MS } from './send.ts';

/** So many rows travel in one errand: they are claimed, rate-limited and written back together. */
const ROWS_PER_ERRAND = 50;
const ROWS_PER_ROUND = 1000;
/** Longer than any call to the messenger takes: whoever held a row for this long is dead. */
const ABANDONED_AFTER_MS = 60_000;
/** One sender to one person at most every fifth of a second (Feishu: 5 messages a second to one user or group). */
const PAUSE_PER_RECIPIENT_MS = 200;
/** For so long a 今天 card is kept current. */
const TODAY_LASTS_MS = 24 * 3_600_000;

/**
 * Puts due deliveries on the queue until none is left, gathered where several wait; several processes may do so at once. While the
 * schedule `isCatchingUp` with what a downtime missed, what can be gathered waits for the rest.
 */
export async function relayDeliveries(db: Database, queues: Pick<Queues, 'add'>, isCatchingUp: boolean): Promise<void> {
  if (!isCatchingUp) await gatherPushes(db, clockNow());
  for (;;) {
    const now = clockNow();
    const abandoned = new Date(now.getTime() - ABANDONED_AFTER_MS);
    const paused = new Date(now.getTime() - PAUSE_PER_RECIPIENT_MS);
    // The oldest row of each recipient: so messages to one person keep their order and their distance.
    const rows = await db.sql<{ id: string }>`
      UPDATE delivery SET state = 'queued', "claimedAt" = ${now}, "mayBeOut" = "mayBeOut" OR state = 'sending' WHERE id IN (
        SELECT id FROM delivery WHERE id IN (
          SELECT DISTINCT ON (d.recipient) d.id FROM delivery d
          WHERE (d.state = 'pending' AND d."dueAt" <= ${now} OR d.state IN ('queued', 'sending') AND d."claimedAt" < ${abandoned})
            AND NOT (${isCatchingUp} AND d.gathers AND d.push = 'quiet' AND d."messageId" IS NULL)
            AND NOT EXISTS (SELECT 1 FROM delivery o WHERE o.recipient = d.recipient
              AND o.id <> d.id AND (o.state IN ('queued', 'sending') AND o."claimedAt" >= ${abandoned} OR o."sentAt" BETWEEN ${paused} AND ${now}))
          ORDER BY d.recipient, d."dueAt", d.key)
        AND state IN ('pending', 'queued', 'sending') LIMIT ${ROWS_PER_ROUND} FOR UPDATE SKIP LOCKED)
      RETURNING id`;
    await queues.add('deliveries', chunk(rows.map(({ id }) => id)));
    if (rows.length === 0) return;
  }
}

/**
 * Takes back at once what a killed process had in hand. Only for a database that no other process works on: elsewhere the same
 * happens after a minute.
 */
export async function takeBackDeliveries(db: Database): Promise<void> {
  await db.sql`UPDATE delivery SET state = 'pending', "mayBeOut" = "mayBeOut" OR state = 'sending' WHERE state IN ('queued', 'sending')`;
}

/**
 * Turns the marks of changed cards into new revisions, at most one for a card every two seconds. Marks made meanwhile wait for the
 * next round.
 */
export async function relayMarks(db: Database): Promise<void> {
  const now = clockNow();
  await db.sql`
    WITH gone AS (
      DELETE FROM card_mark WHERE id IN (SELECT id FROM card_mark ORDER BY id LIMIT 10000 FOR UPDATE SKIP LOCKED)
      RETURNING feature, card, ref, recipient, "exceptId"),
    -- One row for a crowd's marks of one card: a delivery is left out only if every mark leaves it out.
    marked AS (
      SELECT feature, card, ref, recipient,
        CASE WHEN count(DISTINCT "exceptId") = 1 AND count("exceptId") = count(*) THEN min("exceptId"::text)::uuid END AS "exceptId"
      FROM gone GROUP BY feature, card, ref, recipient),
    changed AS (
      SELECT d.id FROM marked m JOIN delivery d ON d.ref = m.ref AND d.card = m.card AND d.feature = m.feature AND d.recipient = m.recipient
        AND d.id IS DISTINCT FROM m."exceptId"
      UNION SELECT d.id FROM marked m JOIN delivery d ON d.ref = m.ref AND d.card = m.card AND d.feature = m.feature
        AND m.recipient IS NULL AND d.id IS DISTINCT FROM m."exceptId"
      -- A 今天 card shows what was gathered into it, and for a day whatever changes for its person.
      UNION SELECT g."gatheredInto" FROM marked m JOIN delivery g ON g.ref = m.ref AND g.card = m.card AND g.feature = m.feature
        AND g."gatheredInto" IS NOT NULL AND m.recipient IS NULL
      UNION SELECT d.id FROM marked m JOIN delivery d ON d.recipient = m.recipient AND d.state = 'sent'
        AND d.feature = ${GATHERED.feature} AND d."sentAt" > ${new Date(now.getTime() - TODAY_LASTS_MS)} AND d.id IS DISTINCT FROM m."exceptId")
    UPDATE delivery SET revision = revision + 1,
      state = CASE WHEN state IN ('sent', 'dropped') THEN 'pending' ELSE state END,
      "dueAt" = CASE WHEN state IN ('sent', 'dropped') THEN GREATEST(${now}, "sentAt" + ${EDIT_PAUSE_MS} * interval '1 millisecond') ELSE "dueAt" END
    WHERE "messageId" IS NOT NULL AND state <> 'failed' AND id IN (SELECT id FROM changed)`;
}

function chunk(ids: string[]): { ids: string[] }[] {
  return Array.from({ length: Math.ceil(ids.length / ROWS_PER_ERRAND) }, (_, index) => ({
    ids: ids.slice(index * ROWS_PER_ERRAND, (index + 1) * ROWS_PER_ERRAND),
  }));
}
