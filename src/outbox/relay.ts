/** Puts what is due on the queue: right after a commit, and on every beat for what a crash left behind. */

import { now as clockNow } from '../basics/clock.ts';
import { DAY_MS } from '../basics/durations.ts';
import type { Queues } from '../queue/queues.ts';
import type { Database } from '../storage/database.ts';
import { NOT_MADE } from './delivery.ts';
import { GATHERED, gatherPushes } from './gather-pushes.ts';
import { type CallLimits, FEISHU_LIMITS } from './limits.ts';
import { EDIT_PAUSE_MS } from './send.ts';

/** So many rows travel in one errand: they are claimed, rate-limited and written back together. */
const ROWS_PER_ERRAND = 50;
const ROWS_PER_ROUND = 1000;
/** Longer than any call to the messenger takes: whoever held a row for this long is dead. */
const ABANDONED_AFTER_MS = 60_000;
const SECOND_MS = 1_000;
/** For so long a 今天 card is kept current. */
const TODAY_LASTS_MS = DAY_MS;

/**
 * Puts due deliveries on the queue until none is left, gathered where several wait; several processes may do so at once. While the
 * schedule `isCatchingUp` with what a downtime missed, what can be gathered waits for the rest. One recipient gets one message after
 * the other, and in no second more than `perRecipient`: who waits for either is found by the next call, which `thenRelay` sees to.
 */
export async function relayDeliveries(
  db: Database,
  queues: Pick<Queues, 'add'>,
  isCatchingUp: boolean,
  { perRecipient }: Pick<CallLimits, 'perRecipient'> = FEISHU_LIMITS,
): Promise<void> {
  // One moment for both: what comes due between them would go out without having been gathered.
  const due = clockNow();
  if (!isCatchingUp) await gatherPushes(db, due);
  for (;;) {
    const now = clockNow();
    const abandoned = new Date(now.getTime() - ABANDONED_AFTER_MS);
    const secondAgo = new Date(now.getTime() - SECOND_MS);
    // What is written down as sent while this looks is later than its now. Much later is only what a clock has seen that was moved back.
    const inASecond = new Date(now.getTime() + SECOND_MS);
    // The oldest row of each recipient: so messages to one person keep their order.
    const rows = await db.sql<{ id: string }>`
      UPDATE delivery SET state = 'queued', "claimedAt" = ${now}, "mayBeOut" = "mayBeOut" OR state = 'sending' WHERE id IN (
        SELECT id FROM delivery oldest WHERE id IN (
          SELECT DISTINCT ON (d.recipient) d.id FROM delivery d
          WHERE (d.state = 'pending' AND d."dueAt" <= ${due} OR d.state IN ('queued', 'sending') AND d."claimedAt" < ${abandoned})
            AND NOT (${isCatchingUp} AND d.gathers AND d.push = 'quiet' AND d."messageId" IS NULL)
            -- Two that were committed after the gathering wait for the next one: they are one message.
            AND NOT (d.state = 'pending' AND d.gathers AND d.push = 'quiet' AND d."messageId" IS NULL AND NOT d."mayBeOut"
              AND (d."notAfter" IS NULL OR d."notAfter" > ${due}) AND EXISTS (SELECT 1 FROM delivery o WHERE o.recipient = d.recipient
                AND o.id <> d.id AND o.state = 'pending' AND o."dueAt" <= ${due} AND o.gathers AND o.push = 'quiet' AND o."messageId" IS NULL
                AND NOT o."mayBeOut" AND (o."notAfter" IS NULL OR o."notAfter" > ${due})))
            AND NOT EXISTS (SELECT 1 FROM delivery o WHERE o.recipient = d.recipient
              AND o.id <> d.id AND o.state IN ('queued', 'sending') AND o."claimedAt" >= ${abandoned})
          ORDER BY d.recipient, d."dueAt", d.key)
        AND state IN ('pending', 'queued', 'sending')
        AND (SELECT count(*) FROM delivery o
          WHERE o.recipient = oldest.recipient AND o."sentAt" > ${secondAgo} AND o."sentAt" < ${inASecond}) < ${perRecipient}
        LIMIT ${ROWS_PER_ROUND} FOR UPDATE SKIP LOCKED)
      RETURNING id`;
    await queues.add('deliveries', chunk(rows.map(({ id }) => id)));
    if (rows.length === 0) return;
  }
}

