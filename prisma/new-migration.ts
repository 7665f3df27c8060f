/**
 * Writes what has changed in `prisma/schema` as a new migration: `npm run migration -- add-quizzes`. Read the SQL before committing it.
 *
 * `prisma/migrations/schema.prisma` is the data model that the migrations amount to so far; the new one is compared with it, because
 * Prisma's engine cannot read the shape of a PostgreSQL 18 database (https://github.com/prisma/orm/issues/29635).
 */
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, exit } from 'node:process';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { now } from '../src/basics/clock.ts';
import { StartError } from '../src/basics/errors.ts';
import { createLog } from '../src/basics/log.ts';
import { startEmbeddedPostgres } from '../src/storage/embedded/embedded-postgres.ts';
import { migrate } from '../src/storage/migrate.ts';
import { compareModels, readModels } from '../src/storage/schema-engine.ts';

const MIGRATIONS = fileURLToPath(new URL('./migrations', import.meta.url));
const SCHEMA = fileURLToPath(new URL('./schema', import.meta.url));
const SNAPSHOT = join(MIGRATIONS, 'schema.prisma');

const name = argv[2] ?? '';
if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) {
  console.error('Give the migration a name in kebab-case: npm run migration -- add-quizzes');
  exit(1);
}
await writeMigration(name).catch((error) => {
  console.error(error instanceof StartError ? error.message : error);
  exit(1);
});

async function writeMigration(title: string): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'jingxin-migration-'));
  await chmod(dataDir, 0o711);
  const log = createLog('warn');
  const postgres = await startEmbeddedPostgres({ dataDir, log, isDurable: false });
  try {
    const models = await readModels(SCHEMA);
    const pool = new pg.Pool({ connectionString: postgres.connectionString });
    const sql = await compareModels(pool, await readSnapshot(), models).finally(() => pool.end());
    if (!sql) return console.log('The migrations already amount to prisma/schema: there is nothing to write.');
    const stamp = now().toISOString().replace(/\D/g, '').slice(0, 14);
    const folder = join(MIGRATIONS, `${stamp}_${title.replaceAll('-', '_')}`);
    await mkdir(folder);
    await writeFile(join(folder, 'migration.sql'), sql);
    try {
      await migrate(postgres.connectionString, log); // all of them on an empty database, the new one last
    } catch (error) {
      await rm(folder, { recursive: true });
      throw error;
    }
    await writeFile(
      SNAPSHOT,
      models
        .map((model) => model.content.trim())
        .join('\n\n')
        .concat('\n'),
    );
    console.log(`Written: ${join(folder, 'migration.sql')}`);
  } finally {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function readSnapshot(): Promise<{ path: string; content: string }[]> {
  const content = await readFile(SNAPSHOT, 'utf8').catch(() => undefined); // not there before the first migration
  return content === undefined ? [] : [{ path: 'schema.prisma', content }];
}
