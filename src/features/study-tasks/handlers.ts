/** One function per thing that can happen to a study task: read, decide, write, deliver. */
import { formatInstant } from '../../calendar/format.ts';
import { AppError } from '../../errors.ts';
import type { PersonTurn, PressTurn, Reply, Turn } from '../../feature.ts';
import type { Scope } from '../../people/permissions.ts';
import * as queries from './queries.ts';
import { type Draft, findMissing, findObjection, objectToReflection, planReminders, type ReminderMoment } from './rules.ts';
import { type Audience, DraftForm, PickedInstant, ReflectionForm } from './schema.ts';
import { readSentence } from './sentence.ts';

const EMPTY: Draft = { kind: null, topic: null, link: null, audience: null, dueAt: null, reflection: 'optional' };
/** So many cards are announced in one job; the next one goes on from there. */
const PEOPLE_PER_ROUND = 500;
const PAST = '这项任务已经不能再改动。发送“学习进度”可以看到您发布的任务。';

/** 发布学习, or a sentence that says it: a draft with what was understood, shown to its writer only. */
export async function draftTask(turn: PersonTurn, typed: { text: string; rest: string }): Promise<undefined> {
  const names = await queries.findNames(turn.db);
  const viewpoint = { now: turn.saidAt, calendar: turn.calendar };
  const draft: Draft = { ...EMPTY, ...readSentence(typed.rest, viewpoint, names, turn.who.branchId) };
  if (draft.audience) refuseForeignAudience(turn, draft.audience);
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
  if (audience) refuseForeignAudience(turn, audience);
  const missing = findMissing(draft);
  if (missing.length > 0) return { toast: `还差：${missing.join('、')}。请补上后再提交。`, kind: 'warning', keepForm: true };
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
 * 确认发布: everybody of the audience gets their part, the secretary the progress card, the timers are set, in one transaction. The
 * cards follow in rounds. `urgent` sends them now, whatever the hour.
 */
export async function publishTask(turn: PressTurn, { urgent }: { urgent?: 'yes' | undefined }): Promise<Reply> {
  const task = await readDraft(turn);
  const { audience, dueAt, ...draft } = queries.draftOf(task);
  const objection = findObjection({ ...draft, audience, dueAt }, turn.now);
  if (objection || !audience || !dueAt) return { toast: objection ?? '还有内容没有填，请按“修改”补上。', kind: 'warning' };
  refuseForeignAudience(turn, audience);
  const published = { state: 'published', publishedAt: turn.now, isUrgent: urgent === 'yes' } as const;
  if (!(await queries.moveTask(turn.db, task.id, 'draft', published))) return { toast: PAST, kind: 'warning' };
  const count = await queries.assign(turn.db, task.id, audience);
  if (count === 0) throw new AppError('an audience of nobody', '这个范围里现在没有人，没有发布。请按“修改”换一个范围。');
  await turn.later('announce', { task: task.id, after: '' });
  await planRemindersOf(turn, task.id, turn.now, dueAt);
  await turn.deliver({ key: `progress:${task.id}`, to: { person: turn.who.id }, card: 'progress', ref: task.id, push: 'answer' });
  return { toast: `已发布给${count}人，进展会显示在进度卡片上。`, kind: 'success' };
}

/** One round of announcing: the next people get their card, and the next round is planned. */
export async function announceTask(turn: Turn, { task: id, after }: { task: string; after: string }): Promise<void> {
  const task = await queries.findTask(turn.db, id);
  const people = await queries.findOpenAfter(turn.db, id, after, PEOPLE_PER_ROUND);
  const last = people.at(-1);
  if (!task?.dueAt || last === undefined) return;
  const push = task.isUrgent ? 'urgent' : 'quiet';
  await turn.deliver(
    ...people.map((person) => ({ key: `task:${id}:${person}`, to: { person }, card: 'task', ref: id, push }) as const),
  );
  await turn.later('announce', { task: id, after: last });
}

/** The timers say it is time: whoever is still open gets the card again, as long as the deadline is ahead. */
export async function remindOpen(turn: Turn, { task: id, moment, after }: { task: string; moment: ReminderMoment; after: string }): Promise<void> {
  const task = await queries.findTask(turn.db, id);
  const people = await queries.findOpenAfter(turn.db, id, after, PEOPLE_PER_ROUND);
  const last = people.at(-1);
  if (!task?.dueAt || task.dueAt <= turn.now || last === undefined) return;
  await remind(turn, id, moment, people, task.dueAt);
  await turn.later('remind', { task: id, moment, after: last });
}

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
  if (part.state !== 'published') return { toast: '这项任务已经撤销，无需再办。如有疑问请联系发布人。', kind: 'warning' };
  if (part.completedAt) return { toast: `您已于${formatInstant(part.completedAt, turn)}完成，不用再按。` };
  return { toast: objectToReflection(reflection, part.reflection as Draft['reflection']) ?? PAST, kind: 'warning', keepForm: true };
}

