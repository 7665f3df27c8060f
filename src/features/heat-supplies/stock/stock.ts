/**
 * The stock, which never lies: **no level is ever below zero, no more is promised than there is, and every unit of every item is
 * accounted for.**
 *
 * The database keeps that, whatever the code does. `stock_entry` is the ledger: rows are added, never changed. A trigger moves the
 * row of `stock_level` (one per point and batch) by each entry, in the same statement; nothing else may write a level; so a level
 * is the sum of its entries. A CHECK refuses a level that is negative or promises more than it holds, and with it the whole
 * transaction. What was handed over, promised, taken back, lost or moved is an entry with its actor and reason.
 *
 * `moveStock` is the only way to the ledger. It locks the levels in question in the order of their keys before anybody decides, so
 * two movements wait for one another, decide on what is, and never deadlock.
 */
import type { Day } from '../../../calendar/calendar.ts';
import type { Reader, Transaction } from '../../../storage/database.ts';

/** A batch at a point. `reserved` is the part of `onHand` that is promised to persons. `9999-12-31` does not expire. */
export type Level = {
  pointId: string;
  batchId: string;
  itemId: string;
  label: string;
  expiresOn: Day;
  onHand: number;
  reserved: number;
};

export type EntryKind =
  | 'received'
  | 'reserved'
  | 'released'
  | 'issued'
  | 'returned'
  | 'counted'
  | 'written-off'
  | 'sent'
  | 'arrived'
  | 'corrected';

/** A change of one level, in whole units of the item: of what is there, of what is promised. */
export type Movement = {
  kind: EntryKind;
  pointId: string;
  batchId: string;
  itemId: string;
  onHand?: number;
  reserved?: number;
  document?: string;
  corrects?: number;
};

/** Who moves stock, when, why, and for whose part in which hand-out. */
export type Mover = { actorId: string; at: Date; reason?: string; handoutId?: string; personId?: string };

/**
 * Locks every level of these items at these points, lets `decide` say what moves, and writes that to the ledger. Levels come with
 * the batch that expires first at the front. Gives the numbers of the entries; what `decide` throws moves nothing.
 */
export async function moveStock(
  db: Transaction,
  { points, items }: { points: string[]; items: string[] },
  by: Mover,
  decide: (levels: Level[]) => Movement[],
): Promise<number[]> {
  const levels = await db.sql<Level>`
    SELECT l."pointId", l."batchId", l."itemId", b.label, to_char(b."expiresOn", 'YYYY-MM-DD') AS "expiresOn", l."onHand", l.reserved
    FROM stock_level l JOIN supply_batch b ON b.id = l."batchId"
    WHERE l."pointId" = ANY (${points}::uuid[]) AND l."itemId" = ANY (${items}::uuid[])
    ORDER BY l."pointId", l."batchId" FOR UPDATE OF l`;
  const movements = decide(firstExpiringFirst(levels));
  if (movements.length === 0) return [];
  const rows = await db.sql<{ no: number }>`
    INSERT INTO stock_entry (at, kind, "pointId", "batchId", "itemId", "onHand", reserved, "actorId", reason, document, "handoutId", "personId", corrects)
    SELECT ${by.at}, m.kind, m."pointId", m."batchId", m."itemId", COALESCE(m."onHand", 0), COALESCE(m.reserved, 0), ${by.actorId}, ${by.reason ?? ''},
      m.document, ${by.handoutId ?? null}::uuid, ${by.personId ?? null}, m.corrects
    FROM jsonb_to_recordset(${JSON.stringify(movements)}::jsonb)
      AS m (kind text, "pointId" uuid, "batchId" uuid, "itemId" uuid, "onHand" int, reserved int, document text, corrects int)
    ORDER BY m."pointId", m."batchId" RETURNING no`;
  return rows.map(({ no }) => no);
}

/** Every level that holds something of these items at these points, without locking: for cards and previews. */
export async function readLevels(
  db: Reader,
  { points, items }: { points: string[]; items: string[] },
): Promise<Level[]> {
  return firstExpiringFirst(
    await db.sql<Level>`
      SELECT l."pointId", l."batchId", l."itemId", b.label, to_char(b."expiresOn", 'YYYY-MM-DD') AS "expiresOn", l."onHand", l.reserved
      FROM stock_level l JOIN supply_batch b ON b.id = l."batchId"
      WHERE l."pointId" = ANY (${points}::uuid[]) AND l."itemId" = ANY (${items}::uuid[]) AND l."onHand" > 0`,
  );
}

/** What a person's part in a hand-out has promised (`reserved`) and handed over (`issued`) so far, batch by batch, by the ledger. */
export type Held = { pointId: string; batchId: string; itemId: string; reserved: number; issued: number };

export function readHeld(db: Reader, handoutId: string, personId: string): Promise<Held[]> {
  return db.sql<Held>`
    SELECT "pointId", "batchId", "itemId", sum(reserved)::int AS reserved, -sum("onHand")::int AS issued FROM stock_entry
    WHERE "handoutId" = ${handoutId}::uuid AND "personId" = ${personId}
    GROUP BY "pointId", "batchId", "itemId" HAVING sum(reserved) <> 0 OR sum("onHand") <> 0 ORDER BY "pointId", "batchId"`;
}

/** The batch of an item with this number and last day, made if there is none yet. */
export async function ensureBatch(db: Transaction, itemId: string, label: string, expiresOn: Day): Promise<string> {
  const [made] = await db.sql<{ id: string }>`
    INSERT INTO supply_batch (id, "itemId", label, "expiresOn") VALUES (gen_random_uuid(), ${itemId}::uuid, ${label}, ${expiresOn}::date)
    ON CONFLICT ("itemId", label, "expiresOn") DO UPDATE SET label = excluded.label RETURNING id`;
  return made?.id ?? '';
}

function firstExpiringFirst(levels: Level[]): Level[] {
  return [...levels].sort((a, b) => compare(a.expiresOn, b.expiresOn) || compare(a.batchId, b.batchId));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
