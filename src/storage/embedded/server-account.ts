/** Who the embedded PostgreSQL runs as: it refuses to run as root, so root needs a system user for it. */
import { execFile } from 'node:child_process';
import { access, constants, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { getuid } from 'node:process';
import { promisify } from 'node:util';
import { StartError } from '../../basics/errors.ts';

const execute = promisify(execFile);
const USER = 'postgres';

/** A user and group by their numbers. */
export type ServerAccount = { uid: number; gid: number };

/**
 * The account for PostgreSQL when this process is root, or undefined when PostgreSQL may run as whoever runs this process.
 * An existing cluster keeps its owner; otherwise it is the system user `postgres`, which is created where it is missing.
 * Throws `StartError` when it cannot be created.
 */
export async function findServerAccount(clusterDir: string): Promise<ServerAccount | undefined> {
  if (getuid?.() !== 0) return undefined;
  const owner = await stat(clusterDir).catch(() => undefined);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const found = await lookUp();
  if (found) return found;
  const details = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin'];
  await execute('useradd', [...details, USER]).catch(() => undefined); // two processes may try: what counts is that it is there
  const created = await lookUp();
  if (created) return created;
  throw new StartError(
    `PostgreSQL does not run as root, and the system user "${USER}" could not be created. Start as an ordinary user, ` +
      `create "${USER}", or set DATABASE_URL to a PostgreSQL of your own.`,
  );
}

/**
 * The first folder on the way to `path` (itself included, from the top) that the server may not enter; undefined when all are open
 * or not there yet. Judged by the mode bits, so it is good for explaining a refusal and not for predicting one.
 */
export async function findClosedFolder(path: string, account?: ServerAccount): Promise<string | undefined> {
  const parent = dirname(path);
  const above = parent === path ? undefined : await findClosedFolder(parent, account);
  if (above) return above;
  const isOpen = account ? await mayEnter(path, account) : await isReachable(path);
  return isOpen ? undefined : path;
}

async function lookUp(): Promise<ServerAccount | undefined> {
  try {
    const [uid, gid] = await Promise.all([execute('id', ['-u', USER]), execute('id', ['-g', USER])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

async function mayEnter(path: string, account: ServerAccount): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return true;
  const bit = found.uid === account.uid ? 0o100 : found.gid === account.gid ? 0o010 : 0o001;
  return (found.mode & bit) !== 0;
}

function isReachable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
  );
}
