/** A contest: 2,000 officers answer ten questions each, through signed callbacks, while every answer is kept. */
import type pg from 'pg';
import { branchName, ISSUER, PEOPLE_PER_BRANCH } from './house.ts';
import type { Parts } from './main.ts';
import { loadPresses, type PressResult } from './press-load.ts';
import { type Found, postPush, waitForCards } from './publish.ts';
import { buttonPush, formPush, messagePush, type Push } from './pushes.ts';

const QUESTIONS = 10;
const ANSWERS = PEOPLE_PER_BRANCH * QUESTIONS;
/** The bare handler takes so many of the same presses, half before and half after the bot. */
const BARE_PRESSES = 8_000;
const REPEATED = 200;
/** Feishu gives a callback three seconds; a contest shall not come near. */
const MAX_P99_MS = 1_000;

type Part = { recipient: string; questionIds: string[]; kinds: string[] };

/** Measures, prints, and throws when an answer was lost, doubled, or not kept to disk. */
export async function measureContest({ database, bot, bare }: Parts, branch: number): Promise<void> {
  const cards = await publishContest(bot.url, database, branch);
  const [{ ref: quiz }] = cards as [Found];
  await loadPresses(
    bot.url,
    cards.map((card) => buttonPush(card, 'quizzes/start')),
  );
  const pushes = await writeAnswers(database, quiz, cards);
  const half = BARE_PRESSES / 2;
  const before = await loadPresses(bare.url, pushes.slice(0, half));
  const measured = await loadPresses(bot.url, pushes);
  const after = await loadPresses(bare.url, pushes.slice(half, BARE_PRESSES));
  const poor = measured.answers.find((answer) => !/"toast":.*(答对了|答错了).*"card":\{"type":"raw"/s.test(answer));
  if (poor !== undefined) throw new Error(`an answer was answered ${poor.slice(0, 300)}`);
  await verifyAnswers(database, quiz, pushes);
  await loadPresses(bot.url, pushes.slice(-REPEATED));
  await verifyAnswers(database, quiz, pushes);
  report(measured, (2 * before.perSecond * after.perSecond) / (before.perSecond + after.perSecond));
}

/** From the sentence to 2,000 cards in the chats. */
async function publishContest(botUrl: string, database: pg.Pool, branch: number): Promise<Found[]> {
  await postPush(botUrl, messagePush(ISSUER, `给${branchName(branch)}发布${QUESTIONS}道党纪题，明天22:00结束`));
  const [draft] = await waitForCards(
    database,
    `card = 'draft' AND ref IN (SELECT id::text FROM publication WHERE feature = 'quizzes' AND state = 'draft')`,
    1,
  );
  if (!draft) throw new Error('there is no draft');
  await postPush(botUrl, buttonPush(draft, 'quizzes/publish'));
  return waitForCards(database, `card = 'paper' AND ref = '${draft.ref}'`, PEOPLE_PER_BRANCH);
}

/** Everybody's answers to their own paper: all first questions, then all second ones, as a crowd answers. */
async function writeAnswers(database: pg.Pool, quiz: string, cards: Found[]): Promise<Push[]> {
  const { rows } = await database.query<Part>(
    `SELECT a."personId" AS recipient, a."questionIds",
       ARRAY(SELECT q.kind FROM unnest(a."questionIds") WITH ORDINALITY u (id, place) JOIN quiz_question q ON q.id = u.id ORDER BY place) AS kinds
     FROM quiz_attempt a WHERE a."quizId" = $1`,
    [quiz],
  );
  const parts = new Map(rows.map((part) => [part.recipient, part]));
  return Array.from({ length: QUESTIONS }, (_, place) => place).flatMap((place) =>
    cards.map((card) => {
      const { questionIds, kinds } = parts.get(card.recipient) ?? { questionIds: [], kinds: [] };
      const question = questionIds[place] ?? '';
      if (kinds[place] === 'multiple')
        return formPush(card, 'quizzes/answer-many', { a: true, b: true, c: false, d: false }, { question });
      return buttonPush(card, 'quizzes/answer', { question, choice: 'a' });
    }),
  );
}

/** Throws unless the database, which acknowledges to disk, holds each answer once and each press with its reply. */
async function verifyAnswers(database: pg.Pool, quiz: string, pushes: Push[]): Promise<void> {
  const { rows } = await database.query<Record<string, unknown>>(
    `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit,
       (SELECT count(*)::int FROM quiz_answer WHERE "quizId" = $1) AS answers,
       (SELECT count(*)::int FROM quiz_attempt a WHERE a."quizId" = $1 AND cardinality(a."questionIds") =
         (SELECT count(*) FROM quiz_answer w WHERE w."quizId" = $1 AND w."personId" = a."personId" AND w."questionId" = ANY (a."questionIds"))) AS finished,
       (SELECT count(*)::int FROM event WHERE id = ANY ($2) AND reply->>'toast' ~ '^答(对|错)了') AS events`,
    [quiz, pushes.map(({ eventId }) => eventId)],
  );
  const wanted = { fsync: 'on', commit: 'on', answers: ANSWERS, finished: PEOPLE_PER_BRANCH, events: ANSWERS };
  const [found, expected] = [JSON.stringify(rows[0]), JSON.stringify(wanted)];
  if (found !== expected) throw new Error(`contest: the database holds ${found}, expected ${expected}`);
}

function report({ perSecond, p50, p99 }: PressResult, barePerSecond: number): void {
  console.log(`
A contest: ${PEOPLE_PER_BRANCH} officers answer ${QUESTIONS} questions each, 50 connections
  answers durably kept per second  ${Math.round(perSecond)}   p50 ${p50} ms, p99 ${p99} ms (aim: below ${MAX_P99_MS})
  all ${ANSWERS} answers within       ${(ANSWERS / perSecond).toFixed(1)} s (aim: 60)
  express and SDK, doing nothing   ${Math.round(barePerSecond)}
  ratio                            ${(perSecond / barePerSecond).toFixed(2)}, aim 0.25
Every answer is in the database once; ${REPEATED} presses came twice and changed nothing.
`);
}
