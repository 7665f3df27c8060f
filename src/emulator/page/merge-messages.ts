/** Fitting newly read messages into those already on the screen. */
import type { PageMessage } from '../site/page-api.ts';

/**
 * The messages after reading the newest ones again. Equal messages keep their identity, so that what did not change
 * is not drawn again. When the newest do not reach back to what is known, they replace it: `isGap` is true.
 */
export function mergeNewest(known: PageMessage[], newest: PageMessage[]): { messages: PageMessage[]; isGap: boolean } {
  const ids = new Set(known.map((message) => message.id));
  const isGap = known.length > 0 && newest.length > 0 && !newest.some((message) => ids.has(message.id));
  if (isGap || known.length === 0) return { messages: newest, isGap: true };
  const replaced = replaceMessages(known, newest);
  return { messages: [...replaced, ...newest.filter((message) => !ids.has(message.id))], isGap: false };
}

/** The messages with those of the same id replaced. */
export function replaceMessages(known: PageMessage[], fresh: PageMessage[]): PageMessage[] {
  const byId = new Map(fresh.map((message) => [message.id, message]));
  return known.map((message) => {
    const next = byId.get(message.id);
    return next && JSON.stringify(next) !== JSON.stringify(message) ? next : message;
  });
}
