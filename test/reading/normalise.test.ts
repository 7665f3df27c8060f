/** One form of writing, and the way back to how it was written. */
import { describe, expect, it } from 'vitest';
import { nameAsWritten, normalise, written } from '../../src/reading/normalise.ts';

describe('normalise', () => {
  it.each([
    ['１８：００', '18:00'],
    ['（ａ）；，！？', '(a);,!?'],
    ['3月1日—3月3日', '3月1日-3月3日'],
    ['3月1日～3日', '3月1日~3日'],
    ['\u200b学习\u202d党章\u2060', '学习党章'],
    ['a\u00a0b\u3000c\td', 'a b c d'],
    ['一\r\n二', '一\n二'],
    ['「四个意识」【通知】', '“四个意识”[通知]'],
    ['阿依古丽•买买提', '阿依古丽·买买提'],
    ['e\u0301', 'é'],
    ['🉀', '[本]'],
    ['\u0000学\ufe0f习\ue000', '学习'],
    ['学习[公报](https://example.gov.cn/a)', '学习公报'],
  ])('%j as %j', (text, expected) => {
    expect(normalise({ text }).text).toBe(expected);
  });

  it('gives back what was written', () => {
    const plain = normalise({ text: '于１２月８日\u200b１８：００前' });
    const start = plain.text.indexOf('12月');
    expect(written(plain, { start, end: plain.text.indexOf('前') })).toBe('１２月８日１８：００');
  });

  it('keeps mentions and links in their places', () => {
    const text = '\u200b@张伟 请学习 公报';
    const plain = normalise({
      text,
      mentions: [{ at: 1, length: 3, name: ' 张伟 ', id: 'ou_1' }],
      links: [{ at: text.length - 2, length: 2, href: 'https://a.cn' }],
    });
    expect(plain.mentions).toEqual([{ start: 0, end: 3, name: '张伟', id: 'ou_1', isAll: false }]);
    expect(plain.links).toEqual([{ at: plain.text.length, href: 'https://a.cn' }]);
  });

  it.each([
    [' 张 伟 ', '张伟'],
    ['阿依古丽•买买提', '阿依古丽·买买提'],
    ['阿依古丽 · 买买提', '阿依古丽·买买提'],
    ['John  Smith', 'John Smith'],
  ])('a name %j as %j', (name, expected) => {
    expect(nameAsWritten(name)).toBe(expected);
  });
});
