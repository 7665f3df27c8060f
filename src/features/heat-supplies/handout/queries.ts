/** Reads and writes of hand-outs as wholes: what they give, to whom it was given, how they stand. */
import type { Day } from '../../../calendar/calendar.ts';
import type { Audience } from '../../../people/audience/audience.ts';
import type { Reader, Transaction } from '../../../storage/database.ts';
import type { Content, Standing, Tally, UnitCount } from '../rules.ts';
import type { Share } from '../stock/rules.ts';

/** What these hand-outs give and where, by id. */
export async function findContents(db: Reader, ids: string[]): Promise<Map<string, Content>> {
  const rows = await db.sql<Content & { id: string }>`
    SELECT id, kind, "itemsText", "pointIds"::text[] AS points, "alertId" FROM supply_handout WHERE id = ANY (${ids}::uuid[])`;
  return new Map(rows.map(({ id, ...content }) => [id, content]));
}

/** Keeps what a hand-out gives, new or changed. */
export async function keepContent(
  db: Transaction,
  id: string,
  { kind, itemsText, points, alertId }: Content,
): Promise<void> {
  await db.sql`
    INSERT INTO supply_handout (id, kind, "itemsText", "pointIds", "alertId") VALUES (${id}::uuid, ${kind}, ${itemsText}, ${points}::uuid[], ${alertId}::uuid)
    ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, "itemsText" = excluded."itemsText", "pointIds" = excluded."pointIds"`;
}

/** Gives everybody who has a part in a hand-out a claim to these items. */
export async function keepShares(db: Transaction, id: string, share: Share[]): Promise<void> {
  await db.sql`
    INSERT INTO supply_handout_item ("handoutId", "itemId", "each", sort)
    SELECT ${id}::uuid, s."itemId", s."each", s.sort
    FROM ROWS FROM (jsonb_to_recordset(${JSON.stringify(share)}::jsonb) AS ("itemId" uuid, "each" int)) WITH ORDINALITY AS s ("itemId", "each", sort)`;
  await matchClaims(db, id);
}

/** A claim for everybody who has a part in a hand-out; an open one of somebody who has none any more goes. */
export async function matchClaims(db: Transaction, id: string): Promise<void> {
  await db.sql`
    DELETE FROM supply_claim c WHERE c."handoutId" = ${id}::uuid AND c.state = 'open'
      AND NOT EXISTS (SELECT 1 FROM published_part p WHERE p."publicationId" = c."handoutId" AND p."personId" = c."personId")`;
  await db.sql`
    INSERT INTO supply_claim ("handoutId", "personId") SELECT "publicationId", "personId" FROM published_part WHERE "publicationId" = ${id}::uuid
    ON CONFLICT DO NOTHING`;
}

/** Whom something is set aside for, or who said that they did not get theirs. */
export async function findReserved(db: Reader, id: string): Promise<string[]> {
  const rows = await db.sql<{ personId: string }>`
    SELECT "personId" FROM supply_claim WHERE "handoutId" = ${id}::uuid AND state <> 'open' ORDER BY "personId"`;
  return rows.map(({ personId }) => personId);
}

/** What each person gets of a hand-out, in the order in which it was written. */
export function findShare(db: Reader, id: string): Promise<Share[]> {
  return db.sql<Share>`
    SELECT i.id AS "itemId", i.name, i.unit, h."each" FROM supply_handout_item h JOIN supply_item i ON i.id = h."itemId"
    WHERE h."handoutId" = ${id}::uuid ORDER BY h.sort, i.name`;
}

/** How many of an audience have a part in another running hand-out of the same kind. */
export async function countOverlap(db: Reader, kind: string, audience: Audience, now: Date): Promise<number> {
  const [row] = await db.sql<{ count: number }>`
    SELECT count(*)::int AS count FROM people_of(${JSON.stringify(audience)}::jsonb, ${now}) p WHERE EXISTS (
      SELECT 1 FROM supply_claim c JOIN handout_run h ON h.id = c."handoutId"
      WHERE c."personId" = p.id AND h.state = 'open' AND h.kind = ${kind})`;
  return row?.count ?? 0;
}

