/** What the tenant's units and branches can be called: in full, in short, and from within. */
import type { Place } from '../audience-type.ts';
import type { Lexicon } from '../lexicon.ts';

/** How far a form is from a place's full name: the name itself or an alias, its end as said from within, an abbreviation. */
export type Closeness = 0 | 1 | 2;

/** The places a form can mean, all equally close. */
export type Named = { closeness: Closeness; places: Place[] };

/** Every form in which a place can be written. */
export type PlaceNames = { forms: Map<string, Named>; longest: number };

const LEVEL = '支队|大队|中队|党总支|党支部|支部|分局|局|科|处|所|室|站|部|组';
const NUMERAL = '一二三四五六七八九十';
/** Parts of a name that never fall out of an abbreviation: numerals and levels that others share. */
const KEPT = new RegExp(`^(?:[${NUMERAL}]+|大队|中队|支队|支部)`);
/** A longer stem has more abbreviations than anybody uses. */
const MAX_DROPPABLE = 9;

/**
 * The forms of all units and branches. 车辆管理所 is also 车管所, 一大队一中队 also 一中队 and 1中队, 三大队第一党支部 also 三大队一支部. A form
 * that fits several places names them all.
 */
export function namePlaces({ units, branches, aliases = [] }: Lexicon): PlaceNames {
  const forms = new Map<string, Named>();
  const add = (form: string, closeness: Closeness, place: Place) => {
    if (form.length < 2 || (closeness > 0 && form.length < 3)) return;
    for (const one of withDigits(form)) {
      const known = forms.get(one);
      if (!known || closeness < known.closeness) forms.set(one, { closeness, places: [place] });
      else if (known.closeness === closeness && !known.places.some((other) => isSame(other, place)))
        known.places.push(place);
    }
  };
  const named = [
    ...units.map(({ id, name, parentId }) => ({ name, place: placeOfUnit(id, parentId) })),
    ...branches.map(({ id, name }) => ({ name, place: { kind: 'branch', id } as Place })),
  ];
  for (const alias of aliases) if ('place' in alias) add(alias.said, 0, alias.place);
  for (const { name, place } of named) {
    const parts = endsOf(name);
    add(name, 0, place);
    for (const end of parts) add(end, 1, place);
    for (const form of [name, ...parts].flatMap(abbreviations)) add(form, 2, place);
  }
  return { forms, longest: Math.max(0, ...Array.from(forms.keys(), ({ length }) => length)) };
}

/** The form that stands at a place of a text, the longest first. */
export function nameAt(
  { forms, longest }: PlaceNames,
  text: string,
  at: number,
): { length: number; named: Named } | undefined {
  for (let length = Math.min(longest, text.length - at); length >= 2; length -= 1) {
    const named = forms.get(text.slice(at, at + length));
    if (named) return { length, named };
  }
  return undefined;
}

export function isSame(a: Place, b: Place): boolean {
  return a.kind === b.kind && a.id === b.id;
}

/** The unit at the top is the detachment. */
export function placeOfUnit(id: string, parentId: string | null): Place {
  return parentId === null ? { kind: 'detachment', id: null } : { kind: 'unit', id };
}

/** What is left of a name from behind each level and each place it begins with: 一大队一中队 → 一中队; …公安局交通警察支队 → 交通警察支队. */
function endsOf(name: string): string[] {
  const ends: string[] = [];
  for (const match of name.matchAll(new RegExp(`(?:${LEVEL}|省|市|县|区)`, 'g'))) {
    const end = name.slice(match.index + match[0].length);
    if (end.length >= 3 && new RegExp(`^[^${LEVEL}]`).test(end) && !/^党?支部$/.test(end)) ends.push(end);
  }
  // 宣传科 for 法制宣传科: the last word of a name without numerals.
  const word = /^[^一二三四五六七八九十]{2,}?([^一二三四五六七八九十队部]{2}[科所室处站])$/.exec(name)?.[1];
  return [...new Set([...ends, ...(word ? [word] : [])])];
}

/** Shorter forms that keep the first and the last character, numerals, and what others share. */
function abbreviations(name: string): string[] {
  const pieces: { text: string; isKept: boolean }[] = [];
  for (let at = 0; at < name.length; ) {
    const kept = KEPT.exec(name.slice(at))?.[0];
    const text = kept ?? name.charAt(at);
    const isEnd = at + text.length === name.length;
    pieces.push({ text, isKept: kept !== undefined || isEnd || (at === 0 && text !== '第') });
    at += text.length;
  }
  const droppable = pieces.flatMap(({ isKept }, index) => (isKept ? [] : [index]));
  if (droppable.length > MAX_DROPPABLE) return [];
  return Array.from({ length: 2 ** droppable.length - 1 }, (_, choice) =>
    pieces
      .filter((_piece, index) => !(droppable.includes(index) && ((choice + 1) >> droppable.indexOf(index)) & 1))
      .map(({ text }) => text)
      .join(''),
  ).filter((form) => form.length >= 3);
}

/** The form as it is, and with digits for the numerals that count units. */
function withDigits(form: string): string[] {
  const digits = form.replace(new RegExp(`[${NUMERAL}](?=大队|中队|支队|党?支部|党小组|分队)`, 'g'), (one) =>
    String(NUMERAL.indexOf(one) + 1),
  );
  return digits === form ? [form] : [form, digits];
}
