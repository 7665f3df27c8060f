/** The PostgreSQL that comes with the project, for a start that was given no other. */

import type { StartError } from './basics/errors.ts';
import type { Logger } from './basics/log.ts';
import type { Stops } from './basics/stops.ts';
import type { Config } from './config.ts';
import { type EmbeddedPostgres, STOP_NEEDS_MS, startEmbeddedPostgres } from './storage/embedded/embedded-postgres.ts';

/** Starts it in `DATA_DIR`; `stops` end it, even while it is still starting. Throws `StartError`; `onGone` hears that it is lost later. */
export function startOwnDatabase(
  config: Config,
  log: Logger,
  stops: Stops,
  onGone?: (error: StartError) => void,
): Promise<EmbeddedPostgres> {
  const ending = new AbortController();
  const starting = startEmbeddedPostgres({
    ...{ dataDir: config.DATA_DIR, log, signal: ending.signal },
    ...(onGone && { onGone }),
  });
  const stop = async (withinMs: number) => {
    ending.abort();
    const postgres = await starting.catch(() => undefined);
    return postgres?.stop(withinMs);
  };
  stops.add('the embedded PostgreSQL', stop, STOP_NEEDS_MS);
  return starting;
}
