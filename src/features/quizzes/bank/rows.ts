/** A question of the bank as a row of an xlsx file, and back: columns A to H are the options a to h. */
import { hash } from 'node:crypto';
import { z } from 'zod';
import type { ListValues } from '../../../list.ts';
import type { SheetPlan } from '../../../sheets/plan.ts';
import type { ItemStatistics } from './item-statistics.ts';
import type { BankQuestion } from './queries.ts';
import { DIFFICULTIES, explainQuestion, Question, type QuestionKind, TOPICS, textsOf } from './question.ts';

export const KIND_WORDS: Record<QuestionKind, string> = { single: '单选', multiple: '多选', 'true-false': '判断' };
const LETTERS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const;
const YES: Record<string, boolean> = { 是: true, 否: false };
const TRUTH = ['对', '错'];
const TRUTH_WORDS: Record<string, string> = { 对: '对', 正确: '对', '√': '对', 错: '错', 错误: '错', '×': '错' };

const Text = z.string().optional();
const option = (letter: string) => ({ header: `选项${letter}`, kind: 'text', type: Text }) as const;
const source = (header: string, synonyms: string[], reason: string, width?: number) =>
  ({ header, synonyms, kind: 'text', type: z.string({ error: reason }), ...(width && { width }) }) as const;
const told = (header: string) => ({ header, kind: 'number', type: z.number().optional(), width: 11 }) as const;

/** The file of the question bank. The last columns are only told: what stands in them is not read back. */
export const bankPlan = {
  name: '题库',
  columns: {
    id: { header: '编号', kind: 'text', type: z.string().max(60).optional(), width: 14 },
    kind: { header: '题型', kind: 'text', type: z.string({ error: '题型要写单选、多选或判断' }), width: 8 },
    topic: { header: '主题', kind: 'text', type: Text, width: 12 },
    difficulty: { header: '难度', kind: 'text', type: Text, width: 8 },
    stem: { header: '题干', synonyms: ['题目'], kind: 'text', type: z.string({ error: '没有写题干' }), width: 40 },
    a: option('A'),
    b: option('B'),
    c: option('C'),
    d: option('D'),
    e: option('E'),
    f: option('F'),
    g: option('G'),
    h: option('H'),
    key: {
      ...{ header: '答案', synonyms: ['正确答案'], kind: 'text', width: 8 },
      type: z.string({ error: '没有写答案，例如 A，多选写 AC，判断写 对 或 错' }),
    },
    explanation: { header: '解析', kind: 'text', type: Text, width: 40 },
    law: source('法规', ['法规名称', '依据法规'], '没有出处：缺少法规名称', 28),
    edition: source('版本', [], '没有出处：缺少法规版本'),
    article: source('条款', ['条文'], '没有出处：缺少条款', 12),
    effectiveFrom: { header: '施行日期', kind: 'day', type: z.string({ error: '没有出处：缺少施行日期' }) },
    repealedOn: { header: '废止日期', kind: 'day', type: Text },
    basis: source('依据原文', ['依据'], '没有出处：缺少依据的条文内容', 40),
    compared: { header: '已核对', kind: 'text', type: z.enum(['是', '否']).optional(), width: 8 },
    state: { header: '状态', kind: 'text', type: Text, width: 8 },
    drawn: told('抽到次数'),
    answered: told('作答次数'),
    facility: told('答对率%'),
    disputes: told('异议数'),
  },
} as const satisfies SheetPlan;
export type BankRow = ListValues<typeof bankPlan>;
type Column = keyof typeof bankPlan.columns;
/** A reason by column; the row stands with whoever reads the file. */
export type RowProblem = { column: Column; reason: string };

