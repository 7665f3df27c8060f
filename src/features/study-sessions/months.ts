/** Months as `2026-11`: the next one, their first and last day, their name. Pure. */
import type { Day } from '../../calendar/calendar.ts';

/** A month as `2026-11`. */
export type Month = string;

/** The month of a day. */
export function monthOf(day: Day): Month {
  return day.slice(0, 7);
}

/** The month so many months later, or earlier when negative. */
export function shiftMonth(month: Month, months: number): Month {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const index = year * 12 + number - 1 + months;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** The first day of a month. */
export function firstOfMonth(month: Month): Day {
  return `${month}-01`;
}

/** The last day of a month. */
export function lastOfMonth(month: Month): Day {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}

/** The day of a month with this number; its last day where it has none. */
export function dayInMonth(month: Month, number: number): Day {
  const day = `${month}-${String(number).padStart(2, '0')}`;
  return day < lastOfMonth(month) ? day : lastOfMonth(month);
}

/** `2026年11月`. */
export function nameMonth(month: Month): string {
  return `${Number(month.slice(0, 4))}年${Number(month.slice(5))}月`;
}
