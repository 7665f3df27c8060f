// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how the template language writes a variable
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { checkCard } from '../../src/card-json/check.ts';
import { renderCard, renderTemplate } from '../../src/cards/render.ts';
import { loadTemplates, readSamples, type Template } from '../../src/cards/templates.ts';

const templates = loadTemplates(fileURLToPath(new URL('fixtures', import.meta.url)));
const claim = templates.get('notices/claim') as Template;
const [open = {}, done = {}] = readSamples(claim);
const render = (variables: Record<string, unknown>) => renderCard(templates, 'notices', 'claim', variables);

/** A card of one element, with the rest as every card has it. */
function renderBody(body: unknown, variables: Record<string, unknown> = {}) {
  const json = { summary: 's', title: 't', state: { is: 'open', word: '待办' }, body: [body], why: 'w' };
  const card = renderTemplate({ feature: 'notices', card: 'x', file: 'x.json', color: 'blue', json }, variables);
  return card.body.elements.slice(0, -2);
}

describe('a card', () => {
  test('has a header that says what, who and the state, in words and colour', () => {
    expect(render(open).header).toEqual({
      title: { tag: 'plain_text', content: '防暑降温用品发放' },
      subtitle: { tag: 'plain_text', content: '城区大队' },
      template: 'orange',
      text_tag_list: [{ tag: 'text_tag', text: { tag: 'plain_text', content: '待领取' }, color: 'orange' }],
    });
  });

  test.each([
    ['open', 'orange', 'orange'],
    ['done', 'green', 'green'],
    ['over', 'grey', 'neutral'],
    ['warning', 'red', 'red'],
  ])('that is %s is %s', (is, template, color) => {
    const { header } = render({ ...open, state: { is, word: '…' } });
    expect([header?.template, header?.text_tag_list?.[0]?.color]).toEqual([template, color]);
  });

  test('is shared, cannot be forwarded, and tells its essence in the chat list', () => {
    expect(render(open).config).toEqual({
      update_multi: true,
      enable_forward: false,
      summary: { content: '防暑降温用品发放 · 待领取' },
    });
  });

  test('ends with why it came and where to complain', () => {
    const [rule, foot] = render(open).body.elements.slice(-2);
    expect(rule).toEqual({ tag: 'hr' });
    expect(JSON.stringify(foot)).toContain('您在城区大队，所以收到此通知');
    expect(JSON.stringify(foot)).toContain('{"type":"callback","value":{"press":"feedback/open"}}');
  });

  test('is Card JSON 2.0 in every state of its sample', () => {
    for (const variables of [open, done]) expect(checkCard(render(variables))).toEqual([]);
  });

  test('loses its form when it is done', () => {
    expect(render(open).body.elements.map(({ tag }) => tag)).toContain('form');
    expect(render(done).body.elements.map(({ tag }) => tag)).not.toContain('form');
  });
});

describe('a press', () => {
  const press = {
    text: '撤销',
    press: 'study-tasks/withdraw',
    value: { task: 'a b&c' },
    confirm: '将撤销 40 人的任务',
  };

  test('outside a form travels as the value of a callback', () => {
    const [row] = renderBody({ part: 'buttons', buttons: [press] });
    expect(row).toMatchObject({
      tag: 'column_set',
      columns: [
        {
          elements: [
            {
              type: 'default',
              behaviors: [{ type: 'callback', value: { press: 'study-tasks/withdraw', task: 'a b&c' } }],
              confirm: { title: { content: '撤销' }, text: { content: '将撤销 40 人的任务' } },
            },
          ],
        },
      ],
    });
  });

  test('inside a form travels as the name of the button, without behaviours', () => {
    const [form] = renderBody({
      tag: 'form',
      name: 'f',
      elements: [{ part: 'submit', buttons: [{ ...press, primary: true }] }],
    });
    const json = JSON.stringify(form);
    expect(json).toContain('"name":"study-tasks/withdraw?task=a+b%26c"');
    expect(json).toContain('"type":"primary_filled"');
    expect(json).not.toContain('behaviors');
  });

  test('the address cannot be replaced by the value', () => {
    const [row] = renderBody({ part: 'buttons', buttons: [{ ...press, value: { press: 'x/y' } }] });
    expect(JSON.stringify(row)).toContain('"value":{"press":"study-tasks/withdraw"}');
  });

  test('no buttons, no row', () => {
    expect(renderBody({ part: 'buttons', buttons: [] })).toEqual([]);
  });
});

describe('what people typed', () => {
  const hostile = '<at id=all></at> ${state} **x**';

  test('stands in plain text as it is, and is never read as a template', () => {
    expect(renderBody({ part: 'line', text: '${typed}' }, { typed: hostile })).toEqual([
      { tag: 'div', text: { tag: 'plain_text', content: hostile, text_size: 'heading' } },
    ]);
  });

  test('stands in markdown escaped', () => {
    const json = JSON.stringify(render({ ...open, note: hostile }).body.elements.find(({ tag }) => tag === 'markdown'));
    expect(json).toContain('**发放人的话**：&#60;at id&#61;all&#62;');
    expect(json).not.toContain('<at');
  });
});

describe('a template that does not fit', () => {
  test('throws, names the card and tells no variable', () => {
    expect(() => render({ ...open, state: { is: 'private words', word: 'private words' } })).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(/^the card notices\/claim cannot be rendered: (?!.*private words)/s),
      }),
    );
    expect(() => render({})).toThrow('the card notices/claim cannot be rendered');
    expect(() => renderBody({ part: 'lines', text: 'x' })).toThrow('there is no part "lines"');
    expect(() => renderBody({ part: 'line', words: 'x' })).toThrow('cannot be rendered');
    expect(() => renderBody({ part: 'toString' })).toThrow('there is no part "toString"');
    expect(() => renderCard(templates, 'notices', 'nothing', {})).toThrow('there is no card template notices/nothing');
  });
});
