/** 一小时后, 下班后, 明早: a person asks to see the card again later. */
import { formatInstant } from '../../calendar/format.ts';
import type { PressTurn, Reply, Turn } from '../../feature.ts';
import { WITHDRAWN } from './objections.ts';
import * as queries from './queries.ts';
import { planSnooze } from './rules.ts';
import type { Snooze } from './schema.ts';

/** Keeps when the card should come again; said again, the later wish takes the place of the earlier one. */
export async function snoozeTask(turn: PressTurn, { until }: { until: Snooze }): Promise<Reply> {
  const id = turn.pressed.ref;
  const plan = planSnooze(until, turn.now, turn.calendar, turn.policy);
  if ('refusal' in plan) return { toast: plan.refusal, kind: 'warning', keepForm: true };
  const part = await queries.findPart(turn.db, id, turn.who.id);
  if (!part) return { toast: '您不在这项任务的范围内，没有改动任何内容。', kind: 'warning' };
  if (part.completedAt) return { toast: '您已经完成，不用再提醒。' };
  if (!(await queries.snooze(turn.db, id, turn.who.id, plan.at))) return { toast: WITHDRAWN, kind: 'warning' };
  const payload = { task: id, person: turn.who.id, at: plan.at.toISOString() };
  await turn.later('wake', payload, { at: plan.at, key: `wake:${id}:${turn.who.id}` });
  await turn.refresh({ card: 'task', ref: id, person: turn.who.id });
  const isLate = part.dueAt !== null && part.dueAt > turn.now && plan.at >= part.dueAt;
  return {
    toast: `将于${formatInstant(plan.at, turn)}再提醒您${isLate ? '，那时已过完成时间' : ''}。`,
    kind: 'success',
  };
}

/**
 * The moment has come: the card again, unless it is done, withdrawn or the person has left. They wait for it, so it is no quiet push;
 * after a downtime it still does not come in quiet hours.
 */
export async function wake(turn: Turn, { task: id, person, at }: { task: string; person: string; at: string }) {
  if (!(await queries.endSnooze(turn.db, id, person))) return;
  await turn.refresh({ card: 'task', ref: id, person });
  await turn.deliver({
    ...{ key: `task:${id}:${person}:snoozed:${at}`, to: { person }, card: 'task', ref: id, push: 'answer' },
    notBefore: turn.policy.nextQuietPush(turn.now),
  });
}
