/** Reads of items and of the ledger, for handlers and cards. */
import type { Day } from '../../../calendar/calendar.ts';
import type { Reader, Transaction } from '../../../storage/database.ts';
import type { EntryKind } from './stock.ts';

export type Item = { id: string; name: string; unit: string; lowAt: number };

/** The item of this name, if there is one. */
export async function findItem(db: Reader, name: string): Promise<Item | undefined> {
  const [item] = await db.sql<Item>`SELECT id, name, unit, "lowAt" FROM supply_item WHERE name = ${name}`;
  return item;
}

/** Several items by name, those that there are. */
export function findItems(db: Reader, names: string[]): Promise<Item[]> {
  return db.sql<Item>`SELECT id, name, unit, "lowAt" FROM supply_item WHERE name = ANY (${names}) ORDER BY name`;
}

/** The item of this name, made with this unit if it is new. */
export async function ensureItem(db: Transaction, name: string, unit: string): Promise<Item> {
  await db.sql`INSERT INTO supply_item (id, name, unit) VALUES (gen_random_uuid(), ${name}, ${unit}) ON CONFLICT (name) DO NOTHING`;
  const [item] = await findItems(db, [name]);
  if (!item) throw new Error('an item that was just made is not there');
  return item;
}

/** An item at a point as its card shows it. `expiresOn` is the nearest last day of what is left. */
export type StockLine = Item & { pointId: string; onHand: number; reserved: number; expired: number; expiresOn: Day };

/** What lies at these points, item by item. */
export function findStock(db: Reader, points: string[], today: Day): Promise<StockLine[]> {
  return db.sql<StockLine>`
    SELECT l."pointId", i.id, i.name, i.unit, i."lowAt", sum(l."onHand")::int AS "onHand", sum(l.reserved)::int AS reserved,
      COALESCE(sum(l."onHand" - l.reserved) FILTER (WHERE b."expiresOn" < ${today}::date), 0)::int AS expired,
      to_char(COALESCE(min(b."expiresOn") FILTER (WHERE l."onHand" > 0), '9999-12-31'), 'YYYY-MM-DD') AS "expiresOn"
    FROM stock_level l JOIN supply_item i ON i.id = l."itemId" JOIN supply_batch b ON b.id = l."batchId"
    WHERE l."pointId" = ANY (${points}::uuid[]) GROUP BY l."pointId", i.id ORDER BY i.name`;
}

/** How much of each item was handed over at each of these points since `since`. */
export function findIssued(
  db: Reader,
  points: string[],
  since: Date,
): Promise<{ pointId: string; itemId: string; issued: number }[]> {
  return db.sql`
    SELECT "pointId", "itemId", -sum("onHand")::int AS issued FROM stock_entry
    WHERE kind = 'issued' AND at >= ${since} AND "pointId" = ANY (${points}::uuid[]) GROUP BY "pointId", "itemId"`;
}

/** An entry as people read it. */
export type Entry = {
  no: number;
  at: Date;
  kind: EntryKind;
  pointId: string;
  point: string;
  batchId: string;
  itemId: string;
  item: string;
  unit: string;
  label: string;
  expiresOn: Day;
  onHand: number;
  actor: string;
  reason: string;
  document: string | null;
  isCorrected: boolean;
};

/** The newest entries of a point that changed what is there. */
export function findRecentEntries(db: Reader, point: string, limit: number): Promise<Entry[]> {
  return db.sql<Entry>`
    SELECT e.no, e.at, e.kind, e."pointId", o.name AS point, e."batchId", e."itemId", i.name AS item, i.unit, b.label, to_char(b."expiresOn", 'YYYY-MM-DD') AS "expiresOn",
      e."onHand", COALESCE(p.name, '') AS actor, e.reason, e.document, EXISTS (SELECT 1 FROM stock_entry c WHERE c.corrects = e.no) AS "isCorrected"
    FROM stock_entry e JOIN pickup_point o ON o.id = e."pointId" JOIN supply_item i ON i.id = e."itemId" JOIN supply_batch b ON b.id = e."batchId"
    LEFT JOIN person p ON p.id = e."actorId"
    WHERE e."pointId" = ${point}::uuid AND e."onHand" <> 0 ORDER BY e.no DESC LIMIT ${limit}`;
}

/** The entry with this number. */
export async function findEntry(db: Reader, no: number): Promise<Entry | undefined> {
  const [entry] = await db.sql<Entry>`
    SELECT e.no, e.at, e.kind, e."pointId", o.name AS point, e."batchId", e."itemId", i.name AS item, i.unit, b.label, to_char(b."expiresOn", 'YYYY-MM-DD') AS "expiresOn",
      e."onHand", COALESCE(p.name, '') AS actor, e.reason, e.document, EXISTS (SELECT 1 FROM stock_entry c WHERE c.corrects = e.no) AS "isCorrected"
    FROM stock_entry e JOIN pickup_point o ON o.id = e."pointId" JOIN supply_item i ON i.id = e."itemId" JOIN supply_batch b ON b.id = e."batchId"
    LEFT JOIN person p ON p.id = e."actorId" WHERE e.no = ${no}`;
  return entry;
}
