/** What happens to a draft: written, filled in, corrected, cancelled, published. */
import { formatInstant } from '../../calendar/format.ts';
import { PickedInstant } from '../../cards/form-values.ts';
import { AppError } from '../../errors.ts';
import type { PersonTurn, PressTurn, Reply } from '../../feature.ts';
import { findNames, refuseForeignAudience } from '../../people/audience.ts';
import { OutdatedTask, PAST } from './objections.ts';
import * as queries from './queries.ts';
import { type Draft, findMissing, findObjection } from './rules.ts';
import { DraftForm } from './schema.ts';
import { readSentence } from './sentence.ts';
import { openUndo, planTimers } from './timers.ts';

const EMPTY: Draft = { kind: null, topic: null, link: null, audience: null, dueAt: null, reflection: 'optional' };

/** 发布学习, or a sentence that says it: a draft with what was understood, shown to its writer only. */
export async function draftTask(turn: PersonTurn, typed: { text: string; rest: string }): Promise<undefined> {
  const names = await findNames(turn.db);
  const viewpoint = { now: turn.saidAt, calendar: turn.calendar };
  const draft: Draft = { ...EMPTY, ...readSentence(typed.rest, viewpoint, names, turn.who.branchId) };
  if (draft.audience) refuseForeignAudience(turn, 'study.publish', draft.audience);
  const objection = findObjection(draft, turn.now);
  if (objection) throw new AppError('a draft was objected to', objection);
  const id = await queries.createDraft(turn.db, draft, turn.who, turn.now);
  await turn.deliver({ key: `draft:${id}`, to: { person: turn.who.id }, card: 'draft', ref: id, push: 'answer' });
}

/** The form of a draft: what it says replaces what was understood. */
export async function fillDraft(turn: PressTurn): Promise<Reply> {
  const task = await readDraft(turn);
  const { kind, topic, link, audience, dueAt, reflection } = DraftForm.parse(turn.form);
  const draft: Draft = {
    kind: kind ?? null,
    topic: topic ?? null,
    link: link ?? null,
    audience: audience ?? null,
    dueAt: dueAt ?? null,
    reflection: reflection ?? 'optional',
  };
  if (audience) refuseForeignAudience(turn, 'study.publish', audience);
  const missing = findMissing(draft);
  if (missing.length > 0)
    return { toast: `还差：${missing.join('、')}。请补上后再提交。`, kind: 'warning', keepForm: true };
  const objection = findObjection(draft, turn.now);
  if (objection) return { toast: objection, kind: 'warning', keepForm: true };
  await queries.updateDraft(turn.db, task.id, draft);
  return { toast: '请核对后确认发布。' };
}

/** The picker on the preview: a deadline is corrected at once. */
export async function setDeadline(turn: PressTurn): Promise<Reply> {
  const task = await readDraft(turn);
  const draft = { ...queries.draftOf(task), dueAt: PickedInstant.parse(turn.option) };
  const objection = findObjection(draft, turn.now);
  if (objection) return { toast: objection, kind: 'warning' };
  await queries.updateDraft(turn.db, task.id, draft);
  return { toast: `完成时间改为${formatInstant(draft.dueAt, turn)}。` };
}

/** Back from the preview to the form, with everything filled in. */
export async function editDraft(turn: PressTurn): Promise<Reply> {
  const task = await readDraft(turn);
  await queries.reopenDraft(turn.db, task.id);
  return { toast: '请修改后提交。' };
}

/** 取消 on a draft. */
export async function cancelDraft(turn: PressTurn): Promise<Reply> {
  const task = await readDraft(turn);
  const isCancelled = await queries.moveTask(turn.db, task.id, 'draft', { state: 'cancelled' });
  return isCancelled ? { toast: '已取消，没有发给任何人。' } : { toast: PAST, kind: 'warning' };
}

/**
 * 确认发布: everybody of the audience gets their part, the issuer the progress card, and the timers are set, in one transaction. The
 * cards follow in rounds. `urgent` sends them now, whatever the hour.
 */
export async function publishTask(turn: PressTurn, { urgent }: { urgent?: 'yes' | undefined }): Promise<Reply> {
  const task = await readDraft(turn);
  const { audience, dueAt, ...draft } = queries.draftOf(task);
  const objection = findObjection({ ...draft, audience, dueAt }, turn.now);
  if (objection || !audience || !dueAt)
    return { toast: objection ?? '还有内容没有填，请按“修改”补上。', kind: 'warning' };
  refuseForeignAudience(turn, 'study.publish', audience);
  const last = { lastAct: 'publish', lastActAt: turn.now } as const;
  const published = { state: 'published', publishedAt: turn.now, isUrgent: urgent === 'yes', ...last } as const;
  if (!(await queries.moveTask(turn.db, task.id, 'draft', published))) return { toast: PAST, kind: 'warning' };
  const count = await queries.assign(turn.db, task.id, audience);
  if (count === 0)
    throw new AppError('an audience of nobody', '这个范围里现在没有人，没有发布。请按“修改”换一个范围。');
  const to = { person: task.issuedById };
  await turn.deliver({ key: `progress:${task.id}`, to, card: 'progress', ref: task.id, push: 'answer' });
  await turn.later('announce', { task: task.id, after: '' }, { key: `announce:${task.id}` });
  await planTimers(turn, task.id, turn.now, dueAt);
  await openUndo(turn, task.id);
  return { toast: `已发布给${count}人，进展会显示在进度卡片上。`, kind: 'success' };
}

/** The draft a card is about; a draft that is none any more is refused in words. */
async function readDraft(turn: PressTurn): Promise<queries.StudyTask> {
  const task = await queries.findTask(turn.db, turn.pressed.ref);
  if (task?.state === 'draft') return task;
  const what =
    task?.state === 'published' ? '这项任务已经发布，不用再按。' : '这份草稿已经取消。发送“发布学习”可以重新开始。';
  throw new OutdatedTask(what);
}
