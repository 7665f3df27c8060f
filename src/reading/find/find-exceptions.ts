/** Finds who is left out of an addressee: 除华若谷外, （值班人员除外）. */
import type { AudienceSlot, PersonSlot, PlaceSlot } from '../slots.ts';
import type { Atom, Group } from './atoms.ts';

const EXCEPT = /[(,]?\s*(?:除了?|除开|不含|不包括|不包含)\s*$/;
const EXCEPTED = /^\s*(?:之外|以外|除外|外)?\s*\)?/;

/** Whether a group is what is left out. */
export function isException(text: string, { start, end }: Group): boolean {
  return EXCEPT.test(text.slice(Math.max(0, start - 6), start)) || /^\s*除外/.test(text.slice(end, end + 4));
}

/** Takes a group from the addressee it belongs to, or from everybody where none is said. */
export function except(
  text: string,
  { start, end, atoms }: Group,
  slots: (AudienceSlot | PersonSlot | PlaceSlot)[],
): void {
  const from = start - (EXCEPT.exec(text.slice(Math.max(0, start - 6), start))?.[0].length ?? 0);
  const to = end + (EXCEPTED.exec(text.slice(end, end + 6))?.[0].length ?? 0);
  const audiences = slots.filter((slot) => slot.kind === 'audience');
  const target =
    audiences.findLast((slot) => slot.end <= from && from - slot.end <= 3) ??
    audiences.find((slot) => slot.start >= to) ??
    audiences.at(-1);
  const slot: AudienceSlot = target ?? {
    start: from,
    end: to,
    kind: 'audience',
    rank: 1,
    isLimited: false,
    choices: [],
    unclear: [],
    audience: {
      places: [],
      persons: [],
      except: { places: [], persons: [] },
      politics: [],
      kinds: [],
      offices: [],
      withBelow: true,
    },
  };
  if (!target) slots.push(slot);
  for (const atom of atoms) {
    if (atom.is === 'person' && atom.ids.length === 1 && !atom.isGuess) slot.audience.except.persons.push(...atom.ids);
    else if (atom.is === 'place' && atom.isClear) slot.audience.except.places.push(...atom.places);
    else slot.unclear.push(`除${text.slice(atom.start, atom.end)}外`);
  }
  if (!target) return;
  if (slot.end <= from && from - slot.end <= 3) slot.end = to;
  else slots.push({ start: from, end: to, kind: 'place', places: [], role: 'mention' });
}

/** 除张三丰外, where nobody is called so: whoever is meant, the addressee is not clear without them. */
export function exceptUnknown(text: string, atoms: Atom[], slots: (AudienceSlot | PersonSlot | PlaceSlot)[]): void {
  const said = /(?:除(?!夕|非)|不含|不包括)[^,。;()\n]{1,12}?(?:之外|以外|外|除外)|[^,。;()\n]{1,8}除外/u.exec(text);
  if (!said || atoms.some(({ start, end }) => start < said.index + said[0].length && end > said.index)) return;
  for (const slot of slots) if (slot.kind === 'audience') slot.unclear.push(said[0]);
}