/** From the 今天 card: the task's own card, sent anew to whoever asks. */
export async function openTask(turn: PressTurn, { task }: { task: string }): Promise<Reply> {
  if (!(await queries.findPart(turn.db, task, turn.who.id))) return { toast: '您不在这项任务的范围内。', kind: 'warning' };
  await turn.deliver({ key: `task:${task}:${turn.who.id}:${turn.eventId}`, to: { person: turn.who.id }, card: 'task', ref: task, push: 'answer' });
  return { toast: '任务卡片已发给您。' };
}

/** 查看未完成: the names, to the person who asked and nobody else. */
export async function listOpen(turn: PressTurn): Promise<Reply> {
  const task = await readManaged(turn);
  await turn.deliver({ key: `open-list:${task.id}:${turn.eventId}`, to: { person: turn.who.id }, card: 'open-list', ref: task.id, push: 'answer' });
  return { toast: '名单已单独发给您，请勿转发到群里。' };
}

/** 催办: whoever is open gets the card again, at most once a day each. */
export async function nudgeOpen(turn: PressTurn): Promise<Reply> {
  const task = await readManaged(turn);
  const today = turn.calendar.dayOf(turn.now);
  const people = await queries.takeNudges(turn.db, task.id, today);
  if (people.length === 0) return { toast: '没有需要催办的人：都已完成、休假、联系不上，或今天已经提醒过。' };
  await remind(turn, task.id, `nudge:${today}`, people, undefined);
  const when = turn.policy.nextQuietPush(turn.now);
  const arrival = when > turn.now ? `，将于${formatInstant(when, turn)}起送达` : '';
  return { toast: `已提醒${people.length}人${arrival}。每人每天最多提醒一次。`, kind: 'success' };
}

/** 延期: a small form of its own, so that the progress card can change while somebody picks a date. */
export async function askExtension(turn: PressTurn): Promise<Reply> {
  const task = await readManaged(turn);
  await turn.deliver({ key: `extend:${task.id}:${turn.eventId}`, to: { person: turn.who.id }, card: 'extend', ref: task.id, push: 'answer' });
  return { toast: '请在新卡片上选择新的完成时间。' };
}

/** The picked date of 延期: cards show it at once, and the reminders move with it. */
export async function extendTask(turn: PressTurn): Promise<Reply> {
  const task = await readManaged(turn);
  const picked = PickedInstant.safeParse(turn.form.dueAt);
  if (!picked.success) return { toast: '请先选择新的完成时间。', kind: 'warning', keepForm: true };
  const objection = findObjection({ ...queries.draftOf(task), dueAt: picked.data }, turn.now);
  if (objection) return { toast: objection, kind: 'warning', keepForm: true };
  await queries.putOff(turn.db, task.id, picked.data);
  await planRemindersOf(turn, task.id, turn.now, picked.data);
  await turn.refresh({ card: 'task', ref: task.id }, { card: 'progress', ref: task.id }, { card: 'extend', ref: task.id });
  return { toast: `完成时间改为${formatInstant(picked.data, turn)}，大家的卡片会随之更新。`, kind: 'success' };
}

