/** Feishu's limits for one app, kept in the database over all workers. */
import { expect, it, onTestFinished } from 'vitest';
import { takeCalls } from '../../src/outbox/limits.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { createTestDatabase } from '../storage/test-database.ts';

const LIMITS = { perSecond: 50, perMinute: 120, perRecipient: 5 };
const start = new Date('2026-11-23T10:00:00Z');
const after = (ms: number) => new Date(start.getTime() + ms);

async function open() {
  const test = await createTestDatabase();
  const db = openDatabase(test.connectionString, () => {});
  onTestFinished(async () => {
    await db.close();
    await test.drop();
  });
  return db;
}

it('grants what the second and the minute have left, and names when to ask again', async () => {
  const db = await open();
  expect(await takeCalls(db, LIMITS, 30, start)).toMatchObject({ granted: 30 });
  expect(await takeCalls(db, LIMITS, 30, after(10))).toEqual({ granted: 20, retryAt: after(1000) });
  expect(await takeCalls(db, LIMITS, 5, after(999))).toEqual({ granted: 0, retryAt: after(1000) });
  expect(await takeCalls(db, LIMITS, 50, after(1000))).toMatchObject({ granted: 50 });
  expect(await takeCalls(db, LIMITS, 50, after(2000))).toEqual({ granted: 20, retryAt: after(60_000) });
  expect(await takeCalls(db, LIMITS, 50, after(60_000))).toMatchObject({ granted: 50 });
});

it('grants no more than the limit to twenty workers at once, from the very first call on', async () => {
  const db = await open();
  const grants = await Promise.all(Array.from({ length: 20 }, () => takeCalls(db, LIMITS, 20, start)));
  expect(grants.reduce((sum, { granted }) => sum + granted, 0)).toBe(50);
});

it('begins anew when the clock was moved back', async () => {
  const db = await open();
  await takeCalls(db, LIMITS, 50, start);
  expect(await takeCalls(db, LIMITS, 50, after(-3_600_000))).toMatchObject({ granted: 50 });
});
