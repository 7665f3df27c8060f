/** The same ways for a terminal: of one delivery, or of the last ones to a person. */
import type { Viewpoint } from '../../feature.ts';
import { findOne } from '../../people/find-people.ts';
import type { Reader } from '../../storage/database.ts';
import { traceOne, traceTo } from '../../trace.ts';
import { describeWay } from './path-words.ts';

const MOST_WAYS = 20;

/** A line a delivery: its id, its card and its way. `wanted` is a person as people are found, the id of a chat, or the id or key of a delivery. */
export async function tellWays(
  db: Reader,
  wanted: string,
  view: Viewpoint,
): Promise<{ lines: string[]; isFound: boolean }> {
  const one = await traceOne(db, wanted);
  // An open_id or the id of a chat finds what was sent there, whoever is in service.
  const direct = one ? [one] : await traceTo(db, wanted, 0, MOST_WAYS);
  const found = direct.length > 0 ? undefined : await findOne(db, wanted);
  if (found && 'unclear' in found) return { lines: [found.unclear], isFound: false };
  const ways = found ? await traceTo(db, found.person.id, 0, MOST_WAYS) : direct;
  const lines = ways
    .slice(0, MOST_WAYS)
    .map((way) => `${way.id}  ${way.feature}/${way.card}  ${describeWay(way, view)}`);
  return { lines: lines.length > 0 ? lines : ['最近没有发过东西。'], isFound: true };
}
