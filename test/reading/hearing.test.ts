/** How much of what people write is understood, sentence by sentence: nothing may be heard wrong. */
import { describe, expect, it } from 'vitest';
import { INTENTS } from './intents.ts';
import { judge, readSentence, SENTENCES, type Sentence, type Verdict } from './judge.ts';
import { CHAT, OWN_SENTENCES } from './own-sentences.ts';
import { as, read } from './tenant.ts';

type Judged = Verdict & Pick<Sentence, 'id' | 'group'>;

/** Judges all, each behind `before` if something is to stand there, and prints a line for each group. */
function judgeAll(title: string, sentences: Sentence[], before: (sentence: Sentence) => string = () => ''): Judged[] {
  const judged = sentences.map((sentence) => ({
    id: sentence.id,
    group: sentence.group,
    ...judge(sentence, readSentence(sentence, before(sentence))),
  }));
  const count = (part: Judged[]) =>
    (['right', 'partial', 'missed', 'WRONG'] as const)
      .map((is) => `${is} ${part.filter(({ verdict }) => verdict === is).length}`)
      .join(', ');
  const groups = [...new Set(judged.map(({ group }) => group))].map(
    (group) => `${group}: ${count(judged.filter((one) => one.group === group))}`,
  );
  console.log([title, ...groups, `all: ${count(judged)}`].join('\n  '));
  return judged;
}

const wrong = (judged: Judged[]) =>
  judged.filter(({ verdict }) => verdict === 'WRONG').map(({ id, why }) => `${id}: ${why}`);
const shareRight = (judged: Judged[]) => judged.filter(({ verdict }) => verdict === 'right').length / judged.length;

describe.each([
  ['sentences.jsonl', SENTENCES],
  ['own sentences', OWN_SENTENCES],
])('%s', (title, sentences) => {
  it('are understood, and none is heard wrong', () => {
    const judged = judgeAll(title, sentences);
    expect(wrong(judged)).toEqual([]);
    expect(shareRight(judged)).toBeGreaterThanOrEqual(0.95);
  });

  it.each([' ', '：', '，', '\n'])('say the same behind the word of their command and %j', (mark) => {
    const wordOf = ({ text, expect: { intent } }: Sentence) => {
      const word = INTENTS.find(({ name }) => intent.replace('refuse:', '').split('|').includes(name))?.words?.[0];
      return word && !text.startsWith(word) ? `${word}${mark}` : '';
    };
    const judged = judgeAll(`${title} behind a command`, sentences, wordOf);
    expect(wrong(judged)).toEqual([]);
    expect(shareRight(judged)).toBeGreaterThanOrEqual(0.95);
  });

  it('hold no sentence that an intent learns from', () => {
    const learnt = new Set(INTENTS.flatMap(({ examples, sentences: more = [] }) => [...examples, ...more]));
    expect(sentences.filter(({ text }) => learnt.has(text)).map(({ text }) => text)).toEqual([]);
  });
});

describe('values behind another command', () => {
  it('are never wrong: 发布学习 before every sentence', () => {
    const judged = judgeAll(
      'behind 发布学习',
      SENTENCES.map((sentence) => ({ ...sentence, expect: { ...sentence.expect, intent: 'study.publish' } })),
      () => '发布学习 ',
    );
    expect(wrong(judged)).toEqual([]);
  });
});

describe('intents', () => {
  it.each(INTENTS.map(({ name, examples }) => [name, examples] as const))(
    '%s has ten examples, and each of its words means it',
    (name, examples) => {
      expect(new Set(examples).size).toBeGreaterThanOrEqual(10);
      for (const word of INTENTS.find((intent) => intent.name === name)?.words ?? []) {
        expect(read({ text: word }, as('admin')).intents).toMatchObject({
          is: 'sure',
          ranked: [{ name }, ...read({ text: word }, as('admin')).intents.ranked.slice(1)],
        });
      }
    },
  );

  it('rank what their sentences say: of all, nine in ten first or second, and few are sure of another', () => {
    const said = INTENTS.flatMap(({ name, during, sentences = [] }) =>
      sentences.map((text) => {
        const { is, ranked } = read({ text }, as('secretary', during?.[0])).intents;
        return { place: ranked.findIndex((one) => one.name === name), is };
      }),
    );
    expect(said.length).toBeGreaterThan(1000);
    const share = (test: (one: (typeof said)[number]) => boolean) => said.filter(test).length / said.length;
    expect(share(({ place }) => place === 0 || place === 1)).toBeGreaterThan(0.9);
    expect(share(({ place, is }) => is === 'sure' && place !== 0)).toBeLessThan(0.06);
  });

  it.each(CHAT)('chat is no wish: %s', (text) => {
    const { is, ranked } = read({ text }, as('secretary')).intents;
    expect(is === 'sure' ? ranked[0]?.name : 'none').toBe('none');
  });
});

describe('time and space', () => {
  const long = SENTENCES.map(({ text }) => text)
    .join('。')
    .slice(0, 400);

  it('reads 400 characters in less than 20 ms of the processor', () => {
    const times = (rounds: number) => {
      const before = process.cpuUsage();
      for (let round = 0; round < rounds; round += 1) read({ text: long }, as('secretary'));
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000 / rounds;
    };
    times(50);
    const each = times(50);
    console.log(`400 characters: ${each.toFixed(1)} ms`);
    expect(each).toBeLessThan(20);
  });

  it.each([
    ['a wall of dates', '12月1日、'.repeat(4000)],
    ['a wall of digits', '1'.repeat(20_000)],
    ['a wall of names', '华若谷、'.repeat(5000)],
    ['a wall of brackets', '《（“['.repeat(5000)],
    ['a wall of numerals', '一'.repeat(20_000)],
    ['a wall of spaces', ' '.repeat(20_000)],
    ['a wall of words', '请全体党员学习'.repeat(2800)],
  ])('does not hang on %s', (_, text) => {
    const start = performance.now();
    read({ text }, as('secretary'));
    expect(performance.now() - start).toBeLessThan(3000);
  });
});
