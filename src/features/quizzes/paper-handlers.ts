/** What one person does with a paper: start, answer, open it again, look at what was wrong. */
import { randomUUID } from 'node:crypto';
import { formatInstant } from '../../calendar/format.ts';
import { type PressTurn, type Reply, sendCard } from '../../feature.ts';
import { type Answered, findPaper, findStart, keepAnswer, startAttempt } from './paper-queries.ts';
import { rememberAnswer } from './review.ts';
import { drawPaper, endOf, isRight } from './rules.ts';
import { Ticked } from './schema.ts';

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
  if (turn.now >= start.closesAt)
    return { toast: `答题已于${formatInstant(start.closesAt, turn)}结束。`, kind: 'warning' };
  const seed = randomUUID();
  await startAttempt(turn.db, quiz, turn.who.id, seed, drawPaper(start.pool, start.count, seed), turn.now);
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
  const choice = Ticked.parse(turn.form);
  if (choice.length === 0) return { toast: '请至少选一项再提交。', kind: 'warning', keepForm: true };
  return answer(turn, question, choice);
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

/** From the 今天 card: the paper, sent anew to whoever asks, where they left off. */
export async function openPaper(turn: PressTurn, { quiz }: { quiz: string }): Promise<Reply> {
  const paper = await findPaper(turn.db, quiz, turn.who.id, turn.now);
  if (!paper) return NOT_INVITED;
  if (paper.state !== 'published' || (paper.closesAt && paper.closesAt <= turn.now))
    return { toast: '这次答题已经结束。', kind: 'warning' };
  await sendCard(turn, 'paper', quiz);
  return { toast: '答题卡片已发给您。' };
}

/** 看错题: what was wrong, with the answers and the articles, to the person alone. */
export async function showMistakes(turn: PressTurn): Promise<Reply> {
  await sendCard(turn, 'mistakes', turn.pressed.ref);
  return { toast: '错题已单独发给您。' };
}
