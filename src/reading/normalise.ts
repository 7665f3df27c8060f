/** The door of the room: a text in one form of writing, with the way back from each character to how it was written. */
import { normaliseName } from '../basics/text.ts';
import type { Said } from './said.ts';

/** A stretch of the normalised text: from `start` up to, not including, `end`. */
export type Span = { start: number; end: number };

/** A mention in places of the normalised text. */
export type PlacedMention = Span & { name: string; id?: string; isAll: boolean };

/** An address behind the character before `at`, which is not written in the text itself. */
export type HiddenLink = { at: number; href: string };

/** A normalised text. `origin` tells for each UTF-16 unit of `text` from where to where of the original it comes. */
export type Plain = {
  text: string;
  origin: [from: number, to: number][];
  mentions: PlacedMention[];
  links: HiddenLink[];
  original: string;
};

/** What no reader sees: controls, zero-width characters, marks of direction, variation selectors, private use. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}]|\p{Variation_Selector}/gu;
const SPACE = /^[\t\v\f\p{Zs}]$/u;

/** Characters that NFKC leaves apart though people type them for one another. */
const SAME: Record<string, string> = {
  ...Object.fromEntries(Array.from('‐‑‒–—―−﹣', (dash) => [dash, '-'])),
  ...Object.fromEntries(Array.from('〜∼～˜', (tilde) => [tilde, '~'])),
  // The dot in 阿依古丽·买买提.
  ...Object.fromEntries(Array.from('•‧・∙⋅᛫ꞏ･', (dot) => [dot, '·'])),
  ...Object.fromEntries(Array.from('〔［【', (open) => [open, '['])),
  ...Object.fromEntries(Array.from('〕］】', (close) => [close, ']'])),
  '「': '“',
  '」': '”',
  '『': '“',
  '』': '”',
  '〈': '《',
  '〉': '》',
  '\u2028': '\n',
  '\u2029': '\n',
};

const MARKDOWN_LINK = /\[([^\][\n]{1,200})\]\((https?:\/\/[^\s()]+(?:\([^\s()]*\)[^\s()]*)*)\)/giu;

/**
 * The text in NFKC with one sort of dash, tilde, middle dot, bracket, space and line feed, without what cannot be seen. A link that
 * is written `[words](address)` leaves its words in the text. Never throws; the result is at most a few times longer than what came in.
 */
export function normalise({ text, mentions = [], links = [] }: Said): Plain {
  const hidden = new Set<number>();
  const behind = links.map(({ at, length, href }) => ({ at: at + length, href }));
  for (const match of text.matchAll(MARKDOWN_LINK)) {
    const [whole, label = '', href = ''] = match;
    const labelEnd = match.index + 1 + label.length;
    hidden.add(match.index);
    for (let at = labelEnd; at < match.index + whole.length; at += 1) hidden.add(at);
    behind.push({ at: labelEnd, href });
  }
  const out: string[] = [];
  const origin: Plain['origin'] = [];
  // A character with the marks that combine with it is one: e + ´ is é.
  for (const match of text.matchAll(/\P{M}\p{M}*|\p{M}+/gsu)) {
    const [written] = match;
    if (hidden.has(match.index)) continue;
    for (const unit of oneForm(written)) {
      out.push(unit);
      origin.push([match.index, match.index + written.length]);
    }
  }
  const place = (at: number) => {
    const index = origin.findIndex(([from]) => from >= at);
    return index < 0 ? out.length : index;
  };
  return {
    text: out.join(''),
    origin,
    mentions: mentions
      .map(({ at, length, name, id, isAll = false }) => ({
        start: place(at),
        end: place(at + length),
        name: nameAsWritten(name),
        isAll,
        ...(id && { id }),
      }))
      .filter(({ start, end }) => end > start),
    links: behind.map(({ at, href }) => ({ at: place(at), href })),
    original: text,
  };
}

/** What stands in a span, as the person wrote it. */
export function written({ origin, original }: Plain, { start, end }: Span): string {
  const pieces: string[] = [];
  for (let at = start; at < end; at += 1) {
    const [from, to] = origin[at] ?? [0, 0];
    if (at === start || origin[at - 1]?.[0] !== from) pieces.push(original.slice(from, to));
  }
  return pieces.join('');
}

/** A name as it stands in a normalised text. */
export function nameAsWritten(name: string): string {
  return normalise({ text: normaliseName(name) }).text;
}

/** The UTF-16 units that stand for a character; none for what cannot be seen. */
function oneForm(character: string): string[] {
  if (character === '\n' || SPACE.test(character)) return [character === '\n' ? character : ' '];
  const form = character.replace(INVISIBLE, '').normalize('NFKC').replace(INVISIBLE, '');
  return form.split('').map((unit) => SAME[unit] ?? (SPACE.test(unit) ? ' ' : unit));
}
