/** The wire log: the newest exchanges between the bot and the emulator, secrets blanked. */
import { now } from '../../basics/clock.ts';
import type { WireCall } from '../site/page-api.ts';
import type { Changes } from '../world/changes.ts';

const MOST_KEPT = 2000;

export type WireLog = {
  /** Oldest first; at most a few thousand. */
  calls: WireCall[];
  add: (call: Omit<WireCall, 'id' | 'at'>) => void;
};

/** An empty log. Old calls fall off its end. */
export function createWireLog(changes: Changes): WireLog {
  const calls: WireCall[] = [];
  let lastId = 0;
  return {
    calls,
    add: (entry) => {
      lastId += 1;
      const call: WireCall = { id: lastId, at: now().toISOString(), ...entry };
      calls.push(call);
      if (calls.length > MOST_KEPT) calls.splice(0, MOST_KEPT / 2);
      changes.emit({ kind: 'call', call });
    },
  };
}

const SECRET_FIELDS = new Set(['app_secret', 'AppSecret', 'tenant_access_token', 'token', 'URL']);

/** A copy in which the values of secret fields are blanked, at the top or one level below; anything else is shared. */
export function blankSecrets(value: unknown, depth = 1): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => {
      if (SECRET_FIELDS.has(key)) return [key, '[redacted]'];
      return [key, depth > 0 ? blankSecrets(field, depth - 1) : field];
    }),
  );
}
