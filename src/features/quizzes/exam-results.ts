/** An exam's results, person by person: computed from the answers, for the card and the list alike. */
import type { Reader } from '../../storage/database.ts';
import { groupRows } from '../../storage/group-rows.ts';
import { findQuestions } from './bank-queries.ts';
import { findAnswers, findParticipants } from './queries.ts';
import { countRight, isPassed } from './rules.ts';

/** `all` is the number of questions on the person's paper, 0 for whoever has not begun. */
export type ExamResult = {
  personId: string;
  name: string;
  right: number;
  all: number;
  outcome: 'passed' | 'failed' | 'absent';
};

/** Everybody's result, by name. */
export async function findExamResults(db: Reader, quiz: string, passPercent: number): Promise<ExamResult[]> {
  const answers = groupRows(await findAnswers(db, quiz), ({ personId }) => personId);
  const asked = new Set([...answers.values()].flat().map(({ questionId }) => questionId));
  const keys = new Map((await findQuestions(db, [...asked])).map(({ id, key }) => [id, key]));
  return (await findParticipants(db, quiz)).map(({ personId, name, startedAt, all }) => {
    const right = countRight(answers.get(personId) ?? [], keys);
    const outcome = startedAt === null ? 'absent' : isPassed(right, all, passPercent) ? 'passed' : 'failed';
    return { personId, name, right, all, outcome };
  });
}
