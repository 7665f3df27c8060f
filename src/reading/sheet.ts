/** The text while it is read: each character belongs to the first reader that claims it, so nothing is read twice. */
import type { Span } from './normalise.ts';

/** What a claimed character looks like to the readers that come later: it matches no pattern of theirs. */
export const TAKEN = '\ue000';

/** A text on which readers claim spans. */
export type Sheet = {
  text: string;
  /** The text with `TAKEN` for every claimed character. */
  rest: () => string;
  isFree: (span: Span) => boolean;
  /** Claims a span; false, without a claim, when a part of it is claimed already, or it is empty. */
  claim: (span: Span) => boolean;
};

/** A sheet on which nothing is claimed. */
export function createSheet(text: string): Sheet {
  const taken = new Uint8Array(text.length);
  let rest: string | undefined = text;
  const isFree = ({ start, end }: Span) => !taken.subarray(start, end).includes(1);
  return {
    text,
    isFree,
    rest: () => {
      rest ??= Array.from(taken, (is, at) => (is ? TAKEN : text.charAt(at))).join('');
      return rest;
    },
    claim: (span) => {
      if (span.end <= span.start || !isFree(span)) return false;
      taken.fill(1, span.start, span.end);
      rest = undefined;
      return true;
    },
  };
}

/** All matches of a global pattern in what is left, as spans with their groups. */
export function matches(
  sheet: Sheet,
  pattern: RegExp,
): (Span & { text: string; groups: Record<string, string | undefined> })[] {
  const global = pattern.flags.includes('g') ? pattern : new RegExp(pattern.source, `${pattern.flags}g`);
  return Array.from(sheet.rest().matchAll(global), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
    text: match[0],
    groups: match.groups ?? {},
  }));
}

/** The clause around a place: from after the last to before the next of `，。；！？` and line feed. */
export function clauseAt(text: string, at: number): Span {
  let start = at;
  while (start > 0 && !CLAUSE_END.test(text.charAt(start - 1))) start -= 1;
  let end = at;
  while (end < text.length && !CLAUSE_END.test(text.charAt(end))) end += 1;
  return { start, end };
}
const CLAUSE_END = /[,。;!?\n]/;
