/** Whoever joins the audience of what is open gets a part in it; whoever leaves it is told that it no longer concerns them. */
import type { Card, Turn } from '../feature.ts';
import { expiryOf, type Kind } from './contract.ts';
import { commonOf } from './issuer/progress.ts';
import * as parts from './parts.ts';
import { deliverCards } from './publish.ts';
import * as queries from './queries.ts';

/** After its end a card can be edited for so long. */
const COUNTED_DAYS = 14;

/**
 * Looks at every open publication of the kind. Whoever has done or begun their part keeps it, wherever they are now. Whoever is open gets
 * the card that could not come before and can now; whom the messenger refused is tried once a day. What counts people is counted anew:
 * leave begins and ends by the calendar alone, and people leave the service.
 */
export async function regroup<C>(kind: Kind<C>, turn: Turn): Promise<void> {
  const counted = await queries.findRecent(turn.db, kind.feature, COUNTED_DAYS, turn.now);
  await turn.refresh(...counted.map(({ id }) => ({ card: 'progress', ref: id })));
  for (const id of await queries.findOpenIds(turn.db, kind.feature, turn.now)) {
    const found = await queries.hold(kind, turn.db, id);
    if (found?.state !== 'published') continue;
    const staying = (await kind.haveBegun?.(turn.db, id)) ?? [];
    const { joined, left } = await parts.regroup(turn.db, id, staying, turn.now);
    const forgotten = await parts.findForgotten(turn.db, id, turn.calendar.dayOf(turn.now));
    const cards = { notAfter: expiryOf(kind, found.dueAt) };
    await deliverCards(kind, turn, id, [...new Set([...joined, ...forgotten])], cards);
    const reason = `:again:${turn.calendar.dayOf(turn.now)}`;
    await deliverCards(kind, turn, id, await parts.findRefused(turn.db, id, reason), { ...cards, reason });
    if (joined.length + left.length === 0) continue;
    await kind.changed?.(turn, found, 'regroup');
    const own = { card: kind.card, ref: id };
    await turn.refresh({ card: 'progress', ref: id }, ...[...joined, ...left].map((person) => ({ ...own, person })));
  }
}

/** The person's own card, that says so on the screen of whoever has left; to nobody else is it sent any more. */
export function withLeavers<C>(kind: Kind<C>, own: Card): Card {
  return {
    ...own,
    templates: [...own.templates, 'publication/part-left'],
    load: async (db, id, viewer) => {
      const shown = await own.load(db, id, viewer);
      if (shown || !viewer.isSent || !(await parts.hasLeft(db, id, viewer.person ?? ''))) return shown;
      const found = await queries.find(kind, db, id);
      return found && { template: 'publication/part-left', ...commonOf(kind, found, viewer) };
    },
  };
}
