/** What one person does with a paper: start, answer, open it again, look at what was wrong. */
import { randomUUID } from 'node:crypto';
import { formatInstant } from '../../../calendar/format.ts';
import { type PersonTurn, type PressTurn, type Reply, sendCard } from '../../../feature.ts';
import { choiceForm } from '../forms.ts';
import { drawPaper, endOf, isRight } from '../rules.ts';
import { sayWhenTold } from '../secrets.ts';
import { type Answered, findPaper, findStart, keepAnswer, startAttempt } from './queries.ts';
import { rememberAnswer } from './review.ts';

const NOT_INVITED: Reply = { toast: '您不在这次答题的范围内，没有改动任何内容。', kind: 'warning' };

/** 开始答题: the paper is drawn and handed out, once, from the opening on. */
export async function startPaper(turn: PressTurn): Promise<Reply> {
  const quiz = turn.pressed.ref;
  const start = await findStart(turn.db, quiz, turn.who.id, turn.calendar.dayOf(turn.now));
  if (!start) return NOT_INVITED;
  if (start.state !== 'published') return { toast: '这次答题已经取消，无需参加。', kind: 'warning' };
  if (start.isStarted) return { toast: '已经开始，请接着答。' };
  if (turn.now < start.opensAt)
    return { toast: `${formatInstant(start.opensAt, turn)}开始，请到时再按。`, kind: 'warning' };
  if (start.closesAt && turn.now >= start.closesAt)
    return { toast: `答题已于${formatInstant(start.closesAt, turn)}结束。`, kind: 'warning' };
  const seed = randomUUID();
  if (!(await startAttempt(turn.db, quiz, turn.who.id, seed, drawPaper(start.pool, start.count, seed), turn.now)))
    return { toast: '已经开始，请接着答。' };
  const end = endOf(start, turn.now);
  if (start.minutes && end)
    await turn.later('time-up', { quiz, person: turn.who.id }, { at: end, key: `time-up:${quiz}:${turn.who.id}` });
  await turn.refresh({ card: 'progress', ref: quiz });
  return { toast: end ? `请在${turn.calendar.timeOf(end)}前答完。` : '请开始答题。' };
}

/** The button of one option. */
export function answerOne(turn: PressTurn, { question, choice }: { question: string; choice: string }): Promise<Reply> {
  return answer(turn, question, [choice]);
}

/** The form of a multiple choice. */
export async function answerMany(turn: PressTurn, { question }: { question: string }): Promise<Reply> {
  return answer(turn, question, choiceForm.read(turn.form).choice);
}

/** An answer is final: the first that arrives in time counts, whichever phone it comes from. */
async function answer(turn: PressTurn, question: string, choice: string[]): Promise<Reply> {
  const quiz = turn.pressed.ref;
  const answered = await keepAnswer(turn.db, { quiz, person: turn.who.id, question, choice, now: turn.now });
  if (!answered) return NOT_INVITED;
  if (!answered.isKept) return refuse(turn, answered);
  const isCorrect = isRight(choice, answered.key);
  if (answered.isLast) await turn.refresh({ card: 'progress', ref: quiz });
  if (answered.kind === 'exam') return { toast: '已记录。', kind: 'success' };
  // A contest's mistakes are remembered when it closes: its answers come in a crowd.
  if (answered.kind !== 'contest' && (!isCorrect || answered.hasReview))
    await rememberAnswer(turn, question, isCorrect);
  if (answered.until) return { toast: `已记录。${sayWhenTold(answered.until, turn)}`, kind: 'success' };
  if (isCorrect) return { toast: '答对了。', kind: 'success' };
  const right = answered.options.filter(({ id }) => answered.key.includes(id)).map(({ text }) => text);
  return { toast: `答错了，正确答案：${right.join('、')}`, kind: 'warning' };
}

function refuse(turn: PressTurn, { kind, isOpen, isOnPaper, isAnswered, endsAt }: Answered): Reply {
  if (isAnswered) return { toast: '这道题已经答过，以第一次为准。', kind: 'warning' };
  if (!isOpen && kind === 'daily')
    return { toast: '这是之前的每日一题，已经结束，没有记录。请看新的一题。', kind: 'warning' };
  if (!isOpen) {
    const when = endsAt ? `已于${formatInstant(endsAt, turn)}` : '已经';
    return { toast: `答题${when}结束，这次没有记录。`, kind: 'warning' };
  }
  if (!isOnPaper) return { toast: '这道题不在您的试卷上，没有记录。', kind: 'warning' };
  return { toast: '这道题刚刚答过，以第一次为准。', kind: 'warning' };
}

/** 看错题: what was wrong, with the answers and the articles, to the person alone. */
export async function showMistakes(turn: PressTurn): Promise<Reply> {
  if (!(await findPaper(turn.db, turn.pressed.ref, turn.who.id, turn.now))) return NOT_INVITED;
  await sendCard(turn, 'mistakes', turn.pressed.ref);
  return { toast: '错题已单独发给您。' };
}

/** 我的成绩: the paper that the person began last, as it stands now; an exam tells nothing before its end. */
export async function showOwnResult(turn: PersonTurn): Promise<Reply | undefined> {
  const [last] = await turn.db.sql<{ id: string }>`
    SELECT a."quizId"::text AS id FROM quiz_attempt a JOIN quiz_run q ON q.id = a."quizId" AND q.kind IN ('contest', 'exam')
    WHERE a."personId" = ${turn.who.id} ORDER BY a."startedAt" DESC LIMIT 1`;
  if (!last) return { toast: '您还没参加过考试或比拼。发送“练习”可以先练一练。' };
  await sendCard(turn, 'paper', last.id);
  return undefined;
}
