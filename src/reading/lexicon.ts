/** What the reader has to be told: the tenant's names, and the words that features give a meaning. */
import type { Calendar } from '../calendar/calendar.ts';
import type { Place } from './audience-type.ts';

export type NamedUnit = { id: string; name: string; parentId: string | null };
export type NamedBranch = { id: string; name: string; unitId: string | null };
export type NamedPerson = { id: string; name: string; unitId: string | null; branchId?: string | null };

/**
 * A word or pattern with the value it stands for, such as `session-kind`: 党课 → `party-lecture`. `isForm` words say what sort of thing
 * is done, never what it is about; a
 * word that `yields` is looked for where no addressee stands (支部书记).
 */
export type Term = { of: string; value: string; said: RegExp; isForm?: boolean; yields?: boolean };

/** The words of one kind, by the value each stands for. */
export function terms(of: string, words: Record<string, RegExp>, more: Pick<Term, 'isForm' | 'yields'> = {}): Term[] {
  return Object.entries(words).map(([value, said]) => ({ of, value, said, ...more }));
}

/** Names as they stand in the contacts; `aliases` are what this tenant says for them besides the usual abbreviations. */
export type Lexicon = {
  units: NamedUnit[];
  branches: NamedBranch[];
  people: NamedPerson[];
  aliases?: ({ said: string } & ({ place: Place } | { person: string }))[];
  terms?: Term[];
};

/** Who writes, from where and when. `pending` names the intent whose draft lies open before them, if one does. */
export type Context = {
  now: Date;
  calendar: Calendar;
  writer?: { id: string; unitId: string | null; branchId: string | null };
  pending?: string;
};
