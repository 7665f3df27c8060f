/** A start on somebody else's database, or where others can connect, is refused before it does anything. Real processes. */
import pg from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createTestDatabase } from '../storage/test-database.ts';
import { findFreePorts, runBot } from './support/bot-process.ts';
import { makeDataDir } from './support/data-dir.ts';
import { settingsFor, startDetachment } from './support/detachment.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 }); // real processes on a busy machine

test('a restart without the app id, or as the emulator, harms nobody in the database', async () => {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  const emulator = await startDetachment();
  const { FEISHU_APP_ID, FEISHU_APP_SECRET, ...others } = settingsFor(emulator);
  const DATABASE_URL = database.connectionString;
  const bot = runBot({
    FEISHU_APP_ID: `${FEISHU_APP_ID}`,
    FEISHU_APP_SECRET: `${FEISHU_APP_SECRET}`,
    ...others,
    DATABASE_URL,
  });
  await bot.url;
  bot.kill('SIGTERM');
  await bot.ended;
  const before = await readPeople(DATABASE_URL);
  expect(before).toHaveLength(400);

  const settings = { ...others, DATABASE_URL, DATA_DIR: await makeDataDir() };
  await expectRefusal(settings, /FEISHU_APP_ID is needed together with DATABASE_URL/);
  await expectRefusal(
    { ...settings, EMULATOR: 'on' },
    /belongs to the app cli_\w+, and this is a start of the emulator/,
  );
  expect(await readPeople(DATABASE_URL)).toEqual(before);
});

test('a start on every address of the machine without an app is refused', async () => {
  const settings = { HOST: '0.0.0.0', DATA_DIR: await makeDataDir(), PORT: String(await findFreePorts()) };
  await expectRefusal(settings, /FEISHU_APP_ID is needed where others can connect/);
});

async function expectRefusal(settings: Record<string, string>, said: RegExp): Promise<void> {
  const bot = runBot(settings);
  expect(await bot.ended).toEqual({ code: 1, signal: null });
  expect(bot.said()).toMatch(said);
  expect(bot.said()).not.toMatch(/^\s+at /m); // no stack
}

async function readPeople(connectionString: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query(`
      SELECT p.id, p.name, p.status, (SELECT array_agg(r.role || r.source || COALESCE(r.until::text, '') ORDER BY r.id) FROM role_assignment r
        WHERE r."personId" = p.id) AS roles FROM person p ORDER BY p.id`);
    return rows;
  } finally {
    await client.end();
  }
}