/** The question that a row says, or every reason why it says none. A row without 编号 gets one from its words, always the same. */
export function readBankRow(row: BankRow): { question: Question; compared?: boolean } | { problems: RowProblem[] } {
  const stem = oneLine(row.stem);
  const kind = (Object.keys(KIND_WORDS) as QuestionKind[]).find((one) => KIND_WORDS[one] === row.kind.trim());
  if (!kind) return { problems: [{ column: 'kind', reason: '题型要写单选、多选或判断' }] };
  const options = readOptions(row, kind);
  const gap = LETTERS.find(
    (letter, index) => options[index]?.text === '' || (options[index] && !hasId(options, letter)),
  );
  if (gap) return { problems: [{ column: gap, reason: '选项要从A起连着填，中间不能空' }] };
  const twice = options.find(({ text }, index) => options.findIndex((one) => one.text === text) < index);
  if (twice) return { problems: [{ column: twice.id, reason: '与前面的选项重复' }] };
  if (options.length < 2) return { problems: [{ column: 'b', reason: '至少要有两个选项' }] };
  const key = readKey(row.key, options);
  if (!key) return { problems: [{ column: 'key', reason: '答案要写选项的字母，例如 A，多选写 AC，判断写 对 或 错' }] };
  const read = Question.safeParse({
    id: row.id?.trim() || idOf('q', { kind, stem, options }),
    ...{ kind, stem, options, key },
    topic: Object.entries(TOPICS).find(([, words]) => words === row.topic?.trim())?.[0],
    difficulty: DIFFICULTIES.indexOf(row.difficulty?.trim() ?? '') + 1,
    explanation: oneLine(row.explanation),
    law: oneLine(row.law).replace(/^《(.*)》$/, '$1'),
    edition: oneLine(row.edition),
    article: oneLine(row.article),
    effectiveFrom: row.effectiveFrom,
    repealedOn: row.repealedOn ?? null,
    basis: oneLine(row.basis),
  });
  if (read.success) return { question: read.data, ...(row.compared && { compared: YES[row.compared] === true }) };
  const problems = read.error.issues.map((issue) => ({ column: columnOf(issue.path), reason: explainQuestion(issue) }));
  return { problems: problems.filter(({ column }, at) => problems.findIndex((one) => one.column === column) === at) };
}

/** The question as a row, with its statistics where enough people have answered. */
export function writeBankRow(found: BankQuestion, statistics?: ItemStatistics): Partial<BankRow> {
  const { kind, options, key, topic, difficulty, repealedOn, comparedAt, state } = found;
  const letters = Object.fromEntries(options.map(({ id, text }) => [id, text]));
  return {
    ...letters,
    ...{ id: found.id, kind: KIND_WORDS[kind], topic: TOPICS[topic], stem: found.stem, explanation: found.explanation },
    key: kind === 'true-false' ? textsOf(found, key) : [...key].sort().join('').toUpperCase(),
    ...(DIFFICULTIES[difficulty - 1] !== undefined && { difficulty: DIFFICULTIES[difficulty - 1] }),
    ...{ law: found.law, edition: found.edition, article: found.article, basis: found.basis },
    ...{ effectiveFrom: found.effectiveFrom, ...(repealedOn && { repealedOn }) },
    ...{ compared: comparedAt ? '是' : '否', state: state === 'frozen' ? '待复核' : '在用' },
    ...(statistics && {
      ...{ drawn: statistics.drawn, answered: statistics.answered, disputes: statistics.disputes },
      ...(statistics.facility !== null && { facility: statistics.facility }),
    }),
  };
}

/** The id of a question that takes the place of another, or of one without: it follows from the words, so a file read twice adds nothing. */
export function idOf(
  stem: string,
  { kind, stem: words, options }: Pick<Question, 'kind' | 'stem' | 'options'>,
): string {
  const said = JSON.stringify([kind, words, options.map(({ text }) => text)]);
  return `${stem.slice(0, 49)}-${hash('sha256', said).slice(0, 10)}`;
}

type RowOption = { id: (typeof LETTERS)[number]; text: string };

/** 判断 may leave the options out. Trailing empty ones do not count. */
function readOptions(row: BankRow, kind: QuestionKind): RowOption[] {
  const filled = LETTERS.map((id) => ({ id, text: oneLine(row[id]) }));
  const last = filled.findLastIndex(({ text }) => text !== '');
  if (last < 0 && kind === 'true-false') return TRUTH.map((text, index) => ({ id: index === 0 ? 'a' : 'b', text }));
  return filled.slice(0, last + 1);
}

function hasId(options: RowOption[], id: string): boolean {
  return options.some((one) => one.id === id);
}

/** Letters, however they are set apart, or 对 and 错. Undefined for anything that names no option, or one twice. */
function readKey(text: string, options: RowOption[]): string[] | undefined {
  const plain = text.normalize('NFKC').replace(/[\s,、;；，.。]/g, '');
  const truth = options.find((one) => one.text === TRUTH_WORDS[plain]);
  if (truth) return [truth.id];
  const letters = [...plain.toLowerCase()];
  const isKnown = letters.length > 0 && letters.every((letter) => hasId(options, letter));
  return isKnown && new Set(letters).size === letters.length ? letters.sort() : undefined;
}

function columnOf([field, index]: PropertyKey[]): Column {
  if (field === 'options') return typeof index === 'number' ? (LETTERS[index] ?? 'a') : 'a';
  return Object.hasOwn(bankPlan.columns, String(field)) ? (field as Column) : 'stem';
}

/** A cell may hold lines; a question is one. */
function oneLine(text: string | undefined): string {
  return (text ?? '').replace(/\s*\n\s*/g, '').trim();
}
