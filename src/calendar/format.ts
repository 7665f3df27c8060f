/** How people see days and instants: absolute, with the weekday, in 24-hour time. */
import type { Calendar, Day } from './calendar.ts';
import { addDays, weekdayOf } from './create-calendar.ts';

/** From where somebody looks at a date; a turn is one. */
export type Viewpoint = { now: Date; calendar: Calendar };

/** `11月27日（周五）`, or `2027年1月4日（周一）` when that is not the current year. */
export function formatDay(day: Day, { now, calendar }: Viewpoint): string {
  return `${monthAndDate(day, calendar.dayOf(now))}（周${weekdayName(day)}）`;
}

/** `11月27日（周五）18:00`; the year as in `formatDay`. The last midnight of a day is the next day's 00:00. */
export function formatInstant(instant: Date, viewpoint: Viewpoint): string {
  const { calendar } = viewpoint;
  return `${formatDay(calendar.dayOf(instant), viewpoint)}${calendar.timeOf(instant)}`;
}

/** `11月27日（周五，明天）18:00`: like `formatInstant`, with 今天 or 明天 beside the date where that is so. */
export function formatDeadline(instant: Date, viewpoint: Viewpoint): string {
  const { now, calendar } = viewpoint;
  const today = calendar.dayOf(now);
  const day = calendar.dayOf(instant);
  const near = day === today ? '，今天' : day === addDays(today, 1) ? '，明天' : '';
  return `${monthAndDate(day, today)}（周${weekdayName(day)}${near}）${calendar.timeOf(instant)}`;
}

/** How Feishu's picker wants its initial value: `yyyy-MM-dd HH:mm`, in the configured time zone. */
export function formatForPicker(instant: Date, { calendar }: Pick<Viewpoint, 'calendar'>): string {
  return `${calendar.dayOf(instant)} ${calendar.timeOf(instant)}`;
}

function monthAndDate(day: Day, today: Day): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${day.slice(0, 4) === today.slice(0, 4) ? '' : `${year}年`}${month}月${date}日`;
}

function weekdayName(day: Day): string {
  return '一二三四五六日'.charAt(weekdayOf(day) - 1);
}
