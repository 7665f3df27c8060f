/** A database of its own for a test file. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

/** `drop` disconnects whoever is still there. */
export type TestDatabase = { connectionString: string; drop(): Promise<void> };

/** A new, migrated and otherwise empty database; `template: 'template0'` gives one without tables. */
export async function createTestDatabase(options: { template?: string } = {}): Promise<TestDatabase> {
  const { connectionString, template } = inject('postgres');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await runOnce(connectionString, `CREATE DATABASE ${name} TEMPLATE ${options.template ?? template}`);
  const url = new URL(connectionString);
  url.pathname = `/${name}`;
  return { connectionString: url.href, drop: () => runOnce(connectionString, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function runOnce(connectionString: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
