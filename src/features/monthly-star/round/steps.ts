/** What a step brings with it when it begins: its end, its timer, and the cards of those whose turn it is. */
import type { Turn } from '../../../feature.ts';
import type { Reader } from '../../../storage/database.ts';
import { actorsOf, allow, findObstacle, organisersOf, refreshRound } from '../actors.ts';
import { findPassed, withdrawLeavers } from '../checking/queries.ts';
import { dropPicturesOfRound } from '../nomination/picture-queries.ts';
import { honourChosen } from '../notice/honour.ts';
import { hasOpenObjection, remindHandlers, tellUnanswered } from '../notice/objections.ts';
import type { Actor, RoundAction, State } from '../rules.ts';
import { closeUrn, openUrn } from '../vote/vote.ts';
import { DUE_FIELD, dueOf, dueOnEntry, endOfNotice, isTimed, shiftPlan, voteReminderAt } from './plan.ts';
import { findRound, findRoundsIn, holdRound, moveRound, type Round, updateRound } from './queries.ts';

/** What the clock does when a step's time is over; the other steps wait for their actor, who is reminded. */
const ENDED_BY_CLOCK: Partial<Record<State, RoundAction>> = {
  nominating: 'close-nomination',
  voting: 'close-vote',
  noticing: 'publish',
};
/** The states that may last longer than planned, because somebody has something to do. */
export const HELD_UP_BY_PEOPLE: State[] = ['nominating', 'checking', 'reviewing', 'deciding', 'noticing'];
/** The card that a step's actors are given, where it has one of its own. */
const CARD_OF: Partial<Record<State, string>> = {
  checking: 'candidates',
  reviewing: 'candidates',
  deciding: 'decision',
};

/**
 * Moves a round that the transaction holds into its next state. `actorId` is whoever did it, null the clock. A step that begins late
 * gets at least a workday; a nominee who left in the meantime drops out.
 */
export async function beginStep(turn: Turn, round: Round, to: State, actorId: string | null): Promise<void> {
  const { db, now, calendar } = turn;
  if (round.state === 'voting') await closeUrn(db, round.id);
  await moveRound(db, round.id, to, actorId, now);
  await withdrawLeavers(db, round.id);
  await turn.cancel(`end:${round.id}`);
  await turn.cancel(`remind-voters:${round.id}`);
  if (to === 'noticing') await updateRound(db, round.id, { noticeUntil: endOfNotice(now, round.noticeDays, calendar) });
  else if (isTimed(to)) {
    const planned = round[DUE_FIELD[to]];
    const due = planned && dueOnEntry(planned, now, calendar);
    // A step put off puts off those after it, else the card would name ends that lie before its own.
    if (planned && due && due > planned)
      await updateRound(db, round.id, shiftPlan(round, DUE_FIELD[to], due, calendar));
  }
  const current = await findRound(db, round.id);
  if (!current) return;
  await setTimer(turn, current);
  if (to === 'voting') await announce(turn, current, 'vote', 'first');
  if (to === 'voting') await openUrn(db, current);
  if (to === 'noticing') await announce(turn, current, 'notice', 'first');
  if (to === 'published' || to === 'cancelled') await dropPicturesOfRound(db, round.id);
  if (to === 'cancelled') await tellUnanswered(turn, round.id);
  if (to === 'published') {
    await honourChosen(db, current, now);
    await announce(turn, current, 'commendation', 'first');
  }
  if (CARD_OF[to]) await tellActors(turn, current, `step:${to}`);
  if (to === 'nominating') await announce(turn, current, 'round', 'first');
  await refreshRound(turn, round.id);
  await turn.refresh({ card: 'vote', ref: round.id }, { card: 'notice', ref: round.id });
}

/** Whether a step in this state goes on by itself when its time is over, unless something holds it up. */
export function isEndedByClock(state: State): boolean {
  return state in ENDED_BY_CLOCK;
}

/** Sets the timers of a step to its end as it stands now. */
export async function setTimer(turn: Turn, round: Round): Promise<void> {
  const { state } = round;
  const due = dueOf(round, state);
  if (!due || !isEndedByClock(state)) return;
  await turn.later('end-step', { round: round.id, state }, { at: due, key: `end:${round.id}` });
  const remindAt = state === 'voting' ? voteReminderAt(turn.now, due, turn.calendar) : undefined;
  if (remindAt)
    await turn.later(
      'announce',
      { round: round.id, card: 'vote', reason: 'reminder', after: '' },
      { at: remindAt, key: `remind-voters:${round.id}` },
    );
}

