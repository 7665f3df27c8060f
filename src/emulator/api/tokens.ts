/** Tenant access tokens: who gets one, and whether a call carries one that is good. */
import { timingSafeEqual } from 'node:crypto';
import { newId, type Tenant } from '../world/tenant.ts';
import { FeishuError } from './feishu-error.ts';
import { realTimeMs } from './limits.ts';

const LIFE_MS = 2 * 3600_000;
/** With less than this left a new token is issued beside the old one. */
const REUSED_WITH_MS = 30 * 60_000;

export type Tokens = {
  /**
   * A token and the seconds it has left. Throws 10003, 10014 (unknown app) or 10015 (wrong secret).
   * Source: /ukTMukTMukTM/ukDNz4SO0MjL5QzM/auth-v3/auth/tenant_access_token_internal.
   */
  issue: (appId: unknown, appSecret: unknown) => { tenant_access_token: string; expire: number };
  /** Throws 99991661, 99991671 or 99991663 unless the header carries a good token. */
  check: (authorization: string | undefined) => void;
  /** Ends all tokens, as happens when the app's secret is reset. */
  invalidate: () => void;
};

/** Tokens of one app. Those refused are answered with HTTP `refusalStatus()`: Feishu has been seen to use 400 and 200. */
export function createTokens(tenant: Tenant, app: { id: string; secret: string }, refusalStatus: () => number): Tokens {
  const newest = () => [...tenant.tokens.entries()].at(-1);
  const refuse = (code: number, msg: string) => new FeishuError(code, msg, refusalStatus());
  return {
    issue: (appId, appSecret) => {
      if (typeof appId !== 'string' || typeof appSecret !== 'string') throw refuse(10003, 'invalid param');
      if (appId !== app.id) throw refuse(10014, 'app not exist or not enabled');
      if (!isSame(appSecret, app.secret)) throw refuse(10015, 'app secret invalid');
      const atMs = realTimeMs();
      const [token, endsMs] = newest() ?? ['', 0];
      if (endsMs - atMs >= REUSED_WITH_MS) {
        return { tenant_access_token: token, expire: Math.floor((endsMs - atMs) / 1000) };
      }
      for (const [old, oldEndsMs] of [...tenant.tokens.entries()]) if (oldEndsMs < atMs) tenant.tokens.delete(old);
      const fresh = newId('t-');
      tenant.tokens.set(fresh, atMs + LIFE_MS);
      return { tenant_access_token: fresh, expire: LIFE_MS / 1000 };
    },
    check: (authorization) => {
      if (!authorization)
        throw refuse(99991661, 'Missing access token for authorization. Please make a request with token attached.');
      const token = /^Bearer (t-\S+)$/.exec(authorization)?.[1];
      if (!token) throw refuse(99991671, 'Invalid access token for authorization: the token does not begin with t-.');
      const endsMs = tenant.tokens.get(token);
      if (endsMs === undefined || endsMs < realTimeMs()) {
        throw refuse(99991663, 'Invalid access token for authorization. Please make a request with token attached.');
      }
    },
    invalidate: () => {
      for (const [token] of [...tenant.tokens.entries()]) tenant.tokens.delete(token);
    },
  };
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
