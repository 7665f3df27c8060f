/** What comes in of a text, and the one spelling of a name. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanName, cleanText, normaliseName } from '../src/basics/text.ts';

const anyText = fc.string({ unit: 'binary' });

describe('a text', () => {
  it('can be kept whatever came, and cleaning it again changes nothing', () => {
    const units = fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes));
    fc.assert(
      fc.property(fc.oneof(units, anyText), (text) => {
        const clean = cleanText(text);
        expect(clean.isWellFormed() && !clean.includes('\u0000')).toBe(true);
        expect(cleanText(clean)).toBe(clean);
        expect(normaliseName(normaliseName(text))).toBe(normaliseName(text));
      }),
    );
  });

  it('keeps every visible sign', () => {
    const text = '“提醒”一大队\t1．完成；\r\n<at id=all></at> naïve émoji 👮🏽‍♀️ ‌';
    expect(cleanText(text)).toBe(text);
  });

  it.each(['\u202e', '\u2066', '\u200b', '\u00ad', '\u3164', '\u115f', '\u1160', '\uffa0'])(
    'is empty when nothing of it can be seen: %j',
    (sign) => expect(cleanText(sign + sign)).toBe(''),
  );
});

describe('a name', () => {
  const direction = [...'\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069'];
  const noWidth = [...'\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u180e\u3164\ufe0f\u0000\u0085', '\u{e0100}'];
  it.each([...direction, ...noWidth].map((sign) => [sign.codePointAt(0)?.toString(16), sign]))(
    'has no U+%s in it',
    (_code, sign) => {
      expect(normaliseName(`${sign}张${sign}伟${sign}`)).toBe('张伟');
      expect(cleanName(`一大队${sign} `)).toBe('一大队');
    },
  );

  it.each(['·', '•', '・', '･', '‧', '∙', '⋅', '．', '.', ' · ', ' • '])('has one middle dot for %s', (dot) => {
    expect(normaliseName(`阿依古丽${dot}买买提`)).toBe('阿依古丽·买买提');
  });

  it.each([
    [' 张　伟 ', '张伟'],
    ['张 伟\n', '张伟'],
    ['O.Henry  Smith', 'O.Henry Smith'],
    ['𠮷田', '𠮷田'],
  ])('%j is %j', (name, expected) => {
    expect(normaliseName(name)).toBe(expected);
  });
});
