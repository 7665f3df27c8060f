// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how the template language writes a variable
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { StartError } from '../../src/basics/errors.ts';
import { checkTemplates } from '../../src/cards/check-templates.ts';
import { loadTemplates } from '../../src/cards/templates.ts';
import { checkLoad } from '../../src/cards/variables.ts';
import { declared } from '../../src/declared.ts';
import { createRegistry } from '../../src/turn/registry.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'cards-'));
  mkdirSync(join(directory, 'notices'));
  writeFileSync(join(directory, 'colors.json'), '{}');
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

const good = {
  summary: '通知',
  title: '通知',
  state: { is: 'open', word: '待办' },
  body: [] as unknown[],
  why: '您在本支部',
};
const press = { text: '好', press: 'notices/confirm' };

/** `[path, rule]` of every problem of one template. */
function problemsOf(template: unknown, sample: unknown = {}) {
  writeFileSync(join(directory, 'notices/card.json'), JSON.stringify(template));
  writeFileSync(join(directory, 'notices/card.sample.json'), JSON.stringify(sample));
  return checkTemplates(loadTemplates(directory)).map(({ path, rule }) => [path, rule]);
}
const problemsOfBody = (element: unknown, sample?: unknown) => problemsOf({ ...good, body: [element] }, sample);

test('the templates of this project and of these tests are in order', () => {
  const { form } = createRegistry(declared);
  for (const place of ['../../cards', 'fixtures']) {
    expect(checkTemplates(loadTemplates(fileURLToPath(new URL(place, import.meta.url)), form)), place).toEqual([]);
  }
});

test('a good template has no problem', () => {
  expect(problemsOf(good)).toEqual([]);
});

describe('markdown', () => {
  const markdown = (content: unknown) => ({ tag: 'markdown', content });

  test.each(['${md(x)}', '**${ md(x) }**，${md(x + "（）")}', '$${x}', 'plain'])('takes %s', (content) => {
    expect(problemsOfBody(markdown(content), { x: 'a' })).toEqual([]);
  });

  test.each(['${x}', '${md(x) + x}', '${md(x) + md(x)}', '${lowercase(x)}', 'a ${md(x)} ${x}'])(
    'refuses %s',
    (content) => {
      expect(problemsOfBody(markdown(content), { x: 'a' })).toContainEqual(['body[0].content', 'md']);
    },
  );

  test('refuses an operator in the place of the text, and a tag that is not written out', () => {
    expect(problemsOfBody(markdown({ $eval: 'md(x)' }), { x: 'a' })).toContainEqual(['body[0].content', 'md']);
    expect(problemsOfBody({ tag: '${t}', content: '${x}' }, { t: 'markdown', x: 'a' })).toContainEqual([
      'body[0].tag',
      'md',
    ]);
  });

  test('refuses lark_md in a div', () => {
    const div = { tag: 'div', text: { tag: 'lark_md', content: '${x}' } };
    expect(problemsOfBody(div, { x: 'a' })).toContainEqual(['body[0].text.content', 'md']);
  });

  test('finds by trying what the text of the template does not show', () => {
    const sample = { row: { tag: 'markdown', content: '甲' } };
    expect(problemsOfBody({ $eval: 'row' }, sample)).toEqual([['body.elements[0].content', 'md']]);
    const table = { tag: 'table', columns: [{ name: 'a', data_type: 'lark_md' }], rows: { $eval: 'rows' } };
    expect(problemsOfBody(table, { rows: [{ a: '甲' }] })).toEqual([['body.elements[0].rows[0].a', 'md']]);
  });

  test('never calls everybody', () => {
    expect(problemsOfBody(markdown('<at id=all></at>'))).toContainEqual(['body.elements[0].content', 'mention']);
  });
});

