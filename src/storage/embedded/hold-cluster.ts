/**
 * Makes this process the one owner of a cluster, with the server running.
 *
 * Owning is holding an advisory lock on an open connection: the operating system closes the connection of a process that dies in
 * whatever way, so there is no lock that outlives its owner. PostgreSQL itself lets only one server run in a folder.
 */
import { readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { StartError } from '../../basics/errors.ts';
import type { Cluster } from './create-cluster.ts';
import { explainPostgres, type Scene } from './explain-postgres.ts';
import { type Outcome, runProgram } from './postgres-binaries.ts';
import { STOP_AT_ONCE_MS, stopServer } from './stop-server.ts';

const OWNER_LOCK = 7_301_001;
const POLL_MS = 100;
/** How often a server that is coming up or going down is looked at before giving up: ten minutes. */
const PATIENCE = 6000;
/** How often a start is tried before giving up: at least ten seconds. */
const STARTS = 100;
/** How often nobody may answer where a server is said to be before its pid file counts as stale: two seconds. */
const SILENCE = 20;

/**
 * The owner's connection: when it ends, the server has gone away. `pid` is the server's process. `wasRunning`: a server left by a killed
 * process was taken over.
 */
export type Held = { client: pg.Client; pid: number; port: number; wasRunning: boolean };

/**
 * `port`: the one to use, a free one if not given. `onMessage` gets what the server says while it runs; `signal` ends the attempts, and
 * the server that one of them has started.
 */
export type ServerSettings = {
  port?: number;
  onMessage: (text: string) => void;
  signal: AbortSignal;
};

/** What there is at the place that the pid file names; `foreign` is the server of another folder. */
type Answer = { client: pg.Client } | 'not-ready' | 'silent' | 'foreign' | 'wrong-password';

/** The cluster, running and owned by this process until the client ends. Throws `StartError`, and then leaves no server of its own. */
export async function holdCluster(cluster: Cluster, settings: ServerSettings): Promise<Held> {
  const attempt = { starts: 0, isOurs: false };
  try {
    return await hold(cluster, settings, attempt);
  } catch (error) {
    const isLeft = attempt.isOurs && !(await stopServer(cluster, STOP_AT_ONCE_MS));
    if (isLeft) settings.onMessage('PANIC: the server of a start that failed could not be ended');
    throw error;
  }
}

/** `isOurs`: the server that runs now was started by this attempt, and nobody else has been seen to own it. */
type Attempt = { starts: number; isOurs: boolean };

async function hold(cluster: Cluster, settings: ServerSettings, attempt: Attempt): Promise<Held> {
  let silences = 0;
  for (let round = 0; round < PATIENCE; round++) {
    settings.signal.throwIfAborted();
    const there = await readPidFile(cluster);
    const answer = there ? await knock(cluster, there.port) : 'silent';
    if (there && typeof answer === 'object') {
      const owning = await own(answer.client);
      if (owning === 'owned') return { client: answer.client, ...there, wasRunning: attempt.starts === 0 };
      if (owning === 'taken') {
        attempt.isOurs = false;
        throw takenBy(cluster);
      }
      continue;
    }
    if (answer === 'wrong-password' && attempt.isOurs) throw refusalOf(cluster);
    if (answer !== 'not-ready') {
      const { code, output } = await startServer(cluster, settings);
      attempt.starts++;
      attempt.isOurs = code === 0;
      if (attempt.isOurs) continue;
      settings.signal.throwIfAborted();
      const isPidFileThere = /lock file "postmaster.pid" already exists/.test(output);
      // Somebody took the port meanwhile, or the processes of a killed server are still ending.
      const isPassing = /could not bind|could not create any TCP\/IP sockets|pre-existing shared memory/.test(output);
      if ((!isPidFileThere && !isPassing) || attempt.starts > STARTS)
        throw await explainPostgres(output, sceneOf(cluster));
      if (isPidFileThere && answer === 'wrong-password') throw refusalOf(cluster);
      // The pid file names a process that lives but is no server of ours: its number was given to another program after a crash.
      // PostgreSQL also guards the folder by its shared memory, so a server that does live is not doubled.
      if (isPidFileThere && (answer === 'foreign' || ++silences >= SILENCE)) {
        await rm(join(cluster.clusterDir, 'postmaster.pid'), { force: true });
        silences = 0;
      }
    }
    await wait(POLL_MS, undefined, { signal: settings.signal });
  }
  throw new StartError(
    `The database in ${cluster.clusterDir} is not ready after ten minutes. Stop its processes (postgres) and start again.`,
  );
}

/** `gone`: the server went away meanwhile, its owner is stopping it. `taken`: another process owns it. */
async function own(client: pg.Client): Promise<'owned' | 'gone' | 'taken'> {
  try {
    // A process that was killed a moment ago loses the lock as soon as the server notices: that is waited for.
    await client.query("SET lock_timeout = '3s'");
    await client.query('SELECT pg_advisory_lock($1)', [OWNER_LOCK]);
    return 'owned';
  } catch (cause) {
    await client.end().catch(() => undefined);
    return cause instanceof pg.DatabaseError && cause.code === '55P03' ? 'taken' : 'gone';
  }
}

function takenBy({ dataDir }: Cluster): StartError {
  const advice = 'Stop it first, or give this one a DATA_DIR or a DATABASE_URL of its own.';
  return new StartError(`Another process is using ${dataDir}. ${advice}`);
}

async function knock(cluster: Cluster, port: number): Promise<Answer> {
  const { password, clusterDir } = cluster;
  const place = { host: '127.0.0.1', port, user: 'postgres', database: 'postgres', ssl: false };
  const client = new pg.Client({
    ...place,
    password,
    connectionTimeoutMillis: 5000,
    application_name: 'jingxin owner',
    keepAlive: true,
  });
  client.on('error', () => undefined); // its end is listened to by whoever holds it
  try {
    await client.connect();
    const { rows } = await client.query("SELECT current_setting('data_directory') AS folder");
    if (rows[0]?.folder === clusterDir.replaceAll('\\', '/')) return { client };
    await client.end();
    return 'foreign';
  } catch (error) {
    await client.end().catch(() => undefined);
    if (!(error instanceof pg.DatabaseError)) return 'silent';
    if (error.code?.startsWith('57') || error.code === '53300') return 'not-ready'; // starting, stopping, recovering, crowded
    if (error.code === '28P01') return 'wrong-password'; // a server of another folder that was given the same port, or a lost file
    throw await explainPostgres(error.message, sceneOf(cluster));
  }
}

async function startServer(cluster: Cluster, settings: ServerSettings): Promise<Outcome> {
  const { binaries, clusterDir, dataDir, account } = cluster;
  const options = serverOptions(settings.port ?? (await findFreePort()), cluster.isDurable);
  const args = ['start', '--pgdata', clusterDir, '--wait', '--timeout=600', '-o', options];
  const run = { folder: dataDir, account, onLater: settings.onMessage };
  // A server that recovers may be coming up for minutes; where its folder is gone there is none.
  const giveUp = () => void stopServer(cluster, STOP_AT_ONCE_MS).catch(() => undefined);
  settings.signal.addEventListener('abort', giveUp);
  try {
    return await runProgram(binaries.pgCtl, args, run);
  } catch (error) {
    throw await explainPostgres(String(error), sceneOf(cluster));
  } finally {
    settings.signal.removeEventListener('abort', giveUp);
  }
}

function refusalOf({ clusterDir, dataDir }: Cluster): StartError {
  const file = join(dataDir, 'postgres-password');
  return new StartError(`The database in ${clusterDir} does not accept the password in ${file}. Restore that file.`);
}

function sceneOf({ binaries, clusterDir, account }: Cluster): Scene {
  return { clusterDir, program: binaries.pgCtl, account };
}

/** Everything on one line without blanks or quotes in a value: a shell reads it, on Windows another one. */
function serverOptions(port: number, isDurable: boolean): string {
  const settings = {
    ...{
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      max_connections: 100,
      timezone: 'UTC',
      log_timezone: 'UTC',
    },
    ...{ synchronous_commit: true, fsync: isDurable, full_page_writes: isDurable },
    // Errors are ours to log: PostgreSQL would quote values in them, and those may be private.
    ...{
      log_min_messages: 'log',
      log_error_verbosity: 'terse',
      log_min_error_statement: 'panic',
      log_checkpoints: false,
    },
  };
  return [`-p ${port}`, ...Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`)].join(' ');
}

/** Where a server that runs in a cluster says it is; undefined where none does. */
export async function readPidFile(
  cluster: Pick<Cluster, 'clusterDir'>,
): Promise<{ pid: number; port: number } | undefined> {
  const text = await readFile(join(cluster.clusterDir, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n').map(Number); // pid, folder, start, port: https://www.postgresql.org/docs/18/storage-file-layout.html
  const [pid = 0, , , port = 0] = lines;
  return Number.isInteger(port) && port > 0 ? { pid, port } : undefined;
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