/** 撤销: cards that are out turn grey, what has not gone out yet never will. */
export async function withdrawTask(turn: PressTurn): Promise<Reply> {
  const task = await readManaged(turn);
  if (!(await queries.moveTask(turn.db, task.id, 'published', { state: 'withdrawn', withdrawnAt: turn.now })))
    return { toast: PAST, kind: 'warning' };
  await cancelReminders(turn, task.id);
  await turn.refresh({ card: 'task', ref: task.id }, { card: 'progress', ref: task.id });
  return { toast: '已撤销，大家的卡片会标明无需再办。' };
}

/** 学习进度: the progress cards of what this person issued, sent anew. */
export async function showProgress(turn: PersonTurn): Promise<Reply | undefined> {
  const tasks = await queries.findIssuedTasks(turn.db, turn.who.id, turn.now);
  if (tasks.length === 0) return { toast: '您没有正在进行的学习任务。发送“发布学习”可以发布一项。' };
  await turn.deliver(
    ...tasks.map(({ id }) => ({ key: `progress:${id}:${turn.eventId}`, to: { person: turn.who.id }, card: 'progress', ref: id, push: 'answer' }) as const),
  );
  return undefined;
}

/** A card that will never arrive: the person counts as not to be reached. */
export async function noteUndeliverable(turn: Turn, failed: { card: string; ref: string; person: string }): Promise<void> {
  if (failed.card !== 'task') return;
  await queries.markUnreachable(turn.db, failed.ref, failed.person);
  await turn.refresh({ card: 'progress', ref: failed.ref });
}

async function remind(turn: Turn, id: string, reason: string, people: string[], notAfter: Date | undefined): Promise<void> {
  await turn.deliver(
    ...people.map((person) => ({
      key: `task:${id}:${person}:${reason}`,
      to: { person },
      card: 'task',
      ref: id,
      push: 'quiet' as const,
      ...(notAfter && { notAfter }),
    })),
  );
}

async function planRemindersOf(turn: Turn, id: string, announcedAt: Date, dueAt: Date): Promise<void> {
  await cancelReminders(turn, id);
  for (const { moment, at } of planReminders(announcedAt, dueAt, turn.calendar)) {
    await turn.later('remind', { task: id, moment, after: '' }, { at, key: `remind:${id}:${moment}` });
  }
}

async function cancelReminders(turn: Turn, id: string): Promise<void> {
  await turn.cancel(`remind:${id}:workday-before`);
  await turn.cancel(`remind:${id}:morning`);
}

/** The draft a card is about; a draft that is none any more is refused in words. */
async function readDraft(turn: PressTurn): Promise<queries.StudyTask> {
  const task = await queries.findTask(turn.db, turn.pressed.ref);
  if (task?.state === 'draft') return task;
  const what = task?.state === 'published' ? '这项任务已经发布，不用再按。' : '这份草稿已经取消。发送“发布学习”可以重新开始。';
  throw new OutdatedDraft(what);
}

/** The published task a card is about, if the person may still manage it. */
async function readManaged(turn: PressTurn): Promise<queries.StudyTask> {
  const task = await queries.findTask(turn.db, turn.pressed.ref);
  if (task?.state !== 'published') throw new OutdatedDraft('这项任务已经撤销，不能再操作。');
  const { audience } = queries.draftOf(task);
  if (audience) refuseForeignAudience(turn, audience);
  return task;
}

/** The card behind this refusal is shown anew: its buttons are of the past. */
class OutdatedDraft extends AppError {
  override readonly keepsForm = false;

  constructor(tell: string) {
    super('a task is in another state', tell);
  }
}

/** A secretary speaks to the own branch, an administrator to the detachment. */
function refuseForeignAudience(turn: PersonTurn, audience: Audience): void {
  const scope: Scope = audience.kind === 'branch' ? { branchId: audience.id } : audience.kind === 'unit' ? { unitIds: [audience.id ?? ''] } : 'detachment';
  if (turn.may('study.publish', scope)) return;
  throw new AppError('an audience out of scope', '您只能发布给自己的支部，没有发布。请把范围改为本支部，或联系政治处。');
}
