/** Papers and grading: whatever the order on the screen, the same answer counts the same. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shuffle } from '../../../src/basics/shuffle.ts';
import {
  arrangeOptions,
  countByQuestion,
  countRight,
  drawPaper,
  endOf,
  findHardest,
  isPassed,
  isRight,
} from '../../../src/features/quizzes/rules.ts';

const OPTION_IDS = ['a', 'b', 'c', 'd', 'e'];
const options = OPTION_IDS.map((id) => ({ id, text: `选项${id}` }));
const key = fc.subarray(OPTION_IDS, { minLength: 1 });
const seed = fc.string({ minLength: 1, maxLength: 12 });
const pool = fc
  .array(fc.constantFrom('political', 'work', 'life', 'traffic'), { minLength: 0, maxLength: 40 })
  .map((topics) => topics.map((topic, index) => ({ id: `q${index}`, topic })));

describe('grading', () => {
  it('gives the same grade whatever the order of the options and of the presses', () => {
    fc.assert(
      fc.property(key, key, seed, seed, (right, chosen, one, other) => {
        const grade = (seedOfPaper: string) => {
          const shown = arrangeOptions({ id: 'q', kind: 'multiple', options }, seedOfPaper);
          const places = shown.flatMap(({ id }, place) => (chosen.includes(id) ? [place] : []));
          return isRight(
            places.map((place) => shown[place]?.id ?? ''),
            right,
          );
        };
        expect(grade(one)).toBe(grade(other));
        expect(grade(one)).toBe(isRight([...chosen].reverse(), right));
      }),
    );
  });

  it('is right exactly when the chosen options are those of the key', () => {
    fc.assert(
      fc.property(key, key, (right, chosen) => {
        expect(isRight(chosen, right)).toBe([...chosen].sort().join() === [...right].sort().join());
      }),
    );
    expect(isRight([], ['a'])).toBe(false);
    expect(isRight(['a', 'b'], ['a'])).toBe(false);
  });

  it('changes with the key and with nothing else', () => {
    const answers = [{ questionId: 'q', choice: ['b'] }];
    expect(countRight(answers, new Map([['q', ['a']]]))).toBe(0);
    expect(countRight(answers, new Map([['q', ['b']]]))).toBe(1);
    expect(countRight(answers, new Map())).toBe(0);
  });

  it('passes from the line on, not one below', () => {
    expect(isPassed(12, 20, 60)).toBe(true);
    expect(isPassed(11, 20, 60)).toBe(false);
    expect(isPassed(0, 0, 60)).toBe(false);
  });
});

describe('a paper', () => {
  it('is the same for the same seed, has no question twice and none from elsewhere', () => {
    fc.assert(
      fc.property(pool, fc.integer({ min: 1, max: 50 }), seed, (questions, count, seedOfPaper) => {
        const paper = drawPaper(questions, count, seedOfPaper);
        expect(paper).toEqual(drawPaper([...questions].reverse(), count, seedOfPaper));
        expect(new Set(paper).size).toBe(paper.length);
        expect(paper).toHaveLength(Math.min(count, questions.length));
        for (const id of paper) expect(questions.some((question) => question.id === id)).toBe(true);
      }),
    );
  });

  it('takes from the topics in turn: two differ by more than one only when one has no more', () => {
    fc.assert(
      fc.property(pool, fc.integer({ min: 1, max: 30 }), seed, (questions, count, seedOfPaper) => {
        const paper = drawPaper(questions, count, seedOfPaper);
        const topics = [...new Set(questions.map(({ topic }) => topic))].map((topic) => {
          const all = questions.filter((question) => question.topic === topic);
          return { all: all.length, drawn: all.filter(({ id }) => paper.includes(id)).length };
        });
        const most = Math.max(0, ...topics.map(({ drawn }) => drawn));
        for (const { all, drawn } of topics) expect(drawn >= most - 1 || drawn === all).toBe(true);
      }),
    );
  });

  it('shows all options of a question, in an order of its own, and 对 before 错', () => {
    fc.assert(
      fc.property(seed, (seedOfPaper) => {
        const shown = arrangeOptions({ id: 'q', kind: 'single', options }, seedOfPaper);
        expect([...shown].sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(options);
        const truth = [
          { id: 'a', text: '对' },
          { id: 'b', text: '错' },
        ];
        expect(arrangeOptions({ id: 'q', kind: 'true-false', options: truth }, seedOfPaper)).toEqual(truth);
      }),
    );
    const orders = new Set(Array.from({ length: 200 }, (_, index) => shuffle(OPTION_IDS, `${index}`, String).join('')));
    expect(orders.size).toBeGreaterThan(60);
  });
});

it('ends with the quiz, or earlier with the own time', () => {
  const at = (time: string) => new Date(`2026-11-24T${time}:00+08:00`);
  expect(endOf({ closesAt: at('17:00'), minutes: null }, at('15:00'))).toEqual(at('17:00'));
  expect(endOf({ closesAt: at('17:00'), minutes: 30 }, at('15:00'))).toEqual(at('15:30'));
  expect(endOf({ closesAt: at('17:00'), minutes: 30 }, at('16:50'))).toEqual(at('17:00'));
  expect(endOf({ closesAt: at('17:00'), minutes: 30 }, null)).toEqual(at('17:00'));
  expect(endOf({ closesAt: null, minutes: null }, at('15:00'))).toBeNull();
});

it('names what was most often wrong, and nothing that fewer than five answered', () => {
  const keys = new Map([
    ['easy', ['a']],
    ['hard', ['a']],
    ['rare', ['a']],
  ]);
  const chosen = [
    { questionId: 'easy', choice: ['a'], count: 9 },
    { questionId: 'easy', choice: ['b'], count: 1 },
    { questionId: 'hard', choice: ['b'], count: 6 },
    { questionId: 'hard', choice: ['a'], count: 2 },
    { questionId: 'rare', choice: ['b'], count: 4 },
  ];
  const counted = countByQuestion(chosen, keys);
  expect(counted.find(({ questionId }) => questionId === 'hard')).toEqual({
    questionId: 'hard',
    answered: 8,
    wrong: 6,
  });
  expect(findHardest(counted, 3).map(({ questionId }) => questionId)).toEqual(['hard', 'easy']);
  expect(findHardest(counted, 1)).toHaveLength(1);
});
