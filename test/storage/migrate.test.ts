/** Migrations are applied once, by one process, wholly or not at all; and they amount to the data model. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { StartError } from '../../src/basics/errors.ts';
import { createLog } from '../../src/basics/log.ts';
import { migrate } from '../../src/storage/migrate.ts';
import { compareModels, readMigrations, readModels } from '../../src/storage/schema-engine.ts';
import { runFile } from './child-process.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

const PRISMA = fileURLToPath(new URL('../../prisma', import.meta.url));
vi.setConfig({ testTimeout: 60_000 });
const log = createLog('silent');
let folder: string;
let empty: TestDatabase;
let pool: pg.Pool;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jingxin-migrations-'));
  empty = await createTestDatabase({ template: 'template0' });
  pool = new pg.Pool({ connectionString: empty.connectionString });
});

afterEach(async () => {
  await pool.end();
  await empty.drop();
  await rm(folder, { recursive: true });
});

test('of two processes at once one applies everything and the other nothing; later nobody has anything to do', async () => {
  await write('20260101000000_first', 'CREATE TABLE first (id int); SELECT pg_sleep(1); INSERT INTO first VALUES (1)');
  await write('20260102000000_second', 'CREATE TABLE second (id int)');
  const processes = [1, 2].map(() => runFile<string[]>('./migrate-process.ts', [empty.connectionString, folder]));
  const applied = await Promise.all(processes.map(({ said }) => said));
  expect(applied.toSorted((left, right) => left.length - right.length)).toEqual([
    [],
    ['20260101000000_first', '20260102000000_second'],
  ]);
  expect(await migrate(empty.connectionString, log, { folder })).toEqual([]);
  expect((await pool.query('SELECT * FROM first')).rows).toEqual([{ id: 1 }]);
});

test("keeps Prisma's own record of what was applied", async () => {
  const sql = 'CREATE TABLE first (id int)';
  await write('20260101000000_first', sql);
  await migrate(empty.connectionString, log, { folder });
  const { rows } = await pool.query(
    'SELECT migration_name, checksum, applied_steps_count, rolled_back_at, finished_at IS NOT NULL AS is_finished FROM _prisma_migrations',
  );
  const checksum = createHash('sha256').update(sql).digest('hex');
  expect(rows).toEqual([
    {
      migration_name: '20260101000000_first',
      checksum,
      applied_steps_count: 1,
      rolled_back_at: null,
      is_finished: true,
    },
  ]);
});

test('a migration that fails is named by its error and undoes the whole run, so that the corrected one just works', async () => {
  await write('20260101000000_first', 'CREATE TABLE first (id int)');
  await write('20260102000000_second', 'CREATE TABLE second (id int); CREATE TABLE second (id int)');
  const failed = migrate(empty.connectionString, log, { folder });
  await expect(failed).rejects.toBeInstanceOf(StartError);
  await expect(failed).rejects.toThrow(/relation "second" already exists.*Nothing was changed/);
  const { rows } = await pool.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
  expect(rows).toEqual([]);
  await write('20260102000000_second', 'CREATE TABLE second (id int)');
  expect(await migrate(empty.connectionString, log, { folder })).toHaveLength(2);
});

test('semicolons inside of strings, comments and functions stay where they are', async () => {
  await write(
    '20260101000000_function',
    `-- one; two
     CREATE FUNCTION greet() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN 'a;b'; END $$;`,
  );
  await migrate(empty.connectionString, log, { folder });
  expect((await pool.query('SELECT greet()')).rows).toEqual([{ greet: 'a;b' }]);
});

test('a database that cannot be reached is said to be so, without its password', async () => {
  const nobody = new URL(empty.connectionString);
  nobody.port = '1';
  const failed = migrate(nobody.href, log, { folder });
  await expect(failed).rejects.toThrow(/cannot be used: .*ECONNREFUSED.*DATABASE_URL/);
  await expect(failed).rejects.not.toThrow(nobody.password);
});

test('the migrations of the project amount to prisma/schema: after a change run npm run migration -- <name>', async () => {
  const content = await readFile(join(PRISMA, 'migrations', 'schema.prisma'), 'utf8');
  const models = await readModels(join(PRISMA, 'schema'));
  const unwritten = await compareModels(pool, [{ path: 'schema.prisma', content }], models);
  expect(unwritten, 'prisma/schema has changed: run npm run migration -- what-changed').toBeUndefined();

  const migrated = await createTestDatabase();
  await pool.query((await compareModels(pool, [], models)) ?? '');
  const client = new pg.Client({ connectionString: migrated.connectionString });
  await client.connect();
  const [made, wanted] = [await describe(client), await describe(pool)];
  await client.end();
  await migrated.drop();
  expect(wanted.length).toBeGreaterThan(20);
  // What was added by hand in a migration is welcome; that a list is never null, Prisma cannot say.
  const sayable = made.map((line) => line.replace(/ ARRAY NO\b/, ' ARRAY YES'));
  expect(sayable).toEqual(expect.arrayContaining(wanted));
});

test('migrations are read oldest first', async () => {
  await write('20260102000000_b', 'B');
  await write('20260101000000_a', 'A');
  const { migrationDirectories } = await readMigrations(folder);
  expect(migrationDirectories.map(({ path }) => path)).toEqual(['20260101000000_a', '20260102000000_b']);
});

async function write(name: string, sql: string): Promise<void> {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, 'migration.sql'), sql);
}

/** Every column, index and constraint on a line of its own. */
async function describe(db: pg.Pool | pg.Client): Promise<string[]> {
  const { rows } = await db.query(`
    SELECT concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default) AS line
      FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'
    UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'
    UNION ALL SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
      WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> '_prisma_migrations'`);
  return rows.map(({ line }) => line);
}
