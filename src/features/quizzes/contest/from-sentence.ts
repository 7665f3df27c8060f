/** What a sentence says of a contest or an exam; what it leaves out is left out here too. */
import { MINUTE_MS } from '../../../basics/durations.ts';
import type { PersonTurn, Typed } from '../../../feature.ts';
import { beginningOf, isAdding } from '../../../publication/from-reading.ts';
import type { Listening } from '../../../reading/listen.ts';
import { pickMinutes, pickPass, pickQuestionCount } from '../../../reading/pick/pick-amounts.ts';
import { pickWindow } from '../../../reading/pick/pick-when.ts';
import { pickTerms } from '../../../reading/pick/pick-words.ts';
import type { Picked } from '../../../reading/pick/picked.ts';
import type { Reading } from '../../../reading/reading.ts';
import { DISCIPLINE_TOPICS, Topic } from '../bank/question.ts';
import type { Draft } from './draft-rules.ts';

/** Its topics, numbers and times. A number that was said, though not so that it can be acted on, leaves its field empty. */
export async function hearQuiz(
  turn: PersonTurn,
  typed: Typed,
  { take }: Listening,
  before: Draft,
): Promise<Partial<Draft>> {
  const { reading } = typed;
  const isExam = before.kind === 'exam';
  const number = (picked: Picked<number>, otherwise: number | null) =>
    picked.is === 'none' ? otherwise : take(picked);
  const minutes = number(pickMinutes(reading), before.minutes);
  const window = take(pickWindow(reading, pickMinutes(reading).is === 'one'));
  const opensAt = beginningOf(turn, window?.opens);
  // A contest that says how long it lasts ends then; an exam gives each person so long.
  const lasts = !isExam && opensAt && minutes ? new Date(opensAt.getTime() + minutes * MINUTE_MS) : null;
  const dueAt = window?.closes?.at ?? lasts;
  const topics = takeTopics(reading, take);
  return {
    ...(topics.length > 0 && { topics: [...new Set([...(isAdding(typed) ? before.topics : []), ...topics])] }),
    ...(opensAt && { opensAt }),
    ...(dueAt && { dueAt }),
    count: number(pickQuestionCount(reading, 'quiz-topic'), before.count),
    minutes: isExam ? minutes : null,
    passPercent: number(pickPass(reading), before.passPercent),
    isByUnit: before.isByUnit || take(pickTerms(reading, 'by-unit')) !== null,
  };
}

function takeTopics(reading: Reading, take: Listening['take']): Topic[] {
  const said = take(pickTerms(reading, 'quiz-topic')) ?? [];
  return said.flatMap((topic) => (topic === 'discipline' ? DISCIPLINE_TOPICS : (Topic.safeParse(topic).data ?? [])));
}
