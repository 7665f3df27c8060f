/** What follows on a deadline: the issuer gets the list of who is open, and two workdays later the leaders hear of their units. */
import type { Turn } from '../../feature.ts';
import { findLedUnits } from '../../people/find-leaders.ts';
import type { Reader } from '../../storage/database.ts';
import { planLeaderNotices, type UnitLine } from './leader-notice.ts';
import { countByUnit, countStandings } from './progress-queries.ts';
import * as queries from './queries.ts';

/**
 * The deadline has come: cards say so, silently, and the issuer gets one list if anybody is open. Nobody else hears of it by itself:
 * what is overdue stays on 今天.
 */
export async function passDeadline(turn: Turn, { task: id }: { task: string }): Promise<void> {
  const task = await findOverdue(turn, id);
  if (!task) return;
  await turn.refresh({ card: 'task', ref: id }, { card: 'progress', ref: id });
  if ((await countStandings(turn.db, id, turn.calendar.dayOf(turn.now))).open === 0) return;
  const key = `deadline:${id}:${task.dueAt.toISOString()}`;
  await turn.deliver({ key, to: { person: task.issuedById }, card: 'deadline', ref: id, push: 'quiet' });
}

/** Two workdays later: each leader of a unit in which too many are open gets one card, with one line for each such unit. */
export async function tellLeaders(turn: Turn, { task: id }: { task: string }): Promise<void> {
  const task = await findOverdue(turn, id);
  if (!task) return;
  const notices = await findLeaderNotices(turn.db, id, turn);
  await turn.deliver(
    ...[...notices.keys()].map((person) => ({
      ...{ key: `leader-notice:${id}:${task.dueAt.toISOString()}:${person}`, to: { person } },
      ...{ card: 'leader-notice', ref: id, push: 'quiet' as const },
    })),
  );
}

/** The lines of each leader as they stand now. */
export async function findLeaderNotices(
  db: Reader,
  task: string,
  view: Pick<Turn, 'now' | 'calendar' | 'settings'>,
): Promise<Map<string, UnitLine[]>> {
  const counts = await countByUnit(db, task, view.calendar.dayOf(view.now));
  return planLeaderNotices(await findLedUnits(db, view.now), counts, view.settings.leaderNoticeShare);
}

/** The published task whose deadline has passed: not one that was put off in the meantime. */
async function findOverdue(turn: Turn, id: string): Promise<{ issuedById: string; dueAt: Date } | undefined> {
  const task = await queries.findTask(turn.db, id);
  if (task?.state !== 'published' || !task.dueAt || task.dueAt > turn.now) return undefined;
  return { issuedById: task.issuedById, dueAt: task.dueAt };
}
