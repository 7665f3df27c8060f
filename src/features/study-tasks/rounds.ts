/** Cards to many people: in rounds, one job each, so that an audience of any size is reached with little memory. */
import type { Reply, Turn } from '../../feature.ts';
import { nudgeInRounds } from '../../nudge.ts';
import { takeNudges } from './progress-queries.ts';
import * as queries from './queries.ts';
import type { ReminderMoment } from './rules.ts';

/** So many cards are written in one job; the next one goes on from there. */
export const PEOPLE_PER_ROUND = 500;

/** One round of announcing: the next people get their card, and the progress card says how far it has come. */
export async function announceTask(turn: Turn, { task: id, after }: { task: string; after: string }): Promise<void> {
  const people = await queries.findOpenAfter(turn.db, id, after, PEOPLE_PER_ROUND);
  const last = people.at(-1);
  const isEnd = people.length < PEOPLE_PER_ROUND;
  const task = await queries.noteAnnounced(turn.db, id, last, isEnd, turn.now);
  if (!task) return;
  await turn.refresh({ card: 'progress', ref: id });
  const push = task.isUrgent ? 'urgent' : 'quiet';
  await turn.deliver(
    ...people.map(
      (person) =>
        ({ key: `task:${id}:${person}`, to: { person }, card: 'task', ref: id, push, gathers: true }) as const,
    ),
  );
  if (!isEnd) await turn.later('announce', { task: id, after: last }, { key: `announce:${id}` });
}

/** The timers say it is time: whoever is still open gets the card again, as long as the deadline is ahead. */
export async function remindOpen(
  turn: Turn,
  { task: id, moment, after }: { task: string; moment: ReminderMoment; after: string },
): Promise<void> {
  const task = await queries.findTask(turn.db, id);
  const people = await queries.findOpenAfter(turn.db, id, after, PEOPLE_PER_ROUND);
  const last = people.at(-1);
  if (!task?.dueAt || task.dueAt <= turn.now || last === undefined) return;
  // A reminder belongs to its deadline: after an extension the same people are reminded of the later one.
  await remind(turn, id, `${moment}:${turn.calendar.dayOf(task.dueAt)}`, people, task.dueAt);
  await turn.later('remind', { task: id, moment, after: last });
}

/** 催办: whoever is open gets the card again, at most once a day each; `among` these people where it says so. The answer says how many. */
export async function nudge(turn: Turn, task: string, among?: string[]): Promise<Reply> {
  const day = turn.calendar.dayOf(turn.now);
  const people = await takeNudges(turn.db, task, day, among);
  const nobody = '没有需要催办的人：都已完成、休假、联系不上，或今天已经提醒过。';
  return nudgeInRounds(turn, { job: 'nudge', payload: { task, day }, people, nobody });
}

/** One round of 催办, for those whose nudge was taken by the press and nobody else's of that day. Whoever is done meanwhile gets no card. */
export function nudgeRound(turn: Turn, { task, day, people }: { task: string; day: string; people: string[] }) {
  return remind(turn, task, `nudge:${day}`, people, undefined);
}

/** Cards that are about to become too old to be pressed: whoever is open gets a new one, as long as the deadline is ahead. */
export async function renewTaskCards(turn: Turn, retired: { ref: string; person: string }[]): Promise<void> {
  const running = await queries.findRunning(turn.db, retired, turn.now);
  await turn.deliver(
    ...running.map(({ task, person }) => ({
      ...{ key: `task:${task}:${person}:renewed:${turn.calendar.dayOf(turn.now)}`, to: { person } },
      ...{ card: 'task', ref: task, push: 'quiet' as const, gathers: true },
    })),
  );
}

/** The same for progress cards of tasks that still run. */
export async function renewProgressCards(turn: Turn, retired: { ref: string; person: string }[]): Promise<void> {
  for (const { ref, person } of retired) {
    const task = await queries.findTask(turn.db, ref);
    if (task?.state !== 'published' || !task.dueAt || task.dueAt <= turn.now) continue;
    const key = `progress:${ref}:${person}:renewed:${turn.calendar.dayOf(turn.now)}`;
    await turn.deliver({ key, to: { person }, card: 'progress', ref, push: 'quiet' });
  }
}

async function remind(
  turn: Turn,
  id: string,
  reason: string,
  people: string[],
  notAfter: Date | undefined,
): Promise<void> {
  await turn.deliver(
    ...people.map((person) => ({
      key: `task:${id}:${person}:${reason}`,
      to: { person },
      card: 'task',
      ref: id,
      push: 'quiet' as const,
      gathers: true,
      ...(notAfter && { notAfter }),
    })),
  );
}
