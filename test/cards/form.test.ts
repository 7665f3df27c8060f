/** Forms: what is drawn is what comes back, and what cannot be taken is refused in one sentence. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkCard } from '../../src/card-json/check.ts';
import { choice, day, flag, instant, option, options, text, ticks, whole } from '../../src/cards/fields.ts';
import { drawForm, FormRefusal, form } from '../../src/cards/form.ts';
import { submitButton } from '../../src/cards/press.ts';

const MEETING = form({
  kind: choice('类型', { a: '党课', b: '支委会' }),
  holder: option('开展单位', { is: z.uuid() }),
  topic: text('主题', { max: 10, example: '例如：学习讲话' }),
  agenda: text('议程', { max: 1000, lines: 3, optional: true }),
  people: whole('参加人数', { from: 1, to: 9999 }),
  heldOn: day('日期'),
  due: instant('完成时间', { optional: true }),
  topics: options('题目主题', { is: z.enum(['x', 'y']), of: { x: '党纪', y: '法律' }, optional: true }),
  isOpen: flag('公开'),
});
const HOLDER = '0b6f7ad2-52a5-4a5e-8f0c-9d2b1f1f9a11';
const FILLED = { kind: 'a', holder: HOLDER, topic: ' 学习 ', people: '３８', heldOn: '2026-11-27 +0800' };

/** Fields that have their own words, or take more than a name and a value. */
const BALLOT = form({
  star: options('执法执勤', { is: z.enum(['p', 'q']), atMost: 1, note: '最多选1位', optional: true }),
  pair: options('窗口服务', { is: z.enum(['p', 'q']), atMost: 2, optional: true }),
  right: ticks('', { is: z.enum(['a', 'b']), ask: '请至少选一项再提交。' }),
  reason: text('', { max: 5, called: '理由', ask: '请先写明理由。' }),
  on: option('每月几日', { is: z.coerce.number().int().max(31), optional: true }, [{ text: '10日', value: '10' }]),
  votes: whole('票数', { from: 0, to: 9, optional: true, wrong: '票数请填一个数字，例如 3。' }),
});
const CHOICES = ['p', 'q'].map((value) => ({ value, text: `候选人${value}` }));

