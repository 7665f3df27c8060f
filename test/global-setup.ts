/** One PostgreSQL for the whole test run, migrated once into a template from which each test file gets its own database. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { createLog } from '../src/basics/log.ts';
import { openQueues } from '../src/queue/queues.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../src/storage/embedded/embedded-postgres.ts';
import { migrate } from '../src/storage/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The cluster of this test run, and the database in it that is only copied. */
    postgres: { connectionString: string; template: string };
  }
}

let dataDir: string | undefined;
let postgres: EmbeddedPostgres | undefined;

/** Runs before all tests. */
export async function setup(project: TestProject): Promise<void> {
  const log = createLog('warn');
  dataDir = await mkdtemp(join(tmpdir(), 'jingxin-test-'));
  await chmod(dataDir, 0o711); // PostgreSQL may run as another user than the tests
  postgres = await startEmbeddedPostgres({ dataDir, log, isDurable: false });
  const template = 'template_jingxin';
  const client = new pg.Client({ connectionString: postgres.connectionString });
  await client.connect();
  await client.query(`CREATE DATABASE ${template}`);
  await client.end();
  const url = new URL(postgres.connectionString);
  url.pathname = `/${template}`;
  await migrate(url.href, log);
  // The queue's tables too: making them anew would be half of what opening a house costs.
  const queues = await openQueues({ databaseUrl: url.href, log });
  await queues.close();
  project.provide('postgres', { connectionString: postgres.connectionString, template });
}

/** Runs after all tests. */
export async function teardown(): Promise<void> {
  await postgres?.stop();
  if (dataDir) await rm(dataDir, { recursive: true, force: true });
}
