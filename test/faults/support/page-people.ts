/** People of a running sample, played over HTTP as the emulator's page does it. */
import { vi } from 'vitest';
import type {
  ChatsAnswer,
  MessagesAnswer,
  PageMessage,
  PressAnswer,
  PressPost,
} from '../../../src/emulator/site/page-api.ts';
import { findPressable, readCard } from '../../support/card-reader.ts';

export type PagePlayer = {
  says: (text: string) => Promise<void>;
  /** Presses the newest button with these words. */
  presses: (words: string, form?: Record<string, unknown>) => Promise<PressAnswer>;
  /** Every card as plain text, oldest first. */
  sees: () => Promise<string[]>;
  /** Resolves with the newest card once it says this. */
  seesSoon: (words: string) => Promise<string>;
};

/** Plays `openId` at the page of `url`. */
export function playAt(url: string, openId: string): PagePlayer {
  const person = `people/${openId}`;
  const ask = async <T>(path: string, body?: unknown): Promise<T> => {
    const headers = { 'Content-Type': 'application/json' };
    const posted = body === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(body) };
    const response = await fetch(`${url}/emulator/api/${path}`, posted);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };
  const chat = async () => `${person}/chats/${(await ask<ChatsAnswer>(`${person}/chats`)).chats[0]?.id}`;
  const cards = async (): Promise<PageMessage[]> => {
    const { messages } = await ask<MessagesAnswer>(`${await chat()}/messages?limit=200`);
    return messages.filter(({ type }) => type === 'interactive');
  };
  const sees = async () => (await cards()).map(({ content }) => readCard(content));
  return {
    sees,
    says: async (text) => void (await ask(`${await chat()}/texts`, { text })),
    presses: async (words, form) => {
      for (const { id, content } of (await cards()).reverse()) {
        const press = findPressable(content, words, form);
        if (press) return ask<PressAnswer>(`${person}/messages/${id}/press`, press satisfies PressPost);
      }
      throw new Error(`no card shows the button ${words}`);
    },
    seesSoon: (words) =>
      vi.waitFor(
        async () => {
          const newest = (await sees()).at(-1) ?? '';
          if (!newest.includes(words)) throw new Error(`the newest card does not say ${words}:\n${newest}`);
          return newest;
        },
        { timeout: 60_000, interval: 100 },
      ),
  };
}
