/** What a feature gets for one of its fields: a value, nothing, or a question. */
import type { Span } from '../normalise.ts';

/** `used` are the spans that the value comes from, for `reading.unused`. */
export type Picked<T> =
  | { is: 'one'; value: T; used: Span[] }
  | { is: 'none' }
  /** Said, but not so that it can be acted on: the words, why, and what they could mean. */
  | { is: 'unclear'; why: Unclear; said: Span[]; choices: T[] };

export type Unclear =
  | 'several'
  | 'no-such-day'
  | 'other-weekday'
  | 'two-dates'
  | 'past'
  | 'ends-before-it-begins'
  | 'half-day'
  | 'unknown'
  | 'not-simple';

export function one<T>(value: T, ...used: Span[]): Picked<T> {
  return { is: 'one', value, used };
}

export function unclear<T>(why: Unclear, said: Span[], choices: T[] = []): Picked<T> {
  return { is: 'unclear', why, said, choices };
}

export const NONE: { is: 'none' } = { is: 'none' };
