/** What happens to study tasks apart from what happens to everything that is published: written from a sentence, done. */
import { formatInstant } from '../../calendar/format.ts';
import { type PersonTurn, type PressTurn, type Reply, sendCard, type Typed } from '../../feature.ts';
import { past, withdrawn } from '../../publication/contract.ts';
import { publication } from '../../publication/index.ts';
import { reopenPart } from '../../publication/parts.ts';
import { findOpen } from '../../publication/queries.ts';
import { studyTask } from './publication.ts';
import { completePart, findTaskPart } from './queries.ts';
import { EMPTY, objectToReflection } from './rules.ts';
import { MAX_TOPIC_CHARACTERS, ReflectionForm } from './schema.ts';

/** More cards at once nobody looks through. */
const MAX_CARDS = 3;

export const tasks = publication(studyTask);

/** 发布学习, or a sentence that says it: a draft with what was understood, shown to its writer only. */
export async function draftTask(turn: PersonTurn, typed: Typed): Promise<undefined> {
  await tasks.draftFrom(turn, typed, EMPTY);
}

/** 转为任务 from elsewhere: a draft with the topic filled in, for the person to complete, check and confirm like any other. */
export async function draftFrom(turn: PressTurn, { topic }: { topic: string }): Promise<Reply> {
  await tasks.draft(turn, { ...EMPTY, topic: topic.slice(0, MAX_TOPIC_CHARACTERS) });
  return { toast: '任务草稿已发给您，请补充后确认发布。', keepForm: true };
}

/** 我学完了: the cards of what is open, to be pressed on the one that is meant. */
export async function showOpenTasks(turn: PersonTurn): Promise<Reply | undefined> {
  const open = await findOpen(turn.db, studyTask.feature, turn.who.id, null);
  if (open.length === 0) return { toast: '您没有要完成的学习任务。发送“今天”可以看到要办的事。' };
  for (const { id } of open.slice(0, MAX_CARDS)) await sendCard(turn, 'task', id);
  return undefined;
}

/** 我已完成: done once, whichever phone it comes from. */
export async function completeTask(turn: PressTurn): Promise<Reply> {
  const id = turn.pressed.ref;
  const { words } = studyTask;
  const { reflection } = ReflectionForm.parse(turn.form);
  const objection = objectToReflection(reflection, 'optional');
  if (objection) return { toast: objection, kind: 'warning', keepForm: true };
  if (await completePart(turn.db, id, turn.who.id, reflection, turn.now)) {
    await turn.refresh({ card: 'progress', ref: id }, { card: 'task', ref: id, person: turn.who.id });
    return { toast: '已记为完成，辛苦了。', kind: 'success' };
  }
  const part = await findTaskPart(turn.db, id, turn.who.id);
  if (!part) return { toast: '您不在这项任务的范围内，没有改动任何内容。', kind: 'warning' };
  if (part.state !== 'published') return { toast: withdrawn(words), kind: 'warning' };
  if (part.doneAt) return { toast: `您已于${formatInstant(part.doneAt, turn)}完成，不用再按。` };
  const tell = objectToReflection(reflection, part.reflection) ?? past(words);
  return { toast: tell, kind: 'warning', keepForm: true };
}

/** 撤回完成: what was pressed too early is taken back until the deadline; a reflection that was written stays to be handed in again. */
export async function reopenTask(turn: PressTurn): Promise<Reply> {
  const id = turn.pressed.ref;
  if (await reopenPart(turn.db, id, turn.who.id, turn.now)) {
    await turn.refresh({ card: 'progress', ref: id }, { card: 'task', ref: id, person: turn.who.id });
    return { toast: '已撤回，学完后请再按“我已完成”。', kind: 'success' };
  }
  const part = await findTaskPart(turn.db, id, turn.who.id);
  if (part?.state === 'published' && part.doneAt && part.dueAt <= turn.now)
    return { toast: '截止时间已过，不能撤回。', kind: 'warning' };
  return { toast: '没有可以撤回的完成记录。', kind: 'warning' };
}
