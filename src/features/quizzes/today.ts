/** What of quizzes is open for a person: to take part in, and for a reviewer to decide on. */
import type { OpenItem, Viewpoint } from '../../feature.ts';
import { mayAnywhere } from '../../people/permissions.ts';
import type { Person } from '../../people/person.ts';
import type { Reader } from '../../storage/database.ts';
import { findOpenQuizzes } from './contest/queries.ts';
import { findWritten } from './dispute/queries.ts';

import { nameQuiz } from './schema.ts';
import { findOwnOpen } from './secrets.ts';

/** The lines of this feature on 今天. */
export async function findTodayItems(db: Reader, who: Person, { now }: Viewpoint): Promise<OpenItem[]> {
  const papers = await findOpenQuizzes(db, who.id, now);
  return [
    ...papers.map(({ id, kind, topics, closesAt }) => ({
      title: nameQuiz(kind, topics),
      due: closesAt,
      open: { button: 'quizzes/open', value: { id } },
    })),
    ...(mayAnywhere(who, 'quiz.review') ? await findReviews(db, who, now) : []),
  ];
}

/** Objections to questions, but for those on the reviewer's own paper. */
async function findReviews(db: Reader, who: Person, now: Date): Promise<OpenItem[]> {
  const own = await findOwnOpen(db, now, who.id);
  const open = (await findWritten(db)).filter(({ questionId }) => !own.has(questionId));
  return open.map(({ id }) => ({
    title: '核对一道题的异议',
    open: { button: 'quizzes/open-review', value: { id } },
  }));
}
