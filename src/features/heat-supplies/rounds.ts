/** Cards to many people: in rounds, one job each, so that an audience of any size is reached with little memory. */
import type { Reply, Turn } from '../../feature.ts';
import { nudgeInRounds } from '../../nudge.ts';
import * as claims from './claim-queries.ts';
import * as queries from './handout-queries.ts';

/** So many cards are written in one job; the next one goes on from there. */
const PEOPLE_PER_ROUND = 500;

/** One round of announcing: the next people get their card, unless the end comes first. */
export async function announceHandout(
  turn: Turn,
  { handout: id, after }: { handout: string; after: string },
): Promise<void> {
  const row = await queries.findHandout(turn.db, id);
  const people = await claims.findOpenAfter(turn.db, id, after, PEOPLE_PER_ROUND);
  const last = people.at(-1);
  if (!row?.closesAt || last === undefined) return;
  await remind(turn, id, people, '', row.closesAt);
  await turn.later('announce', { handout: id, after: last });
}

/** One round of the only reminder that nobody asks for: who has yet to collect, on the workday before the end. */
export async function remindOpen(
  turn: Turn,
  { handout: id, after }: { handout: string; after: string },
): Promise<void> {
  const row = await queries.findHandout(turn.db, id);
  const people = await claims.findDueAfter(turn.db, id, after, turn.calendar.dayOf(turn.now), PEOPLE_PER_ROUND);
  const last = people.at(-1);
  if (!row?.closesAt || row.closesAt <= turn.now || last === undefined) return;
  await remind(turn, id, people, ':deadline', row.closesAt);
  await turn.later('remind', { handout: id, after: last });
}

/** 提醒未领取: whoever has yet to collect gets the card again, at most once a day each. The answer says how many. */
export async function nudge(turn: Turn, handout: string): Promise<Reply> {
  const day = turn.calendar.dayOf(turn.now);
  const people = await claims.takeNudges(turn.db, handout, day);
  const nobody = '没有需要提醒的人：都已领取、休假、联系不上，或今天已经提醒过。';
  return nudgeInRounds(turn, { job: 'nudge', payload: { handout, day }, people, nobody });
}

/** One round of 提醒未领取, for those whose nudge was taken by the press and nobody else's of that day. Whoever has collected meanwhile gets no card. */
export async function nudgeRound(
  turn: Turn,
  { handout: id, day, people }: { handout: string; day: string; people: string[] },
): Promise<void> {
  const row = await queries.findHandout(turn.db, id);
  if (row?.closesAt) await remind(turn, id, people, `:nudge:${day}`, row.closesAt);
}

async function remind(turn: Turn, id: string, people: string[], reason: string, notAfter: Date): Promise<void> {
  const common = { card: 'claim', ref: id, push: 'quiet', gathers: true, notAfter } as const;
  await turn.deliver(...people.map((person) => ({ key: `claim:${id}:${person}${reason}`, to: { person }, ...common })));
}
