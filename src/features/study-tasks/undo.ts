/** 撤回发布, 恢复原时间, 恢复任务: what the issuer did last is undone, for ten minutes. */
import { formatInstant } from '../../calendar/format.ts';
import type { PressTurn, Reply, Turn } from '../../feature.ts';
import { refuseForeignAudience } from '../../people/audience.ts';
import { OutdatedTask, PAST } from './objections.ts';
import * as queries from './queries.ts';
import { findUndo } from './rules.ts';
import type { UndoableAct } from './schema.ts';
import { cancelTimers, planTimers } from './timers.ts';

const TOO_LATE: Record<UndoableAct, string> = {
  publish: '发布已超过十分钟，不能撤回。需要时请按“撤销”。',
  extend: '延期已超过十分钟，不能恢复。需要时请再按“延期”。',
  withdraw: '撤销已超过十分钟，不能恢复。需要时请重新发布。',
};

/** Undoes `act` if it is what was done last, and not too long ago. */
export async function undo(turn: PressTurn, { act }: { act: UndoableAct }): Promise<Reply> {
  const task = await queries.findTask(turn.db, turn.pressed.ref);
  const { audience } = task ? queries.draftOf(task) : { audience: null };
  if (!task || !audience) throw new OutdatedTask(PAST);
  refuseForeignAudience(turn, 'study.publish', audience);
  if (task.lastAct !== act) return { toast: '之后又有改动，这一步不能再恢复。', kind: 'warning' };
  if (findUndo(task, turn.now) !== act) return { toast: TOO_LATE[act], kind: 'warning' };
  if (!(await queries.undoLastAct(turn.db, task.id, act, turn.now))) return { toast: PAST, kind: 'warning' };
  await turn.cancel(`close-undo:${task.id}`);
  await turn.refresh(
    { card: 'progress', ref: task.id },
    { card: 'extend', ref: task.id },
    { card: 'deadline', ref: task.id },
  );
  if (act === 'publish') return recallPublication(turn, task);
  const dueAt = act === 'extend' ? task.dueBefore : task.dueAt;
  if (dueAt) await planTimers(turn, task.id, task.publishedAt ?? turn.now, dueAt);
  await turn.refresh({ card: 'task', ref: task.id });
  if (act === 'extend')
    return { toast: `完成时间恢复为${dueAt ? formatInstant(dueAt, turn) : '原来的时间'}。`, kind: 'success' };
  // Cards that had not gone out when the task was withdrawn were dropped: they are given anew, the others only edited.
  await turn.later('announce', { task: task.id, after: '' }, { key: `announce:${task.id}` });
  return { toast: '已恢复，大家的卡片会重新可用。', kind: 'success' };
}

/**
 * Cards vanish or never go, and the content comes back as a new draft. Parts that were finished stay recorded with the recalled task;
 * they do not count for what is published instead, whose content may be another.
 */
async function recallPublication(turn: PressTurn, task: queries.StudyTask): Promise<Reply> {
  await cancelTimers(turn, task.id);
  await turn.cancel(`announce:${task.id}`);
  await turn.later('recall', { task: task.id });
  const ref = await queries.createDraft(turn.db, queries.draftOf(task), turn.who, turn.now);
  await turn.deliver({ key: `draft:${ref}`, to: { person: turn.who.id }, card: 'draft', ref, push: 'answer' });
  return { toast: '已撤回发布，发出的卡片会收回，草稿已重新发给您。', kind: 'success' };
}

/** Runs after the undoing has committed, when no round of announcing can follow. */
export async function recallCards(turn: Turn, { task }: { task: string }): Promise<void> {
  await turn.recall({ card: 'task', ref: task });
  await turn.refresh({ card: 'task', ref: task });
}

/** The time for undoing is over: the button goes. */
export async function closeUndo(turn: Turn, { task }: { task: string }): Promise<void> {
  await turn.refresh({ card: 'progress', ref: task });
}
