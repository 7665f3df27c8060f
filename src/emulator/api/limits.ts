/** Feishu's rate limits: 50 calls a second and 1,000 a minute at the gateway, 5 messages a second to one person or group. */
import { movedByMs, now } from '../../basics/clock.ts';
import { FeishuError } from './feishu-error.ts';

export type LimitRates = { perSecond: number; perMinute: number; perUserPerSecond: number };

/** The rates Feishu documents. Source: /uUzN04SN3QjL1cDN. */
export const FEISHU_RATES: LimitRates = { perSecond: 50, perMinute: 1000, perUserPerSecond: 5 };

export type Limits = {
  /** Counts a call of an API. Throws HTTP 429 with the headers that say how long to wait. */
  countCall: (api: string) => void;
  /** Counts a message to a chat, or an edit of a message. Throws 230020 with HTTP 400. */
  countMessage: (chatOrMessageId: string) => void;
};

type Window = { startMs: number; count: number };

/** The real time in milliseconds: limits and tokens must not care that somebody moved the clock. */
export function realTimeMs(): number {
  return now().getTime() - movedByMs();
}

/** Limits at these rates. A window opens with the first call in it and counts anew when it has passed. */
export function createLimits(rates: LimitRates | 'off'): Limits {
  if (rates === 'off') return { countCall: () => {}, countMessage: () => {} };
  const perSecond = createWindows(rates.perSecond, 1000);
  const perMinute = createWindows(rates.perMinute, 60_000);
  const perUser = createWindows(rates.perUserPerSecond, 1000);
  return {
    countCall: (api) => {
      const waitMs = Math.max(perSecond(api), perMinute(api));
      if (waitMs > 0) throw tooManyCalls(rates.perSecond, Math.ceil(waitMs / 1000));
    },
    countMessage: (id) => {
      if (perUser(id) > 0) throw tooManyMessages();
    },
  };
}

/** HTTP 429 of the gateway; `resetSeconds` is how long to wait. */
export function tooManyCalls(limit: number, resetSeconds: number): FeishuError {
  const headers = { 'x-ogw-ratelimit-limit': String(limit), 'x-ogw-ratelimit-reset': String(resetSeconds) };
  return new FeishuError(99991400, 'request trigger frequency limit', 429, headers);
}

/** 230020, the limit of 5 messages a second to one person or group. */
export function tooManyMessages(): FeishuError {
  return new FeishuError(230020, 'This operation triggers the frequency limit.');
}

/** Counts by key; the answer is 0, or the milliseconds until the window has passed. */
function createWindows(most: number, lengthMs: number): (key: string) => number {
  const windows = new Map<string, Window>();
  return (key) => {
    const atMs = realTimeMs();
    const window = windows.get(key);
    if (!window || atMs - window.startMs >= lengthMs) {
      if (windows.size > 20_000) forgetBefore(windows, atMs - lengthMs);
      windows.set(key, { startMs: atMs, count: 1 });
      return 0;
    }
    window.count += 1;
    return window.count > most ? Math.max(1, window.startMs + lengthMs - atMs) : 0;
  };
}

function forgetBefore(windows: Map<string, Window>, instantMs: number): void {
  for (const [key, window] of windows) if (window.startMs <= instantMs) windows.delete(key);
}
