/** Weeks and the moments at which they are summed up. Pure. */
import { DAY_MS } from '../../../basics/durations.ts';
import type { Calendar, Day } from '../../../calendar/calendar.ts';
import { addDays, weekdayOf } from '../../../calendar/create-calendar.ts';
import type { DigestPeriod } from '../../../digest-section.ts';

/** An ISO 8601 week as `2026-W47`: it belongs to the year of its Thursday, and the first has January 4th in it. */
export type Week = string;

/** No holiday is so long that a workday lies further away. */
const MAX_WEEKS = 10;

/** The week of a day. */
export function weekOf(day: Day): Week {
  const thursday = addDays(day, 4 - weekdayOf(day));
  const year = thursday.slice(0, 4);
  const dayOfYear = (Date.parse(`${thursday}T00:00Z`) - Date.parse(`${year}-01-01T00:00Z`)) / DAY_MS;
  return `${year}-W${String(Math.floor(dayOfYear / 7) + 1).padStart(2, '0')}`;
}

/**
 * When the week of `day` is summed up: on its last workday at `time`. Undefined for a week without a workday: there is no digest
 * then, and the next one covers both weeks.
 */
export function cutOf(day: Day, time: string, calendar: Calendar): Date | undefined {
  const sunday = addDays(day, 7 - weekdayOf(day));
  const last = calendar.isWorkday(sunday) ? sunday : calendar.workdayBefore(sunday);
  return weekOf(last) === weekOf(day) ? calendar.at(last, time) : undefined;
}

/** The newest cut that is not after `now`. */
export function newestCut(now: Date, time: string, calendar: Calendar): Date {
  let day = calendar.dayOf(now);
  for (let weeks = 0; weeks < MAX_WEEKS; weeks += 1) {
    const cut = cutOf(day, time, calendar);
    if (cut && cut <= now) return cut;
    day = addDays(day, -7);
  }
  throw new Error('the calendar knows no workday in ten weeks');
}

/** The last cut before this one. */
export function cutBefore(cut: Date, time: string, calendar: Calendar): Date {
  return newestCut(new Date(cut.getTime() - 1), time, calendar);
}

/**
 * From one instant to another, with the days that belong to it: a cut's own day is the last of its period and not the first of the
 * next, so that what is counted by day is counted once; midnight ends the day before.
 */
export function periodBetween(from: Date, until: Date, calendar: Calendar): DigestPeriod {
  const isMidnight = (instant: Date) => calendar.timeOf(instant) === '00:00';
  const firstDay = isMidnight(from) ? calendar.dayOf(from) : addDays(calendar.dayOf(from), 1);
  const lastDay = isMidnight(until) ? addDays(calendar.dayOf(until), -1) : calendar.dayOf(until);
  return { from, until, firstDay, lastDay };
}

/** The first instants of a month, `2026-11`, of the one before and of the one after it. */
export function monthBounds(month: string, calendar: Calendar): { before: Date; begin: Date; end: Date } {
  const shift = (months: number) => {
    const [year = 0, number = 1] = month.split('-').map(Number);
    return calendar.at(new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 10), '00:00');
  };
  return { before: shift(-1), begin: shift(0), end: shift(1) };
}

/** 第47周, or 11月 of a month; with the year when that is not the one of `today`. */
export function namePeriod(name: string, today: Day): string {
  const [year = '', rest = ''] = name.split('-');
  const words = rest.startsWith('W') ? `第${Number(rest.slice(1))}周` : `${Number(rest)}月`;
  return year === today.slice(0, 4) ? words : `${year}年${words}`;
}
