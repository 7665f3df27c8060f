// biome-ignore-all lint/suspicious/noTemplateCurlyInString: people may type what looks like a template
import fc from 'fast-check';
import { marked } from 'marked';
import { describe, expect, test } from 'vitest';
import { md } from '../../src/cards/escape.ts';

/** What the escapes stand for. */
const shown = (markdown: string) => markdown.replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));

const markup = [
  '<at id=all></at>',
  '<at id=ou_1></at>',
  '<a href=x>',
  '[x](https://x)',
  '**bold**',
  '__bold__',
  '*i*',
  '~~gone~~',
  '`code`',
  '```',
  '<font color=red>',
  '<text_tag>',
  '<person id=x>',
  '<raw>',
  '<br>',
  '<hr>',
  ':DONE:',
  '# ',
  '- ',
  '+ ',
  '1. ',
  '1) ',
  '> ',
  '---',
  '===',
  '| a |',
  '![x](y)',
  '&lt;',
  '&#60;at&#62;',
  '\\',
  '${x}',
  '$',
  '\n',
  '\r\n',
  '\n\n',
  '    ',
  '\t',
  '\u0000',
  '\u202e',
];
const typed = fc
  .array(fc.oneof(fc.constantFrom(...markup), fc.string({ unit: 'binary' }), fc.string()))
  .map((parts) => parts.join(''));

describe('md', () => {
  test('leaves no character that could be markup', () => {
    fc.assert(
      fc.property(typed, (text) => {
        expect(md(text).replaceAll(/&#\d+;/g, '')).not.toMatch(/[!-/:-@[-`{-~]/);
      }),
    );
  });

  test('shows the same letters', () => {
    const bare = (text: string) =>
      text.replaceAll(/[\s\p{Cc}\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, '');
    fc.assert(
      fc.property(typed, (text) => {
        expect(bare(shown(md(text)))).toBe(bare(text));
      }),
    );
  });

  test('leaves no empty line and no indentation, which would be a block', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const escaped = md(text);
        for (const line of escaped === '' ? [] : escaped.split('\n')) expect(line).toMatch(/^\S(.*\S)?$/su);
      }),
    );
  });

  test('comes out of a markdown renderer as paragraphs of text, and of a line in bold as that line', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const html = marked.parse(`**原因**：${md(text)}。`, { async: false, gfm: true, breaks: true });
        expect(html.match(/<[a-z/][^>]*>/gi)?.filter((tag) => !/^<(\/?p|\/?strong|br)>$/.test(tag)) ?? []).toEqual([]);
        expect(html).toContain('<strong>原因</strong>');
      }),
    );
  });

  test('is readable where nothing is special', () => {
    expect(md('请于11月27日（周五）前完成，谢谢')).toBe('请于11月27日（周五）前完成，谢谢');
    expect(md('第一行\r\n\r\n   第二行 ')).toBe('第一行\n第二行');
    expect(md(3)).toBe('3');
    expect(md(null)).toBe('');
  });

  test('a mention becomes words', () => {
    expect(md('<at id=all></at>')).toBe('&#60;at id&#61;all&#62;&#60;&#47;at&#62;');
  });
});
