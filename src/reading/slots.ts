/** What a text says: each slot a span with its kind and value. */
import type { Day } from '../calendar/calendar.ts';
import type { DateConflict, Moment } from '../calendar/find-moments.ts';
import type { DayRange } from '../calendar/parse-period.ts';
import type { Audience, Place } from './audience-type.ts';
import type { PersonAtom } from './find/atoms.ts';
import type { Span } from './normalise.ts';

/**
 * What a date is there for. `deadline` is one to act by, `hand-in` one by which lists and reports are due, `start` a beginning, `event`
 * something that is held or checked by others, `background` what the text only tells of; `plain` is said without any mark.
 */
export type WhenRole = 'deadline' | 'hand-in' | 'start' | 'event' | 'background' | 'plain';

export type WhenSlot = Span & {
  kind: 'when';
  shape: 'point' | 'span' | 'list';
  moments: Moment[];
  role: WhenRole;
  conflict?: DateConflict;
};

/** `rank` says how surely these are addressed; `choices` are places of which one is meant; `unclear` is what an audience cannot say. */
export type AudienceSlot = Span & {
  kind: 'audience';
  audience: Audience;
  rank: number;
  isLimited: boolean;
  choices: Place[];
  unclear: string[];
};

export type PersonSlot = Span & { kind: 'person' } & Pick<
    PersonAtom,
    'name' | 'ids' | 'isGuess' | 'isSelf' | 'isMention'
  >;

/** A place where something is, or that does something, or is only spoken of. */
export type PlaceSlot = Span & { kind: 'place'; places: Place[]; role: 'location' | 'agent' | 'mention' };

/** Goods: so many for each person, or in all, as far as that is said; `between` are words between name and number: 坏了. */
export type ItemSlot = Span & {
  kind: 'item';
  name: string;
  quantity: number;
  unit: string;
  per: 'each' | 'total' | 'unsaid';
  between?: Span;
};

/** A number with its unit (道, 人, 字, 度) and the words around it. */
export type NumberSlot = Span & { kind: 'number'; value: number; unit: string; before: string; after: string };

/** So long: minutes, or whole and half days; neither where it is said as 几天. */
export type DurationSlot = Span & { kind: 'duration'; minutes?: number; days?: number; before: string; after: string };

/** A pass mark. */
export type ScoreSlot = Span & { kind: 'score'; value: number; of: 'points' | 'per cent' };

/** 每月10日: the days of each month, 31 for the last. `isSimple` is false for what is more than days of a month. */
export type RecurrenceSlot = Span & {
  kind: 'recurrence';
  every: 'day' | 'week' | 'month' | 'quarter' | 'year';
  days: number[];
  isSimple: boolean;
};

/** The day on which goods expire; no day when there is no such, or it follows from what is not said. */
export type ExpirySlot = Span & { kind: 'expiry'; day?: Day };

export type Slot =
  | WhenSlot
  | AudienceSlot
  | PersonSlot
  | PlaceSlot
  | ItemSlot
  | NumberSlot
  | DurationSlot
  | ScoreSlot
  | RecurrenceSlot
  | ExpirySlot
  | (Span & { kind: 'link'; href: string })
  | (Span & { kind: 'title'; text: string })
  | (Span & { kind: 'term'; of: string; value: string; isForm: boolean })
  | (Span & { kind: 'lead'; days: number })
  | (Span & { kind: 'batch' | 'document'; label: string })
  | (Span & { kind: 'period'; range: DayRange });

export type SlotKind = Slot['kind'];
export type SlotOf<K extends SlotKind> = Extract<Slot, { kind: K }>;
