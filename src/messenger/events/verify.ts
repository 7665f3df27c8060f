/** Whether a request at the webhook comes from Feishu, and what it says. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { AESCipher } from '@larksuiteoapi/node-sdk';
import { z } from 'zod';
import { now } from '../../basics/clock.ts';
import { Digits } from '../fields.ts';
import { readInstant } from './read-instant.ts';

/** The app's id and the two secrets of the developer console's page on events and callbacks. */
export type WebhookSecrets = { appId: string; encryptKey: string; verificationToken: string };

/**
 * `challenge` is to be answered at once; `pushed` is genuine, and nothing else is known of it; `ignored` is a genuine event of the old schema, which the bot does not know;
 * `refused` says with which status (401 not from Feishu, 400 unreadable) and, for the log, why.
 */
export type Verified =
  | { challenge: string }
  | { pushed: unknown }
  | { ignored: 'schema-1' }
  | { refused: 400 | 401; why: 'unreadable' | 'unsigned' | 'signature' | 'token' | 'app-id' | 'stale' };

/** How far the time of signing may be from ours: clocks differ, and ids are remembered for much longer (3 days). */
const TIMELY_MS = 60 * 60 * 1000;

const Sealed = z.object({ encrypt: z.string().min(1) });
const Challenge = z.object({ type: z.literal('url_verification'), challenge: z.string().max(1000), token: z.string() });
const Current = z.object({
  header: z.looseObject({ token: z.string(), app_id: z.string() }),
  event: z.unknown().optional(),
});
const Schema1 = z.object({
  type: z.literal('event_callback'),
  token: z.string(),
  event: z.object({ app_id: z.string() }),
});
const Payload = z.union([Current, Challenge, Schema1]);

/**
 * A function that checks one request: the signature over the raw bytes, decryption, the verification token and the app id,
 * each compared in constant time. It never throws.
 *
 * Only the challenge comes unsigned; everything else that is unsigned is refused alike whatever is wrong with it, so that
 * nobody learns from the answer how a guess decrypted. A signature counts for an hour, so that a recorded request cannot come back
 * after its id was forgotten; an event may be as old as it likes. Feishu's documents name the header as the request's time and do not
 * say that a re-push, hours later, keeps the first one's: it is taken to be signed anew, as every request is.
 * Path: /ukTMukTMukTM/uYDNxYjL2QTM24iN0EjN/event-subscription-configure-/encrypt-key-encryption-configuration-case
 */
export function createVerifier(secrets: WebhookSecrets): (bytes: Buffer, headers: IncomingHttpHeaders) => Verified {
  const cipher = new AESCipher(secrets.encryptKey);
  const tokenDigest = digest(secrets.verificationToken);
  const appIdDigest = digest(secrets.appId);

  const holds = (bytes: Buffer, headers: IncomingHttpHeaders, signature: string) => {
    const start = `${headers['x-lark-request-timestamp']}${headers['x-lark-request-nonce']}${secrets.encryptKey}`;
    const expected = Buffer.from(createHash('sha256').update(start).update(bytes).digest('hex'));
    const given = Buffer.from(signature);
    return given.length === expected.length && timingSafeEqual(given, expected);
  };

  return (bytes, headers) => {
    const signature = headers['x-lark-signature'];
    const isSigned = signature !== undefined;
    if (isSigned && !holds(bytes, headers, String(signature))) return { refused: 401, why: 'signature' };
    if (isSigned && !isTimely(headers)) return { refused: 401, why: 'stale' };
    const outer = readJson(() => bytes.toString('utf8'));
    if (outer === undefined) return { refused: 400, why: 'unreadable' };
    const sealed = Sealed.safeParse(outer);
    const plain = sealed.success ? readJson(() => cipher.decrypt(sealed.data.encrypt)) : undefined;
    const { data: payload } = Payload.safeParse(plain);
    if (!isSigned && !(payload && 'challenge' in payload)) return { refused: 401, why: 'unsigned' };
    if (!payload) return { refused: 400, why: 'unreadable' };

    const { token, app_id } = 'header' in payload ? payload.header : { token: payload.token, app_id: appIdOf(payload) };
    if (!timingSafeEqual(digest(token), tokenDigest)) return { refused: 401, why: 'token' };
    if ('challenge' in payload) return { challenge: payload.challenge };
    if (!timingSafeEqual(digest(app_id ?? ''), appIdDigest)) return { refused: 401, why: 'app-id' };
    if (!('header' in payload)) return { ignored: 'schema-1' };
    return { pushed: payload };
  };
}

/** Whether it was signed within an hour of now; the header is in seconds. */
function isTimely(headers: IncomingHttpHeaders): boolean {
  const { data: signedAt } = Digits.safeParse(headers['x-lark-request-timestamp']);
  return signedAt !== undefined && Math.abs(now().getTime() - readInstant(signedAt).getTime()) <= TIMELY_MS;
}

function appIdOf(payload: z.infer<typeof Challenge> | z.infer<typeof Schema1>): string | undefined {
  return 'event' in payload ? payload.event.app_id : undefined;
}

/** Equal lengths for the comparison in constant time, whatever was sent. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function readJson(read: () => string): unknown {
  try {
    return JSON.parse(read());
  } catch {
    return undefined;
  }
}
