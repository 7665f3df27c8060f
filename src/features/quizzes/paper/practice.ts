/** 练习: private, unlimited, by topic; what was wrong before comes first. */
import { randomUUID } from 'node:crypto';
import { formatInstant } from '../../../calendar/format.ts';
import { type PersonTurn, type PressTurn, type Reply, sendCard, type Typed } from '../../../feature.ts';
import { findPool } from '../bank/queries.ts';
import { TOPICS, Topic } from '../bank/question.ts';
import { bringShippedBank } from '../bank/shipped-bank.ts';
import { type Draft, EMPTY_DRAFT } from '../contest/draft-rules.ts';
import { issued } from '../contest/handlers.ts';
import { drawPaper } from '../rules.ts';
import { findSecrets, type Secrets } from '../secrets.ts';
import { takeDueReviews } from './review.ts';

/** So many questions make a round. */
const ROUND = 5;

/** Words that say no topic: 练习 再来几道题. */
const MORE = /来|再|一下|几|两|道|个|组|题目?|练习?|刷|做|我|想|要|给|的|吧|[一二三四五六七八九十\d]/gu;

/** 练习, 练习 廉洁纪律: a round of five, at once. */
export async function startPractice(turn: PersonTurn, { rest, reading }: Typed): Promise<Reply | undefined> {
  const named = (Object.keys(TOPICS) as Topic[]).find(
    (one) => rest.includes(TOPICS[one]) || (rest !== '' && TOPICS[one].includes(rest)),
  );
  const spoken = reading
    .of('term')
    .flatMap(({ of, value }) => (of === 'quiz-topic' ? [Topic.safeParse(value).data] : []));
  const topic = named ?? spoken.find((one) => one !== undefined);
  if (!topic && /\p{Script=Han}{2}/u.test(rest.replace(MORE, '')))
    return { toast: `没有这个主题。可以练习：${Object.values(TOPICS).join('、')}。` };
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
  const secrets = await findSecrets(turn.db, turn.now, turn.who.id);
  const more = await drawRound(turn, round.topics, [...round.questionIds, ...secrets.keys()]);
  if (more.length === 0) return { toast: '能练的题都练过了，发送“练习”可以重新开始。' };
  await turn.db.sql`
    UPDATE quiz_attempt SET "questionIds" = "questionIds" || ${more}::text[] WHERE "quizId" = ${quiz}::uuid AND "personId" = ${turn.who.id}`;
  return { toast: `又来了${more.length}题。` };
}

async function openRound(turn: PersonTurn, topics: Topic[]): Promise<Reply | undefined> {
  await bringShippedBank(turn);
  const secrets = await findSecrets(turn.db, turn.now, turn.who.id);
  const questionIds = await drawRound(turn, topics, [...secrets.keys()]);
  if (questionIds.length === 0) return { toast: sayNothingLeft(turn, secrets) };
  const draft: Draft = { ...EMPTY_DRAFT, kind: 'practice', topics, count: ROUND };
  const quiz = await issued.publishTo(turn, draft, [turn.who.id]);
  await turn.db.sql`
    INSERT INTO quiz_attempt ("quizId", "personId", seed, "questionIds", "startedAt")
    VALUES (${quiz}::uuid, ${turn.who.id}, ${randomUUID()}, ${questionIds}, ${turn.now})`;
  await sendCard(turn, 'paper', quiz);
  return undefined;
}

function sayNothingLeft(turn: PersonTurn, secrets: Secrets): string {
  if (secrets.size === 0) return '题库里现在没有可以练习的题，请联系政治处。';
  const last = new Date(Math.max(...[...secrets.values()].map((until) => until.getTime())));
  return `这些题正在考试或答题中使用，请在${formatInstant(last, turn)}以后再练。`;
}

/** What is due to come back, then new ones; none of `besides`: those on the card already, and those whose key is secret. */
async function drawRound(turn: PersonTurn, topics: readonly string[], besides: readonly string[]): Promise<string[]> {
  const today = turn.calendar.dayOf(turn.now);
  const isOut = new Set(besides);
  const pool = (await findPool(turn.db, topics, today)).filter(({ id }) => !isOut.has(id));
  const ids = pool.map(({ id }) => id);
  const back = topics.length === 0 ? await takeDueReviews(turn.db, turn.who.id, ids, turn.now, today, ROUND) : [];
  const fresh = pool.filter(({ id }) => !back.includes(id));
  return [...back, ...drawPaper(fresh, ROUND - back.length, randomUUID())];
}
