/** What comes in from outside: values of buttons, forms and job payloads, and the words for the kinds of quiz. */
import { z } from 'zod';
import { DISCIPLINE_TOPICS, TOPICS, type Topic } from './bank/question.ts';
import { OptionId } from './forms.ts';

/** Issued by a secretary: 比拼 or 考试. */
export const IssuedKind = z.enum(['contest', 'exam']);
export type IssuedKind = z.infer<typeof IssuedKind>;
export type QuizKind = IssuedKind | 'daily' | 'practice';

/** What a quiz is called on cards: 党纪知识比拼 when all of it is Party discipline. */
export function nameQuiz(kind: string, topics: readonly string[]): string {
  if (kind === 'daily') return '每日一题';
  if (kind === 'practice') return '练习';
  const isDiscipline = topics.length > 0 && topics.every((topic) => DISCIPLINE_TOPICS.some((one) => one === topic));
  return `${isDiscipline ? '党纪' : ''}知识${kind === 'exam' ? '考试' : '比拼'}`;
}

/** Topics in words: 党纪（7类） when these are just the six disciplines and their general part. */
export function nameTopics(topics: readonly string[]): string {
  const isDiscipline =
    topics.length === DISCIPLINE_TOPICS.length && DISCIPLINE_TOPICS.every((topic) => topics.includes(topic));
  if (isDiscipline) return '党纪（六项纪律和处分总则）';
  if (topics.length === 0 || topics.length === Object.keys(TOPICS).length) return '全部主题';
  return topics.map((topic) => TOPICS[topic as Topic] ?? topic).join('、');
}

/** Ours, as `pd-053-1`, or one that an administrator has written into a list. */
export const QuestionId = z.string().regex(/^[^\p{Cc}]{1,60}$/u);
/** One of several options, on a button of its own. */
export const AnswerValue = z.object({ question: QuestionId, choice: OptionId });
/** Several options: which ones stands in the form, one checker each, named after the option. */
export const AnswerManyValue = z.object({ question: QuestionId });
export const DisputeValue = z.object({ id: z.uuid() });
export const QuestionValue = z.object({ question: QuestionId });
export const PersonPayload = z.object({ quiz: z.uuid(), person: z.string() });
