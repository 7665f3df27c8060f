/** What holds for the reading of any text. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise, written } from '../../src/reading/normalise.ts';
import { SENTENCES } from './judge.ts';
import { OWN_SENTENCES } from './own-sentences.ts';
import { as, read } from './tenant.ts';

const TEXTS = [...SENTENCES, ...OWN_SENTENCES].map(({ text }) => text);
/** Pieces of real sentences between odd characters, so that every finder is reached. */
const fragment = fc.oneof(
  fc
    .constantFrom(...TEXTS)
    .chain((text) =>
      fc.tuple(fc.nat(text.length), fc.nat(30)).map(([from, length]) => text.slice(from, from + length)),
    ),
  fc.constantFrom(
    '１２月３日',
    '\u200b',
    '@华若谷 ',
    '[文](https://a.cn/b)',
    '（',
    '）',
    '《',
    '》',
    '👍',
    '\ud83d',
    'ﬁ',
    '\u0000',
    '㍿',
    'é',
    '每月',
    '2盒',
    '\n',
    '一大队',
    '除',
    '外',
  ),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
);
const text = fc.array(fragment, { maxLength: 8 }).map((parts) => parts.join(''));

describe('a reading of any text', () => {
  it('gives each character to one piece, and no slot overlaps another', () => {
    fc.assert(
      fc.property(text, (said) => {
        const { plain, pieces, slots } = read({ text: said }, as('secretary'));
        expect(pieces.map(({ start, end }) => [start, end])).toEqual(
          pieces.map((piece, index) => [pieces[index - 1]?.end ?? 0, piece.end]),
        );
        expect(pieces.at(-1)?.end ?? 0).toBe(plain.text.length);
        expect(pieces.every(({ start, end }) => end > start)).toBe(true);
        for (const slot of slots) {
          expect(slot.end).toBeGreaterThanOrEqual(slot.start);
          expect(slot.end).toBeLessThanOrEqual(plain.text.length);
        }
        // A link whose label is all that was written is a point behind it, which may lie within a name.
        const wide = slots.filter(({ start, end }) => end > start);
        wide.forEach((slot, index) => {
          expect(slot.start).toBeGreaterThanOrEqual(wide[index - 1]?.end ?? 0);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('is quoted from what was written, in its order', () => {
    fc.assert(
      fc.property(text, (said) => {
        const reading = read({ text: said }, as('secretary'));
        let from = 0;
        for (const { start, end } of reading.pieces) {
          const at = said.indexOf(reading.quote({ start, end }), Math.max(0, from - 1));
          expect(at).toBeGreaterThanOrEqual(0);
          from = at;
        }
        for (const quote of reading.unused([])) expect(said.length).toBeGreaterThanOrEqual(quote.length);
      }),
      { numRuns: 300 },
    );
  });

  it('is the same when it is read again', () => {
    fc.assert(
      fc.property(text, (said) => {
        const [first, second] = [read({ text: said }, as('secretary')), read({ text: said }, as('secretary'))];
        expect({ ...second, of: 0, quote: 0, unused: 0 }).toEqual({ ...first, of: 0, quote: 0, unused: 0 });
      }),
      { numRuns: 50 },
    );
  });
});

describe('normalise', () => {
  it('keeps the way back for every character', () => {
    fc.assert(
      fc.property(text, (said) => {
        const plain = normalise({ text: said });
        expect(plain.origin).toHaveLength(plain.text.length);
        let last = 0;
        for (const [from, to] of plain.origin) {
          expect(from).toBeGreaterThanOrEqual(last);
          expect(to).toBeGreaterThan(from);
          expect(to).toBeLessThanOrEqual(said.length);
          last = from;
        }
        expect(said.length - written(plain, { start: 0, end: plain.text.length }).length).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('does nothing to what is normalised', () => {
    fc.assert(
      fc.property(text, (said) => {
        const once = normalise({ text: said.replaceAll('[', '') }).text;
        expect(normalise({ text: once }).text).toBe(once);
      }),
    );
  });
});
