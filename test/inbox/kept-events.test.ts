/** What an event was answered with is kept, whatever stands in it. */
import { expect, it, onTestFinished } from 'vitest';
import { now } from '../../src/basics/clock.ts';
import { keepEvent, keepReply } from '../../src/inbox/kept-events.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { createTestDatabase } from '../storage/test-database.ts';

it('keeps an answer that quotes a text cut in the middle of an emoji', async () => {
  const { connectionString, drop } = await createTestDatabase();
  const db = openDatabase(connectionString, () => {});
  onTestFinished(async () => {
    await db.close();
    await drop();
  });
  const reply = { toast: `看不懂“${'😀'.slice(0, 1)}”这一行` };
  await db.transaction((tx) => keepEvent(tx, 'at-once', now(), reply));
  await db.transaction((tx) => keepEvent(tx, 'later', now(), null));
  await db.transaction((tx) => keepReply(tx, 'later', reply));
  const kept = await db.sql<{ reply: unknown }>`SELECT reply FROM event ORDER BY id`;
  expect(kept.map((event) => event.reply)).toEqual([{ toast: '看不懂“�”这一行' }, { toast: '看不懂“�”这一行' }]);
});
