/** What happens to a published quiz as a whole: announced in rounds, ended on time, counted, withdrawn. */
import { formatInstant } from '../../calendar/format.ts';
import { type PersonTurn, type PressTurn, type Reply, sendCard, type Turn } from '../../feature.ts';
import { nudgeInRounds } from '../../nudge.ts';
import { refuseForeignAudience, scopeOf } from '../../people/audience.ts';
import { findQuestions } from './bank-queries.ts';
import * as queries from './queries.ts';
import { isRight } from './rules.ts';

/** So many cards are written in one job; the next one goes on from there. */
const PEOPLE_PER_ROUND = 500;

/** One round of announcing: the next people get their card ahead of the opening, or never if they would get it after the end. */
export async function announceQuiz(turn: Turn, { quiz: id, after }: { quiz: string; after: string }): Promise<void> {
  const quiz = await queries.findQuiz(turn.db, id);
  const people = await queries.findWaitingAfter(turn.db, id, after, PEOPLE_PER_ROUND);
  const last = people.at(-1);
  if (!quiz?.closesAt || last === undefined) return;
  const common = { card: 'paper', ref: id, push: 'quiet', notAfter: quiz.closesAt } as const;
  await turn.deliver(...people.map((person) => ({ key: `paper:${id}:${person}`, to: { person }, ...common })));
  await turn.later('announce', { quiz: id, after: last });
}

/** The end: every card shows its result, the issuer gets the summary, and what was wrong comes back in practice. */
export async function closeQuiz(turn: Turn, { quiz: id }: { quiz: string }): Promise<void> {
  const quiz = await queries.findQuiz(turn.db, id);
  if (quiz?.state !== 'published') return;
  await turn.refresh({ card: 'paper', ref: id }, { card: 'progress', ref: id });
  if (quiz.kind !== 'daily') await rememberMistakes(turn, id);
  if (quiz.issuedById) {
    const to = { person: quiz.issuedById };
    await turn.deliver({ key: `summary:${id}`, to, card: 'progress', ref: id, push: 'quiet' });
  }
}

/** One person's time in an exam is over. */
export async function endAttempt(turn: Turn, { quiz, person }: { quiz: string; person: string }): Promise<void> {
  await turn.refresh({ card: 'paper', ref: quiz, person }, { card: 'progress', ref: quiz });
}

/** 撤销: cards that are out turn grey, what has not gone out yet never will. */
export async function withdrawQuiz(turn: PressTurn): Promise<Reply> {
  const quiz = await queries.findQuiz(turn.db, turn.pressed.ref);
  const { audience } = quiz ? queries.draftOf(quiz) : { audience: null };
  if (audience) refuseForeignAudience(turn, 'quiz.publish', audience);
  if (!quiz?.closesAt || quiz.closesAt <= turn.now) return { toast: '这次答题已经结束，不能撤销。', kind: 'warning' };
  if (!(await queries.moveQuiz(turn.db, quiz.id, 'published', { state: 'withdrawn' })))
    return { toast: '这次答题已经撤销，不用再按。', kind: 'warning' };
  await turn.cancel(`close:${quiz.id}`);
  await turn.refresh({ card: 'paper', ref: quiz.id }, { card: 'progress', ref: quiz.id });
  return { toast: '已撤销，大家的卡片会标明无需参加。' };
}

/** 查看未参加: the names, to the person who asked, if entitled, and nobody else. */
export function listAbsent(turn: PressTurn): Promise<Reply> {
  return sendNames(turn, 'absent', '名单');
}

