/** Prisma's own schema engine as WebAssembly: nothing is downloaded, and `prisma migrate deploy` agrees with what it did. */
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { MigrationList, SchemaContainer, SchemaEngine } from '@prisma/schema-engine-wasm';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import type pg from 'pg';

let loaded: Promise<void> | undefined;

/** No table is kept from the engine. */
export const NO_FILTERS = { externalTables: [], externalEnums: [] };

/**
 * An engine that works through `pool`. `onScriptError` hears why a migration's SQL failed: the engine itself may fail afterwards,
 * while writing that down, and then speaks of nothing else. Free the engine after use.
 */
export async function createSchemaEngine(
  pool: pg.Pool,
  onScriptError: (error: unknown) => void,
): Promise<SchemaEngine> {
  loaded ??= loadEngine();
  await loaded;
  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    // The adapter would cut a script at every semicolon, those in strings, comments and function bodies too.
    adapter.executeScript = async (script) => {
      await pool.query(script).catch((error) => {
        onScriptError(error);
        throw error;
      });
    };
    return adapter;
  };
  const ignoreLog = () => undefined; // the engine logs whole scripts
  return bindings.SchemaEngine.new({ datamodels: undefined }, ignoreLog, bindMigrationAwareSqlAdapterFactory(factory));
}

/** The SQL that leads from one data model to another (an empty one is an empty list); undefined when they are the same. */
export async function compareModels(
  pool: pg.Pool,
  before: SchemaContainer[],
  after: SchemaContainer[],
): Promise<string | undefined> {
  const engine = await createSchemaEngine(pool, () => undefined);
  try {
    const from = before.length > 0 ? { tag: 'schemaDatamodel' as const, files: before } : { tag: 'empty' as const };
    const to = { tag: 'schemaDatamodel' as const, files: after };
    const { exitCode, stdout } = await engine.diff({ from, to, script: true, exitCode: true, filters: NO_FILTERS });
    return exitCode === 2 && stdout ? stdout : undefined;
  } finally {
    engine.free();
  }
}

/** The migrations in a folder (`<timestamp>_<name>/migration.sql`), oldest first, as the engine wants them. */
export async function readMigrations(folder: string): Promise<MigrationList> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const migrationDirectories = await Promise.all(
    names.sort().map(async (path) => {
      const value = await readFile(join(folder, path, 'migration.sql'), 'utf8');
      return { path, migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value } } };
    }),
  );
  const lockfile = { path: 'migration_lock.toml', content: null };
  return { baseDir: folder, lockfile, shadowDbInitScript: '', migrationDirectories };
}

/** The data model: every `.prisma` file of a folder. */
export async function readModels(folder: string): Promise<SchemaContainer[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.prisma')).sort();
  return Promise.all(names.map(async (path) => ({ path, content: await readFile(join(folder, path), 'utf8') })));
}

/** Once per process: the bindings keep hold of the memory of the instance they were first used with. */
async function loadEngine(): Promise<void> {
  const file = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const wasm = await readFile(file.replace(/\.js$/, '.wasm'));
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': { ...bindings } });
  bindings.__wbg_set_wasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start === 'function') start();
  // The engine reports a defect of its own here, and its promise would never settle: better to end with its words.
  const onPanic = (message: string) => {
    throw new Error(`Prisma's schema engine broke down: ${message}`);
  };
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: onPanic } });
}
