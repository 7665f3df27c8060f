/** What people want, as data: a feature declares how its wishes sound, and nothing else decides what is heard. */
import type { SlotKind } from '../slots.ts';

/**
 * One thing a person can want. Cues are matched on the text as `view.ts` shows it, where a date is Ⓓ, an addressee Ⓤ, a person Ⓟ and
 * so on; each counts once, with its weight, which may be negative. `likes` are slots that speak for it, `past` a
 * date that has been. `examples` are sentences as
 * people write them: they decide between wishes that cues leave close together.
 */
export type Intent = {
  name: string;
  /** Words that mean it by themselves at the beginning of a text. */
  words?: string[];
  cues: [said: RegExp, weight: number][];
  likes?: Partial<Record<SlotKind | 'past', number>>;
  examples: string[];
  /** Wished only while a draft of one of these lies open. */
  during?: string[];
};

/** An intent with its score; `cues` are the spans that spoke for it. */
export type Heard = { name: string; score: number };

/** `sure`: the first is meant. `likely`: one of the first two is. `unknown`: nothing is near enough. */
export type Ranking = { is: 'sure' | 'likely' | 'unknown'; ranked: Heard[] };
