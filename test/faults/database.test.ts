/** What a running bot does when its database breaks the connections, or turns it away for good. Real processes. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createTestDatabase } from '../storage/test-database.ts';
import { runBot } from './support/bot-process.ts';
import { settingsFor, startDetachment } from './support/detachment.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 }); // the minute of patience, and real processes

test('connections that break, all at once and many times: it goes on', async () => {
  const { connectionString, breakConnections } = await createAccount();
  const emulator = await startDetachment();
  const bot = runBot({ ...settingsFor(emulator), DATABASE_URL: connectionString });
  const url = await bot.url;
  for (let round = 0; round < 10; round++) {
    await breakConnections();
    const readiness = async () => (await fetch(`${url}/readyz`)).status;
    await vi.waitFor(async () => expect(await readiness()).toBe(200), { timeout: 20_000, interval: 100 });
  }
  bot.kill('SIGTERM');
  expect(await bot.ended).toEqual({ code: 0, signal: null });
});

test('another password while it runs: a few lines in the log, and after a minute an end with a sentence', async () => {
  const { connectionString, changePassword } = await createAccount();
  const emulator = await startDetachment();
  const bot = runBot({ ...settingsFor(emulator), DATABASE_URL: connectionString });
  await bot.url;
  await changePassword();
  expect(await bot.ended).toEqual({ code: 1, signal: null });
  expect(bot.said()).toMatch(
    /The database turns this program away for good: password authentication failed .*\. Check DATABASE_URL and start again\./,
  );
  expect(bot.said().split('\n').length).toBeLessThan(60);
});

/** A database that belongs to an account of its own. */
async function createAccount() {
  const database = await createTestDatabase({ template: 'template0' });
  const name = `bot_${randomUUID().replaceAll('-', '')}`;
  const admin = new pg.Client({ connectionString: database.connectionString });
  await admin.connect();
  onTestFinished(async () => {
    await admin.query(`DROP OWNED BY ${name} CASCADE`);
    await admin.query(`ALTER DATABASE ${admin.database} OWNER TO postgres`);
    await admin.query(`DROP ROLE ${name}`);
    await admin.end();
    await database.drop();
  });
  await admin.query(`CREATE ROLE ${name} LOGIN PASSWORD 'right'`);
  await admin.query(`ALTER DATABASE ${admin.database} OWNER TO ${name}`);
  const url = new URL(database.connectionString);
  url.username = name;
  url.password = 'right';
  const breakConnections = async () => {
    await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1', [name]);
  };
  return {
    connectionString: url.href,
    breakConnections,
    changePassword: async () => {
      await admin.query(`ALTER ROLE ${name} PASSWORD 'changed'`);
      await breakConnections();
    },
  };
}
