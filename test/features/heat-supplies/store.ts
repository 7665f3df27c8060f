/** A store for tests on a database of its own: points, items, goods in them, and the question whether the stock is true. */
import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { ensureBatch, moveStock } from '../../../src/features/heat-supplies/stock/stock.ts';
import { type Database, openDatabase, type Reader } from '../../../src/storage/database.ts';
import { createTestDatabase } from '../../storage/test-database.ts';

export const NOON = new Date('2026-07-06T12:00:00+08:00');
export const TODAY = '2026-07-06';

/** An open, migrated, empty database that is gone after the test. */
export async function openStore(connections = 20): Promise<Database> {
  const database = await createTestDatabase();
  const db = openDatabase(database.connectionString, () => {}, connections);
  onTestFinished(async () => {
    await db.close();
    await database.drop();
  });
  return db;
}

export async function createPoint(db: Database, name: string): Promise<string> {
  const id = randomUUID();
  await db.sql`INSERT INTO pickup_point (id, name, place, hours) VALUES (${id}::uuid, ${name}, '', '')`;
  return id;
}

export async function createItem(db: Database, name: string, unit = '盒'): Promise<string> {
  const id = randomUUID();
  await db.sql`INSERT INTO supply_item (id, name, unit) VALUES (${id}::uuid, ${name}, ${unit})`;
  return id;
}

/** Receives goods and gives the batch. */
export function receive(
  db: Database,
  {
    point,
    item,
    quantity,
    expiresOn = '9999-12-31',
  }: { point: string; item: string; quantity: number; expiresOn?: string },
): Promise<string> {
  return db.transaction(async (tx) => {
    const batch = await ensureBatch(tx, item, '', expiresOn);
    const received = { kind: 'received' as const, pointId: point, batchId: batch, itemId: item, onHand: quantity };
    await moveStock(tx, { points: [point], items: [item] }, { actorId: 'ou_keeper', at: NOON }, () => [received]);
    return batch;
  });
}

/** What is not as it must be: levels that differ from the sum of their entries, or that cannot be. Empty when the stock is true. */
export function findLies(db: Reader): Promise<unknown[]> {
  return db.sql`
    SELECT COALESCE(l."pointId", e."pointId") AS point, l."onHand", l.reserved, e."onHand" AS "entriesOnHand", e.reserved AS "entriesReserved"
    FROM stock_level l FULL JOIN (
      SELECT "pointId", "batchId", sum("onHand")::int AS "onHand", sum(reserved)::int AS reserved FROM stock_entry GROUP BY 1, 2) e
      ON e."pointId" = l."pointId" AND e."batchId" = l."batchId"
    WHERE l."onHand" IS DISTINCT FROM e."onHand" OR l.reserved IS DISTINCT FROM e.reserved
      OR l."onHand" < 0 OR l.reserved < 0 OR l.reserved > l."onHand"`;
}
