/** A connection that may break at any moment without ending the process. */
import pg from 'pg';

/**
 * For every pool: a pool listens to its connections while they lie idle, and Node ends a process in which an error is heard by nobody. The
 * statement that runs, or the next one, fails with the same error, so nothing is lost by listening without a word.
 */
export class SteadyClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}
