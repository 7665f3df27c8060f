/** What a quiz says about its questions and topics once it is over: averages of five people and more, and what was hardest. */

import type { Viewer } from '../../../feature.ts';
import { SMALLEST_GROUP } from '../../../people/places/smallest-group.ts';
import type { Reader } from '../../../storage/database.ts';
import { findQuestions } from '../bank/queries.ts';
import { TOPICS, type Topic } from '../bank/question.ts';
import { countByQuestion, findHardest, type Share, shareOf } from '../rules.ts';
import { findSecrets } from '../secrets.ts';
import { findChosen } from './queries.ts';

const HARDEST = 3;
const RANKED = 10;

/** How it went for those who took part, in one line; nothing for fewer than five. */
export async function describeAverage(db: Reader, quiz: string): Promise<string> {
  const [share] = await db.sql<Share>`
    SELECT count(DISTINCT w."personId")::int AS people, count(*)::int AS answered,
      count(*) FILTER (WHERE w.choice <@ q.key AND q.key <@ w.choice)::int AS correct
    FROM quiz_answer w JOIN quiz_question q ON q.id = w."questionId" WHERE w."quizId" = ${quiz}::uuid`;
  return share && share.people >= SMALLEST_GROUP ? `参加${share.people}人，平均答对${shareOf(share)}%` : '';
}

/** The share of right answers by topic, for topics of which five people or more were asked. */
export async function describeMastery(db: Reader, quiz: string): Promise<string> {
  const rows = await db.sql<Share & { topic: Topic }>`
    SELECT q.topic, count(DISTINCT w."personId")::int AS people, count(*)::int AS answered,
      count(*) FILTER (WHERE w.choice <@ q.key AND q.key <@ w.choice)::int AS correct
    FROM quiz_answer w JOIN quiz_question q ON q.id = w."questionId" WHERE w."quizId" = ${quiz}::uuid GROUP BY q.topic`;
  return (Object.keys(TOPICS) as Topic[])
    .flatMap((topic) => rows.filter((row) => row.topic === topic && row.people >= SMALLEST_GROUP))
    .map((row) => `${TOPICS[row.topic]} ${shareOf(row)}%`)
    .join(' · ');
}

/** The three questions most often wrong, each with its article, unless an exam asks it just now. */
export async function listHardest(
  db: Reader,
  quiz: string,
  { now, person }: Pick<Viewer, 'now' | 'person'>,
): Promise<{ text: string; article: string }[]> {
  const chosen = await findChosen(db, quiz);
  const ids = [...new Set(chosen.map(({ questionId }) => questionId))];
  const questions = new Map((await findQuestions(db, ids)).map((one) => [one.id, one]));
  const secrets = await findSecrets(db, now, person);
  const keys = new Map([...questions].map(([id, { key }]) => [id, key]));
  return findHardest(countByQuestion(chosen, keys), HARDEST).map(({ questionId, wrong, answered }) => {
    const question = questions.get(questionId);
    return {
      text: `${question?.stem ?? ''}（${answered}人答，${wrong}人答错）`,
      article: secrets.has(questionId)
        ? '出处在考试或答题结束后公布'
        : `《${question?.law ?? ''}》${question?.article ?? ''}`,
    };
  });
}

/** The ten with the most right answers, equal ones with the same place. Only for an owner who may rank persons (`RANKINGS`). */
export async function describeRanking(db: Reader, quiz: string): Promise<string> {
  const rows = await db.sql<{ place: number; name: string; correct: number }>`
    SELECT rank() OVER (ORDER BY correct DESC)::int AS place, name, correct FROM (
      SELECT p.id, p.name, count(*) FILTER (WHERE w.choice <@ q.key AND q.key <@ w.choice)::int AS correct
      FROM quiz_answer w JOIN quiz_question q ON q.id = w."questionId" JOIN person p ON p.id = w."personId"
      WHERE w."quizId" = ${quiz}::uuid GROUP BY p.id) part
    ORDER BY place, name, id LIMIT ${RANKED}`;
  return rows.map(({ place, name, correct }) => `${place}. ${name} 答对${correct}题`).join('\n');
}
