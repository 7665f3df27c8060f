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
