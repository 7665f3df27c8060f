/**
 * Generates the database client into `src/storage/generated`, after every `npm ci`.
 *
 * Prisma would first download a schema engine that generating does not use. Naming any program that exists keeps it from doing so.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { env, execPath, exit } from 'node:process';
import { fileURLToPath } from 'node:url';

const prisma = createRequire(import.meta.url).resolve('prisma/build/index.js');
const schema = fileURLToPath(new URL('./schema', import.meta.url));
const settings = { PRISMA_SCHEMA_ENGINE_BINARY: execPath, CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' };
const made = spawnSync(execPath, [prisma, 'generate', `--schema=${schema}`, '--no-hints'], {
  env: { ...env, ...settings },
  stdio: 'inherit',
});
exit(made.status ?? 1);
