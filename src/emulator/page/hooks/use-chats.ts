/** The chats of one person, kept fresh. */
import { useEffect, useEffectEvent, useState } from 'react';
import type { PageChat } from '../../site/page-api.ts';
import { api } from '../api.ts';
import { useStream } from '../stream.ts';

/** The person's chats, undefined until they are known. */
export function useChats(person: string | undefined): PageChat[] | undefined {
  const [chats, setChats] = useState<{ person: string; chats: PageChat[] }>();
  const read = useEffectEvent(async () => {
    if (!person) return;
    const answer = await api.chats(person).catch(() => undefined);
    if (answer) setChats({ person, chats: answer.chats });
  });
  // Read again for another person.
  useEffect(() => {
    void read();
  }, [person]);
  useStream((event) => {
    const touches =
      event.kind === 'resync' ||
      event.kind === 'people' ||
      (event.kind === 'message' && person !== undefined && event.people.includes(person)) ||
      (event.kind === 'read' && event.person === person);
    if (touches) void read();
  });
  return chats && chats.person === person ? chats.chats : undefined;
}
