/** What became of a quiz as a whole: who stands where, which questions were hard, how topics are mastered. Never a ranking of persons. */
import type { Card } from '../../feature.ts';
import { nameAudience } from '../../people/audience.ts';
import type { Reader } from '../../storage/database.ts';
import { findQuestions } from './bank-queries.ts';
import { formatWindow } from './format-window.ts';
import * as queries from './queries.ts';
import { TOPICS, type Topic } from './question.ts';
import { countByQuestion, countRight, findHardest, groupBy, isPassed, SMALLEST_GROUP } from './rules.ts';
import { nameQuiz, nameTopics } from './schema.ts';

const HARDEST = 3;

/** The issuer's card: taken part, not, on leave; after the end what was hardest and how topics are mastered. */
export const progress: Card = {
  load: async (db, id, viewer) => {
    const quiz = await queries.findQuiz(db, id);
    if (!quiz?.closesAt || !quiz.opensAt) return undefined;
    const { audience, topics } = queries.draftOf(quiz);
    const tally = await queries.tallyQuiz(db, id, viewer.calendar.dayOf(viewer.now));
    const isWithdrawn = quiz.state === 'withdrawn';
    const isOver = quiz.closesAt <= viewer.now;
    const rest = tally.all - tally.took - tally.onLeave - tally.unreachable;
    return {
      name: nameQuiz(quiz.kind, topics),
      counts: `已参加 ${tally.took} · 未参加 ${rest} · 休假 ${tally.onLeave} · 联系不上 ${tally.unreachable}（共${tally.all}人）`,
      topics: nameTopics(topics),
      time: formatWindow(quiz.opensAt, quiz.closesAt, viewer),
      audience: audience ? await nameAudience(db, audience) : '',
      isOver: isOver || isWithdrawn,
      isExam: quiz.kind === 'exam',
      count: tally.all,
      state: isWithdrawn
        ? { is: 'over', word: '已撤销' }
        : isOver
          ? { is: 'done', word: '已结束' }
          : { is: 'open', word: quiz.opensAt > viewer.now ? '未开始' : '进行中' },
      ...(isOver && !isWithdrawn ? await summarise(db, id) : { hardest: [], mastery: '', average: '' }),
    };
  },
};

/** An exam's results with names, in the order of names: for the person who asked. */
export const results: Card = {
  load: async (db, id, viewer) => {
    const quiz = await queries.findQuiz(db, id);
    if (!quiz?.closesAt || quiz.passPercent === null) return undefined;
    const answers = groupBy(await queries.findAnswers(db, id), ({ personId }) => personId);
    const keys = await keysOf(
      db,
      [...answers.values()].flat().map(({ questionId }) => questionId),
    );
    const marked = (await queries.findParticipants(db, id)).map(({ personId, name, startedAt, all }) => {
      const right = countRight(answers.get(personId) ?? [], keys);
      return { name, right, all, isTaken: startedAt !== null };
    });
    const taken = marked.filter(({ isTaken }) => isTaken);
    const passPercent = quiz.passPercent;
    const list = (those: typeof marked) => those.map(({ name, right, all }) => `${name}（${right}/${all}）`).join('、');
    const isOver = quiz.closesAt <= viewer.now;
    return {
      name: nameQuiz(quiz.kind, quiz.topics),
      isOver,
      line: isOver ? `参加${taken.length}人，共${marked.length}人` : `考试还在进行，结束后再看完整成绩。`,
      passed: list(taken.filter(({ right, all }) => isPassed(right, all, passPercent))),
      failed: list(taken.filter(({ right, all }) => !isPassed(right, all, passPercent))),
      absent: marked
        .filter(({ isTaken }) => !isTaken)
        .map(({ name }) => name)
        .join('、'),
    };
  },
};

/** How a contest went for those who took part, in one line; nothing for fewer than five. */
export async function findAverage(db: Reader, id: string): Promise<string> {
  const { average } = await summarise(db, id);
  return average;
}

async function summarise(
  db: Reader,
  id: string,
): Promise<{ hardest: { text: string; article: string }[]; mastery: string; average: string }> {
  const chosen = await queries.findChosen(db, id);
  const questions = new Map(
    (await findQuestions(db, [...new Set(chosen.map(({ questionId }) => questionId))])).map((one) => [one.id, one]),
  );
  const counted = countByQuestion(chosen, new Map([...questions].map(([question, { key }]) => [question, key])));
  const hardest = findHardest(counted, HARDEST).map(({ questionId, wrong, answered }) => {
    const question = questions.get(questionId);
    return {
      text: `${question?.stem ?? ''}（${answered}人答，${wrong}人答错）`,
      article: `《${question?.law ?? ''}》${question?.article ?? ''}`,
    };
  });
  const { people } = await countPeople(db, id);
  const byTopic = groupBy(counted, ({ questionId }) => questions.get(questionId)?.topic ?? '');
  const share = (rows: typeof counted) => {
    const answered = rows.reduce((sum, row) => sum + row.answered, 0);
    return Math.round((100 * (answered - rows.reduce((sum, row) => sum + row.wrong, 0))) / answered);
  };
  const mastery = [...byTopic]
    .filter(([, rows]) => rows.reduce((sum, { answered }) => sum + answered, 0) >= SMALLEST_GROUP)
    .map(([topic, rows]) => `${TOPICS[topic as Topic] ?? topic} ${share(rows)}%`)
    .join(' · ');
  if (people < SMALLEST_GROUP) return { hardest, mastery: '', average: '' };
  return { hardest, mastery, average: `参加${people}人，平均答对${share(counted)}%` };
}

async function countPeople(db: Reader, id: string): Promise<{ people: number }> {
  const [row] = await db.sql<{
    people: number;
  }>`SELECT count(DISTINCT "personId")::int AS people FROM quiz_answer WHERE "quizId" = ${id}::uuid`;
  return row ?? { people: 0 };
}

async function keysOf(db: Reader, ids: string[]): Promise<Map<string, string[]>> {
  return new Map((await findQuestions(db, [...new Set(ids)])).map(({ id, key }) => [id, key]));
}