/** What this person handed out last of a kind, for the next draft to begin with. */
export async function findLast(
  db: Reader,
  issuer: string,
  kind: string,
): Promise<{ itemsText: string; points: string[]; audience: unknown } | undefined> {
  const [last] = await db.sql<{ itemsText: string; points: string[]; audience: unknown }>`
    SELECT "itemsText", "pointIds"::text[] AS points, audience FROM handout_run
    WHERE "issuedById" = ${issuer} AND kind = ${kind} AND state IN ('open', 'closed') ORDER BY "publishedAt" DESC LIMIT 1`;
  return last;
}

const NOBODY: Tally = {
  open: 0,
  reserved: 0,
  collected: 0,
  partial: 0,
  missed: 0,
  'on-leave': 0,
  unreachable: 0,
  waiting: 0,
};

/** How many stand where on `today`: what is settled or reserved comes first, then leave, then not to be reached. */
export async function countStandings(db: Reader, handout: string, today: Day): Promise<Tally> {
  const rows = await db.sql<{ standing: Standing; count: number }>`
    SELECT CASE c.state WHEN 'open' THEN s.standing ELSE c.state END AS standing, count(*)::int AS count
    FROM standings(${handout}::uuid, ${today}::date) s JOIN supply_claim c ON c."handoutId" = ${handout}::uuid AND c."personId" = s."personId" GROUP BY 1`;
  return { ...NOBODY, ...Object.fromEntries(rows.map(({ standing, count }) => [standing, count])) };
}

/** Everybody who has not collected all, by name, with where they stand. */
export function findParticipants(
  db: Reader,
  handout: string,
  today: Day,
): Promise<{ name: string; standing: Standing; reason: string }[]> {
  return db.sql`
    SELECT s.name, CASE c.state WHEN 'open' THEN s.standing ELSE c.state END AS standing, c.reason
    FROM standings(${handout}::uuid, ${today}::date) s JOIN supply_claim c ON c."handoutId" = ${handout}::uuid AND c."personId" = s."personId"
    WHERE c.state <> 'collected' ORDER BY s.name, s."personId"`;
}

/** How many object to what was confirmed for them. */
export async function countObjections(db: Reader, handout: string): Promise<number> {
  const [row] = await db.sql<{ count: number }>`
    SELECT count(*)::int AS count FROM supply_claim WHERE "handoutId" = ${handout}::uuid AND "objectedAt" IS NOT NULL`;
  return row?.count ?? 0;
}

/**
 * What was issued of each item, unit by unit: `confirmed` was handed over, `open` is promised and waits. Both are sums over the same
 * ledger, so issued = confirmed + open holds for every unit and every item.
 */
export async function findUnitCounts(db: Reader, handout: string): Promise<UnitCount[]> {
  const rows = await db.sql<{ unit: string; people: number; item: string; confirmed: number; open: number }>`
    WITH part AS (
      SELECT c."personId", COALESCE(u.name, '未分单位') AS unit FROM supply_claim c JOIN person p ON p.id = c."personId" LEFT JOIN unit u ON u.id = p."unitId"
      WHERE c."handoutId" = ${handout}::uuid),
    moved AS (
      SELECT part.unit, e."itemId", -sum(e."onHand")::int AS confirmed, sum(e.reserved)::int AS open
      FROM stock_entry e JOIN part USING ("personId") WHERE e."handoutId" = ${handout}::uuid GROUP BY 1, 2)
    SELECT n.unit, n.people, i.name AS item, COALESCE(m.confirmed, 0) AS confirmed, COALESCE(m.open, 0) AS open
    FROM (SELECT unit, count(*)::int AS people FROM part GROUP BY unit) n
    CROSS JOIN supply_handout_item h JOIN supply_item i ON i.id = h."itemId"
    LEFT JOIN moved m ON m.unit = n.unit AND m."itemId" = h."itemId"
    WHERE h."handoutId" = ${handout}::uuid ORDER BY n.unit, i.name`;
  const units = new Map<string, UnitCount>();
  for (const { unit, people, item, confirmed, open } of rows) {
    const count = units.get(unit) ?? { unit, people, items: {} };
    count.items[item] = { confirmed, open };
    units.set(unit, count);
  }
  return [...units.values()];
}
