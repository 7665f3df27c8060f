/**
 * Reads questions in the form in which people write them, in the files of `bank/` and in a chat:
 *
 *     法规：…  版本：…  施行：2024-01-01          hold until the next 法规
 *     条文：…  依据：…                            hold until the next 条文
 *     题目：<id> <topic> <易|中|难>, the words below it, options with + (right) or -, 解析：…
 *
 * (one of these to a line).
 */
import { DIFFICULTIES, explainQuestion, type Option, Question, type QuestionKind, TOPICS } from './question.ts';

/** A line, or a question, that could not be read; `line` counts from 1 and `problem` is a sentence for people. */
export type BankProblem = { line: number; problem: string };

type Draft = {
  line: number;
  id: string;
  topic: string;
  difficulty: string;
  stem: string[];
  options: string[];
  explanation: string;
};
type Source = Record<'法规' | '版本' | '施行' | '废止' | '条文' | '依据', string>;

const LABELLED = /^(法规|版本|施行|废止|条文|依据|题目|解析)[：:]\s*(.*)$/;
/** What is forgotten when a label comes again: a new law has its own edition, a new article its own words. */
const FORGETS: Partial<Record<string, (keyof Source)[]>> = {
  法规: ['版本', '施行', '废止', '条文', '依据'],
  条文: ['依据'],
};

/** The questions of a text, and every problem with its line; a question with a problem is left out. Never throws. */
export function readBankText(text: string): { questions: Question[]; problems: BankProblem[] } {
  const questions: Question[] = [];
  const problems: BankProblem[] = [];
  const source: Source = { 法规: '', 版本: '', 施行: '', 废止: '', 条文: '', 依据: '' };
  let draft: Draft | undefined;

  const finish = () => {
    if (draft === undefined) return;
    const read = Question.safeParse(toQuestion(draft, source));
    if (read.success) questions.push(read.data);
    else for (const problem of new Set(read.error.issues.map(explain))) problems.push({ line: draft.line, problem });
    draft = undefined;
  };

  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    const [, label = '', value = ''] = LABELLED.exec(line) ?? [];
    if (label !== '' && label !== '解析') finish();
    if (label === '题目') {
      const [id = '', topic = '', difficulty = ''] = value.split(/\s+/);
      draft = { line: index + 1, id, topic, difficulty, stem: [], options: [], explanation: '' };
    } else if (label === '解析' && draft) draft.explanation = value;
    else if (label in source) {
      for (const forgotten of FORGETS[label] ?? []) source[forgotten] = '';
      source[label as keyof Source] = value;
    } else if (line !== '') {
      if (!draft) problems.push({ line: index + 1, problem: `看不懂这一行：${line.slice(0, 20)}` });
      else if (/^[+-]\s*\S/.test(line)) draft.options.push(line);
      else draft.stem.push(line);
    }
  }
  finish();
  return { questions, problems };
}

/** A question in the same form, for an editor to change. */
export function writeBankText(question: Question): string {
  const { law, edition, effectiveFrom, repealedOn, article, basis, topic, difficulty, stem, options, key } = question;
  return [
    `法规：${law}`,
    `版本：${edition}`,
    `施行：${effectiveFrom}`,
    ...(repealedOn ? [`废止：${repealedOn}`] : []),
    `条文：${article}`,
    `依据：${basis}`,
    `题目：${question.id} ${TOPICS[topic]} ${DIFFICULTIES[difficulty - 1]}`,
    stem,
    ...options.map(({ id, text }) => `${key.includes(id) ? '+' : '-'} ${text}`),
    `解析：${question.explanation}`,
  ].join('\n');
}

function toQuestion(draft: Draft, source: Source): unknown {
  const options = draft.options.map(
    (line, index): Option => ({ id: 'abcdefgh'[index] ?? '', text: line.slice(1).trim() }),
  );
  const key = options.filter((_, index) => draft.options[index]?.startsWith('+')).map(({ id }) => id);
  return {
    id: draft.id,
    kind: kindOf(options, key),
    topic: Object.entries(TOPICS).find(([, words]) => words === draft.topic)?.[0],
    difficulty: DIFFICULTIES.indexOf(draft.difficulty) + 1,
    stem: draft.stem.join(''),
    options,
    key,
    explanation: draft.explanation,
    law: source.法规,
    edition: source.版本,
    article: source.条文,
    effectiveFrom: source.施行,
    repealedOn: source.废止 || null,
    basis: source.依据,
  };
}

/** 对 and 错 make a true/false question; several right options, or none wrong, a multiple choice. */
function kindOf(options: Option[], key: string[]): QuestionKind {
  if (options.length === 2 && options.every(({ text }) => text === '对' || text === '错')) return 'true-false';
  return key.length > 1 ? 'multiple' : 'single';
}

function explain(issue: { code: string; path: PropertyKey[]; message: string }): string {
  const sentence = explainQuestion(issue);
  return issue.path[0] === 'key' && issue.code !== 'custom' ? `${sentence}：正确选项前写 +，其他写 -` : sentence;
}