/** 提醒: whoever has not begun gets the card again, at most once a day each. */
export async function remindAbsent(turn: PressTurn): Promise<Reply> {
  const quiz = await queries.findQuiz(turn.db, turn.pressed.ref);
  const { audience } = quiz ? queries.draftOf(quiz) : { audience: null };
  if (audience) refuseForeignAudience(turn, 'quiz.publish', audience);
  if (quiz?.state !== 'published' || !quiz.closesAt || quiz.closesAt <= turn.now)
    return { toast: '这次答题已经结束，不用再提醒。', kind: 'warning' };
  const arrival = turn.policy.nextQuietPush(turn.now);
  if (arrival >= quiz.closesAt)
    return { toast: `提醒最早${formatInstant(arrival, turn)}才能送达，那时已经结束，没有提醒。`, kind: 'warning' };
  const day = turn.calendar.dayOf(turn.now);
  const people = await queries.takeReminders(turn.db, quiz.id, day);
  const nobody = '没有需要提醒的人：都已参加、休假、联系不上，或今天已经提醒过。';
  return nudgeInRounds(turn, { job: 'remind', payload: { quiz: quiz.id, day }, people, nobody });
}

/** One round of 提醒, for those whose reminder was taken by the press and nobody else's of that day. */
export async function remindRound(
  turn: Turn,
  { quiz: id, day, people }: { quiz: string; day: string; people: string[] },
): Promise<void> {
  const quiz = await queries.findQuiz(turn.db, id);
  if (quiz?.state !== 'published' || !quiz.closesAt) return;
  const common = { card: 'paper', ref: id, push: 'quiet', notAfter: quiz.closesAt } as const;
  await turn.deliver(
    ...people.map((person) => ({ key: `paper:${id}:${person}:remind:${day}`, to: { person }, ...common })),
  );
}

/** 查看成绩单: an exam's results with names, to the person who asked, if entitled. */
export function listResults(turn: PressTurn): Promise<Reply> {
  return sendNames(turn, 'results', '成绩单');
}

/** 答题情况: what was issued within this person's reach, each on its card. */
export async function showProgress(turn: PersonTurn): Promise<Reply | undefined> {
  const recent = (await queries.findRecent(turn.db, turn.now)).filter((quiz) => {
    const { audience } = queries.draftOf(quiz);
    return audience && turn.may('quiz.watch', scopeOf(audience));
  });
  if (recent.length === 0) return { toast: '最近没有答题活动。发送“发布答题”可以发布一次。' };
  const common = { to: { person: turn.who.id }, card: 'progress', push: 'answer' } as const;
  await turn.deliver(
    ...recent.slice(0, 5).map(({ id }) => ({ key: `progress:${id}:${turn.eventId}`, ref: id, ...common })),
  );
  return undefined;
}

/** A card that will never arrive: the person counts as not to be reached. */
export async function noteUndeliverable(
  turn: Turn,
  failed: { card: string; ref: string; person: string },
): Promise<void> {
  if (failed.card !== 'paper') return;
  await queries.markUnreachable(turn.db, failed.ref, failed.person);
  await turn.refresh({ card: 'progress', ref: failed.ref });
}

/** The mistakes of a crowd are remembered in one go when it is over; they come back in practice. */
async function rememberMistakes(turn: Turn, id: string): Promise<void> {
  const answers = await queries.findAnswers(turn.db, id);
  const questions = await findQuestions(turn.db, [...new Set(answers.map(({ questionId }) => questionId))]);
  const keys = new Map(questions.map(({ id: question, key }) => [question, key]));
  const wrong = answers.filter(({ questionId, choice }) => !isRight(choice, keys.get(questionId) ?? []));
  await turn.db.sql`
    INSERT INTO quiz_review ("personId", "questionId", "dueAt")
    SELECT "personId", "questionId", ${turn.now} FROM jsonb_to_recordset(${JSON.stringify(wrong)}::jsonb) AS w ("personId" text, "questionId" text)
    ON CONFLICT DO NOTHING`;
}

async function sendNames(turn: PressTurn, card: 'absent' | 'results', what: string): Promise<Reply> {
  const quiz = await queries.findQuiz(turn.db, turn.pressed.ref);
  const { audience } = quiz ? queries.draftOf(quiz) : { audience: null };
  if (!quiz || !audience || !turn.may('quiz.watch', scopeOf(audience)))
    return { toast: `您没有查看这份${what}的权限。`, kind: 'warning' };
  await sendCard(turn, card, quiz.id);
  return { toast: `${what}已单独发给您，请勿转发到群里。` };
}
