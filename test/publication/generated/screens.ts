/** What came onto people's screens, read off the emulator as it came: who was told of what, when, by which message. */

import { readCard } from '../../support/card-reader.ts';
import type { House } from '../../support/house.ts';

/** One message as it was when it was first looked at. */
export type Sight = { person: string; id: string; at: Date; title: string; text: string };

export type Screens = {
  /** Looks at everybody's screen; gives what is new there. */
  look: () => Sight[];
  /** The same, for what somebody has asked for: it counts as nothing that was sent. */
  ignore: () => void;
  /** Everything so far. */
  sights: readonly Sight[];
  /** Who was shown a card of their own, or a line of their 今天 card, with one of these words. */
  shown: (marks: string[]) => string[];
};

/** The person's own card of what is published, or a line for it. What tells the issuer how it goes has another title. */
const OWN_CARD = /^今天$|· 请(?:完成|领取)$|^(?:党纪)?知识(?:比拼|考试)$/;

/** Watches these people. */
export function watchScreens({ emulator }: House, people: string[]): Screens {
  const known = new Set<string>();
  const sights: Sight[] = [];
  const look = () => {
    const found: Sight[] = [];
    for (const person of people)
      for (const { id, type, sender, createdAt, content } of emulator.messagesOf(person)) {
        if (known.has(id) || type !== 'interactive' || sender.kind !== 'bot') continue;
        known.add(id);
        const text = readCard(content);
        found.push({ person, id, at: new Date(createdAt), title: text.split('\n')[0] ?? '', text });
      }
    return found;
  };
  return {
    sights,
    look: () => {
      const found = look();
      sights.push(...found);
      return found;
    },
    ignore: () => void look(),
    shown: (marks) => [
      ...new Set(
        sights
          .filter(({ title, text }) => OWN_CARD.test(title) && marks.some((mark) => text.includes(mark)))
          .map(({ person }) => person),
      ),
    ],
  };
}
