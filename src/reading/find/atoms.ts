/** What an addressee is made of: places, people, and words for who is meant. */
import type { Audience, Place } from '../audience-type.ts';
import type { Span } from '../normalise.ts';

export type PlaceAtom = Span & { is: 'place'; places: Place[]; isClear: boolean };
/** `ids` are all who can be meant; a guess is only like their name (老潘, a wrong character). */
export type PersonAtom = Span & {
  is: 'person';
  name: string;
  ids: string[];
  isGuess: boolean;
  isMention: boolean;
  isSelf: boolean;
};
/** Whom a word picks out; without any list everybody. `isLoud` words (全体, 所有) make an addressee of what follows. */
export type WhoAtom = Span & {
  is: 'who';
  politics: Audience['politics'];
  kinds: Audience['kinds'];
  offices: Audience['offices'];
  isLoud: boolean;
  /** Somebody is meant whom an audience cannot say: 中心组成员. */
  isUnclear: boolean;
};
export type Atom = PlaceAtom | PersonAtom | WhoAtom;

/** Atoms that stand together: 一大队、二大队全体民警. */
export type Group = Span & { atoms: Atom[] };
