/** Counts the task cards, or others, that arrive with people while a test kills what sends them. */
import { onTestFinished } from 'vitest';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import { findPressable } from '../../support/card-reader.ts';

export type TaskCards = {
  /** How many have arrived so far. */
  arrived: () => number;
  /** Runs `act` in the very moment in which so many have arrived, before the bot is answered. */
  at: (count: number, act: () => void) => Promise<void>;
  /** The message ids by person. */
  byPerson: Map<string, string[]>;
};

/** Watches from now on, for cards with this button. */
export function watchTaskCards(emulator: Emulator, button = '我已完成'): TaskCards {
  const seen = new Set<string>();
  const byPerson = new Map<string, string[]>();
  const waiting: { count: number; act: () => void }[] = [];
  let arrived = 0;
  const look = () => {
    for (const one of waiting.filter(({ count }) => arrived >= count)) {
      waiting.splice(waiting.indexOf(one), 1);
      one.act();
    }
  };
  const stop = emulator.changes.on((event) => {
    const [person = ''] = event.kind === 'message' ? event.people : [];
    if (event.kind !== 'message' || seen.has(event.messageId)) return;
    seen.add(event.messageId);
    const message = emulator.messagesOf(person).find(({ id }) => id === event.messageId);
    if (message?.sender.kind !== 'bot' || !findPressable(message.content, button)) return;
    byPerson.set(person, [...(byPerson.get(person) ?? []), message.id]);
    arrived += 1;
    look();
  });
  onTestFinished(stop);
  return {
    byPerson,
    arrived: () => arrived,
    at: async (count, act) => {
      waiting.push({ count, act });
      look();
      await emulator.waitFor(() => arrived >= count, 150_000, `the arrival of ${count} task cards`);
    },
  };
}
