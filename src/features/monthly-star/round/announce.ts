/** Sends the cards that are for everybody of a round, some hundreds of people at a time, and for its groups. */
import type { Turn } from '../../../feature.ts';
import type { State } from '../rules.ts';
import type { Announcement } from '../schema.ts';
import { findVotersAfter } from '../vote/vote.ts';
import { findGroups, findPeopleAfter, findRound, type Round } from './queries.ts';

/** So many people in one job; the next one goes on from there. */
const PEOPLE_PER_ROUND = 500;

const MEANT_IN: Record<Announcement['card'], State> = {
  round: 'nominating',
  vote: 'voting',
  notice: 'noticing',
  commendation: 'published',
};
/** What arrives later than this is of no use. */
const USELESS_AFTER = {
  round: 'nominateUntil',
  vote: 'voteUntil',
  notice: 'noticeUntil',
  commendation: null,
} as const;

/** One round of an announcement: the next people get the card, until nobody is left or the step is over. */
export async function announceRound(turn: Turn, { round: id, card, reason, after }: Announcement): Promise<void> {
  const round = await findRound(turn.db, id);
  if (round?.state !== MEANT_IN[card]) return;
  if (after === '') await announceInGroups(turn, round, card);
  const people =
    card === 'vote'
      ? await findVotersAfter(turn.db, id, after, PEOPLE_PER_ROUND)
      : await findPeopleAfter(turn.db, round, after, PEOPLE_PER_ROUND);
  const last = people.at(-1);
  if (last === undefined) return;
  const field = USELESS_AFTER[card];
  const notAfter = field && round[field];
  await turn.deliver(
    ...people.map((person) => ({
      key: `${card}:${id}:${person}:${reason}`,
      to: { person },
      card,
      ref: id,
      push: 'quiet' as const,
      // A line on 今天, which the other cards are not.
      gathers: card === 'vote',
      ...(notAfter && { notAfter }),
    })),
  );
  await turn.later('announce', { round: id, card, reason, after: last });
}

/** A vote is never held in a group; a notice and a commendation are shown where a group asked for them. */
async function announceInGroups(turn: Turn, round: Round, card: Announcement['card']): Promise<void> {
  if (card === 'vote' || card === 'round') return;
  const groups = await findGroups(turn.db, round);
  await turn.deliver(
    ...groups.map((chatId) => ({
      key: `${card}:${round.id}:group:${chatId}`,
      to: { chat: chatId },
      card,
      ref: round.id,
      push: 'quiet' as const,
    })),
  );
}
