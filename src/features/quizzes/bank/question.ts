/** What a question is: its shape, its topics, and what makes it one that may be asked. */
import { z } from 'zod';

/** The topics, by name and in words. */
export const TOPICS = {
  general: '处分总则',
  political: '政治纪律',
  organisation: '组织纪律',
  integrity: '廉洁纪律',
  mass: '群众纪律',
  work: '工作纪律',
  life: '生活纪律',
  conduct: '作风自律',
  'party-life': '组织生活',
  police: '公安队伍',
  traffic: '交通执法',
  'public-office': '公职人员',
} as const;
export type Topic = keyof typeof TOPICS;
export const Topic = z.enum(Object.keys(TOPICS) as [Topic, ...Topic[]]);

/** 党纪: the six disciplines and what holds for all of them. */
export const DISCIPLINE_TOPICS: Topic[] = ['general', 'political', 'organisation', 'integrity', 'mass', 'work', 'life'];

/** Difficulty in words, from 1. */
export const DIFFICULTIES = ['易', '中', '难'];

/** An option of a question; answers name it by its id, whatever place it has on the screen. */
export const Option = z.object({ id: z.string().regex(/^[a-h]$/), text: z.string().min(1).max(60) });
export type Option = z.infer<typeof Option>;

export const QuestionKind = z.enum(['single', 'multiple', 'true-false']);
export type QuestionKind = z.infer<typeof QuestionKind>;

const Day = z.iso.date();

/** A question with its source; without law, edition, article, date and words it is refused. */
export const Question = z
  .object({
    id: z.string().min(1),
    kind: QuestionKind,
    topic: Topic,
    difficulty: z.int().min(1).max(3),
    stem: z.string().min(4).max(200),
    options: z.array(Option).min(2).max(8),
    key: z.array(z.string()).min(1),
    explanation: z.string().min(1).max(300),
    law: z.string().min(1).max(60),
    edition: z.string().min(1).max(40),
    article: z.string().min(1).max(20),
    effectiveFrom: Day,
    repealedOn: Day.nullable(),
    basis: z.string().min(1).max(400),
  })
  .superRefine(({ kind, options, key }, context) => {
    const ids = options.map(({ id }) => id);
    if (new Set(ids).size !== ids.length || new Set(options.map(({ text }) => text)).size !== options.length)
      context.addIssue({ code: 'custom', path: ['options'], message: '选项有重复' });
    if (new Set(key).size !== key.length || key.some((id) => !ids.includes(id)))
      context.addIssue({ code: 'custom', path: ['key'], message: '正确答案不在选项里' });
    if (kind !== 'multiple' && key.length !== 1)
      context.addIssue({ code: 'custom', path: ['key'], message: '单选和判断只能有一个正确答案' });
  });
export type Question = z.infer<typeof Question>;

/** The source in one line: 《中国共产党纪律处分条例》（2023年12月修订）第五十三条. */
export function nameSource({ law, edition, article }: Pick<Question, 'law' | 'edition' | 'article'>): string {
  return `《${law}》（${edition}）${article}`;
}

/** The words of these options, in the order of the question. */
export function textsOf({ options }: { options: readonly Option[] }, ids: readonly string[]): string {
  return options
    .filter(({ id }) => ids.includes(id))
    .map(({ text }) => text)
    .join('、');
}

/** What stands against a field of a question, in words; a form with its own way to mark the key says so itself. */
const WORDS: Record<string, string> = {
  id: '缺少题目编号',
  topic: `主题要是其中之一：${Object.values(TOPICS).join('、')}`,
  difficulty: '难度要写易、中或难',
  stem: '题干要有4到200字',
  options: '选项要有2到8个，每个不超过60字',
  key: '没有标出正确答案',
  explanation: '缺少解析，或超过300字',
  law: '没有出处：缺少法规名称',
  edition: '没有出处：缺少法规版本',
  article: '没有出处：缺少条文',
  effectiveFrom: '没有出处：缺少施行日期，例如 2024-01-01',
  repealedOn: '废止日期要像 2027-01-01',
  basis: '没有出处：缺少依据的条文内容',
};

/** Why a question was refused, in a sentence for people. */
export function explainQuestion(issue: { code: string; path: PropertyKey[]; message: string }): string {
  return issue.code === 'custom' ? issue.message : (WORDS[String(issue.path[0])] ?? issue.message);
}

/**
 * How far what should stand in the bank differs from what does. What people were asked (kind, words, options) never changes under
 * their answers: such a question is `replaced`; everything else is `corrected` in place.
 */
export function compareQuestions(known: Question, wanted: Question): 'same' | 'corrected' | 'replaced' {
  const asked = ({ kind, stem, options }: Question) =>
    JSON.stringify([kind, stem, options.map(({ id, text }) => [id, text])]);
  if (asked(known) !== asked(wanted)) return 'replaced';
  const rest = (one: Question) =>
    JSON.stringify([
      ...[one.topic, one.difficulty, [...one.key].sort(), one.explanation],
      ...[one.law, one.edition, one.article, one.effectiveFrom, one.repealedOn, one.basis],
    ]);
  return rest(known) === rest(wanted) ? 'same' : 'corrected';
}
