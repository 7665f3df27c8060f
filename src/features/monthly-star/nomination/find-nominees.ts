/** Who can be nominated by what somebody types. */
import { findPeople, type Match } from '../../../people/find-people.ts';
import type { Reader } from '../../../storage/database.ts';
import type { Round } from '../round/queries.ts';

/** More would not be read on a phone; a further letter narrows them. */
export const MAX_MATCHES = 20;

/**
 * Those of the round's people whom `typed` can mean, by a part of the name too, but never the person who asks, since nobody nominates
 * themselves. One more than `MAX_MATCHES` says that there are more.
 */
export async function findNominees(db: Reader, round: Round, typed: string, asker: string): Promise<Match[]> {
  const found = await findPeople(db, typed, { among: round.audience, partly: true });
  return found.filter(({ id }) => id !== asker).slice(0, MAX_MATCHES + 1);
}
