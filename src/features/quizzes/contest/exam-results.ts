/** An exam's results, person by person: computed from the answers, for the card and the list alike. */
import type { Reader } from '../../../storage/database.ts';
import { groupRows } from '../../../storage/group-rows.ts';
import { findQuestions } from '../bank/queries.ts';
import { countRight, isPassed } from '../rules.ts';
import { findAnswers, findParticipants } from './queries.ts';

/** `all` is the number of questions on the person's paper, 0 for whoever has not begun. */
export type ExamResult = {
  personId: string;
  name: string;
  right: number;
  all: number;
  /** `unreached`: the exam was over before its card came. */
  outcome: 'passed' | 'failed' | 'absent' | 'unreached';
};

/** Everybody's result, by name. */
export async function findExamResults(db: Reader, quiz: string, passPercent: number): Promise<ExamResult[]> {
  const answers = groupRows(await findAnswers(db, quiz), ({ personId }) => personId);
  const asked = new Set([...answers.values()].flat().map(({ questionId }) => questionId));
  const keys = new Map((await findQuestions(db, [...asked])).map(({ id, key }) => [id, key]));
  return (await findParticipants(db, quiz)).map(({ personId, name, startedAt, isReached, all }) => {
    const right = countRight(answers.get(personId) ?? [], keys);
    const begun = isPassed(right, all, passPercent) ? 'passed' : 'failed';
    const outcome = startedAt !== null ? begun : isReached ? 'absent' : 'unreached';
    return { personId, name, right, all, outcome };
  });
}
