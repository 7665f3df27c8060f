/** Finds where a text names people: mentioned, by name, in pinyin, with a slip of the pen, by a nickname. */
import { pinyin } from 'pinyin-pro';
import type { Context, Lexicon, NamedPerson } from '../lexicon.ts';
import { placeOfUnit } from '../names/place-names.ts';
import type { Relations } from '../names/relations.ts';
import { nameAsWritten, type Plain, type Span } from '../normalise.ts';
import { matches, type Sheet } from '../sheet.ts';
import type { PersonAtom } from './atoms.ts';

/** People by what they can be called. */
export type PeopleNames = {
  byName: Map<string, NamedPerson[]>;
  bySound: Map<string, NamedPerson[]>;
  byInitials: Map<string, NamedPerson[]>;
  bySurname: Map<string, NamedPerson[]>;
  longest: number;
};

export function namePeople({ people, aliases = [] }: Lexicon): PeopleNames {
  const names: PeopleNames = {
    byName: new Map(),
    bySound: new Map(),
    byInitials: new Map(),
    bySurname: new Map(),
    longest: 0,
  };
  const add = (map: Map<string, NamedPerson[]>, key: string, person: NamedPerson) => {
    const known = map.get(key) ?? [];
    if (!known.includes(person)) map.set(key, [...known, person]);
  };
  for (const person of people) {
    const name = nameAsWritten(person.name);
    if (name.length < 2) continue;
    add(names.byName, name, person);
    add(names.byName, name.replaceAll('·', ''), person);
    for (const syllables of readingsOf(name.replaceAll('·', ''))) {
      add(names.bySound, syllables.join(''), person);
      add(names.byInitials, syllables.map((syllable) => syllable.charAt(0)).join(''), person);
    }
    add(names.bySurname, name.charAt(0), person);
    names.longest = Math.max(names.longest, name.length);
  }
  for (const alias of aliases) {
    const person = 'person' in alias ? people.find(({ id }) => id === alias.person) : undefined;
    if (!person) continue;
    add(names.byName, alias.said, person);
    names.longest = Math.max(names.longest, alias.said.length);
  }
  return names;
}

/** A name's readings as lists of syllables: 朝 is zhao and chao. More than a few of them are nobody's. */
function readingsOf(name: string): string[][] {
  return Array.from(name).reduce<string[][]>(
    (before, character) => {
      const sounds = pinyin(character, { toneType: 'none', type: 'array', v: true, multiple: true });
      return before.flatMap((list) => [...new Set(sounds)].map((sound) => [...list, sound.toLowerCase()])).slice(0, 12);
    },
    [[]],
  );
}

/** Toneless syllables, one for each UTF-16 unit of a text without characters outside the basic plane; 吕 is `lv`. */
export function soundsOf(text: string): string[] {
  return pinyin(text, { toneType: 'none', type: 'array', v: true }).map((syllable) => syllable.toLowerCase());
}

// A name of two characters is often a word: it needs company that a name keeps.
const BEFORE_NAME =
  /(?:^|[\s\ue000,。:;、!?()@“”]|提名|推荐|登记|请假|主持人?|主讲人?|名单|给|为|由|让|和|与|及|除|把|请|叫|是|跟)$/u;
const AFTER_NAME = /^(?:$|[\s\ue000,。:;、!?()“”]|同志|警官|[的请休和与及到从今明后要没不下上]|主持|主讲|参评)/u;
const NICKNAME = /(?<![\p{Script=Han}])[老小](?<surname>\p{Script=Han})(?![组学时人师年龄区车事伙心区型额康])/gu;
const SELF =
  /(?<!\p{Script=Han})(?:我自己|本人|我)(?![们的县国省市区方局队]|支|中队|大队|单位|科|所|处)|(?<=[\ue000一二三四五六日号天晚早上下午提名推荐登记取消])(?:我自己|我|本人)(?![们的县国省市区方局队]|支|中队|大队)/gu;

