/** Several matters that wait for the same person become one 今天 card, so that a day of many tasks is one message. */
import { DAY_MS } from '../basics/durations.ts';
import type { Database, Reader } from '../storage/database.ts';

/** The 今天 card of the house that stands for them: it shows all that is open for a person. */
export const GATHERED = { feature: 'today', card: 'list', ref: 'gathered' };

/**
 * Gathers the quiet pushes that are due for the same person, as far as their features say that they are lines of the 今天 card
 * (`gathers`): each is dropped, and the one that stands for them says what it replaced. Pushes about one and the same matter become
 * the earliest of them. What is held back for later stands on the card as well and comes with it; so does what comes due while the card
 * waits for its moment. Of two such cards the later becomes the earlier, with all it stands for. Several processes may do so at once.
 */
export async function gatherPushes(db: Database, now: Date): Promise<void> {
  await db.sql`
    WITH held AS (
      SELECT id, recipient, feature || '/' || ref AS matter, "dueAt", key, feature = ${GATHERED.feature} AS "isGathered", gen_random_uuid() AS fresh
      FROM delivery
      WHERE state = 'pending' AND ("dueAt" <= ${now} OR delivery.held IS NOT NULL) AND gathers AND push = 'quiet' AND "messageId" IS NULL AND NOT "mayBeOut"
        AND ("notAfter" IS NULL OR "notAfter" > ${now}) AND recipient = ANY (ARRAY(
          SELECT recipient FROM delivery
          WHERE state = 'pending' AND "dueAt" <= ${now} AND gathers AND push = 'quiet' AND "messageId" IS NULL
          GROUP BY recipient HAVING count(*) > 1))
      FOR UPDATE SKIP LOCKED),
    -- Windows, not joins: the number of rows is a surprise to the planner when thousands wait for the morning.
    ranked AS (
      SELECT id, recipient, "isGathered", row_number() OVER first AS place, first_value(id) OVER first AS "firstId", first_value(fresh) OVER first AS fresh,
        NOT bool_or("isGathered") OVER person AND min(matter) OVER person <> max(matter) OVER person AS "needsCard"
      FROM held WINDOW person AS (PARTITION BY recipient), first AS (PARTITION BY recipient ORDER BY "isGathered" DESC, "dueAt", key)),
    made AS (
      INSERT INTO delivery (id, key, feature, card, ref, recipient, push, gathers, "dueAt", "writtenAt")
      SELECT fresh, ${GATHERED.feature} || ':gathered:' || fresh, ${GATHERED.feature}, ${GATHERED.card}, ${GATHERED.ref}, recipient, 'quiet', true, ${now}, ${now}
      FROM ranked WHERE place = 1 AND "needsCard"),
    -- What has come due may not wait with a card that was held before: the policy is asked about that anew.
    asked AS (
      UPDATE delivery d SET "dueAt" = LEAST(d."dueAt", ${now}) FROM ranked WHERE d.id = ranked.id AND place = 1 AND NOT "needsCard"),
    moved AS (
      UPDATE delivery d SET "gatheredInto" = "firstId" FROM ranked WHERE d."gatheredInto" = ranked.id AND "isGathered" AND place > 1)
    UPDATE delivery d SET state = 'dropped', failure = 'gathered',
      "gatheredInto" = CASE WHEN "needsCard" THEN fresh ELSE "firstId" END
    FROM ranked WHERE d.id = ranked.id AND ("needsCard" OR place > 1)`;
}

/**
 * Past the day's own cards: each of these rows that a worker holds, as far as it is a line of the 今天 card, is dropped for a new one of
 * those, and with it whatever else on it is due for the same person or held back for later. Gives the rows that it stands for.
 */
export function gatherAtOnce(db: Database, ids: string[], now: Date): Promise<{ id: string }[]> {
  return db.sql`
    WITH pressing AS (
      SELECT recipient, gen_random_uuid() AS fresh FROM delivery
      WHERE id = ANY (${ids}::uuid[]) AND gathers AND NOT "mayBeOut" GROUP BY recipient),
    held AS (
      SELECT d.id, p.fresh FROM delivery d JOIN pressing p ON p.recipient = d.recipient
      WHERE d.gathers AND NOT d."mayBeOut" AND (d.id = ANY (${ids}::uuid[]) OR d.state = 'pending' AND (d."dueAt" <= ${now} OR d.held IS NOT NULL) AND d."messageId" IS NULL
        AND d.push IN ('quiet', 'work') AND (d."notAfter" IS NULL OR d."notAfter" > ${now}))
      FOR UPDATE OF d SKIP LOCKED),
    made AS (
      INSERT INTO delivery (id, key, feature, card, ref, recipient, push, gathers, "dueAt")
      SELECT fresh, ${GATHERED.feature} || ':gathered:' || fresh, ${GATHERED.feature}, ${GATHERED.card}, ${GATHERED.ref}, recipient, 'quiet', true, ${now}
      FROM pressing),
    moved AS (UPDATE delivery d SET "gatheredInto" = held.fresh FROM held WHERE d."gatheredInto" = held.id)
    UPDATE delivery d SET state = 'dropped', failure = 'gathered', "gatheredInto" = held.fresh FROM held WHERE d.id = held.id RETURNING d.id`;
}

/** What waits for another day stands at once, silently, on the 今天 card that is already on the person's screen. */
export async function showOnToday(db: Database, ids: string[], now: Date): Promise<void> {
  await db.sql`
    INSERT INTO card_mark (feature, card, ref, recipient)
    SELECT d.feature, d.card, d.ref, d.recipient FROM delivery d WHERE d.id = ANY (${ids}::uuid[]) AND d.gathers AND EXISTS (
      SELECT FROM delivery t WHERE t.recipient = d.recipient AND t.state = 'sent' AND t.feature = ${GATHERED.feature}
        AND t."sentAt" > ${new Date(now.getTime() - DAY_MS)})`;
}

/** How pressing those of these deliveries are that stand for others: whether somebody waits for one, and when the first is over. */
export function findPressing(
  db: Reader,
  ids: string[],
  now: Date,
): Promise<{ id: string; isWork: boolean; overAt: Date | null }[]> {
  return db.sql`
    SELECT g.id, bool_or(d.push = 'work') AS "isWork", min(d."notAfter") AS "overAt" FROM delivery g JOIN delivery d ON d."gatheredInto" = g.id
    WHERE g.id = ANY (${ids}::uuid[]) AND (d."notAfter" IS NULL OR d."notAfter" > ${now}) GROUP BY g.id`;
}

/** What the deliveries with these ids stand for: a card that will never arrive takes with it what was gathered into it. */
export function findGathered(
  db: Reader,
  ids: string[],
): Promise<{ key: string; feature: string; card: string; ref: string; recipient: string; isChat: boolean }[]> {
  return db.sql`
    SELECT key, feature, card, ref, recipient, "isChat" FROM delivery
    WHERE "gatheredInto" = ANY (${ids}::uuid[]) AND feature <> ${GATHERED.feature}`;
}