/** A step's time is over, by the server's clock. A timer that was overtaken by a new date or by somebody's press does nothing. */
export async function endStep(turn: Turn, { round: id, state }: { round: string; state: State }): Promise<void> {
  const round = await holdRound(turn.db, id, 'moving');
  const action = ENDED_BY_CLOCK[state];
  if (round?.state !== state || !action) return;
  const due = dueOf(round, state);
  if (!due || due > turn.now) return;
  // Whoever puts the end off within the day hears of the new end too.
  const heldUp = `held-up:${due.toISOString()}:${turn.calendar.dayOf(turn.now)}`;
  if (await isHeldUp(turn, round)) {
    // Nobody may object any more, though nothing is published yet.
    await turn.refresh({ card: 'notice', ref: id });
    return tellActors(turn, round, heldUp);
  }
  if (state === 'noticing' && (await endWithoutStar(turn, round, 'clock', null))) return;
  await beginStep(turn, round, allow(round, action, 'clock'), null);
}

/** Nothing can be checked that nobody nominated, and nothing is published while an objection is open. */
async function isHeldUp(turn: Turn, round: Round): Promise<boolean> {
  if (round.state === 'nominating') return (await findObstacle(turn.db, round, turn.now)) !== undefined;
  if (round.state === 'noticing') return hasOpenObjection(turn, round.id);
  return false;
}

/** Ends a notice without publishing when everybody who was chosen has been taken back or has left; false when somebody still stands. */
export async function endWithoutStar(turn: Turn, round: Round, actor: Actor, actorId: string | null): Promise<boolean> {
  if ((await findPassed(turn.db, round.id)).some(({ isChosen }) => isChosen)) return false;
  await updateRound(turn.db, round.id, { cancelReason: '公示后没有入选的同志' });
  await beginStep(turn, round, allow(round, 'end-without-star', actor), actorId);
  return true;
}

/** On each workday: whoever holds up a step that is late hears of it, once. */
export async function remindLate(turn: Turn): Promise<void> {
  const rounds = await findRoundsIn(turn.db, HELD_UP_BY_PEOPLE);
  for (const round of rounds) {
    if (await goOnWithoutLeavers(turn, round.id)) continue;
    const due = dueOf(round, round.state);
    if (!due || due > turn.now) continue;
    await tellActors(turn, round, `late:${round.state}:${turn.calendar.dayOf(turn.now)}`);
    if (round.state === 'noticing') await remindHandlers(turn, round.id);
  }
}

/** When the last candidate who still waited for an opinion has left, nobody would press any more: the clock goes on. */
async function goOnWithoutLeavers(turn: Turn, id: string): Promise<boolean> {
  const round = await holdRound(turn.db, id, 'moving');
  if (round?.state !== 'reviewing') return false;
  const passed = await findPassed(turn.db, id);
  if (passed.length === 0 || passed.some(({ opinion }) => !opinion)) return false;
  await beginStep(turn, round, allow(round, 'finish-review', 'clock'), null);
  return true;
}

/** Whose turn it is, and the card for it: the round's own, to its organisers, where nobody can do the step. */
export async function findDuty(db: Reader, round: Round, now: Date): Promise<{ people: string[]; card: string }> {
  if (await findObstacle(db, round, now)) return { people: await organisersOf(db, round, now), card: 'round' };
  return { people: await actorsOf(db, round, now), card: CARD_OF[round.state] ?? 'round' };
}

/** The card of the step for everybody whose turn it is; the same `reason` reaches a person once. */
async function tellActors(turn: Turn, round: Round, reason: string): Promise<void> {
  const { people, card } = await findDuty(turn.db, round, turn.now);
  await turn.deliver(
    ...people.map((person) => ({
      key: `${card}:${round.id}:${person}:${reason}`,
      to: { person },
      card,
      ref: round.id,
      push: 'work' as const,
      gathers: true,
    })),
  );
}

/** A card for everybody of the round goes out in rounds of its own; see `announce.ts`. */
function announce(turn: Turn, round: Round, card: string, reason: string): Promise<void> {
  return turn.later('announce', { round: round.id, card, reason, after: '' });
}
