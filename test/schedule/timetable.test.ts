/** The durable timetable: every run once, whoever beats and however long nobody did. */
import { expect, it, onTestFinished } from 'vitest';
import { createCalendar } from '../../src/calendar/create-calendar.ts';
import { nextRun, runDueEntries, writeTimetable } from '../../src/schedule/timetable.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { createTestDatabase } from '../storage/test-database.ts';

const calendar = createCalendar({ timeZone: 'Asia/Shanghai' });
const daily = { feature: 'study-tasks', entry: { name: 'daily', cron: '30 9 * * *', job: 'remind' } };
const at = (text: string) => new Date(`${text}:00+08:00`);

async function openTimetable() {
  const test = await createTestDatabase();
  const db = openDatabase(test.connectionString, () => {});
  onTestFinished(async () => {
    await db.close();
    await test.drop();
  });
  await writeTimetable(db, [daily], at('2026-11-23T08:00'), calendar);
  const slots = async () =>
    (await db.sql<{ key: string }>`SELECT key FROM pending_job ORDER BY key`).map(({ key }) => key);
  return { db, slots };
}

it('counts in the configured time zone, and skips days off where asked', () => {
  expect(nextRun(daily.entry, at('2026-11-23T09:30'), calendar)).toEqual(at('2026-11-24T09:30'));
  expect(nextRun({ ...daily.entry, onlyOnWorkdays: true }, at('2026-11-27T10:00'), calendar)).toEqual(
    at('2026-11-30T09:30'),
  );
});

it('runs each entry once, though many processes beat at the same moment', async () => {
  const { db, slots } = await openTimetable();
  expect(await runDueEntries(db, [daily], at('2026-11-23T09:29'), calendar)).toBe(0);
  await Promise.all(Array.from({ length: 8 }, () => runDueEntries(db, [daily], at('2026-11-23T09:31'), calendar)));
  expect(await slots()).toEqual(['tick:study-tasks/daily@2026-11-23T01:30:00.000Z']);
});

it('catches up once after a weekend off, and goes on from there', async () => {
  const { db, slots } = await openTimetable();
  await runDueEntries(db, [daily], at('2026-11-30T10:00'), calendar);
  await runDueEntries(db, [daily], at('2026-11-30T10:01'), calendar);
  expect(await slots()).toHaveLength(1);
  await runDueEntries(db, [daily], at('2026-12-01T09:30'), calendar);
  expect(await slots()).toHaveLength(2);
});

it('takes a changed expression from now on, and forgets an entry that is gone', async () => {
  const { db } = await openTimetable();
  const later = { ...daily, entry: { ...daily.entry, cron: '0 15 * * *' } };
  await writeTimetable(db, [later], at('2026-11-23T08:00'), calendar);
  expect(await db.sql`SELECT "nextRunAt" FROM timetable`).toEqual([{ nextRunAt: at('2026-11-23T15:00') }]);
  await writeTimetable(db, [], at('2026-11-23T08:00'), calendar);
  expect(await db.sql`SELECT 1 FROM timetable`).toEqual([]);
});