describe('the look of the house', () => {
  const buttons = (...list: unknown[]) => ({ part: 'buttons', buttons: list });
  const row = { label: '地点', value: '库房' };

  test.each<[string, unknown, string[]]>([
    ['a long title', { ...good, title: '一二三四五六七八九十一二三四五六七' }, ['header.title', 'title']],
    ['six facts', { ...good, body: [{ part: 'facts', rows: Array(6).fill(row) }] }, ['body[0]', 'facts']],
    ['four buttons', { ...good, body: [buttons(press, press, press, press)] }, ['body[0]', 'buttons']],
    [
      'two primary buttons',
      { ...good, body: [buttons({ ...press, primary: true }, { ...press, primary: true })] },
      ['body', 'primary'],
    ],
    ['no summary', { ...good, summary: undefined }, ['', 'render']],
    ['no state', { ...good, state: undefined }, ['', 'render']],
    ['no reason', { ...good, why: '' }, ['', 'render']],
    ['a press that is no address', { ...good, body: [buttons({ ...press, press: 'confirm' })] }, ['', 'render']],
    ['an unknown property', { ...good, color: 'red' }, ['', 'render']],
    ['Feishu refuses it', { ...good, body: [{ tag: 'note' }] }, ['body.elements[0].tag', 'unknown-tag']],
  ])('%s', (_, template, problem) => {
    expect(problemsOf(template)).toEqual([problem]);
  });

  test('every press has an address, in components written by hand too', () => {
    const button = { tag: 'button', text: { tag: 'plain_text', content: '好' } };
    const at = 'body.elements[0]';
    expect(problemsOfBody(button)).toEqual([[at, 'press']]);
    expect(problemsOfBody({ ...button, behaviors: [{ type: 'callback', value: { a: 1 } }] })).toEqual([
      [`${at}.behaviors[0].value.press`, 'press'],
    ]);
    const form = (submit: object) => ({
      tag: 'form',
      name: 'f',
      elements: [{ ...button, form_action_type: 'submit', ...submit }],
    });
    expect(problemsOfBody(form({ name: 'send' }))).toEqual([[`${at}.elements[0].name`, 'press']]);
    expect(problemsOfBody(form({ name: 'notices/confirm?a=1' }))).toEqual([]);
    expect(problemsOfBody(form({ name: 'notices/confirm?d=1' }))).toEqual([[`${at}.elements[0].name`, 'press']]);
    expect(problemsOfBody(form({ name: 'notices/confirm', behaviors: [] }))).toEqual([
      [`${at}.elements[0].behaviors`, 'press'],
    ]);
  });
});

describe('samples', () => {
  test('are needed', () => {
    writeFileSync(join(directory, 'notices/card.json'), JSON.stringify(good));
    expect(checkTemplates(loadTemplates(directory)).map(({ rule }) => rule)).toEqual(['sample']);
  });

  test('are each tried', () => {
    const template = { ...good, title: '${title}' };
    expect(problemsOf(template, [{ title: '短' }, { title: '一二三四五六七八九十一二三四五六七' }])).toEqual([
      ['header.title', 'title'],
    ]);
    expect(problemsOf(template, [{ title: '短' }, {}])).toEqual([['', 'render']]);
  });
});

describe('a variable', () => {
  const hidden = JSON.parse('{ "$if": "isLate", "then": { "part": "line", "text": "${title}" } }');

  test('that no sample gives is found in branches that no sample takes', () => {
    expect(problemsOfBody(hidden, { isLate: false })).toEqual([['', 'variable']]);
    expect(problemsOfBody(hidden, { isLate: false, title: 'a' })).toEqual([]);
  });

  test('of a loop, of a property or in quotes needs no sample', () => {
    const line = { part: 'line', text: "${one.title}${join(one.tags, ' and ')}" };
    const loop = { $flatten: [{ $map: { $eval: 'items' }, 'each(one)': line }] };
    expect(problemsOf({ ...good, body: loop }, { items: [{ title: 'a', tags: ['b'] }] })).toEqual([]);
  });

  test('that load forgets is named with the file to mend', () => {
    const templates = () => loadTemplates(directory);
    problemsOfBody(hidden, [
      { isLate: false, title: 'a' },
      { isLate: true, title: 'b', more: 1 },
    ]);
    expect(() => checkLoad(templates(), 'notices', 'card', { isLate: false, titel: 'a' })).toThrow(
      /notices\/card does not give title; .*notices\/card\.json .*npm run cards/,
    );
    expect(() => checkLoad(templates(), 'notices', 'card', { isLate: false, title: 'a' })).not.toThrow();
  });
});

test('a press of a button that there is not is found, also in a branch that no sample takes', () => {
  problemsOfBody(
    JSON.parse(`{ "$if": "isLate", "then": { "part": "buttons", "buttons": [${JSON.stringify(press)}] } }`),
    {
      isLate: false,
    },
  );
  const problems = checkTemplates(loadTemplates(directory), (name) => name !== press.press);
  expect(problems).toMatchObject([{ rule: 'press', message: 'no feature has the button notices/confirm' }]);
  expect(checkTemplates(loadTemplates(directory), () => true)).toEqual([]);
});

test('a file that is not JSON is named', () => {
  writeFileSync(join(directory, 'notices/card.json'), '{');
  expect(() => loadTemplates(directory)).toThrow(StartError);
  expect(() => loadTemplates(directory)).toThrow(/notices\/card\.json cannot be read/);
});
