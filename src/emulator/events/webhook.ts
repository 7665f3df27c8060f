/** Pushes to the bot's address: encrypted, signed, over HTTP, with three seconds to answer. */
import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { now } from '../../basics/clock.ts';

/** The bot's addresses, as the developer console keeps them; the two may be the same. */
export type Webhook = { eventUrl: string; cardUrl: string };
/** The app's keys. An empty Encrypt Key means plain text without a signature. */
export type WebhookKeys = { encryptKey: string; verificationToken: string };

/** How a push ended. `body` is what the bot answered, as text. */
export type PushOutcome =
  | { kind: 'answered'; status: number; body: string }
  | { kind: 'no-address' | 'timeout' | 'unreachable' | 'unknown-host' };

/** Feishu waits three seconds. Source: /event-subscription-guide/event-subscriptions/faq. */
export const ANSWER_WITHIN_MS = 3000;

/** The body as it goes over the wire, compact, and the headers that sign it. Source: encrypt-key-encryption-configuration-case. */
export function sealPush(payload: unknown, encryptKey: string): { body: string; headers: Record<string, string> } {
  const plain = JSON.stringify(payload);
  const type = { 'content-type': 'application/json;charset=utf-8' };
  if (encryptKey === '') return { body: plain, headers: type };
  const body = JSON.stringify({ encrypt: encrypt(plain, encryptKey) });
  const timestamp = String(Math.floor(now().getTime() / 1000));
  const nonce = randomBytes(8).toString('hex');
  const signature = createHash('sha256').update(`${timestamp}${nonce}${encryptKey}${body}`).digest('hex');
  const signed = {
    'x-lark-request-timestamp': timestamp,
    'x-lark-request-nonce': nonce,
    'x-lark-signature': signature,
  };
  return { body, headers: { ...type, ...signed } };
}

/** AES-256-CBC under the SHA-256 of the key, the random IV before the cipher text, base64. */
function encrypt(plain: string, encryptKey: string): string {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(encryptKey).digest(), iv);
  return Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final()]).toString('base64');
}

/** Posts one payload and waits for the answer; redirects are not followed. Never throws. */
export async function postPush(
  url: string,
  payload: unknown,
  encryptKey: string,
  answerWithinMs: number,
): Promise<PushOutcome> {
  try {
    const signal = AbortSignal.timeout(answerWithinMs);
    const response = await fetch(url, { method: 'POST', redirect: 'manual', signal, ...sealPush(payload, encryptKey) });
    return { kind: 'answered', status: response.status, body: await response.text() };
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') return { kind: 'timeout' };
    const code =
      error instanceof Error && error.cause instanceof Error && 'code' in error.cause ? error.cause.code : '';
    return { kind: code === 'ENOTFOUND' || code === 'EAI_AGAIN' ? 'unknown-host' : 'unreachable' };
  }
}

/**
 * Asks an address whether it is the bot's, as the developer console does when an address is saved: true when it
 * gives the challenge back. Source: request-url-configuration-case.
 */
export async function verifyAddress(url: string, keys: WebhookKeys): Promise<boolean> {
  const challenge = randomBytes(16).toString('hex');
  const payload = { challenge, token: keys.verificationToken, type: 'url_verification' };
  const outcome = await postPush(url, payload, keys.encryptKey, ANSWER_WITHIN_MS);
  if (outcome.kind !== 'answered' || outcome.status !== 200) return false;
  try {
    return JSON.parse(outcome.body).challenge === challenge;
  } catch {
    return false;
  }
}
