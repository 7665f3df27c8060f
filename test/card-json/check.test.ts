import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkCard } from '../../src/card-json/check.ts';
import { components } from '../../src/card-json/structure.ts';
import { everyComponent } from './every-component.ts';

type Json = Record<string, unknown>;
const plain = (content: string) => ({ tag: 'plain_text', content });
const submit = { tag: 'button', name: 'send', form_action_type: 'submit', text: plain('提交') };
const button = { tag: 'button', text: plain('好'), behaviors: [{ type: 'callback', value: {} }] };

function cardOf(...elements: unknown[]): Json {
  return { schema: '2.0', body: { elements } };
}

/** `[rule, code, path]` of every problem. */
function problemsOf(card: unknown) {
  return checkCard(card).map(({ rule, code, path }) => [rule, code, path]);
}

test('a card with every component has no problem, and no component was forgotten', () => {
  const card = everyComponent();
  expect(checkCard(card)).toEqual([]);
  const json = JSON.stringify(card);
  const missing = Object.keys(components).filter((tag) => tag !== 'audio' && !json.includes(`"tag":"${tag}"`));
  expect(missing).toEqual([]);
});

test('an unknown property is found wherever it stands', () => {
  const paths: string[] = [];
  const spoil = (value: unknown, at: string, target: string | undefined): void => {
    if (typeof value !== 'object' || value === null) return;
    const isPlace = !Array.isArray(value) && 'tag' in value;
    if (isPlace) paths.push(at);
    if (isPlace && at === target) (value as Json).surprise = 1;
    for (const [key, child] of Object.entries(value)) {
      if (['chart_spec', 'rows', 'value'].includes(key)) continue;
      spoil(child, Array.isArray(value) ? `${at}[${key}]` : at ? `${at}.${key}` : key, target);
    }
  };
  spoil(everyComponent(), '', undefined);
  expect(paths.length).toBeGreaterThan(50);
  for (const path of [...paths]) {
    const card = everyComponent();
    spoil(card, '', path);
    expect(problemsOf(card), path).toContainEqual(['unknown-property', 200621, `${path}.surprise`]);
  }
});

test('any JSON gets an answer, and nothing but a card gets none', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(checkCard(value).length).toBeGreaterThan(0);
      expect(checkCard(cardOf(value)).length).toBeGreaterThan(0);
    }),
  );
});

describe('the frame', () => {
  test.each([
    ['another version', { ...cardOf(), schema: '1.0' }, ['shape', 200621, 'schema']],
    ['no body', { schema: '2.0' }, ['shape', 200621, 'body']],
    ['elements at the top', { ...cardOf(), elements: [] }, ['unknown-property', 200621, 'elements']],
    ['not shared', { ...cardOf(), config: { update_multi: false } }, ['shape', 200621, 'config.update_multi']],
    [
      'an old switch',
      { ...cardOf(), config: { wide_screen_mode: true } },
      ['unknown-property', 200621, 'config.wide_screen_mode'],
    ],
    ['a header without a title', { ...cardOf(), header: { template: 'red' } }, ['shape', 200621, 'header.title']],
    [
      'an unknown colour',
      { ...cardOf(), header: { title: plain(''), template: 'pink' } },
      ['shape', 200621, 'header.template'],
    ],
  ])('%s', (_, card, problem) => {
    expect(problemsOf(card)).toEqual([problem]);
  });
});

describe('one component', () => {
  test.each<[string, Json, [string, number, string]]>([
    ['note is of 1.0', { tag: 'note', elements: [] }, ['unknown-tag', 200861, '.tag']],
    ['action is of 1.0', { tag: 'action', actions: [] }, ['unknown-tag', 200861, '.tag']],
    ['a column on its own', { tag: 'column', elements: [] }, ['unknown-tag', 200861, '.tag']],
    ['no tag', { content: 'x' }, ['shape', 200621, '']],
    ['a button of 1.0', { ...button, value: {} }, ['unknown-property', 200621, '.value']],
    ['a long button', { ...button, text: plain('好'.repeat(101)) }, ['shape', 200621, '.text.content']],
    [
      'a text as value',
      { ...button, behaviors: [{ type: 'callback', value: 'x' }] },
      ['shape', 200621, '.behaviors[0].value'],
    ],
    [
      'a script as link',
      { ...button, behaviors: [{ type: 'open_url', default_url: 'javascript:alert(1)' }] },
      ['shape', 200621, '.behaviors[0].default_url'],
    ],
    ['a script in markdown', { tag: 'markdown', content: '[x](javascript:alert)' }, ['link', 200621, '.content']],
    ['a script in an a', { tag: 'markdown', content: "<a href='file:///etc'>x</a>" }, ['link', 200621, '.content']],
    [
      'a script in lark_md',
      { tag: 'div', text: { tag: 'lark_md', content: '[x](data:text)' } },
      ['link', 200621, '.text.content'],
    ],
    ['an img without alt', { tag: 'img', img_key: 'a' }, ['shape', 200621, '.alt']],
    ['max_length 0', { tag: 'input', max_length: 0 }, ['shape', 200621, '.max_length']],
    ['max_length 1001', { tag: 'input', max_length: 1001 }, ['shape', 200621, '.max_length']],
    ['a long element_id', { tag: 'hr', element_id: 'a'.repeat(21) }, ['shape', 200621, '.element_id']],
    ['an element_id with a dash', { tag: 'hr', element_id: 'a-b' }, ['shape', 200621, '.element_id']],
    ['three margins', { tag: 'hr', margin: '1px 2px 3px' }, ['shape', 200621, '.margin']],
    ['a chart of no type', { tag: 'chart', chart_spec: {} }, ['chart', 200550, '.chart_spec.type']],
    ['a container without behaviour', { tag: 'interactive_container', elements: [] }, ['shape', 200621, '.behaviors']],
    ['several people outside a form', { tag: 'multi_select_person' }, ['only-in-form', 200621, '']],
    ['several choices outside a form', { tag: 'multi_select_static' }, ['only-in-form', 200621, '']],
    [
      'several images outside a form',
      { tag: 'select_img', multi_select: true, options: [] },
      ['only-in-form', 200621, ''],
    ],
    ['required outside a form', { tag: 'input', required: true }, ['only-in-form', 200621, '.required']],
    ['a submit button outside a form', submit, ['only-in-form', 200621, '.form_action_type']],
    ['an impossible time', { tag: 'picker_time', initial_time: '24:00' }, ['shape', 200621, '.initial_time']],
    [
      'the same option twice',
      {
        tag: 'select_static',
        options: [
          { text: plain('a'), value: '1' },
          { text: plain('b'), value: '1' },
        ],
      },
      ['duplicate-option', 200621, '.options[1].value'],
    ],
    [
      'a word in a number column',
      { tag: 'table', columns: [{ name: 'n', data_type: 'number' }], rows: [{ n: '3' }] },
      ['table-cell', 200914, '.rows[0].n'],
    ],
  ])('%s', (_, element, [rule, code, path]) => {
    expect(problemsOf(cardOf(element))).toEqual([[rule, code, `body.elements[0]${path}`]]);
  });
});