/**
 * The worker's `send`, after which those are relayed whom its errand has held up: at once who waited for his turn, and when the second
 * is over who had his share of it. The beat would find them too, up to a second later.
 */
export function thenRelay<Errand>(
  send: (errand: Errand) => Promise<void>,
  relay: () => void,
): (errand: Errand) => Promise<void> {
  return async (errand) => {
    await send(errand);
    relay();
    setTimeout(relay, SECOND_MS).unref();
  };
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
 * next round, and so does what somebody else holds: whoever takes thousands of rows and waits for none stands in nobody's circle.
 */
export async function relayMarks(db: Database): Promise<void> {
  const now = clockNow();
  await db.sql`
    WITH gone AS (
      DELETE FROM card_mark WHERE id IN (SELECT id FROM card_mark ORDER BY id LIMIT 10000 FOR UPDATE SKIP LOCKED)
      RETURNING feature, card, ref, recipient, "exceptId", "onlyId"),
    -- One row for a crowd's marks of one card: a delivery is left out only if every mark leaves it out.
    marked AS (
      SELECT feature, card, ref, recipient,
        CASE WHEN count(DISTINCT "exceptId") = 1 AND count("exceptId") = count(*) THEN min("exceptId"::text)::uuid END AS "exceptId"
      FROM gone WHERE "onlyId" IS NULL GROUP BY feature, card, ref, recipient),
    changed AS (
      SELECT "onlyId" AS id FROM gone WHERE "onlyId" IS NOT NULL
      UNION SELECT d.id FROM marked m JOIN delivery d ON d.ref = m.ref AND d.card = m.card AND d.feature = m.feature AND d.recipient = m.recipient
        AND d.id IS DISTINCT FROM m."exceptId"
      UNION SELECT d.id FROM marked m JOIN delivery d ON d.ref = m.ref AND d.card = m.card AND d.feature = m.feature
        AND m.recipient IS NULL AND d.id IS DISTINCT FROM m."exceptId"
      -- A 今天 card shows what was gathered into it, and for a day whatever changes for its person.
      UNION SELECT g."gatheredInto" FROM marked m JOIN delivery g ON g.ref = m.ref AND g.card = m.card AND g.feature = m.feature
        AND g."gatheredInto" IS NOT NULL AND m.recipient IS NULL
      UNION SELECT d.id FROM marked m JOIN delivery d ON d.recipient = m.recipient AND d.state = 'sent'
        AND d.feature = ${GATHERED.feature} AND d."sentAt" > ${new Date(now.getTime() - TODAY_LASTS_MS)} AND d.id IS DISTINCT FROM m."exceptId"),
    held AS (SELECT id FROM delivery WHERE id IN (SELECT id FROM changed) FOR UPDATE SKIP LOCKED),
    again AS (
      INSERT INTO card_mark (feature, card, ref, "onlyId") SELECT feature, card, ref, id FROM delivery
      WHERE id IN (SELECT id FROM changed) AND id NOT IN (SELECT id FROM held))
    -- What is being made may be made of the state before. What could not be made may be made of another state.
    UPDATE delivery SET revision = revision + 1, attempts = CASE WHEN state = 'failed' THEN 0 ELSE attempts END,
      state = CASE WHEN state IN ('sent', 'dropped', 'failed') THEN 'pending' ELSE state END,
      "dueAt" = CASE WHEN state IN ('sent', 'dropped', 'failed') THEN GREATEST(${now}, "sentAt" + ${EDIT_PAUSE_MS} * interval '1 millisecond') ELSE "dueAt" END
    WHERE ("messageId" IS NOT NULL OR state = 'sending') AND NOT "isPlain" AND (state <> 'failed' OR failure = ${NOT_MADE})
      AND id IN (SELECT id FROM held)`;
}

function chunk(ids: string[]): { ids: string[] }[] {
  return Array.from({ length: Math.ceil(ids.length / ROWS_PER_ERRAND) }, (_, index) => ({
    ids: ids.slice(index * ROWS_PER_ERRAND, (index + 1) * ROWS_PER_ERRAND),
  }));
}
