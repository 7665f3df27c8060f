/** Days off and days worked in words: as stretches, and one by one. Pure. */
import type { Day } from '../../calendar/calendar.ts';
import { addDays, type CalendarOverride, createCalendar, weekdayOf } from '../../calendar/create-calendar.ts';
import { formatDay, type Viewpoint } from '../../calendar/format.ts';

type Stretch = { firstDay: Day; lastDay: Day; days: number };

/** 元旦：1月1日（周五）至1月3日（周日）放假3天，1月4日（周一）上班; one line for each holiday, in the order of the year. */
export function describeNotice(days: CalendarOverride[], view: Viewpoint): string[] {
  const names = [...new Set(days.map(({ name }) => name))];
  return names.map((name) => {
    const own = days.filter((one) => one.name === name);
    const off = stretchesOf(own.filter(({ isWorkday }) => !isWorkday).map(({ day }) => day));
    const worked = own.filter(({ isWorkday }) => isWorkday).map(({ day }) => formatDay(day, view));
    const parts = [
      ...off.map((one) => `${sayStretch(one, view)}放假${one.days}天`),
      ...(worked.length > 0 ? [`${worked.join('、')}上班`] : []),
    ];
    return `${name}：${parts.join('，')}`;
  });
}

/** Each day that would be another than now, were these the imported days: `2月14日（周日） 休息 → 上班（春节）`. */
export function describeChanges(year: number, imported: CalendarOverride[], view: Viewpoint): string[] {
  const { calendar } = view;
  const then = createCalendar({ timeZone: calendar.timeZone, overrides: imported });
  const names = new Map(imported.map(({ day, name }) => [day, name]));
  // A New Year can begin in the December before.
  return [...daysOf(year - 1).slice(-31), ...daysOf(year)]
    .filter((day) => calendar.isWorkday(day) !== then.isWorkday(day))
    .map((day) => {
      const change = then.isWorkday(day) ? '休息 → 上班' : '上班 → 放假';
      return `${formatDay(day, view)} ${change}（${names.get(day) ?? '不再调休'}）`;
    });
}

/** The year as the calendar has it: stretches off that are no plain weekend, and the weekends that are worked. */
export function describeYear(year: number, view: Viewpoint): { off: string[]; worked: string[] } {
  const days = daysOf(year);
  const { calendar } = view;
  const off = stretchesOf(days.filter((day) => !calendar.isWorkday(day)));
  const isHoliday = ({ firstDay, days: length }: Stretch) =>
    Array.from({ length }, (_, at) => addDays(firstDay, at)).some((day) => weekdayOf(day) <= 5);
  return {
    off: off.filter(isHoliday).map((one) => `${sayStretch(one, view)}，共${one.days}天`),
    worked: days.filter((day) => weekdayOf(day) > 5 && calendar.isWorkday(day)).map((day) => formatDay(day, view)),
  };
}

function daysOf(year: number): Day[] {
  const days: Day[] = [];
  for (let day = `${year}-01-01`; day.startsWith(`${year}-`); day = addDays(day, 1)) days.push(day);
  return days;
}

function stretchesOf(days: Day[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const day of days) {
    const last = stretches.at(-1);
    if (last && addDays(last.lastDay, 1) === day) {
      last.lastDay = day;
      last.days += 1;
    } else stretches.push({ firstDay: day, lastDay: day, days: 1 });
  }
  return stretches;
}

function sayStretch({ firstDay, lastDay }: Stretch, view: Viewpoint): string {
  return firstDay === lastDay ? formatDay(firstDay, view) : `${formatDay(firstDay, view)}至${formatDay(lastDay, view)}`;
}
