/** The stock under a crowd, on a real PostgreSQL: whatever runs against it at once, it stays true. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { AppError } from '../../../src/basics/errors.ts';
import {
  countStock,
  removeStock,
  reserveShare,
  settleHeld,
  takeBack,
  transferStock,
} from '../../../src/features/heat-supplies/stock/rules.ts';
import {
  type Held,
  type Level,
  type Movement,
  moveStock,
  readHeld,
} from '../../../src/features/heat-supplies/stock/stock.ts';
import type { Transaction } from '../../../src/storage/database.ts';
import { createItem, createPoint, findLies, NOON, openStore, receive, TODAY } from './store.ts';

const HANDOUT = '00000000-0000-4000-8000-000000000001';

it('gives the last box to one of two people who take it at once', async () => {
  const db = await openStore();
  const point = await createPoint(db, '政治处');
  const item = await createItem(db, '藿香正气水');
  await receive(db, { point, item, quantity: 1 });

  const share = [{ itemId: item, name: '藿香正气水', unit: '盒', each: 1 }];
  const take = (personId: string) =>
    db.transaction((tx) =>
      moveStock(
        tx,
        { points: [point], items: [item] },
        { actorId: personId, at: NOON, handoutId: HANDOUT, personId },
        (levels) => reserveShare(levels, share, TODAY),
      ),
    );
  const outcomes = await Promise.allSettled([take('ou_a'), take('ou_b')]);

  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const refusal = outcomes.find((one) => one.status === 'rejected');
  expect(refusal?.reason).toMatchObject({ tell: expect.stringContaining('藿香正气水已经领完') });
  expect(await db.sql`SELECT "onHand", reserved FROM stock_level`).toEqual([{ onHand: 1, reserved: 1 }]);
});

it('is kept by the database itself: no change of a level or of the ledger past its rules', async () => {
  const db = await openStore();
  const point = await createPoint(db, '政治处');
  const item = await createItem(db, '矿泉水', '箱');
  const batch = await receive(db, { point, item, quantity: 5 });

  await expect(db.sql`UPDATE stock_level SET "onHand" = 500`).rejects.toThrow('moved by an entry');
  await expect(
    db.sql`INSERT INTO stock_level ("pointId", "batchId", "itemId") VALUES (${point}::uuid, ${batch}::uuid, ${item}::uuid)`,
  ).rejects.toThrow('moved by an entry');
  await expect(db.sql`DELETE FROM stock_level`).rejects.toThrow('moved by an entry');
  await expect(db.sql`UPDATE stock_entry SET "onHand" = 500`).rejects.toThrow('only added to');
  await expect(db.sql`DELETE FROM stock_entry`).rejects.toThrow('only added to');
  await expect(db.sql`TRUNCATE stock_entry`).rejects.toThrow('only added to');
  const add = (kind: string, onHand: number, reserved: number) => db.sql`
    INSERT INTO stock_entry (at, kind, "pointId", "batchId", "itemId", "onHand", reserved, "actorId", "personId")
    VALUES (now(), ${kind}, ${point}::uuid, ${batch}::uuid, ${item}::uuid, ${onHand}, ${reserved}, 'ou_a', 'ou_a')`;
  await expect(add('written-off', -6, 0)).rejects.toThrow('stock_level_is_possible');
  await expect(add('reserved', 0, 6)).rejects.toThrow('stock_level_is_possible');
  await expect(add('issued', -1, -1)).rejects.toThrow('stock_level_is_possible');
  await expect(add('received', -1, 0)).rejects.toThrow('stock_entry_means_its_kind');
  await expect(add('issued', -1, 0)).rejects.toThrow('stock_entry_means_its_kind');
  expect(await findLies(db)).toEqual([]);
});

it('stays true under random interleavings of 100 claims, hand-overs, returns, counts and transfers', async () => {
  const db = await openStore();
  let round = 0;
  const operation = fc.record({
    what: fc.constantFrom(
      'claim',
      'hand over',
      'hand over in part',
      'take back',
      'count',
      'write off',
      'transfer',
      'receive',
    ),
    person: fc.integer({ min: 0, max: 19 }),
    point: fc.integer({ min: 0, max: 1 }),
    items: fc.subarray([0, 1, 2], { minLength: 1 }),
    quantity: fc.integer({ min: 1, max: 12 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { minLength: 100, maxLength: 100 }), async (operations) => {
      round += 1;
      const points = [await createPoint(db, `甲${round}`), await createPoint(db, `乙${round}`)];
      const items = [
        await createItem(db, `子${round}`),
        await createItem(db, `丑${round}`),
        await createItem(db, `寅${round}`),
      ];
      for (const item of items)
        for (const point of points)
          for (const expiresOn of ['2026-07-31', '2026-07-01', '9999-12-31'])
            await receive(db, { point, item, quantity: 8, expiresOn });

      const run = ({ what, person, point, items: wanted, quantity }: (typeof operations)[number]) =>
        db.transaction(async (tx: Transaction) => {
          const personId = `ou_${round}_${person}`;
          const here = points[point] ?? '';
          const there = points[1 - point] ?? '';
          const chosen = wanted.map((index) => items[index] ?? '');
          const first = chosen[0] ?? '';
          const by = { actorId: personId, at: NOON, handoutId: HANDOUT, personId };
          // A person's own claim is locked before its stock, as the handlers do.
          await tx.sql`SELECT pg_advisory_xact_lock(hashtext(${personId}))`;
          const held = await readHeld(tx, HANDOUT, personId);
          const heldScope = { points: held.map(({ pointId }) => pointId), items: held.map(({ itemId }) => itemId) };
          const move = (scope: { points: string[]; items: string[] }, decide: (levels: Level[]) => Movement[]) =>
            moveStock(tx, scope, by, decide);
          const ofHeld = (decide: (parts: Held[]) => Movement[]) => move(heldScope, () => decide(held));
          const share = chosen.map((itemId) => ({ itemId, name: '物资', unit: '盒', each: quantity }));
          switch (what) {
            case 'claim':
              return move({ points: [here], items: chosen }, (levels) => reserveShare(levels, share, TODAY));
            case 'hand over':
              return ofHeld((parts) => settleHeld(parts));
            case 'hand over in part':
              return ofHeld((parts) => settleHeld(parts, new Map([[first, 1]])));
            case 'take back':
              return ofHeld(takeBack);
            case 'count':
              return move({ points: [here], items: [first] }, (levels) => countStock(levels, quantity * 3));
            case 'write off':
              return move({ points: [here], items: [first] }, (levels) => removeStock(levels, 'written-off', quantity));
            case 'transfer':
              return move({ points, items: [first] }, (levels) =>
                transferStock(
                  levels.filter(({ pointId }) => pointId === here),
                  there,
                  quantity,
                ),
              );
            default:
              return move({ points: [here], items: [first] }, (levels) =>
                levels.slice(0, 1).map(({ pointId, batchId, itemId }) => ({
                  kind: 'received',
                  pointId,
                  batchId,
                  itemId,
                  onHand: quantity,
                })),
              );
          }
        });
      const outcomes = await Promise.allSettled(operations.map(run));
      const unexpected = outcomes.flatMap((one) =>
        one.status === 'rejected' && !(one.reason instanceof AppError) ? [one.reason] : [],
      );
      expect(unexpected).toEqual([]);
      expect(outcomes.some(({ status }) => status === 'fulfilled')).toBe(true);
      expect(await findLies(db)).toEqual([]);
      // Accounted for: what came in from outside is what lies there, and what persons hold.
      const [sums] = await db.sql<{ came: number; lies: number; held: number; sent: number; arrived: number }>`
        SELECT COALESCE(sum("onHand") FILTER (WHERE kind IN ('received', 'counted', 'written-off')), 0)::int AS came,
          (SELECT sum("onHand")::int FROM stock_level) AS lies,
          -COALESCE(sum("onHand") FILTER (WHERE kind IN ('issued', 'returned')), 0)::int AS held,
          -COALESCE(sum("onHand") FILTER (WHERE kind = 'sent'), 0)::int AS sent,
          COALESCE(sum("onHand") FILTER (WHERE kind = 'arrived'), 0)::int AS arrived FROM stock_entry`;
      expect(sums?.came).toBe((sums?.lies ?? 0) + (sums?.held ?? 0));
      expect(sums?.sent).toBe(sums?.arrived);
    }),
    { numRuns: 12 },
  );
});
