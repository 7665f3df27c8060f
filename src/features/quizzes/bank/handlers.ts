/** 题库: an administrator looks after the bank: compares questions with the official text, edits, adds, retires, freezes. */
import { randomUUID } from 'node:crypto';
import { type PersonTurn, type PressTurn, type Reply, refuse, sendCard } from '../../../feature.ts';
import { ASK_ONE_QUESTION, bankTextForm, lawForm } from '../forms.ts';
import { findOwnOpen, ON_OWN_PAPER } from '../secrets.ts';
import * as bank from './queries.ts';
import { bringShippedBank } from './shipped-bank.ts';
import { readBankText, writeBankText } from './text.ts';

/** The ref of the form for a question that does not exist yet. */
export const NEW_QUESTION = 'new';

/** 题库, or 题库 pd-053-1: the bank as a whole, or one question. */
export async function showBank(turn: PersonTurn, { rest }: { rest: string }): Promise<Reply | undefined> {
  await bringShippedBank(turn);
  if (rest === '') await sendCard(turn, 'bank', turn.who.id);
  else if (await bank.findQuestion(turn.db, rest)) await sendCard(turn, 'question', rest);
  else return { toast: '没有这个编号的题目。题目编号写在题目卡片上，例如 pd-053-1。' };
  return undefined;
}

/** 逐题核对: a card that shows the next question as soon as one is done. */
export async function reviewBank(turn: PressTurn): Promise<Reply> {
  await sendCard(turn, 'review', turn.who.id);
  return { toast: '请在新卡片上逐题核对。' };
}

/** 已核对: the question agrees with the official text as it stands now. */
export async function compareQuestion(turn: PressTurn, { question }: { question: string }): Promise<Reply> {
  const isDone = await bank.markCompared(turn.db, question, turn.who.id, turn.now);
  await turn.refresh({ card: 'bank', ref: turn.who.id });
  return isDone ? { toast: '已记为核对过。', kind: 'success' } : { toast: '这道题已经停用。', kind: 'warning' };
}

/** 停用. */
export async function retireQuestion(turn: PressTurn, { question }: { question: string }): Promise<Reply> {
  const isDone = await bank.retireQuestion(turn.db, question);
  await turn.refresh({ card: 'bank', ref: turn.who.id });
  return { toast: isDone ? '已停用，不再出这道题。' : '这道题已经停用，不用再按。' };
}

/** 修改, 新增题目: the question as text, to be written over. */
export async function editQuestion(turn: PressTurn, { question }: { question: string }): Promise<Reply> {
  if (await isOnOwnPaper(turn, question)) return { toast: ON_OWN_PAPER, kind: 'warning' };
  await sendCard(turn, 'question-form', question);
  return { toast: '请在新卡片上修改。' };
}

/** What was written becomes a new question, and the one it came from is retired: answers keep what they answered. */
export async function saveQuestion(turn: PressTurn): Promise<Reply> {
  if (await isOnOwnPaper(turn, turn.pressed.ref)) return refuse(ON_OWN_PAPER);
  const before = await bank.findQuestion(turn.db, turn.pressed.ref);
  const { questions, problems } = readBankText(bankTextForm.read(turn.form).text);
  const [question] = questions;
  const [problem] = problems;
  if (problem) return refuse(`第${problem.line}行：${problem.problem}`);
  if (!question || questions.length > 1) return refuse(ASK_ONE_QUESTION);
  if (before && writeBankText(question) === writeBankText(before)) return { toast: '内容没有改动。', keepForm: true };
  if (before && !(await bank.retireQuestion(turn.db, before.id)))
    return { toast: '这道题已经停用或改过，请发送“题库”重新查找。', kind: 'warning' };
  const id = randomUUID();
  await bank.insertQuestions(turn.db, [{ ...question, id }]);
  await sendCard(turn, 'question', id);
  await turn.refresh({ card: 'bank', ref: turn.who.id }, { card: 'review', ref: turn.who.id });
  return { toast: before ? '已改成新题，原题停用。' : '已加入题库。', kind: 'success' };
}

/** A law has a newer edition: none of its questions is asked until somebody has looked at it. */
export async function freezeLaw(turn: PressTurn): Promise<Reply> {
  const { law } = lawForm.read(turn.form);
  const count = await bank.freezeLaw(turn.db, law);
  await turn.refresh({ card: 'review', ref: turn.who.id });
  return count > 0
    ? { toast: `已暂停${count}道题，请逐题核对后恢复。`, kind: 'success' }
    : { toast: '这部法规没有正在使用的题目。' };
}

async function isOnOwnPaper(turn: PressTurn, question: string): Promise<boolean> {
  return (await findOwnOpen(turn.db, turn.now, turn.who.id)).has(question);
}
