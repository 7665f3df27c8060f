/** A DATA_DIR for a bot that runs as a process, and a way to its database. */
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kill } from 'node:process';
import { onTestFinished } from 'vitest';

/** A folder that goes away with the test, and the database in it first. */
export async function makeDataDir(): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'jingxin-kill-'));
  await chmod(parent, 0o711); // PostgreSQL may run as another user than the tests
  const dataDir = join(parent, 'data');
  onTestFinished(async () => {
    const pid = Number((await readPidFile(dataDir))[0]);
    if (pid > 0) endProcess(pid);
    await rm(parent, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  });
  return dataDir;
}

/** The database in it, while it runs. */
export async function connectionStringOf(dataDir: string): Promise<string> {
  const password = (await readFile(join(dataDir, 'postgres-password'), 'utf8')).trim();
  const port = (await readPidFile(dataDir))[3];
  return `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
}

/** The lines of PostgreSQL's pid file: process, folder, start, port; empty when none runs. */
export async function readPidFile(dataDir: string): Promise<string[]> {
  return (await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
}

function endProcess(pid: number): void {
  try {
    kill(pid, 'SIGQUIT');
  } catch {
    // it has ended by itself meanwhile
  }
}
