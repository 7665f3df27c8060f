/** 一小时后, 下班后, 明早: a person asks to see the card again later. */
import { formatInstant } from '../calendar/format.ts';
import type { PressTurn, Reply, Turn, Viewer } from '../feature.ts';
import { type Kind, withdrawn } from './contract.ts';
import * as parts from './parts.ts';
import { planSnooze } from './rules.ts';
import type { Snooze } from './schema.ts';

/** Keeps when the card should come again; said again, the later wish takes the place of the earlier one. */
export async function snooze<C>(kind: Kind<C>, turn: PressTurn, { until }: { until: Snooze }): Promise<Reply> {
  const id = turn.pressed.ref;
  const { words, card } = kind;
  const plan = planSnooze(until, turn.now, turn.calendar, turn.policy);
  if ('refusal' in plan) return { toast: plan.refusal, kind: 'warning', keepForm: true };
  const part = await parts.findPart(turn.db, id, turn.who.id);
  if (!part) return { toast: `您不在${words.it}的范围内，没有改动任何内容。`, kind: 'warning' };
  if (part.doneAt) return { toast: `您已经${words.do}，不用再提醒。` };
  if (!(await parts.snooze(turn.db, id, turn.who.id, plan.at))) return { toast: withdrawn(words), kind: 'warning' };
  const payload = { id, person: turn.who.id, at: plan.at.toISOString() };
  await turn.later('wake', payload, { at: plan.at, key: `wake:${id}:${turn.who.id}` });
  await turn.refresh({ card, ref: id, person: turn.who.id });
  const isLate = part.dueAt > turn.now && plan.at >= part.dueAt;
  return {
    toast: `将于${formatInstant(plan.at, turn)}再提醒您${isLate ? `，那时已过${words.due}` : ''}。`,
    kind: 'success',
  };
}

/** When a person will be reminded, for their card; empty when they asked for nothing or it is past. */
export function formatSnooze(until: Date | null, viewer: Viewer): string {
  return until && until > viewer.now ? formatInstant(until, viewer) : '';
}

/**
 * The moment has come: the card again, unless it is done, withdrawn or the person has left. They wait for it, so it is no quiet push;
 * after a downtime it still does not come in quiet hours.
 */
export async function wake<C>(
  { card }: Kind<C>,
  turn: Turn,
  { id, person, at }: { id: string; person: string; at: string },
): Promise<void> {
  if (!(await parts.endSnooze(turn.db, id, person))) return;
  await turn.refresh({ card, ref: id, person });
  await turn.deliver({
    ...{ key: `${card}:${id}:${person}:snoozed:${at}`, to: { person }, card, ref: id, push: 'answer' },
    notBefore: turn.policy.nextQuietPush(turn.now),
  });
}
