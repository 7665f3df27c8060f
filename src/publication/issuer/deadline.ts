/** What follows on an end: it is over, or the issuer gets the list of who is open, and two workdays later the leaders hear of their units. */
import { type Card, card, type Turn } from '../../feature.ts';
import { findPerson } from '../../people/find-person.ts';
import { findLedUnits } from '../../people/places/find-leaders.ts';
import { Id } from '../../sight.ts';
import type { Reader } from '../../storage/database.ts';
import { type Kind, type Published, tallyWords } from '../contract.ts';
import { countByUnit, countStandings, forgetReads } from '../parts.ts';
import * as queries from '../queries.ts';
import { PublicationSettings } from '../settings.ts';
import { planLeaderNotices, type UnitLine } from './leader-notice.ts';
import { end } from './manage.ts';
import { commonOf } from './progress.ts';

/**
 * The end has come. What is over by itself ends. Else cards say so, silently, and the issuer gets one list if anybody is open or waits; nobody
 * else hears of it by itself: what is overdue stays on 今天.
 */
export async function passDeadline<C>(kind: Kind<C>, turn: Turn, { id }: { id: string }): Promise<void> {
  const found = await findOverdue(kind, turn, id);
  if (!found) return;
  if (kind.endsByItself) {
    if (!(await end(kind, turn, found, 'ended')))
      turn.log.info({ publication: id }, 'a publication had ended before its time');
    return;
  }
  await forgetReads(turn.db, id);
  await turn.refresh({ card: kind.card, ref: id }, { card: 'progress', ref: id });
  const { open, waiting } = await countStandings(turn.db, id, turn.calendar.dayOf(turn.now));
  if (!found.issuedById || open + waiting === 0) return;
  const key = `deadline:${id}:${found.dueAt.toISOString()}`;
  await turn.deliver({ key, to: { person: found.issuedById }, card: 'deadline', ref: id, push: 'quiet' });
}

/** Two workdays later: each leader of a unit in which too many are open gets one card, with one line for each such unit. */
export async function tellLeaders<C>(kind: Kind<C>, turn: Turn, { id }: { id: string }): Promise<void> {
  const found = await findOverdue(kind, turn, id);
  if (!found) return;
  const notices = await findLeaderNotices(turn.db, id, turn);
  await turn.deliver(
    ...[...notices.keys()].map((person) => ({
      ...{ key: `leader-notice:${id}:${found.dueAt.toISOString()}:${person}`, to: { person } },
      ...{ card: 'leader-notice', ref: id, push: 'quiet' as const },
    })),
  );
}

/** More units than a leader reads on a phone are counted instead. */
const MAX_UNITS = 20;

/** The card for the leader of units in which too many are open: one line a unit, with the causes. */
export function leaderNoticeCard<C>(kind: Kind<C>): Card {
  return card({
    ...{ ref: Id, action: kind.actions.watch, matter: 'anywhere', templates: ['publication/leader-notice'] },
    load: async (db, id, viewer) => {
      const found = await queries.find(kind, db, id);
      if (!found?.dueAt) return undefined;
      const isRunning = found.state === 'published' && found.dueAt <= viewer.now;
      const lines = isRunning ? ((await findLeaderNotices(db, id, viewer)).get(viewer.person ?? '') ?? []) : [];
      if (!viewer.isSent && lines.length === 0) return undefined;
      const issuer = await findPerson(db, found.issuedById ?? '', viewer.now);
      return {
        ...{ template: 'publication/leader-notice', ...commonOf(kind, found, viewer), issuer: issuer?.name ?? '' },
        lines: lines.slice(0, MAX_UNITS).map(({ unit, counts }) => `${unit}：${tallyWords(kind.words, counts)}`),
        more: Math.max(0, lines.length - MAX_UNITS),
      };
    },
  });
}

/** The lines of each leader as they stand now. */
async function findLeaderNotices(
  db: Reader,
  id: string,
  view: Pick<Turn, 'now' | 'calendar' | 'settings'>,
): Promise<Map<string, UnitLine[]>> {
  const counts = await countByUnit(db, id, view.calendar.dayOf(view.now));
  return planLeaderNotices(
    await findLedUnits(db, view.now),
    counts,
    view.settings(PublicationSettings).LEADER_NOTICE_SHARE,
  );
}

/** What is published and whose end has passed: not what was put off in the meantime. */
async function findOverdue<C>(
  kind: Kind<C>,
  turn: Turn,
  id: string,
): Promise<(Published<C> & { dueAt: Date }) | undefined> {
  const found = await queries.hold(kind, turn.db, id);
  if (found?.state !== 'published' || !found.dueAt || found.dueAt > turn.now) return undefined;
  return { ...found, dueAt: found.dueAt };
}
