/** The sample bank and the form in which questions are written. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DISCIPLINE_TOPICS, Question } from '../../../src/features/quizzes/bank/question.ts';
import { readSampleBank } from '../../../src/features/quizzes/bank/sample-bank.ts';
import { readBankText, writeBankText } from '../../../src/features/quizzes/bank/text.ts';

const { questions, problems } = readSampleBank();
const [first] = questions;

describe('the sample bank', () => {
  it('can be read without a problem, and has a hundred questions, sixty of them on Party discipline', () => {
    expect(problems).toEqual([]);
    expect(questions.length).toBeGreaterThanOrEqual(100);
    const discipline = questions.filter(({ law }) => law === '中国共产党纪律处分条例');
    expect(discipline.length).toBeGreaterThanOrEqual(60);
    for (const { topic } of discipline) expect(DISCIPLINE_TOPICS).toContain(topic);
  });

  it.each(questions)('$id has its source, a key among its options, and fits on a phone', (question) => {
    expect(() => Question.parse(question)).not.toThrow();
    expect(question.article).toMatch(/^第[一二三四五六七八九十百零]+[条项]$/);
    expect(question.effectiveFrom).toMatch(/^(19|20)\d\d-\d\d-\d\d$/);
    for (const { text } of question.options) expect(text.length).toBeLessThanOrEqual(16);
  });

  it('asks nothing twice', () => {
    expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length);
    expect(new Set(questions.map(({ stem }) => stem)).size).toBe(questions.length);
  });

  it('does not betray the answer by its place', () => {
    const places = questions.filter(({ kind }) => kind === 'true-false').map(({ key }) => key[0]);
    expect(new Set(places).size).toBe(2);
  });
});

describe('a question without a source', () => {
  it.each(['law', 'edition', 'article', 'effectiveFrom', 'basis'] as const)('is refused: no %s', (field) => {
    expect(Question.safeParse({ ...first, [field]: '' }).success).toBe(false);
    expect(Question.safeParse({ ...first, [field]: undefined }).success).toBe(false);
  });

  it('is refused in words, with its line', () => {
    const text = '题目：x-1 政治纪律 易\n在党内组织秘密集团的怎样处分？\n+ 开除党籍\n- 警告\n解析：开除党籍。';
    const read = readBankText(text);
    expect(read.questions).toEqual([]);
    expect(read.problems[0]).toMatchObject({ line: 1, problem: expect.stringContaining('没有出处') });
  });
});

it('reads back what it writes', () => {
  for (const question of questions) expect(readBankText(writeBankText(question)).questions).toEqual([question]);
});

it('never throws, whatever is typed', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string(), fc.constantFrom('法规：甲', '题目：x 政治纪律 易', '+ 对', '- 错', '解析：'))),
      (lines) => {
        expect(() => readBankText(lines.join('\n'))).not.toThrow();
      },
    ),
  );
});

it('refuses a key outside the options, options that repeat, and two right answers to a single choice', () => {
  const single = questions.find(({ kind }) => kind === 'single');
  expect(Question.safeParse({ ...single, key: ['h'] }).success).toBe(false);
  expect(Question.safeParse({ ...single, key: [] }).success).toBe(false);
  expect(Question.safeParse({ ...single, key: ['a', 'b'] }).success).toBe(false);
  expect(Question.safeParse({ ...single, options: [single?.options[0], single?.options[0]] }).success).toBe(false);
});