/** Claims every person. Guesses (nickname, slip of the pen) are marked: nothing may be done to them before they are confirmed. */
export function findPeople(
  sheet: Sheet,
  plain: Plain,
  names: PeopleNames,
  relations: Relations,
  writer: Context['writer'],
): PersonAtom[] {
  const found: PersonAtom[] = [];
  const add = (span: Span, name: string, people: NamedPerson[] | string[], more: Partial<PersonAtom> = {}) => {
    const ids = people.map((one) => (typeof one === 'string' ? one : one.id));
    if (!sheet.claim(span)) return;
    found.push({
      start: span.start,
      end: span.end,
      is: 'person',
      name,
      ids,
      isGuess: false,
      isMention: false,
      isSelf: false,
      ...more,
    });
  };
  for (const { start, end, name, id, isAll } of plain.mentions) {
    if (!isAll) add({ start, end }, name, id ? [id] : (names.byName.get(name) ?? []), { isMention: true });
  }
  for (const span of findNames(sheet.rest(), names)) {
    const isMention = sheet.text.charAt(span.start - 1) === '@';
    add({ start: span.start - (isMention ? 1 : 0), end: span.end }, span.name, names.byName.get(span.name) ?? [], {
      isMention,
    });
  }
  for (const { start, end, text } of matches(
    sheet,
    /(?<![A-Za-z\d/.:_-])[A-Za-z][A-Za-z' ]{1,30}(?<=[A-Za-z])(?![\w/.:-])/gu,
  )) {
    const letters = text.replace(/[' ]/g, '').toLowerCase().replaceAll('ü', 'v');
    const isNominee = /(?:提名|推荐)\s*$/.test(sheet.text.slice(0, start));
    const people = names.bySound.get(letters) ?? (isNominee ? names.byInitials.get(letters) : undefined);
    if (people) add({ start, end }, text, people);
  }
  for (const span of findSlips(sheet.rest(), names)) add(span, span.name, span.people, { isGuess: true });
  for (const { start, end, text, groups } of matches(sheet, NICKNAME)) {
    const people = names.bySurname.get(groups.surname ?? '') ?? [];
    const top = relations
      .chain(writer?.unitId ?? null)
      .filter(({ parentId }) => parentId !== null)
      .at(-1);
    const near = people.filter(({ unitId }) => !top || relations.isWithin(unitId, placeOfUnit(top.id, top.parentId)));
    if (people.length > 0) add({ start, end }, text, near, { isGuess: true });
  }
  for (const { start, end, text } of matches(sheet, SELF)) {
    add({ start, end }, text, writer ? [writer.id] : [], { isSelf: true });
  }
  return found.sort((a, b) => a.start - b.start);
}

function findNames(text: string, { byName, longest }: PeopleNames): (Span & { name: string })[] {
  const found: (Span & { name: string })[] = [];
  for (let at = 0; at < text.length; at += 1) {
    for (let length = Math.min(longest, text.length - at); length >= 2; length -= 1) {
      const name = text.slice(at, at + length);
      if (!byName.has(name)) continue;
      const isWord =
        length === 2 && !(BEFORE_NAME.test(text.slice(Math.max(0, at - 4), at)) && AFTER_NAME.test(text.slice(at + 2)));
      if (isWord) continue;
      found.push({ start: at, end: at + length, name });
      at += length - 1;
      break;
    }
  }
  return found;
}

/** Three characters that sound as somebody's name and share two of its three. */
function findSlips(text: string, { bySound }: PeopleNames): (Span & { name: string; people: NamedPerson[] })[] {
  const sounds = soundsOf(text.replace(/[\u{10000}-\u{10ffff}]/gu, '\ue000\ue000'));
  const found: (Span & { name: string; people: NamedPerson[] })[] = [];
  for (let at = 0; at + 3 <= text.length; at += 1) {
    const people = bySound.get(sounds.slice(at, at + 3).join(''));
    const typed = text.slice(at, at + 3);
    if (!people || !/^\p{Script=Han}{3}$/u.test(typed)) continue;
    const like = people.filter(
      ({ name }) => [0, 1, 2].filter((index) => name.charAt(index) === typed.charAt(index)).length === 2,
    );
    if (like.length > 0) found.push({ start: at, end: at + 3, name: typed, people: like });
  }
  return found;
}
