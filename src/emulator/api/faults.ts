/** What goes wrong on purpose: which of the bot's calls fail, and how. */
import type { Faults } from '../site/page-api.ts';

/** What befalls one call. */
export type Fate = 'none' | 'rate-limited' | 'chat-limited' | 'error' | 'silent' | 'lost-answer';

/** The switches, all off. Change the fields of the object to make things go wrong. */
export function createFaults(): Faults {
  return {
    pushTwice: false,
    pushLateMs: 0,
    pushReordered: false,
    rateLimitedShare: 0,
    chatLimitedShare: 0,
    errorShare: 0,
    silentShare: 0,
    lostAnswerShare: 0,
  };
}

/** The fate of the next call; `chance` is a number from 0 to below 1. Shares that add up to more than 1 leave no call unharmed. */
export function drawFate(faults: Faults, chance: number = Math.random()): Fate {
  const shares: [Fate, number][] = [
    ['rate-limited', faults.rateLimitedShare],
    ['chat-limited', faults.chatLimitedShare],
    ['error', faults.errorShare],
    ['silent', faults.silentShare],
    ['lost-answer', faults.lostAnswerShare],
  ];
  let reached = 0;
  for (const [fate, share] of shares) {
    reached += share;
    if (chance < reached) return fate;
  }
  return 'none';
}
