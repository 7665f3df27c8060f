/** A key that changes: everybody's points follow from it, and whoever it touches is told. */
import { z } from 'zod';
import { CLOSED, card, type Turn } from '../../../feature.ts';
import { correctKey, findQuestion } from '../bank/queries.ts';
import { nameSource, textsOf } from '../bank/question.ts';
import { isRight } from '../rules.ts';
import { QuestionId } from '../schema.ts';
import { findSecretUntil, sayWhenTold } from '../secrets.ts';
import { findAnswersTo } from './queries.ts';

const Key = z.array(z.string());
/** Which key changed, from what to what; `change` names the occasion, so that each person hears of it once. */
export const RegradePayload = z.object({ change: z.string(), question: z.string(), before: Key, after: Key });
export type RegradePayload = z.infer<typeof RegradePayload>;

/** Corrects the key in place and has everybody who answered graded anew, whatever the occasion. */
export async function changeKey(turn: Turn, changed: RegradePayload): Promise<void> {
  await correctKey(turn.db, changed.question, changed.after);
  await turn.later('regrade', changed);
}

/**
 * Everybody whose grade a corrected key has changed hears of it, and all cards that show points are shown anew; once no exam asks the
 * question any more, since who was wrong so far tells as much as the key.
 */
export async function regrade(turn: Turn, payload: RegradePayload): Promise<void> {
  const { change, question, before, after } = payload;
  const until = await findSecretUntil(turn.db, question, turn.now);
  if (until) return turn.later('regrade', payload, { at: until });
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
export const regraded = card({
  ref: QuestionId,
  action: 'self',
  load: async (db, id, viewer) => {
    const question = await findQuestion(db, id);
    if (!question) return undefined;
    const own = (await findAnswersTo(db, id)).filter(({ personId }) => personId === viewer.person);
    if (own.length === 0) return CLOSED;
    const until = await findSecretUntil(db, id, viewer.now, viewer.person);
    if (until)
      return {
        ...{ stem: question.stem, key: '', source: '' },
        line: `这道题的答案经核对有改动。${sayWhenTold(until, viewer)}`,
      };
    const isNowRight = own.some(({ choice }) => isRight(choice, question.key));
    return {
      stem: question.stem,
      key: textsOf(question, question.key),
      source: nameSource(question),
      line: isNowRight ? '这道题改判为答对，成绩已更新。' : '这道题改判为答错，成绩已更新。',
    };
  },
});
