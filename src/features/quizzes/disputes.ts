/** 有异议: somebody holds a key to be wrong, a reviewer decides, and a changed key grades everybody anew. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { objectToLength } from '../../cards/form-values.ts';
import type { PressTurn, Reply } from '../../feature.ts';
import { findHolders } from '../../people/find-holders.ts';
import { findQuestion, retireQuestion } from './bank-queries.ts';
import { changeKey } from './changed-key.ts';
import * as queries from './dispute-queries.ts';
import { isRight } from './rules.ts';
import { Ticked } from './schema.ts';

const MAX_CHARACTERS = 500;
const Form = z.object({ text: z.string().trim().default('') });

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
  const { text } = Form.parse(turn.form);
  if (text === '') return { toast: '请写明理由再提交。', kind: 'warning', keepForm: true };
  const objection = objectToLength(text, MAX_CHARACTERS);
  if (objection) return { toast: objection, kind: 'warning', keepForm: true };
  const id = turn.pressed.ref;
  if (!(await queries.writeDispute(turn.db, id, text, turn.now))) return { toast: '这份异议已经收到，不用再交。' };
  const reviewers = await findHolders(turn.db, 'administrator', turn.now);
  const common = { card: 'dispute-review', ref: id, push: 'quiet' } as const;
  await turn.deliver(...reviewers.map((person) => ({ key: `review:${id}:${person}`, to: { person }, ...common })));
  return { toast: '已交给政治处核对，有结果会告诉您。', kind: 'success' };
}

/** 维持原答案. */
export async function keepKey(turn: PressTurn): Promise<Reply> {
  return decide(turn, 'kept', '已维持原答案，会告诉提出的同志。');
}

/** 停用此题: it is not asked any more; answers given stay as they are. */
export async function retireDisputed(turn: PressTurn): Promise<Reply> {
  const dispute = await queries.findDispute(turn.db, turn.pressed.ref);
  const reply = await decide(turn, 'retired', '已停用这道题，会告诉提出的同志。');
  if (dispute?.outcome === 'written') await retireQuestion(turn.db, dispute.questionId);
  return reply;
}

/** 改正答案: the ticked options are the key from now on, and everybody's points with it. */
export async function correctDisputed(turn: PressTurn): Promise<Reply> {
  const dispute = await queries.findDispute(turn.db, turn.pressed.ref);
  const question = dispute && (await findQuestion(turn.db, dispute.questionId));
  const key = Ticked.parse(turn.form).filter((id) => question?.options.some((option) => option.id === id));
  if (!dispute || !question) return { toast: '这道题已经找不到了。', kind: 'warning' };
  if (key.length === 0) return { toast: '请勾选正确的选项再提交。', kind: 'warning', keepForm: true };
  if (question.kind !== 'multiple' && key.length > 1)
    return { toast: '这道题只能有一个正确答案，请只勾一项。', kind: 'warning', keepForm: true };
  if (isRight(key, question.key))
    return { toast: '勾选的就是原来的答案。不用改的话请按“维持原答案”。', kind: 'warning', keepForm: true };
  const reply = await decide(turn, 'corrected', '已改正，大家的成绩会随之更新并得到通知。');
  if (dispute.outcome !== 'written') return reply;
  await changeKey(turn, { change: dispute.id, question: question.id, before: question.key, after: key });
  return reply;
}

async function decide(turn: PressTurn, outcome: queries.Outcome, toast: string): Promise<Reply> {
  const id = turn.pressed.ref;
  if (!(await queries.decideDispute(turn.db, id, outcome, turn.who.id, turn.now)))
    return { toast: '这份异议已经处理过了。' };
  const dispute = await queries.findDispute(turn.db, id);
  await turn.refresh({ card: 'dispute-review', ref: id }, { card: 'dispute', ref: id });
  if (dispute)
    await turn.deliver({
      key: `decided:${id}`,
      to: { person: dispute.personId },
      card: 'dispute',
      ref: id,
      push: 'quiet',
    });
  return { toast, kind: 'success' };
}
