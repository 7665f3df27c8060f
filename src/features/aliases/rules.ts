/** Decisions about aliases, without a database: what a sentence says, and which words cannot be one. */
import type { Feature } from '../../feature.ts';
import type { Place } from '../../people/audience/audience.ts';
import type { Span } from '../../reading/normalise.ts';
import type { Reading } from '../../reading/reading.ts';
import type { Slot } from '../../reading/slots.ts';

/** 机动 = 机动大队: the alias, and the name for which it stands. */
export type Pair = { said: string; name: string };

const PAIRS = [
  /^(?<said>[^=＝]+?)\s*(?:=+|＝|→|->)\s*(?<name>[^=＝]+)$/u,
  /^(?:给|把|将)?(?<name>.+?)(?:以后)?(?:加个|也|又)?(?:的?(?:简称|别名|俗称))(?:为|是|叫)?(?<said>.+)$/u,
  /^(?:以后)?(?:我们|大家)?(?:说|讲|写)?(?<said>.+?)(?:就是指?|指的是|是指|是)(?<name>.+?)(?:的(?:简称|别名|俗称))?$/u,
];
const AROUND = /^[\s“”"'‘’「」：:，,]+|[\s“”"'‘’「」。.!！]+$/gu;

/** The alias that a sentence gives; undefined where it gives none. */
export function readPair(text: string): Pair | undefined {
  const plain = text.replace(AROUND, '');
  for (const pattern of PAIRS) {
    const { said = '', name = '' } = pattern.exec(plain)?.groups ?? {};
    const pair = { said: said.replace(AROUND, ''), name: name.replace(AROUND, '') };
    if (pair.said !== '' && pair.name !== '') return pair;
  }
  return undefined;
}

/** What is wrong with the words of an alias by themselves. */
export function objectToWords(said: string): string | undefined {
  if (/^[\p{Script=Han}a-z\d·]{2,20}$/iu.test(said)) return undefined;
  return '别名请用2到20个汉字、字母或数字，中间不要空格和标点。';
}

/** Whether a wish of any feature uses the word, or a term that features lend the reader. */
export function isUsedByWishes(features: Feature[], said: string): boolean {
  const words = features.flatMap(({ commands = {} }) => Object.values(commands).flatMap((command) => command.words));
  const cues = features.flatMap(({ hears = [] }) => hears.flatMap((intent) => intent.cues.map(([pattern]) => pattern)));
  const terms = features.flatMap(({ lends = [] }) => lends.map((term) => term.said));
  return (
    words.includes(said) ||
    [...cues, ...terms].some((pattern) => pattern.source.includes(said) || isWhole(pattern, said))
  );
}

/** Whether a pattern takes all of the word; one that takes any two characters says nothing. */
function isWhole({ source, flags }: RegExp, said: string): boolean {
  const whole = new RegExp(`^(?:${source})$`, flags.replace('g', ''));
  return whole.test(said) && !whole.test('〇'.repeat(said.length));
}

/** The slots of a sentence that touch words in it. */
export function slotsOn({ plain, slots }: Reading, words: string): Slot[] {
  const start = plain.text.indexOf(words);
  const span: Span = { start, end: start + words.length };
  return start < 0 ? [] : slots.filter((slot) => slot.start < span.end && span.start < slot.end);
}

/** Whether a slot gives the words a meaning that has nothing to do with a place: a date, a number, 党员, 我. */
export function isOtherMeaning(slot: Slot): boolean {
  if (slot.kind === 'place' || slot.kind === 'title') return false;
  if (slot.kind === 'person') return slot.isSelf;
  if (slot.kind !== 'audience') return true;
  const { politics, kinds, offices } = slot.audience;
  return politics.length + kinds.length + offices.length > 0;
}

/** The places that slots name. */
export function placesOf(slots: Slot[]): Place[] {
  return slots.flatMap((slot) => {
    if (slot.kind === 'place') return slot.places;
    return slot.kind === 'audience' ? [...slot.audience.places, ...slot.choices] : [];
  });
}
