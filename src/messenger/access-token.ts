/** The bot's access token: fetched once however many ask at the same moment, and kept until shortly before it ends. */
import { now } from '../basics/clock.ts';

/** What Feishu hands out; a token lives two hours. */
export type Issued = { token: string; lifeMs: number };

export type AccessToken = {
  /** A token that should be good. Rejects with what fetching it failed with; the next call tries again. */
  get: () => Promise<string>;
  /** Says that `token` was not accepted: the next `get` fetches another, unless somebody already has. */
  drop: (token: string) => void;
};

/** With less than this left a new one is fetched: the old one goes on working, so nothing in flight fails. */
const MARGIN_MS = 5 * 60 * 1000;

/**
 * A token that refreshes itself through `fetchToken`. The SDK's own cache is shared by the whole process, asks once per
 * waiting caller, and never learns that a token was refused, so it is switched off.
 */
export function createAccessToken(fetchToken: () => Promise<Issued>): AccessToken {
  let current: { token: string; freshUntil: number } | undefined;
  let fetching: Promise<string> | undefined;

  const fetchOnce = async () => {
    try {
      const { token, lifeMs } = await fetchToken();
      current = { token, freshUntil: now().getTime() + lifeMs - MARGIN_MS };
      return token;
    } finally {
      fetching = undefined;
    }
  };

  return {
    get: async () => {
      if (current && now().getTime() < current.freshUntil) return current.token;
      fetching ??= fetchOnce();
      return fetching;
    },
    drop: (token) => {
      if (current?.token === token) current = undefined;
    },
  };
}
