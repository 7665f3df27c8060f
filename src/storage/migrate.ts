/** Brings the database to the shape this version of the program needs. */
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { StartError } from '../basics/errors.ts';
import type { Logger } from '../basics/log.ts';
import { createSchemaEngine, NO_FILTERS, readMigrations } from './schema-engine.ts';
import { claimDatabase, refuseForeignDatabase } from './tenant.ts';

const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));
const MIGRATION_LOCK = 7_301_002;

/** `appId`: the app that is to work on this database, and nobody else from then on. `folder`: the product's own unless said. */
export type MigrateOptions = { appId?: string; folder?: string };

/**
 * Applies the migrations that the database does not have yet, and gives their names.
 *
 * All of them in one transaction: a failure or a crash leaves the database as it was and nothing to clean up. Any number of
 * processes may call it at once: one works, the others wait and find nothing to do. A database that is ahead is left alone.
 * Throws `StartError` when the database cannot be reached, belongs to another app, or a migration fails.
 */
export async function migrate(
  connectionString: string,
  log: Logger,
  { appId, folder = MIGRATIONS }: MigrateOptions = {},
): Promise<string[]> {
  // One connection for everything, never closed between two statements: that is what makes it one transaction.
  const pool = new pg.Pool({ connectionString, max: 1, idleTimeoutMillis: 0, connectionTimeoutMillis: 30_000 });
  pool.on('error', () => undefined); // the statement that fails next says so
  try {
    await pool.query('BEGIN').catch((error) => {
      throw new StartError(
        `The database cannot be used: ${reasonOf(error)}. Check DATABASE_URL and that PostgreSQL is running.`,
      );
    });
    await pool.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    if (appId) await refuseForeignDatabase(pool, appId);
    const names = await applyAll(pool, folder);
    if (appId) await claimDatabase(pool, appId);
    await pool.query('COMMIT');
    log.info({ applied: names }, names.length > 0 ? 'database migrated' : 'database is up to date');
    return names;
  } finally {
    await pool.end(); // without COMMIT this undoes everything
  }
}

async function applyAll(pool: pg.Pool, folder: string): Promise<string[]> {
  let scriptError: unknown;
  const engine = await createSchemaEngine(pool, (error) => {
    scriptError = error;
  });
  try {
    const migrationsList = await readMigrations(folder);
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: NO_FILTERS });
    return appliedMigrationNames;
  } catch (error) {
    const reason = reasonOf(scriptError ?? error);
    throw new StartError(
      `The database could not be migrated: ${reason}. Nothing was changed. Start the version that ran before, or correct the migration.`,
      { cause: scriptError ?? error },
    );
  } finally {
    engine.free();
  }
}

/** One line without the values that PostgreSQL puts into a message's details. An unreachable host has a code and no message. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  return error.message.split('\n')[0] || code || error.name;
}
