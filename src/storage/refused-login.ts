/** A database that turns the program away, as against one that is out of reach for a while. */
import pg from 'pg';
import { StartError } from '../basics/errors.ts';

/** A wrong password, an account without access, a database that is gone: https://www.postgresql.org/docs/18/errcodes-appendix.html */
const REFUSALS = ['28P01', '28000', '3D000'];

/** The sentence for the operator, or undefined when the error is another one. */
export function explainRefusedLogin(error: unknown): StartError | undefined {
  if (!(error instanceof pg.DatabaseError) || !REFUSALS.includes(error.code ?? '')) return undefined;
  const advice = 'Check DATABASE_URL and start again.';
  return new StartError(`The database turns this program away for good: ${error.message}. ${advice}`, { cause: error });
}
