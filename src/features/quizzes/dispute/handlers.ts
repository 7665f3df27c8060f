/** 有异议: somebody holds a key to be wrong, a reviewer decides, and a changed key grades everybody anew. */
import { randomUUID } from 'node:crypto';
import { AppError } from '../../../basics/errors.ts';
import { formatInstant } from '../../../calendar/format.ts';
import { type PressTurn, type Reply, refuse, sendCard } from '../../../feature.ts';
import { findHolders } from '../../../people/find-holders.ts';
import { holdQuestions, retireQuestion } from '../bank/queries.ts';
import { ASK_KEY, disputeForm, keyForm } from '../forms.ts';
import { isRight } from '../rules.ts';
import { findOwnOpen, findSecretUntil, ON_OWN_PAPER } from '../secrets.ts';
import { changeKey } from './changed-key.ts';
import * as queries from './queries.ts';

/** 有异议: a form of its own, about a question that this person has answered. */
export async function askDispute(turn: PressTurn, { question }: { question: string }): Promise<Reply> {
  if (!(await queries.hasAnswered(turn.db, question, turn.who.id)))
    return { toast: '答过这道题以后才能提出异议。', kind: 'warning' };
  const id = randomUUID();
  await queries.openDispute(turn.db, id, question, turn.who.id);
  await turn.deliver({ key: `dispute:${id}`, to: { person: turn.who.id }, card: 'dispute', ref: id, push: 'answer' });
  return { toast: '请在新卡片上写明理由。' };
}

/** What the person wrote goes to the reviewers, without a name. */
export async function sendDispute(turn: PressTurn): Promise<Reply> {
  const { text } = disputeForm.read(turn.form);
  const id = turn.pressed.ref;
  if (!(await queries.writeDispute(turn.db, id, text, turn.now))) return { toast: '这份异议已经收到，不用再交。' };
  const reviewers = await findHolders(turn.db, 'administrator', turn.now);
  const common = { card: 'dispute-review', ref: id, push: 'work', gathers: true } as const;
  await turn.deliver(...reviewers.map((person) => ({ key: `review:${id}:${person}`, to: { person }, ...common })));
  const dispute = await queries.findDispute(turn.db, id);
  const until = dispute && (await findSecretUntil(turn.db, dispute.questionId, turn.now, turn.who.id));
  if (until) {
    const when = formatInstant(until, turn);
    return { toast: `已交给政治处核对。结果、答案和出处在${when}考试或答题结束后告诉您。`, kind: 'success' };
  }
  return { toast: '已交给政治处核对，有结果会告诉您。', kind: 'success' };
}

/** 去办理 on 今天. */
export async function openReview(turn: PressTurn, { id }: { id: string }): Promise<Reply> {
  if ((await queries.findDispute(turn.db, id))?.outcome !== 'written') return DECIDED;
  await sendCard(turn, 'dispute-review', id);
  return { toast: '异议卡片已发给您。' };
}

/** 维持原答案. */
export async function keepKey(turn: PressTurn): Promise<Reply> {
  return (await decide(turn, 'kept')) ? { toast: '已维持原答案，会告诉提出的同志。', kind: 'success' } : DECIDED;
}

/** 停用此题: it is not asked any more; answers given stay as they are. */
export async function retireDisputed(turn: PressTurn): Promise<Reply> {
  const dispute = await decide(turn, 'retired');
  if (!dispute) return DECIDED;
  if (!(await retireQuestion(turn.db, dispute.questionId)))
    return { toast: '这道题之前已经停用，会告诉提出的同志。', kind: 'success' };
  return { toast: '已停用这道题，会告诉提出的同志。', kind: 'success' };
}

/** 改正答案: the ticked options are the key from now on, and everybody's points with it. */
export async function correctDisputed(turn: PressTurn): Promise<Reply> {
  const dispute = await queries.findDispute(turn.db, turn.pressed.ref);
  const [question] = dispute ? await holdQuestions(turn.db, [dispute.questionId]) : [];
  if (!dispute || !question) return { toast: '这道题已经找不到了。', kind: 'warning' };
  await refuseOwnPaper(turn, question.id);
  const key = keyForm.read(turn.form).key.filter((id) => question.options.some((option) => option.id === id));
  if (key.length === 0) return refuse(ASK_KEY);
  if (question.kind !== 'multiple' && key.length > 1) return refuse('这道题只能有一个正确答案，请只勾一项。');
  if (isRight(key, question.key)) return refuse('勾选的就是原来的答案。不用改的话请按“维持原答案”。');
  if (!(await decide(turn, 'corrected'))) return DECIDED;
  await changeKey(turn, { change: dispute.id, question: question.id, before: question.key, after: key });
  return { toast: '已改正，大家的成绩会随之更新并得到通知。', kind: 'success' };
}

const DECIDED: Reply = { toast: '这份异议已经处理过了。' };

/** Decides a dispute, once, and tells whoever wrote it as soon as they may know; undefined when it was decided before. */
async function decide(turn: PressTurn, outcome: queries.Outcome): Promise<queries.Dispute | undefined> {
  const id = turn.pressed.ref;
  const dispute = await queries.findDispute(turn.db, id);
  if (dispute) await refuseOwnPaper(turn, dispute.questionId);
  if (!dispute || !(await queries.decideDispute(turn.db, id, outcome, turn.who.id, turn.now))) return undefined;
  await turn.refresh({ card: 'dispute-review', ref: id }, { card: 'dispute', ref: id });
  const notBefore = await findSecretUntil(turn.db, dispute.questionId, turn.now, dispute.personId);
  const common = { card: 'dispute', ref: id, push: 'quiet', ...(notBefore && { notBefore }) } as const;
  await turn.deliver({ key: `decided:${id}`, to: { person: dispute.personId }, ...common });
  return dispute;
}

/** Whoever has yet to answer a question learns nothing of its key, not even by trying another. */
async function refuseOwnPaper(turn: PressTurn, question: string): Promise<void> {
  const isOpen = (await findOwnOpen(turn.db, turn.now, turn.who.id)).has(question);
  if (isOpen) throw new AppError('a reviewer has the question on the own paper', ON_OWN_PAPER);
}
