/** Any card can be told in words: nothing that can be read is lost, nothing that can be pressed is promised. */
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { renderTemplate } from '../../src/cards/render.ts';
import { loadTemplates, readSamples } from '../../src/cards/templates.ts';
import { walk } from '../../src/cards/walk.ts';
import { declared } from '../../src/declared.ts';
import { plainWords } from '../../src/outbox/plain-words.ts';
import { createRegistry } from '../../src/turn/registry.ts';

const folder = fileURLToPath(new URL('../../cards', import.meta.url));
const cards = [...loadTemplates(folder, createRegistry(declared).form).values()].flatMap((template) =>
  readSamples(template).map((sample) => renderTemplate(template, sample)),
);

/** Every paragraph of a card. */
function paragraphs(card: unknown): string[] {
  const found: string[] = [];
  walk(card, (value) => {
    const part = value as { tag?: string; text?: { tag: string; content: string } } | null;
    if (part?.tag === 'div' && part.text?.tag === 'plain_text') found.push(...part.text.content.split('\n'));
  });
  return found.filter((line) => line.trim() !== '');
}

it('says every paragraph of every sample, under the title, within what Feishu takes', () => {
  expect(cards.length).toBeGreaterThan(150);
  for (const card of cards) {
    const { title, lines } = plainWords(card);
    const all = lines.join('\n');
    expect(title).toMatch(/^\S+.*（.+）$/);
    expect(paragraphs(card).filter((line) => !all.includes(line))).toEqual([]);
    expect(all).not.toMatch(/undefined|\[object|&#\d|\*\*/);
    expect(Buffer.byteLength(JSON.stringify(lines))).toBeLessThan(25_000);
  }
});

it('says no button but those that open a page', () => {
  const link = {
    tag: 'button',
    text: { tag: 'plain_text', content: '看材料' },
    behaviors: [{ type: 'open_url', default_url: 'https://example.gov.cn/a' }],
  };
  const press = {
    tag: 'button',
    text: { tag: 'plain_text', content: '我已完成' },
    behaviors: [{ type: 'callback', value: {} }],
  };
  expect(plainWords({ body: { elements: [link, press] } }).lines).toEqual(['看材料：https://example.gov.cn/a']);
});

it('shows what was typed as it was typed, and what a form holds', () => {
  const elements = [
    { tag: 'div', text: { tag: 'lark_md', content: '**借伞** &#60;at id&#61;all&#62;' } },
    {
      tag: 'form',
      elements: [
        { tag: 'input', default_value: '<b>急</b>' },
        {
          tag: 'select_static',
          initial_option: 'b',
          options: [
            { value: 'a', text: { tag: 'plain_text', content: '甲' } },
            { value: 'b', text: { tag: 'plain_text', content: '乙' } },
          ],
        },
      ],
    },
  ];
  expect(plainWords({ body: { elements } }).lines).toEqual(['借伞 <at id=all>', '<b>急</b>', '乙']);
});

it('says that it was cut', () => {
  const elements = Array.from({ length: 500 }, (_, at) => ({
    tag: 'div',
    text: { tag: 'plain_text', content: `第${at}行` },
  }));
  expect(plainWords({ body: { elements } }).lines.at(-1)).toBe('（内容较多，后面的没有显示）');
  const [long] = plainWords({ body: { elements: [{ tag: 'markdown', content: '长'.repeat(20_000) }] } }).lines;
  expect(long).toBe('（内容较多，后面的没有显示）');
});
