/** Makes the folder in which the embedded PostgreSQL keeps its data, once, so that a crash in the middle leaves nothing half made. */
import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, chown, link, mkdir, readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartError } from '../../basics/errors.ts';
import { explainPostgres } from './explain-postgres.ts';
import { type PostgresBinaries, runProgram } from './postgres-binaries.ts';
import type { ServerAccount } from './server-account.ts';

const DRAFT = 'postgres.new-';

/** What is needed to run and to enter a cluster. `dataDir` is absolute; the cluster is the folder `postgres` in it. */
export type Cluster = {
  dataDir: string;
  clusterDir: string;
  password: string;
  binaries: PostgresBinaries;
  account?: ServerAccount;
  isDurable: boolean;
};

/** Where the cluster of a data folder is. */
export function clusterDirOf(dataDir: string): string {
  return join(dataDir, 'postgres');
}

/**
 * The cluster in `dataDir`, made if it is not there: UTF-8, sorted by code point, checksums on, password in a file for its owner alone.
 * Two processes may do this at once: both end up with the same cluster. Throws `StartError`.
 */
export async function openCluster(
  path: string,
  host: Pick<Cluster, 'binaries' | 'account' | 'isDurable'>,
): Promise<Cluster> {
  const { binaries, account } = host;
  try {
    // A folder made here is its owner's alone; a server with an account of its own may pass through it and see nothing. One that was
    // there keeps the mode its owner gave it.
    if (await mkdir(path, { recursive: true, mode: 0o700 })) await chmod(path, account ? 0o711 : 0o700);
    const dataDir = await realpath(path); // as the server will report it
    const clusterDir = clusterDirOf(dataDir);
    const isNew = !(await exists(clusterDir));
    const passwordFile = join(dataDir, 'postgres-password');
    if (isNew) await createPassword(passwordFile, account);
    else if (!(await exists(passwordFile))) {
      throw new StartError(
        `${passwordFile} is missing: without it nobody can enter the database in ${clusterDir}. Restore it.`,
      );
    }
    const password = (await readFile(passwordFile, 'utf8')).trim();
    const cluster = { dataDir, clusterDir, password, ...host };
    if (isNew) await createCluster(cluster, passwordFile);
    return cluster;
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw await explainPostgres(String(error), { clusterDir: clusterDirOf(path), program: binaries.initdb, account });
  }
}

/** Removes what creations that were cut off left behind. For the owner of the cluster only. */
export async function removeDrafts(dataDir: string): Promise<void> {
  const drafts = (await readdir(dataDir)).filter((name) => name.startsWith(DRAFT));
  for (const draft of drafts) await rm(join(dataDir, draft), { recursive: true, force: true });
}

async function createPassword(file: string, account?: ServerAccount): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' });
  if (account) await chown(draft, account.uid, account.gid); // initdb reads it under that account
  // A link appears complete or not at all, and never replaces a password that another process has put there.
  await link(draft, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(draft);
}

async function createCluster(cluster: Cluster, passwordFile: string): Promise<void> {
  const { dataDir, clusterDir, binaries, account, isDurable } = cluster;
  const draft = join(dataDir, DRAFT + randomUUID());
  const scene = { clusterDir, program: binaries.initdb, account };
  await mkdir(draft, { mode: 0o700 });
  if (account) await chown(draft, account.uid, account.gid);
  try {
    const flags = [
      '--username=postgres',
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--no-locale',
      '--no-instructions',
    ];
    // PostgreSQL's own locale: the order never changes with the operating system's library, so indexes stay right everywhere.
    const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
    const paths = [`--pgdata=${draft}`, `--pwfile=${passwordFile}`, ...(isDurable ? [] : ['--no-sync'])];
    const made = await runProgram(binaries.initdb, [...paths, ...flags, ...locale], { folder: dataDir, account });
    // Another process may have been faster; as the owner it has then removed this draft, finished or not.
    const isThere = () => exists(join(clusterDir, 'PG_VERSION'));
    if (made.code !== 0 && !(await isThere())) throw await explainPostgres(made.output, scene);
    await rename(draft, clusterDir).catch(async (error) => {
      if (!(await isThere())) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
}
