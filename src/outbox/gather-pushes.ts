/** Several matters that wait for the same person become one 今天 card, so that a day of many tasks is one message. */
import type { Database, Reader } from '../storage/database.ts';

/** The 今天 card of the house that stands for them: it shows all that is open for a person. */
export const GATHERED = { feature: 'today', card: 'list', ref: 'gathered' };

/**
 * Gathers the quiet pushes that are due for the same person, as far as their features say that they are lines of the 今天 card
 * (`gathers`): each is dropped, and the one that stands for them says what it replaced. Pushes about one and the same matter become
 * the earliest of them. What comes due while the card waits for its moment joins it. Several processes may do so at once.
 */
export async function gatherPushes(db: Database, now: Date): Promise<void> {
  await db.sql`
    WITH held AS (
      SELECT id, recipient, feature || '/' || ref AS matter, "dueAt", key, feature = ${GATHERED.feature} AS "isGathered", gen_random_uuid() AS fresh
      FROM delivery
      WHERE state = 'pending' AND "dueAt" <= ${now} AND gathers AND push = 'quiet' AND "messageId" IS NULL AND NOT "mayBeOut"
        AND ("notAfter" IS NULL OR "notAfter" > ${now}) AND recipient = ANY (ARRAY(
          SELECT recipient FROM delivery
          WHERE state = 'pending' AND "dueAt" <= ${now} AND gathers AND push = 'quiet' AND "messageId" IS NULL
          GROUP BY recipient HAVING count(*) > 1))
      FOR UPDATE SKIP LOCKED),
    -- Windows, not joins: the number of rows is a surprise to the planner when thousands wait for the morning.
    ranked AS (
      SELECT id, recipient, row_number() OVER first AS place, first_value(id) OVER first AS "firstId", first_value(fresh) OVER first AS fresh,
        NOT bool_or("isGathered") OVER person AND min(matter) OVER person <> max(matter) OVER person AS "needsCard"
      FROM held WINDOW person AS (PARTITION BY recipient), first AS (PARTITION BY recipient ORDER BY "isGathered" DESC, "dueAt", key)),
    made AS (
      INSERT INTO delivery (id, key, feature, card, ref, recipient, push, gathers, "dueAt")
      SELECT fresh, ${GATHERED.feature} || ':gathered:' || fresh, ${GATHERED.feature}, ${GATHERED.card}, ${GATHERED.ref}, recipient, 'quiet', true, ${now}
      FROM ranked WHERE place = 1 AND "needsCard")
    UPDATE delivery d SET state = 'dropped', failure = 'gathered',
      "gatheredInto" = CASE WHEN "needsCard" THEN fresh ELSE "firstId" END
    FROM ranked WHERE d.id = ranked.id AND ("needsCard" OR place > 1)`;
}

/** What the deliveries with these ids stand for: a card that will never arrive takes with it what was gathered into it. */
export function findGathered(
  db: Reader,
  ids: string[],
): Promise<{ key: string; feature: string; card: string; ref: string; recipient: string; isChat: boolean }[]> {
  return db.sql`
    WITH RECURSIVE gathered AS (
      SELECT id FROM delivery WHERE "gatheredInto" = ANY (${ids}::uuid[])
      UNION SELECT d.id FROM delivery d JOIN gathered g ON d."gatheredInto" = g.id)
    SELECT key, feature, card, ref, recipient, "isChat" FROM delivery WHERE id IN (SELECT id FROM gathered) AND feature <> ${GATHERED.feature}`;
}