describe('a form', () => {
  it('gives what was filled in, in the types of its fields', () => {
    expect(MEETING.read({ ...FILLED, due: '2026-11-27 18:00 +0800', topics: ['y'], isOpen: true })).toEqual({
      ...{ kind: 'a', holder: HOLDER, topic: '学习', agenda: undefined, people: 38, heldOn: '2026-11-27' },
      ...{ due: new Date('2026-11-27T18:00:00+08:00'), topics: ['y'], isOpen: true },
    });
  });

  it('names all that is missing, in its order, and nothing that is optional', () => {
    expect(() => MEETING.read({ topic: '  ', people: '', heldOn: null })).toThrow(
      expect.objectContaining({
        tell: '还差：类型、开展单位、主题、参加人数、日期。请补上后再提交。',
        keepsForm: true,
      }),
    );
    expect(MEETING.missing({ kind: 'b', holder: HOLDER, topic: '学习', people: 1 })).toEqual(['日期']);
  });

  it.each([
    [{ topic: '一二三四五六七八九十一' }, '主题最多10字，现在有11字，请缩短后再提交。'],
    [{ people: '0' }, '参加人数要在1到9999之间，请改正后再提交。'],
    [{ people: '38人' }, '参加人数要在1到9999之间，请改正后再提交。'],
    [{ kind: 'z' }, '类型没有看懂，请重新选择后再提交。'],
    [{ holder: 'x' }, '开展单位没有看懂，请重新选择后再提交。'],
    [{ heldOn: '昨天' }, '日期没有看懂，请重新选择后再提交。'],
    [{ topics: ['z'] }, '题目主题没有看懂，请重新选择后再提交。'],
  ])('refuses %j in words', (wrong, tell) => {
    expect(() => MEETING.read({ ...FILLED, ...wrong })).toThrow(expect.objectContaining({ tell }));
    expect(() => MEETING.readSoFar(wrong)).toThrow(expect.objectContaining({ tell }));
  });

  it('may be kept half filled in', () => {
    expect(MEETING.readSoFar({ topic: '学习' })).toMatchObject({ topic: '学习', kind: undefined, people: undefined });
  });

  it('asks only for the fields that a button needs', () => {
    expect(MEETING.pick('topic').read({ topic: '学习' })).toEqual({ topic: '学习' });
  });

  it('takes a list from one select or several, from boxes to tick, and numbers from options', () => {
    const raw = { a: 'true', b: true, c: true, reason: '好', on: '10' };
    expect(BALLOT.read({ ...raw, star: 'p', pair: ['p', 'q', 'p'] })).toEqual({
      ...{ star: ['p'], pair: ['p', 'q'], right: ['a', 'b'], reason: '好', on: 10 },
    });
    expect(BALLOT.readSoFar({ a: false, star: '', pair: [] })).toEqual({});
  });

  it.each([
    [{ star: ['p', 'q'] }, '执法执勤最多选1项，请减少后再提交。'],
    [{ a: false }, '请至少选一项再提交。'],
    [{ reason: ' ' }, '请先写明理由。'],
    [{ reason: '一二三四五六' }, '理由最多5字，现在有6字，请缩短后再提交。'],
    [{ votes: '很多' }, '票数请填一个数字，例如 3。'],
  ])('refuses %j in the words of the field', (wrong, tell) => {
    expect(() => BALLOT.read({ a: true, reason: '好', ...wrong })).toThrow(expect.objectContaining({ tell }));
  });

  it('leaves out labels that are empty, and selects that have nothing to offer', () => {
    const drawn = BALLOT.draw(
      { right: ['b'], on: 10, pair: ['q', 'gone'] },
      { pair: CHOICES, right: [{ value: 'b', text: '警告' }] },
    );
    expect(drawn).toMatchObject({
      star: [],
      pair: [{}, { tag: 'multi_select_static', selected_values: ['q'] }],
      right: [{ tag: 'checker', name: 'b', checked: true }],
      reason: [{ tag: 'input', name: 'reason' }],
      on: [{}, { initial_option: '10' }],
    });
    expect(BALLOT.draw({ star: ['q'] }, { star: CHOICES }).star).toMatchObject([
      { text: { content: '执法执勤（最多选1位）' } },
      { tag: 'select_static', initial_option: 'q' },
    ]);
  });

  it('may be made of what a card shows', () => {
    const made = ({ names }: Record<string, unknown>) =>
      form(Object.fromEntries((names as string[]).map((name) => [name, flag(name)])));
    expect(drawForm(made, { names: ['甲', '乙'], holds: { 乙: true } })).toMatchObject({
      form: {
        all: [
          { name: '甲', checked: false },
          { name: '乙', checked: true },
        ],
      },
    });
  });

  it('is drawn as Feishu takes it, with what it holds', () => {
    const holds = {
      kind: 'b',
      holder: HOLDER,
      topic: '学习',
      people: 5,
      heldOn: '2026-11-27',
      topics: ['x'],
      isOpen: true,
    };
    const elements = MEETING.draw(holds, { holder: [{ text: '一支部', value: HOLDER }] }).all;
    const submit = submitButton({ text: '提交', press: 'study/submit' });
    const card = {
      schema: '2.0',
      body: { elements: [{ tag: 'form', name: 'f', elements: [...(elements ?? []), submit] }] },
    };
    expect(checkCard(card)).toEqual([]);
    const ballot = BALLOT.draw({}, { star: CHOICES, pair: CHOICES, right: CHOICES }).all;
    expect(
      checkCard({ ...card, body: { elements: [{ tag: 'form', name: 'f', elements: [...(ballot ?? []), submit] }] } }),
    ).toEqual([]);
    const byName = Object.fromEntries((elements ?? []).flatMap((one) => ('name' in one ? [[one.name, one]] : [])));
    expect(byName).toMatchObject({
      kind: { initial_option: 'b', options: [{ value: 'a' }, { value: 'b', text: { content: '支委会' } }] },
      holder: { initial_option: HOLDER },
      topic: { default_value: '学习', max_length: 10, placeholder: { content: '例如：学习讲话' } },
      agenda: { input_type: 'multiline_text', default_value: '' },
      people: { default_value: '5' },
      heldOn: { initial_date: '2026-11-27' },
      topics: { selected_values: ['x'] },
      isOpen: { checked: true },
    });
    expect(JSON.stringify(elements)).toContain('议程（可以不填）');
  });

  it('never throws anything but a refusal, whatever comes in', () => {
    const anything = fc.dictionary(
      fc.constantFrom('kind', 'holder', 'topic', 'people', 'heldOn', 'due', 'topics', 'isOpen', '__proto__'),
      fc.anything(),
    );
    fc.assert(
      fc.property(anything, (raw) => {
        try {
          MEETING.read(raw);
        } catch (error) {
          expect(error).toBeInstanceOf(FormRefusal);
        }
      }),
    );
  });
});
