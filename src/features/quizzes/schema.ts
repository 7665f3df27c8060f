/** What comes in from outside: values of buttons, forms and job payloads, and the words for the kinds of quiz. */
import { z } from 'zod';
import { filled, PickedInstant } from '../../cards/form-values.ts';
import { AudienceText } from '../../people/audience.ts';
import { DISCIPLINE_TOPICS, TOPICS, Topic } from './question.ts';

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

/** A number as people type it into an input; what is no number becomes NaN, which a rule objects to in words. */
const Typed = z.string().trim().transform(Number);

/** What a checker of a form reports. */
function isTicked(value: unknown): boolean {
  return value === true || value === 'true';
}

/** The form of a draft. Anything may be missing: the handler says what. */
export const DraftForm = z.object({
  topics: filled(z.array(Topic)),
  count: filled(Typed),
  opensAt: filled(PickedInstant),
  closesAt: filled(PickedInstant),
  audience: filled(AudienceText),
  minutes: filled(Typed),
  passPercent: filled(Typed),
  isByUnit: z.unknown().transform(isTicked),
});

const OptionId = z.string().regex(/^[a-h]$/);
export const NoValue = z.object({});
/** One of several options, on a button of its own. */
export const AnswerValue = z.object({ question: z.string().min(1), choice: OptionId });
/** Several options: which ones stands in the form, one checker each, named after the option. */
export const AnswerManyValue = z.object({ question: z.string().min(1) });
/** The ticked checkers of a form, in the order of ids. */
export const Ticked = z.record(z.string(), z.unknown()).transform((form) =>
  Object.keys(form)
    .filter((name) => /^[a-h]$/.test(name) && isTicked(form[name]))
    .sort(),
);
export const QuestionValue = z.object({ question: z.string().min(1).max(60) });
export const AnyPayload = z.record(z.string(), z.unknown());
export const QuizValue = z.object({ quiz: z.uuid() });
export const RoundPayload = z.object({ quiz: z.uuid(), after: z.string() });
export const RemindPayload = z.object({ quiz: z.uuid(), day: z.iso.date(), people: z.array(z.string()) });
export const PersonPayload = z.object({ quiz: z.uuid(), person: z.string() });
