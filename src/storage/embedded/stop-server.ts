/** Ends the server of a cluster: politely while there is time, then at once. */
import type { Cluster } from './create-cluster.ts';
import { runProgram } from './postgres-binaries.ts';

/** What the second, impolite attempt needs. */
export const STOP_AT_ONCE_MS = 1_500;

/**
 * Disconnects everybody and awaits the end of the server; whether none runs any more. `immediate` leaves the work of a clean end to the
 * next start, as a power cut would: https://www.postgresql.org/docs/18/app-pg-ctl.html
 */
export async function stopServer(cluster: Cluster, withinMs: number): Promise<boolean> {
  const { binaries, clusterDir, dataDir, account } = cluster;
  const attempts = [
    { mode: 'fast', ms: withinMs - STOP_AT_ONCE_MS },
    { mode: 'immediate', ms: STOP_AT_ONCE_MS },
  ];
  for (const { mode, ms } of attempts) {
    const seconds = Math.max(1, Math.floor(ms / 1000));
    const args = ['stop', '--pgdata', clusterDir, `--mode=${mode}`, '--wait', `--timeout=${seconds}`];
    const { code, output } = await runProgram(binaries.pgCtl, args, { folder: dataDir, account });
    if (code === 0 || /Is server running\?/.test(output)) return true;
  }
  return false;
}
