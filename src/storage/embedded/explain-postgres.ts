/** Turns what PostgreSQL or the file system said when it could not start into a sentence that says what to do. */
import { StartError } from '../../basics/errors.ts';
import { findClosedFolder, type ServerAccount } from './server-account.ts';

/** Where something failed: the folder of the cluster, the program that was run, and the account it ran under. */
export type Scene = { clusterDir: string; program: string; account?: ServerAccount };

const OWN_DATABASE = 'or set DATABASE_URL to a PostgreSQL of your own';

/** The first expression that fits wins: running out of shared memory also says "No space left on device". */
const CAUSES: [said: RegExp, sentence: (folder: string) => string][] = [
  [
    /pre-existing shared memory/,
    (folder) => `Processes of an earlier PostgreSQL still use ${folder}. End them (postgres) and start again.`,
  ],
  [
    /could not \w+ [^\n]*(shared memory|semaphores)/i,
    () =>
      `PostgreSQL did not get the shared memory it needs. Give the machine or container more of it (/dev/shm), ${OWN_DATABASE}.`,
  ],
  [
    /no space left|ENOSPC|check free disk space|quota exceeded|EDQUOT|file too large|file size limit|EFBIG/i,
    (folder) =>
      `The disk is full, or a limit on file sizes is too small: ${folder} cannot be written. Make room (300 MB to begin with) and start again.`,
  ],
  [
    /read-only file system|EROFS/i,
    (folder) => `${folder} cannot be written: its disk is read-only. Set DATA_DIR to a folder that can be written.`,
  ],
  [
    /wrong ownership|could not change permissions/i,
    (folder) =>
      `${folder} belongs to another user. Start as the user it belongs to, or give it to the one who starts (chown -R).`,
  ],
  [
    /incompatible with server|not compatible with this version/i,
    (folder) =>
      `${folder} was written by another version of PostgreSQL. Dump it with that version (pg_dump) and restore it into a new DATA_DIR.`,
  ],
  [
    /loading shared libraries|library not loaded/i,
    () => `PostgreSQL's libraries are incomplete. Run npm rebuild, ${OWN_DATABASE}.`,
  ],
];

/** A `StartError` for what was said; PostgreSQL's own words follow when no sentence of ours fits. */
export async function explainPostgres(said: string, scene: Scene): Promise<StartError> {
  if (/permission denied|EACCES|EPERM|could not access directory/i.test(said)) return explainRefusal(said, scene);
  const known = CAUSES.find(([pattern]) => pattern.test(said));
  if (known) return new StartError(known[1](scene.clusterDir), { cause: said });
  return new StartError(`The embedded PostgreSQL in ${scene.clusterDir} does not start:\n${said.trim()}`);
}

async function explainRefusal(said: string, { clusterDir, program, account }: Scene): Promise<StartError> {
  const paths = said.includes(program) ? [program, clusterDir] : [clusterDir, program];
  const [closed] = (await Promise.all(paths.map((path) => findClosedFolder(path, account)))).filter(Boolean);
  const folder = closed ?? clusterDir;
  const advice = account
    ? `PostgreSQL cannot run as root and runs as user number ${account.uid}, who may not use ${folder}. Open that folder (chmod o+x), ` +
      'keep the project and DATA_DIR out of closed folders such as /root, start as an ordinary user'
    : `The user who starts this may not use ${folder}. Give it to that user (chown -R), set DATA_DIR to another folder`;
  return new StartError(`${advice}, ${OWN_DATABASE}.`, { cause: said });
}
