/** What the database could not do just now, as against what it never will. */

/**
 * Classes of https://www.postgresql.org/docs/18/errcodes-appendix.html: the connection, the login (a password is changed here and there),
 * a transaction that lost to another, too little of something, a lock, an operator's hand, the machine.
 */
const PASSING_SQLSTATE = /^(08|28|40|53|55|57|58)[0-9A-Z]{3}$/;
/** Node's own, and Prisma's for the same (https://www.prisma.io/docs/orm/reference/error-reference). */
const PASSING_CODES = new Set(
  ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'].concat(
    ...['P1000', 'P1001', 'P1002', 'P1008', 'P1010', 'P1011', 'P1017', 'P2024', 'P2028', 'P2034', 'P2037'],
  ),
);
/** What `pg` and its pool say of a connection without a code. */
const PASSING_WORDS =
  /^(Connection terminated|timeout exceeded when trying to connect|timeout expired|Query read timeout|Client (was closed|has encountered a connection error)|Cannot use a pool after calling end)/;

/** Whether a statement that failed like this may succeed later, as it is; also where the failure is the cause of another error. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  const isDatabases = PASSING_SQLSTATE.test(code) || PASSING_CODES.has(code) || PASSING_WORDS.test(error.message);
  return isDatabases || isPassing(error.cause);
}
