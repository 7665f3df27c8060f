/** The log: one JSON line per fact, ids only. Names, phones, texts, tokens and secrets never reach it. */
import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/** Fields that are blanked wherever they turn up at the top of a log line or one level below. */
const PRIVATE_FIELDS = [
  ...[
    'name',
    'mobile',
    'phone',
    'email',
    'text',
    'content',
    'token',
    'secret',
    'app_secret',
    'authorization',
    'password',
  ],
  ...['tenant_access_token', 'encryptKey', 'verificationToken', 'payload', 'form', 'body', 'headers', 'config'],
];

/** A logger that writes to standard output, or to `destination`. `level` is one of pino's level names, or `silent`. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const paths = PRIVATE_FIELDS.flatMap((field) => [field, `*.${field}`]);
  return pino({ level, base: null, redact: { paths, censor: '[redacted]' } }, destination ?? pino.destination(1));
}

/** Says the same thing again after so long at the earliest. */
const AGAIN_AFTER_MS = 60_000;

/**
 * For what may go wrong many times a second: the first time is logged, then once a minute how often it did. `key` says what counts as
 * the same, and must be one of few.
 */
export function createSparingLog(
  log: Logger,
): (level: 'warn' | 'error', key: string, fields: object, text: string) => void {
  const said = new Map<string, { at: number; times: number }>();
  return (level, key, fields, text) => {
    const before = said.get(key);
    if (before && performance.now() - before.at < AGAIN_AFTER_MS) {
      before.times++;
      return;
    }
    said.set(key, { at: performance.now(), times: 0 });
    log[level]({ ...fields, ...(before && { timesSinceLastLine: before.times + 1 }) }, text);
  };
}
