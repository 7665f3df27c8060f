/** What happens to a published task: done, watched over, nudged, put off, withdrawn. */
import { formatInstant } from '../../calendar/format.ts';
import { PickedInstant } from '../../cards/form-values.ts';
import { type PersonTurn, type PressTurn, type Reply, sendCard, type Turn } from '../../feature.ts';
import { refuseForeignAudience } from '../../people/audience.ts';
import { OutdatedTask, PAST, WITHDRAWN } from './objections.ts';
import * as queries from './queries.ts';
import { nudge } from './rounds.ts';
import { type Draft, findObjection, objectToReflection } from './rules.ts';
import { ReflectionForm } from './schema.ts';
import { cancelTimers, openUndo, planTimers } from './timers.ts';

/** 我已完成: done once, whichever phone it comes from. */
export async function completeTask(turn: PressTurn): Promise<Reply> {
  const id = turn.pressed.ref;
  const { reflection } = ReflectionForm.parse(turn.form);
  const objection = objectToReflection(reflection, 'optional');
  if (objection) return { toast: objection, kind: 'warning', keepForm: true };
  if (await queries.completeAssignment(turn.db, id, turn.who.id, reflection, turn.now)) {
    await turn.refresh({ card: 'progress', ref: id }, { card: 'task', ref: id, person: turn.who.id });
    return { toast: '已记为完成，辛苦了。', kind: 'success' };
  }
  const part = await queries.findPart(turn.db, id, turn.who.id);
  if (!part) return { toast: '您不在这项任务的范围内，没有改动任何内容。', kind: 'warning' };
  if (part.state !== 'published') return { toast: WITHDRAWN, kind: 'warning' };
  if (part.completedAt) return { toast: `您已于${formatInstant(part.completedAt, turn)}完成，不用再按。` };
  return {
    toast: objectToReflection(reflection, part.reflection as Draft['reflection']) ?? PAST,
    kind: 'warning',
    keepForm: true,
  };
}

/** From the 今天 card: the task's own card, sent anew to whoever asks. */
export async function openTask(turn: PressTurn, { task }: { task: string }): Promise<Reply> {
  const part = await queries.findPart(turn.db, task, turn.who.id);
  if (!part) return { toast: '您不在这项任务的范围内。', kind: 'warning' };
  if (part.state !== 'published') return { toast: WITHDRAWN, kind: 'warning' };
  await sendCard(turn, 'task', task);
  return { toast: '任务卡片已发给您。' };
}

/** 查看未完成: the names, to the person who asked and nobody else. */
export async function listOpen(turn: PressTurn): Promise<Reply> {
  const task = await readManaged(turn);
  await sendCard(turn, 'open-list', task.id);
  return { toast: '名单已单独发给您，请勿转发到群里。' };
}

/** 催办: whoever is open gets the card again, at most once a day each. */
export async function nudgeOpen(turn: PressTurn): Promise<Reply> {
  const task = await readManaged(turn);
  return nudge(turn, task.id);
}

/** 延期: a small form of its own, so that the progress card can change while somebody picks a date. */
export async function askExtension(turn: PressTurn): Promise<Reply> {
  const task = await readManaged(turn);
  await sendCard(turn, 'extend', task.id);
  return { toast: '请在新卡片上选择新的完成时间。' };
}

/** The picked date of 延期: cards show it at once, and the reminders move with it. */
export async function extendTask(turn: PressTurn): Promise<Reply> {
  const task = await readManaged(turn);
  const picked = PickedInstant.safeParse(turn.form.dueAt);
  if (!picked.success) return { toast: '请先选择新的完成时间。', kind: 'warning', keepForm: true };
  const objection = findObjection({ ...queries.draftOf(task), dueAt: picked.data }, turn.now);
  if (objection) return { toast: objection, kind: 'warning', keepForm: true };
  await queries.putOff(turn.db, task.id, picked.data, turn.now);
  await planTimers(turn, task.id, turn.now, picked.data);
  await openUndo(turn, task.id);
  await turn.refresh(
    { card: 'task', ref: task.id },
    { card: 'progress', ref: task.id },
    { card: 'extend', ref: task.id },
    { card: 'deadline', ref: task.id },
  );
  return {
    toast: `完成时间改为${formatInstant(picked.data, turn)}，大家的卡片会随之更新。十分钟内可以恢复原时间。`,
    kind: 'success',
  };
}

/** 撤销: cards that are out turn grey, what has not gone out yet never will. */
export async function withdrawTask(turn: PressTurn): Promise<Reply> {
  const task = await readManaged(turn);
  const withdrawn = { state: 'withdrawn', withdrawnAt: turn.now, lastAct: 'withdraw', lastActAt: turn.now } as const;
  if (!(await queries.moveTask(turn.db, task.id, 'published', withdrawn))) return { toast: PAST, kind: 'warning' };
  await cancelTimers(turn, task.id);
  await openUndo(turn, task.id);
  await turn.refresh(
    { card: 'task', ref: task.id },
    { card: 'progress', ref: task.id },
    { card: 'extend', ref: task.id },
    { card: 'deadline', ref: task.id },
  );
  return { toast: '已撤销，大家的卡片会标明无需再办。十分钟内可以恢复。' };
}

/** 学习进度: the progress cards of what this person issued, sent anew. */
export async function showProgress(turn: PersonTurn): Promise<Reply | undefined> {
  const tasks = await queries.findIssuedTasks(turn.db, turn.who.id, turn.now);
  if (tasks.length === 0) return { toast: '您没有正在进行的学习任务。发送“发布学习”可以发布一项。' };
  await turn.deliver(
    ...tasks.map(
      ({ id }) =>
        ({
          key: `progress:${id}:${turn.eventId}`,
          to: { person: turn.who.id },
          card: 'progress',
          ref: id,
          push: 'answer',
        }) as const,
    ),
  );
  return undefined;
}

/** A card that will never arrive: the person counts as not to be reached. */
export async function noteUndeliverable(
  turn: Turn,
  failed: { card: string; ref: string; person: string },
): Promise<void> {
  if (failed.card !== 'task') return;
  await queries.markUnreachable(turn.db, failed.ref, failed.person);
  await turn.refresh({ card: 'progress', ref: failed.ref });
}

/** The published task a card is about, if the person may still manage it. */
async function readManaged(turn: PressTurn): Promise<queries.StudyTask> {
  const task = await queries.findTask(turn.db, turn.pressed.ref);
  if (task?.state !== 'published') throw new OutdatedTask('这项任务已经撤销，不能再操作。');
  const { audience } = queries.draftOf(task);
  if (audience) refuseForeignAudience(turn, 'study.publish', audience);
  return task;
}
