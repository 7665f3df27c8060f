/** Hides from a model who and what is spoken of: names, phones, plates, ids become placeholders, with the way back. */
import type { Span } from '../reading/normalise.ts';
import type { Reading } from '../reading/reading.ts';

/** A text that may go out, and the way from a quote of it to the words as they stand in the text that was read. */
export type Veiled = { text: string; unveil: (quote: string) => string };

type Hidden = Span & { as: '人' | '号' };

/** What leads to somebody by its form: mail, web address, id card, phone, plate, whatever has many digits or looks like a key. */
const NUMBERS = [
  /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu,
  /(?:https?:\/\/|www\.)[!-~]+/giu,
  /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领][A-Z][·.\s-]?[A-Z0-9]{4,5}[A-Z0-9挂学警港澳]/giu,
  /(?<!\d)\d(?:[\d\s-]{4,}\d)[Xx]?/gu,
  /[A-Za-z0-9_-]{12,}/gu,
];
const MENTION = /@[^\s@,。，;:!?]{1,20}/gu;

/** Veils a text that was read; `names` are further names, as they are written in it. */
export function veil({ plain, slots, residue }: Reading, names: string[]): Veiled {
  const { text } = plain;
  const people: Span[] = [
    ...slots.filter((slot) => slot.kind === 'person' && !slot.isSelf),
    ...residue.filter(({ matters }) => matters === 'name'),
    ...plain.mentions,
    ...spansOf(text, MENTION),
    ...names.flatMap((name) => occurrencesOf(text, name)),
  ];
  const numbers = NUMBERS.flatMap((pattern) => spansOf(text, pattern));
  const hidden = merge([
    ...people.map((span): Hidden => ({ ...span, as: '人' })),
    ...numbers.map((span): Hidden => ({ ...span, as: '号' })),
  ]);
  const originals = new Map<string, string>();
  let veiled = '';
  let at = 0;
  for (const { start, end, as } of hidden) {
    const original = text.slice(start, end);
    const known = [...originals].find(([, one]) => one === original)?.[0];
    const placeholder = known ?? `〔${as}${originals.size + 1}〕`;
    originals.set(placeholder, original);
    veiled += text.slice(at, start) + placeholder;
    at = end;
  }
  return {
    text: veiled + text.slice(at),
    unveil: (quote) => quote.replace(/〔[人号]\d+〕/gu, (placeholder) => originals.get(placeholder) ?? placeholder),
  };
}

function spansOf(text: string, pattern: RegExp): Span[] {
  return Array.from(text.matchAll(pattern), (match) => ({ start: match.index, end: match.index + match[0].length }));
}

function occurrencesOf(text: string, name: string): Span[] {
  const found: Span[] = [];
  for (let at = name === '' ? -1 : text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length))
    found.push({ start: at, end: at + name.length });
  return found;
}

/** What overlaps is hidden as one. */
function merge(spans: Hidden[]): Hidden[] {
  const merged: Hidden[] = [];
  for (const span of spans.filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && span.start < last.end) last.end = Math.max(last.end, span.end);
    else merged.push({ ...span });
  }
  return merged;
}
