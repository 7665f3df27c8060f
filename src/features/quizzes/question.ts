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
