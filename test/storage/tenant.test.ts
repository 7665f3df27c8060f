/** A database belongs to the app that came first, for good; whoever else starts on it is refused before anything happens. */
import pg from 'pg';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { StartError } from '../../src/basics/errors.ts';
import { createLog } from '../../src/basics/log.ts';
import { migrate } from '../../src/storage/migrate.ts';
import { EMULATOR_APP_ID } from '../../src/storage/tenant.ts';
import { runFile } from './child-process.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

vi.setConfig({ testTimeout: 60_000 });
const OURS = 'cli_00000000000000aa';
const THEIRS = 'cli_00000000000000bb';
const log = createLog('silent');
let database: TestDatabase;
let pool: pg.Pool;

beforeEach(async () => {
  database = await createTestDatabase({ template: 'template0' });
  pool = new pg.Pool({ connectionString: database.connectionString });
});

afterEach(async () => {
  await pool.end();
  await database.drop();
});

test('the app that came first starts again, every other one is refused, the emulator too', async () => {
  await start(OURS);
  await start(OURS);
  for (const [other, name] of [
    [THEIRS, `the app ${THEIRS}`],
    [EMULATOR_APP_ID, 'the emulator'],
  ] as const) {
    const refused = start(other);
    await expect(refused).rejects.toBeInstanceOf(StartError);
    await expect(refused).rejects.toThrow(
      `belongs to the app ${OURS}, and this is a start of ${name}. Nothing was changed.`,
    );
  }
  expect(await owners()).toEqual([OURS]);
});

test("the emulator's database is no place for an app", async () => {
  await start(EMULATOR_APP_ID);
  await expect(start(OURS)).rejects.toThrow('belongs to the emulator');
});

test('who is refused has not even migrated', async () => {
  await start(OURS);
  await pool.query('DELETE FROM _prisma_migrations'); // as an older version would have left it: everything is still to do
  await expect(start(THEIRS)).rejects.toThrow('belongs to the app');
  expect((await pool.query('SELECT * FROM _prisma_migrations')).rows).toEqual([]);
});

test('a database from before there were owners goes to the first one who starts', async () => {
  await start(OURS);
  await pool.query('DELETE FROM tenant');
  await start(THEIRS);
  expect(await owners()).toEqual([THEIRS]);
});

test('of several apps that start at once one wins; processes of the same app all do', async () => {
  const starts = [OURS, THEIRS, OURS, THEIRS].map((appId) =>
    runFile<{ appId: string; refusal?: string }>('./claim-process.ts', [database.connectionString, appId]),
  );
  const said = await Promise.all(starts.map((one) => one.said));
  const [winner] = await owners();
  for (const { appId, refusal } of said) {
    if (appId === winner) expect(refusal).toBeUndefined();
    else expect(refusal).toMatch(/^StartError: This database belongs to /);
  }
  expect(await owners()).toHaveLength(1);
});

test('there is room for one owner only', async () => {
  await start(OURS);
  await expect(pool.query(`INSERT INTO tenant (id, "appId") VALUES (2, $1)`, [THEIRS])).rejects.toThrow(
    'tenant_is_one_row',
  );
});

function start(appId: string): Promise<string[]> {
  return migrate(database.connectionString, log, { appId });
}

async function owners(): Promise<string[]> {
  return (await pool.query<{ appId: string }>('SELECT "appId" FROM tenant')).rows.map(({ appId }) => appId);
}
