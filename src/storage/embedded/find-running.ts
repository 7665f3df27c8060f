/** The way into the embedded PostgreSQL of a product that runs, for a tool beside it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clusterDirOf } from './create-cluster.ts';
import { readPidFile } from './hold-cluster.ts';

/** The connection string of the server that runs in this data folder; undefined where none does, or its password cannot be read. */
export async function findRunning(dataDir: string): Promise<string | undefined> {
  const running = await readPidFile({ clusterDir: clusterDirOf(dataDir) });
  const password = await readFile(join(dataDir, 'postgres-password'), 'utf8').catch(() => '');
  return running && password !== ''
    ? `postgresql://postgres:${password.trim()}@127.0.0.1:${running.port}/postgres`
    : undefined;
}
