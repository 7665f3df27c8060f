/** The messages of one chat as one person sees them: the newest first, older ones on demand, changes as they happen. */
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { PageMessage } from '../../site/page-api.ts';
import { api } from '../api.ts';
import { mergeNewest, replaceMessages } from '../merge-messages.ts';
import { useStream } from '../stream.ts';

const FIRST_PAGE = 40;
const OLDER_PAGE = 80;

type Messages = { messages: PageMessage[]; hasMore: boolean; isLoaded: boolean };
const NONE: Messages = { messages: [], hasMore: false, isLoaded: false };

/** Mount it anew (with a `key`) for another person or chat. */
export function useMessages(
  person: string,
  chat: string,
): Messages & { readOlder: () => Promise<void>; keepNewest: (count: number) => void } {
  const [state, setState] = useState(NONE);
  const changed = useRef(new Set<string>());
  const isReading = useRef(false);
  const isReadingOlder = useRef(false);
  const isGone = useRef(false);

  const readNewest = async (limit: number) => {
    const answer = await api.messages(person, chat, { limit });
    setState((before) => {
      const { messages, isGap } = mergeNewest(before.messages, answer.messages);
      return { messages, hasMore: isGap ? answer.hasMore : before.hasMore, isLoaded: true };
    });
  };

  const readOne = async (messages: PageMessage[], at: number) => {
    const answer = await api.messages(person, chat, { before: messages[at + 1]?.id, limit: 1 });
    setState((before) => ({ ...before, messages: replaceMessages(before.messages, answer.messages) }));
  };

  const readChanges = useEffectEvent(async () => {
    const ids = [...changed.current];
    changed.current.clear();
    const { messages } = state;
    const places = ids.map((id) => messages.findIndex((message) => message.id === id));
    const oldest = Math.min(...places.filter((at) => at >= 0), messages.length);
    const isNear = places.includes(-1) || messages.length - oldest <= FIRST_PAGE;
    if (isNear) await readNewest(Math.min(200, Math.max(10, messages.length - oldest + ids.length)));
    for (const at of places) if (at >= 0 && messages.length - at > FIRST_PAGE) await readOne(messages, at);
  });

  const pump = useEffectEvent(async () => {
    if (isReading.current) return;
    isReading.current = true;
    try {
      while (changed.current.size > 0 && !isGone.current) await readChanges();
    } catch {
      // The stream says when the emulator is back; everything is read again then.
    } finally {
      isReading.current = false;
    }
  });

  useEffect(() => {
    isGone.current = false;
    void readFirst();
    return () => {
      isGone.current = true;
    };
  }, []);
  const readFirst = useEffectEvent(() => readNewest(FIRST_PAGE).catch(() => undefined));

  useStream((event) => {
    if (event.kind === 'resync') void readFirst();
    if (event.kind !== 'message' || event.chatId !== chat || !event.people.includes(person)) return;
    changed.current.add(event.messageId);
    void pump();
  });

  const readOlder = async () => {
    const first = state.messages[0];
    if (!first || !state.hasMore || isReadingOlder.current) return;
    isReadingOlder.current = true;
    try {
      const answer = await api.messages(person, chat, { before: first.id, limit: OLDER_PAGE });
      setState((before) => ({
        ...before,
        messages: [...answer.messages, ...before.messages],
        hasMore: answer.hasMore,
      }));
    } finally {
      isReadingOlder.current = false;
    }
  };
  /** Lets go of the older messages of a long conversation; they can be read again. */
  const keepNewest = (count: number) =>
    setState((before) => ({ ...before, messages: before.messages.slice(-count), hasMore: true }));
  return { ...state, readOlder, keepNewest };
}
