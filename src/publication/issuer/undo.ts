/** 撤回发布, 恢复原时间, 恢复任务: what the issuer did last is undone, for ten minutes. */
import { Outdated } from '../../basics/errors.ts';
import { formatInstant } from '../../calendar/format.ts';
import type { PressTurn, Reply, Turn } from '../../feature.ts';
import { moveExpiry } from '../arrival.ts';
import { type Kind, type Published, past, type Words } from '../contract.ts';
import { proposeDraft } from '../draft.ts';
import { forgetReads } from '../parts.ts';
import { announce, cancelTimers, planTimers } from '../publish.ts';
import * as queries from '../queries.ts';
import { findUndo } from '../rules.ts';
import type { UndoableAct } from '../schema.ts';
import { isOver, refreshAll } from './manage.ts';

function tooLate({ publish, withdraw }: Words, act: UndoableAct): string {
  if (act === 'publish') return `${publish}已超过十分钟，不能撤回。需要时请按“${withdraw}”。`;
  if (act === 'extend') return '延期已超过十分钟，不能恢复。需要时请再按“延期”。';
  return `${withdraw}已超过十分钟，不能恢复。需要时请重新${publish}。`;
}

/** Undoes `act` if it is what was done last, and not too long ago. */
export async function undo<C>(kind: Kind<C>, turn: PressTurn, { act }: { act: UndoableAct }): Promise<Reply> {
  const found = await queries.hold(kind, turn.db, turn.pressed.ref);
  if (!found) throw new Outdated(past(kind.words));
  if (found.lastAct !== act) return { toast: '之后又有改动，这一步不能再恢复。', kind: 'warning' };
  if (findUndo(found, turn.now) !== act) return { toast: tooLate(kind.words, act), kind: 'warning' };
  if (act === 'extend' && isOver(kind, found, turn.now))
    return { toast: `${kind.words.it}已经结束，不能再恢复。`, kind: 'warning' };
  if (!(await queries.undoLastAct(turn.db, found.id, act, turn.now)))
    return { toast: past(kind.words), kind: 'warning' };
  await turn.cancel(`close-undo:${found.id}`);
  await kind.changed?.(turn, found, 'undo');
  await refreshAll(kind, turn, found.id);
  if (act === 'publish') return recallPublication(kind, turn, found);
  const dueAt = act === 'extend' ? found.dueBefore : found.dueAt;
  if (dueAt) await planTimers(kind, turn, found.id, found.publishedAt ?? turn.now, dueAt);
  if (dueAt && act === 'extend') await moveExpiry(kind, turn, found.id, dueAt);
  if (act === 'extend') {
    const when = dueAt ? formatInstant(dueAt, turn) : '原来的时间';
    return { toast: `${kind.words.due}恢复为${when}。`, kind: 'success' };
  }
  // Cards that had not gone out when it was withdrawn were dropped: they are given anew, the others only edited.
  await announce(turn, found.id);
  return { toast: '已恢复，大家的卡片会重新可用。', kind: 'success' };
}

/**
 * Cards vanish or never go, and the content comes back as a new draft. Parts that were done stay recorded with what was recalled;
 * they do not count for what is published instead, whose content may be another.
 */
async function recallPublication<C>(kind: Kind<C>, turn: PressTurn, found: Published<C>): Promise<Reply> {
  await cancelTimers(turn, found.id);
  await forgetReads(turn.db, found.id);
  await turn.cancel(`announce:${found.id}`);
  await turn.later('recall', { id: found.id });
  const draft = queries.draftOf(found);
  const opensAt = draft.opensAt && draft.opensAt > turn.now ? draft.opensAt : null;
  await proposeDraft(kind, turn, { ...draft, opensAt }, turn.who.id);
  return { toast: `已撤回${kind.words.publish}，发出的卡片会收回，草稿已重新发给您。`, kind: 'success' };
}

/** Runs after the undoing has committed, when no round of announcing can follow. */
export async function recallCards<C>({ card }: Kind<C>, turn: Turn, { id }: { id: string }): Promise<void> {
  await turn.recall({ card, ref: id });
  await turn.refresh({ card, ref: id });
}
