/** The bot is killed at any point of a digest and started again: exactly one card for each leader, nothing counted twice. */
import { expect, test, vi } from 'vitest';
import { openDatabase } from '../../src/storage/database.ts';
import { writeWeek } from '../features/weekly-digest/sample-weeks.ts';
import { runBot } from './support/bot-process.ts';
import { connectionStringOf, makeDataDir } from './support/data-dir.ts';
import { settingsFor, startDetachment } from './support/detachment.ts';
import { watchTaskCards } from './support/task-cards.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 60_000 }); // real processes

test('a bot may be killed while the digest is compiled and while it is written', async () => {
  const dataDir = await makeDataDir();
  const emulator = await startDetachment();
  const cards = watchTaskCards(emulator, '导出周报');
  const settings = { ...settingsFor(emulator), DATA_DIR: dataDir };
  const start = async () => {
    const bot = runBot(settings);
    emulator.pushTo(`${await bot.url}/webhook/event`);
    const db = openDatabase(await connectionStringOf(dataDir), () => undefined, 2);
    const kill = async () => {
      bot.kill('SIGKILL', 'group');
      await bot.ended;
      await db.close().catch(() => undefined);
    };
    return { bot, db, kill };
  };
  const until = (isSo: () => Promise<boolean>) =>
    vi.waitFor(async () => expect(await isSo()).toBe(true), { timeout: 60_000, interval: 20 });

  let { bot, db, kill } = await start();
  await db.sql`SELECT 1`;
  const monday = new Date(Math.floor((Date.now() - 345_600_000) / 604_800_000 - 1) * 604_800_000 + 345_600_000);
  await writeWeek(db, 1, monday.toISOString().slice(0, 10));
  await db.sql`
    INSERT INTO pending_job (id, feature, job, payload, "dueAt") VALUES (gen_random_uuid(), 'weekly-digest', 'start', '{"slot": "2020-01-01T00:00:00.000Z"}', now())`;
  const count = async (query: Promise<{ count: number }[]>) => (await query)[0]?.count ?? 0;
  await until(async () => (await count(db.sql`SELECT count(*)::int AS count FROM digest_run`)) > 0);
  await kill();

  ({ bot, db, kill } = await start());
  await until(
    async () =>
      (await count(db.sql`SELECT count(*)::int AS count FROM digest_chapter WHERE "compiledAt" IS NOT NULL`)) > 0,
  );
  await kill();

  for (const arrived of [1, 5]) {
    ({ bot, db, kill } = await start());
    await cards.at(arrived, () => bot.kill('SIGKILL', 'group'));
    await kill();
  }

  ({ bot, db, kill } = await start());
  const leaders = (
    await db.sql<{
      id: string;
    }>`SELECT DISTINCT "personId" AS id FROM role_assignment WHERE role = 'leader' AND until IS NULL ORDER BY 1`
  ).map(({ id }) => id);
  await cards.at(leaders.length, () => {});
  await until(
    async () =>
      (await count(db.sql`SELECT count(*)::int AS count FROM digest_run WHERE "deliveredAt" IS NOT NULL`)) === 1,
  );
  await until(
    async () =>
      (await count(db.sql`SELECT count(*)::int AS count FROM delivery WHERE state NOT IN ('sent', 'dropped')`)) === 0,
  );
  expect([...cards.byPerson.keys()].sort()).toEqual(leaders.toSorted());
  expect([...cards.byPerson.values()].filter((ids) => ids.length !== 1)).toEqual([]);
  expect(await db.sql`SELECT section, count(*)::int AS parts FROM digest_part GROUP BY 1 ORDER BY 1`).toEqual(
    ['heat-supplies', 'monthly-star', 'quizzes', 'study-sessions', 'study-tasks'].map((section) => ({
      section,
      parts: 30,
    })),
  );
  const [sum] = await db.sql<{ told: number; counted: number }>`
    SELECT (SELECT (total ->> 'done')::int FROM digest_part JOIN unit ON unit.id = "groupId" AND unit."parentId" IS NULL WHERE section = 'study-tasks') AS told,
      (SELECT count(*)::int FROM part a JOIN publication t ON t.id = a."publicationId", digest_run r
        WHERE a."doneAt" >= r."from" AND a."doneAt" < r.until AND (t."endedAt" IS NULL OR t."endedAt" >= r.until)) AS counted`;
  expect(sum?.told).toBe(sum?.counted);
  await db.close();
});
