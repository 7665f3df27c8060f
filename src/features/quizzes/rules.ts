/** Pure decisions about quizzes: the paper, its order, grading, and when an answer counts. */
import { shuffle } from '../../basics/shuffle.ts';
import { SMALLEST_GROUP } from '../../people/places/smallest-group.ts';
import { groupRows } from '../../storage/group-rows.ts';

/**
 * Draws the paper of one attempt: `count` questions of the pool, or all of it when it has fewer, none twice. Topics take turns, so
 * that two of them differ by more than one question only when one has no more to give.
 */
export function drawPaper(pool: readonly { id: string; topic: string }[], count: number, seed: string): string[] {
  const byTopic = groupRows(pool, ({ topic }) => topic);
  const strata = shuffle([...byTopic.keys()], seed, (topic) => topic).map((topic) =>
    shuffle(byTopic.get(topic) ?? [], seed, ({ id }) => id),
  );
  const drawn: string[] = [];
  for (let round = 0; drawn.length < Math.min(count, pool.length); round += 1) {
    for (const stratum of strata) {
      const next = stratum[round];
      if (next && drawn.length < count) drawn.push(next.id);
    }
  }
  return shuffle(drawn, `${seed}/order`, (id) => id);
}

/** The options of a question as this attempt shows them. True and false keep their places: nobody reads 错 before 对. */
export function arrangeOptions<O extends { id: string }>(
  question: { id: string; kind: string; options: readonly O[] },
  seed: string,
): O[] {
  return question.kind === 'true-false'
    ? [...question.options]
    : shuffle(question.options, `${seed}/${question.id}`, ({ id }) => id);
}

/** Whether a choice is right: the same options as the key, wherever they stood on the screen and in whatever order. */
export function isRight(choice: readonly string[], key: readonly string[]): boolean {
  const chosen = new Set(choice);
  return chosen.size === new Set(key).size && key.every((id) => chosen.has(id));
}

/** The right answers of all given ones. */
export function countRight(
  answers: readonly { questionId: string; choice: readonly string[] }[],
  keys: ReadonlyMap<string, readonly string[]>,
): number {
  return answers.filter(({ questionId, choice }) => isRight(choice, keys.get(questionId) ?? [])).length;
}

/** When one person's time is over: the quiz's end, or earlier where a time limit runs from their start; null has no end. */
export function endOf(quiz: { closesAt: Date | null; minutes: number | null }, startedAt: Date | null): Date | null {
  const own = startedAt && quiz.minutes ? new Date(startedAt.getTime() + quiz.minutes * 60_000) : null;
  if (own && quiz.closesAt) return own < quiz.closesAt ? own : quiz.closesAt;
  return own ?? quiz.closesAt;
}

/** Whether so many right answers of a paper are a pass. */
export function isPassed(right: number, all: number, passPercent: number): boolean {
  return all > 0 && right * 100 >= passPercent * all;
}

/** How a group has done: how many people gave how many answers, and how many of these were right. */
export type Share = { people: number; answered: number; correct: number };

/** The share of right answers in whole percent; 0 where nobody has answered. */
export function shareOf({ answered, correct }: Omit<Share, 'people'>): number {
  return answered === 0 ? 0 : Math.round((100 * correct) / answered);
}

/** What a crowd answered, question by question: how many chose what. */
export type Chosen = { questionId: string; choice: readonly string[]; count: number };
/** One question as a crowd answered it. */
export type QuestionResult = { questionId: string; answered: number; wrong: number };

/** How often each question was answered, and wrongly. */
export function countByQuestion(
  chosen: readonly Chosen[],
  keys: ReadonlyMap<string, readonly string[]>,
): QuestionResult[] {
  return [...groupRows(chosen, ({ questionId }) => questionId)].map(([questionId, rows]) => {
    const total = (those: readonly Chosen[]) => those.reduce((sum, { count }) => sum + count, 0);
    return {
      questionId,
      answered: total(rows),
      wrong: total(rows.filter(({ choice }) => !isRight(choice, keys.get(questionId) ?? []))),
    };
  });
}

/** The questions most often wrong, by share and then by number; only those that were wrong at all, and asked of five or more. */
export function findHardest(results: readonly QuestionResult[], limit: number): QuestionResult[] {
  return results
    .filter(({ wrong, answered }) => wrong > 0 && answered >= SMALLEST_GROUP)
    .sort(
      (a, b) =>
        b.wrong / b.answered - a.wrong / a.answered || b.wrong - a.wrong || (a.questionId < b.questionId ? -1 : 1),
    )
    .slice(0, limit);
}
