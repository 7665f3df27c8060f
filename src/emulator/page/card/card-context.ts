/** What a card's elements share: how to press, whom to name, where pictures come from. */
import { createContext, useContext } from 'react';
import type { PressPost } from '../../site/page-api.ts';
import type { Card, Confirm } from './card-types.ts';

export type NamedPerson = { id: string; name: string };

/** The surroundings of a card. `press` resolves when the answer is there. */
export type CardSurroundings = {
  press: (post: PressPost) => Promise<void>;
  /** A short word to the person, for example why something is disabled. */
  tell: (text: string) => void;
  nameOf: (id: string) => string | undefined;
  /** Whom a person selector without options offers. */
  members: NamedPerson[];
  /** The address of an image or file. */
  fileUrl: (key: string) => string;
};

type CardInside = CardSurroundings & {
  style: NonNullable<Card['config']>['style'];
  /** Asks before something that cannot be undone; resolves to what the person answered. */
  ask: (confirm: Confirm) => Promise<boolean>;
  /** The element whose press is on its way. */
  busy: string | undefined;
  pressFrom: (element: string, post: PressPost) => Promise<void>;
};

export const CardContext = createContext<CardInside | undefined>(undefined);

/** The card around an element. Throws outside a card. */
export function useCard(): CardInside {
  const card = useContext(CardContext);
  if (!card) throw new Error('a card element was drawn outside a card');
  return card;
}
