/** 练习: private, unlimited, by topic; what was wrong before comes first. */
import { randomUUID } from 'node:crypto';
import type { PersonTurn, PressTurn, Reply } from '../../feature.ts';
import { findPool } from './bank-queries.ts';
import { TOPICS, type Topic } from './question.ts';
import { takeDueReviews } from './review.ts';
import { drawPaper } from './rules.ts';
import { bringShippedBank } from './shipped-bank.ts';

/** So many questions make a round. */
const ROUND = 5;

/** 练习, 练习 廉洁纪律: a round of five, at once. */
export async function startPractice(turn: PersonTurn, { rest }: { rest: string }): Promise<Reply | undefined> {
  const topic = (Object.keys(TOPICS) as Topic[]).find(
    (one) => rest.includes(TOPICS[one]) || (rest !== '' && TOPICS[one].includes(rest)),
  );
  if (rest !== '' && !topic) return { toast: `没有这个主题。可以练习：${Object.values(TOPICS).join('、')}。` };
  return openRound(turn, topic ? [topic] : []);
}

/** 再来一组: five more of the same topics, on the same card. */
export async function continuePractice(turn: PressTurn): Promise<Reply> {
  const quiz = turn.pressed.ref;
  const [round] = await turn.db.sql<{ topics: string[]; questionIds: string[] }>`
    SELECT q.topics, a."questionIds" FROM quiz_attempt a JOIN quiz q ON q.id = a."quizId" AND q.kind = 'practice'
    WHERE a."quizId" = ${quiz}::uuid AND a."personId" = ${turn.who.id} FOR UPDATE OF a`;
  if (!round) return { toast: '这张卡片不能再练习，请发送“练习”。', kind: 'warning' };
  const [answered] = await turn.db.sql<{ count: number }>`
    SELECT count(*)::int AS count FROM quiz_answer WHERE "quizId" = ${quiz}::uuid AND "personId" = ${turn.who.id}`;
  if ((answered?.count ?? 0) < round.questionIds.length) return { toast: '请先答完这一组。' };
  const more = await drawRound(turn, round.topics, round.questionIds);
  if (more.length === 0) return { toast: '这些题都练过了，发送“练习”可以重新开始。' };
  await turn.db.sql`
    UPDATE quiz_attempt SET "questionIds" = "questionIds" || ${more}::text[] WHERE "quizId" = ${quiz}::uuid AND "personId" = ${turn.who.id}`;
  return { toast: `又来了${more.length}题。` };
}

async function openRound(turn: PersonTurn, topics: Topic[]): Promise<Reply | undefined> {
  await bringShippedBank(turn);
  const questionIds = await drawRound(turn, topics, []);
  if (questionIds.length === 0) return { toast: '题库里现在没有可以练习的题，请联系政治处。' };
  const quiz = randomUUID();
  await turn.db.sql`
    INSERT INTO quiz (id, kind, state, topics, "questionCount", "opensAt", "createdAt", "publishedAt")
    VALUES (${quiz}::uuid, 'practice', 'published', ${topics}, ${ROUND}, ${turn.now}, ${turn.now}, ${turn.now})`;
  await turn.db.sql`
    INSERT INTO quiz_attempt ("quizId", "personId", seed, "questionIds", "startedAt")
    VALUES (${quiz}::uuid, ${turn.who.id}, ${randomUUID()}, ${questionIds}, ${turn.now})`;
  await turn.deliver({
    key: `paper:${quiz}:${turn.who.id}`,
    to: { person: turn.who.id },
    card: 'paper',
    ref: quiz,
    push: 'answer',
  });
  return undefined;
}

/** What is due to come back, then new ones; none that stand on the card already. */
async function drawRound(turn: PersonTurn, topics: readonly string[], before: readonly string[]): Promise<string[]> {
  const pool = (await findPool(turn.db, topics, turn.calendar.dayOf(turn.now))).filter(
    ({ id }) => !before.includes(id),
  );
  const due =
    topics.length === 0
      ? await takeDueReviews(turn.db, turn.who.id, turn.now, turn.calendar.dayOf(turn.now), ROUND)
      : [];
  const back = due.filter((id) => pool.some((one) => one.id === id));
  const fresh = pool.filter(({ id }) => !back.includes(id));
  return [...back, ...drawPaper(fresh, ROUND - back.length, randomUUID())];
}
