/** A contest or an exam is written from a sentence; and one person's time in an exam ends. */
import type { PersonTurn, Turn, Typed } from '../../../feature.ts';
import { publication } from '../../../publication/index.ts';
import { bringShippedBank } from '../bank/shipped-bank.ts';
import type { IssuedKind } from '../schema.ts';
import { EMPTY_DRAFT, EXAM_DEFAULTS } from './draft-rules.ts';
import { quiz } from './publication.ts';

export const issued = publication(quiz);

/** 发布答题, or a sentence that says it: a draft with what was understood, shown to its writer only. */
export const draftContest = (turn: PersonTurn, typed: Typed) => draftQuiz(turn, typed, 'contest');

/** 发布考试, likewise. */
export const draftExam = (turn: PersonTurn, typed: Typed) => draftQuiz(turn, typed, 'exam');

async function draftQuiz(turn: PersonTurn, typed: Typed, kind: IssuedKind): Promise<undefined> {
  await bringShippedBank(turn);
  await issued.draftFrom(turn, typed, { ...EMPTY_DRAFT, ...(kind === 'exam' && EXAM_DEFAULTS), kind });
}

/** One person's time in an exam is over. */
export async function endAttempt(turn: Turn, { quiz, person }: { quiz: string; person: string }): Promise<void> {
  await turn.refresh({ card: 'paper', ref: quiz, person }, { card: 'progress', ref: quiz });
}