describe('between components', () => {
  const form = (...elements: unknown[]) => ({ tag: 'form', name: 'f', elements: [...elements, submit] });
  const inColumn = (element: unknown) => ({ tag: 'column_set', columns: [{ tag: 'column', elements: [element] }] });
  const table = { tag: 'table', columns: [{ name: 'a', data_type: 'text' }], rows: [] };
  const at = 'body.elements[0]';

  test.each<[string, Json, unknown[]]>([
    ['a form in a column', inColumn(form()), ['only-at-root', 200621, `${at}.columns[0].elements[0]`]],
    ['a table in a form', form(table), ['only-at-root', 200621, `${at}.elements[0]`]],
    [
      'a table in a panel',
      { tag: 'collapsible_panel', header: {}, elements: [table] },
      ['only-at-root', 200621, `${at}.elements[0]`],
    ],
    ['nothing that submits', { tag: 'form', name: 'f', elements: [] }, ['form-submit', 200621, at]],
    [
      'a reset button alone',
      { tag: 'form', name: 'f', elements: [{ ...submit, form_action_type: 'reset' }] },
      ['form-submit', 200621, at],
    ],
    ['a form without a name', { tag: 'form', elements: [submit] }, ['shape', 200621, `${at}.name`]],
    ['an input without a name', form({ tag: 'input' }), ['form-name', 200530, `${at}.elements[0]`]],
    ['a button without a name', form(button), ['form-name', 200530, `${at}.elements[0]`]],
    [
      'an input in a column without a name',
      form(inColumn({ tag: 'input' })),
      ['form-name', 200530, `${at}.elements[0].columns[0].elements[0]`],
    ],
    [
      'a name twice',
      form({ tag: 'input', name: 'x' }, { tag: 'checker', name: 'x' }),
      ['duplicate-name', 200530, `${at}.elements[1].name`],
    ],
    ['the name of the form', form({ tag: 'input', name: 'f' }), ['duplicate-name', 200530, `${at}.elements[0].name`]],
  ])('%s', (_, element, problem) => {
    expect(problemsOf(cardOf(element))).toEqual([problem]);
  });

  test('a name twice in two forms', () => {
    const second = { tag: 'form', name: 'g', elements: [{ ...submit }] };
    expect(problemsOf(cardOf(form(), second))).toEqual([
      ['duplicate-name', 200530, 'body.elements[1].elements[0].name'],
    ]);
  });

  test('an element_id twice, even in the header', () => {
    const header = { title: plain(''), text_tag_list: [{ tag: 'text_tag', element_id: 'x' }] };
    expect(problemsOf({ ...cardOf({ tag: 'hr', element_id: 'x' }), header })).toEqual([
      ['duplicate-element-id', 200621, 'header.text_tag_list[0]'],
    ]);
  });

  test('six tables are too many, five are not', () => {
    expect(problemsOf(cardOf(...Array(5).fill(table)))).toEqual([]);
    expect(problemsOf(cardOf(...Array(6).fill(table)))).toEqual([['too-many-tables', 11310, 'body']]);
  });

  test('201 elements are too many, 200 are not; a text counts', () => {
    const texts = Array(100).fill({ tag: 'div', text: plain('a') });
    expect(problemsOf(cardOf(...texts))).toEqual([]);
    expect(problemsOf(cardOf(...texts, { tag: 'hr' }))).toEqual([['too-many-elements', 11310, 'body']]);
  });

  test('six containers in each other are too deep, five are not', () => {
    const nest = (depth: number): unknown => (depth === 0 ? { tag: 'hr' } : inColumn(nest(depth - 1)));
    expect(problemsOf(cardOf(nest(5)))).toEqual([]);
    expect(problemsOf(cardOf(nest(6))).map(([rule]) => rule)).toEqual(['nesting']);
  });

  test('30 KB is the limit, counted in bytes', () => {
    const empty = JSON.stringify(cardOf({ tag: 'markdown', content: '' })).length;
    const room = 30 * 1024 - empty;
    const fits = '好'.repeat(Math.floor(room / 3)) + 'a'.repeat(room % 3);
    expect(problemsOf(cardOf({ tag: 'markdown', content: fits }))).toEqual([]);
    expect(problemsOf(cardOf({ tag: 'markdown', content: `${fits}a` }))).toEqual([['size', 230025, '']]);
  });
});
