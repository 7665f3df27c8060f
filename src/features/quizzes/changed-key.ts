/** A key that changes: everybody's points follow from it, and whoever it touches is told. */
import { z } from 'zod';
import type { Card, Turn } from '../../feature.ts';
import { correctKey, findQuestion } from './bank-queries.ts';
import { findAnswersTo } from './dispute-queries.ts';
import { nameSource, textsOf } from './question.ts';
import { isRight } from './rules.ts';

const Key = z.array(z.string());
/** Which key changed, from what to what; `change` names the occasion, so that each person hears of it once. */
export const RegradePayload = z.object({ change: z.string(), question: z.string(), before: Key, after: Key });
export type RegradePayload = z.infer<typeof RegradePayload>;

/** Corrects the key in place and has everybody who answered graded anew, whatever the occasion. */
export async function changeKey(turn: Turn, changed: RegradePayload): Promise<void> {
  await correctKey(turn.db, changed.question, changed.after);
  await turn.later('regrade', changed);
}

/** Everybody whose grade a corrected key has changed hears of it, and all cards that show points are shown anew. */
export async function regrade(turn: Turn, { change, question, before, after }: RegradePayload): Promise<void> {
  const answers = await findAnswersTo(turn.db, question);
  const changed = answers.filter(({ choice }) => isRight(choice, before) !== isRight(choice, after));
  const people = [...new Set(changed.map(({ personId }) => personId))];
  const common = { card: 'regraded', ref: question, push: 'quiet' } as const;
  await turn.deliver(...people.map((person) => ({ key: `regraded:${change}:${person}`, to: { person }, ...common })));
  const quizzes = [...new Set(answers.map(({ quizId }) => quizId))];
  await turn.refresh(
    ...quizzes.flatMap((ref) => [
      { card: 'paper', ref },
      { card: 'progress', ref },
    ]),
  );
}

/** To everybody whose grade has changed. */
export const regraded: Card = {
  load: async (db, id, viewer) => {
    const question = await findQuestion(db, id);
    if (!question) return undefined;
    const answers = await findAnswersTo(db, id);
    const isNowRight = answers.some(
      ({ personId, choice }) => personId === viewer.person && isRight(choice, question.key),
    );
    return {
      stem: question.stem,
      key: textsOf(question, question.key),
      source: nameSource(question),
      line: isNowRight ? '这道题改判为答对，成绩已更新。' : '这道题改判为答错，成绩已更新。',
    };
  },
};
