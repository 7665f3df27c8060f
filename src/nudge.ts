/** Reminding on somebody's press, in rounds: the press stays short however many it reaches. */
import { formatInstant } from './calendar/format.ts';
import type { Reply, Turn } from './feature.ts';

/** So many cards are written in one job. */
const PEOPLE_PER_ROUND = 500;

/**
 * Hands these people to `job` of the feature, round by round, each with `payload` and its `people`. The answer says how many are
 * reminded, and when that reaches them if not at once; `nobody` is what it says of none.
 */
export async function nudgeInRounds(
  turn: Turn,
  { job, payload, people, nobody }: { job: string; payload: Record<string, string>; people: string[]; nobody: string },
): Promise<Reply> {
  if (people.length === 0) return { toast: nobody };
  for (let first = 0; first < people.length; first += PEOPLE_PER_ROUND)
    await turn.later(job, { ...payload, people: people.slice(first, first + PEOPLE_PER_ROUND) });
  const when = turn.policy.nextQuietPush(turn.now);
  const arrival = when > turn.now ? `，将于${formatInstant(when, turn)}起送达` : '';
  return { toast: `已提醒${people.length}人${arrival}。每人每天最多提醒一次。`, kind: 'success' };
}
