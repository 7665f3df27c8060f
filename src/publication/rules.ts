/** Pure decisions about the life of a publication: when people are reminded, what can be undone, how parts are counted. */
import { HOUR_MS } from '../basics/durations.ts';
import type { Calendar, Day } from '../calendar/calendar.ts';
import type { PushPolicy } from '../feature.ts';
import type { Snooze, UndoableAct } from './schema.ts';

/** The two moments at which whoever is open is reminded: on the workday before the end, and on its morning. */
export type ReminderMoment = 'workday-before' | 'morning';

/** Not within this time after it was announced: it would only repeat the announcement. */
const REMINDER_DISTANCE_MS = 3 * HOUR_MS;
/** The times of day of these moments, of those that are wanted. */
export type Reminders = Partial<Record<ReminderMoment, string>>;
export const USUAL_REMINDERS: Reminders = { 'workday-before': '09:40', morning: '08:20' };
/** When a workday ends, and when a reminder for the next morning comes. */
const WORK_ENDS_AT = '18:00';
const SNOOZE_MORNING_AT = '08:30';

/**
 * When whoever is still open is reminded. A moment that lies too close to the announcement, or not before the end, is left out.
 */
export function planReminders(
  announcedAt: Date,
  dueAt: Date,
  calendar: Calendar,
  times: Reminders = USUAL_REMINDERS,
): { moment: ReminderMoment; at: Date }[] {
  const dueDay = calendar.dayOf(dueAt);
  const days: Record<ReminderMoment, string> = { 'workday-before': calendar.workdayBefore(dueDay), morning: dueDay };
  return (Object.entries(times) as [ReminderMoment, string][])
    .map(([moment, time]) => ({ moment, at: calendar.at(days[moment], time) }))
    .filter(({ at }) => at < dueAt && at.getTime() - announcedAt.getTime() >= REMINDER_DISTANCE_MS);
}

/**
 * When a person who wants to be reminded later sees the card again: an hour from now, today when work ends, or on the next workday's
 * morning; out of quiet hours in each case. A refusal says in words what to choose instead.
 */
export function planSnooze(
  until: Snooze,
  now: Date,
  calendar: Calendar,
  policy: PushPolicy,
): { at: Date } | { refusal: string } {
  const today = calendar.dayOf(now);
  const end = calendar.at(today, WORK_ENDS_AT);
  if (until === 'after-work' && !calendar.isWorkday(today))
    return { refusal: '今天不是工作日，请选“一小时后”或“明早”。' };
  if (until === 'after-work' && end <= now) return { refusal: `今天${WORK_ENDS_AT}已过，请选“一小时后”或“明早”。` };
  const moments: Record<Snooze, Date> = {
    'one-hour': new Date(now.getTime() + HOUR_MS),
    'after-work': end,
    tomorrow: calendar.at(calendar.workdayAfter(today), SNOOZE_MORNING_AT),
  };
  return { at: policy.nextQuietPush(moments[until]) };
}

/** How long publishing, an extension and a withdrawal can be undone. */
export const UNDO_MS = 10 * 60_000;

/** What can be undone now: what was done last, unless it is too long ago. */
export function findUndo(
  done: { state: string; lastAct: string | null; lastActAt: Date | null },
  now: Date,
): UndoableAct | undefined {
  if (!done.lastAct || !done.lastActAt || now.getTime() - done.lastActAt.getTime() >= UNDO_MS) return undefined;
  const act = done.lastAct as UndoableAct;
  return done.state === (act === 'withdraw' ? 'withdrawn' : 'published') ? act : undefined;
}

/** The leaders of the units hear of it so many workdays after the deadline, at the same time of day. */
const LEADER_NOTICE_WORKDAYS = 2;

/** When the leaders of the units hear of those who are still open, if they are too many. */
export function planLeaderNotice(dueAt: Date, calendar: Calendar): Date {
  let day = calendar.dayOf(dueAt);
  for (let left = LEADER_NOTICE_WORKDAYS; left > 0; left -= 1) day = calendar.workdayAfter(day);
  return calendar.at(day, calendar.timeOf(dueAt));
}

/**
 * How a person's part counts on a day; which one it is, the SQL function `standings` says.
 *
 * Who leaves the audience with nothing done has no part any more (`regroup.ts`); who was done before keeps it, counted where it was given.
 * Who leaves the detachment counts as not to be reached. Who is on leave is neither
 * reminded nor counted as open, and is both again when the leave is over. Whom no card has reached yet is `waiting`, and never open.
 */
export type Standing = 'done' | 'on-leave' | 'unreachable' | 'waiting' | 'open';

/** The day for which parts are counted: of what is over the day it ended, so that leave taken later changes nothing in what was told. */
export function countedOn(
  { endedAt }: { endedAt: Date | null },
  { now, calendar }: { now: Date; calendar: Calendar },
): Day {
  return calendar.dayOf(endedAt ?? now);
}

/** How many stand where; the sum is the head-count. */
export type Tally = Record<Standing, number>;

/** The head-count of a tally. */
export function countAll(counts: Tally): number {
  return counts.done + counts.open + counts['on-leave'] + counts.unreachable + counts.waiting;
}
