/** Reads the State Council's yearly notice of holidays (国务院办公厅关于部分节假日安排的通知), as people paste it. Pure. */
import { DAY_MS } from '../basics/durations.ts';
import type { Day } from './calendar.ts';
import { addDays, type CalendarOverride, weekdayOf } from './create-calendar.ts';

/** The days of a year's notice in order, and for people what in it does not fit; with anything in `wrong` nothing is to be acted on. */
export type HolidayNotice = { year: number; days: CalendarOverride[]; wrong: string[] };

/** More days off in one go than any notice ever gave are a slip. */
const MOST_DAYS = 15;
const NAMES = ['元旦', '春节', '清明节', '劳动节', '端午节', '中秋节', '国庆节'];
const NAME = /元旦|春节|除夕|清明|劳动节|五一|端午|中秋|国庆/gu;
const DATE = String.raw`(?:(?<year>20\d{2})年)?(?:(?<month>\d{1,2})月)?(?<date>\d{1,2})日(?:\s*[(（](?<note>[^)）]*)[)）])?`;
const SPAN = new RegExp(
  String.raw`${DATE}(?:\s*(?:至|到|-|—|~|～)+\s*(?<to>${DATE.replaceAll('?<', '?<to_')}))?`,
  'gu',
);

/** Undefined where the text names no year or gives no day off. */
export function readHolidayNotice(text: string): HolidayNotice | undefined {
  const plain = text.normalize('NFKC').replace(/[ \t]+/g, '');
  // A date of publication may stand above the title.
  const year = Number((/(20\d{2})年(?:的)?(?:部分|元旦|放假|节假日)/.exec(plain) ?? /(20\d{2})年/.exec(plain))?.[1]);
  if (!year) return undefined;
  const wrong: string[] = [];
  const days = new Map<Day, CalendarOverride>();
  let name = '';
  // A line breaks anywhere in what was copied; a new one begins with its number.
  const lines = plain.replace(/\n(?![一二三四五六七八九十]+、)/gu, (_, at: number) =>
    /[。;:]$/.test(plain.slice(0, at)) ? '\n' : '',
  );
  for (const sentence of lines.split(/[。;\n]/u)) {
    const called = [...sentence.matchAll(NAME)].map(([word]) => word);
    // 中秋节、国庆节：…: both, as the notice of a year writes it in which they meet.
    if (/放假|上班/.test(sentence) && called.length > 0) name = [...new Set(called)].join('、');
    for (const part of sentence.split(/(?<=放假(?:调休)?|上班)[,，]/u)) {
      const isWorkday = /上班/.test(part);
      if (!isWorkday && !/放假/.test(part)) continue;
      const spans = readSpans(part, year, wrong);
      for (const day of spans.flat()) add(days, { day, isWorkday, name }, wrong);
      const said = Number(/共(\d{1,2})天/.exec(sentence)?.[1]);
      const count = spans.flat().length;
      if (!isWorkday && said && said !== count) wrong.push(`${name}写的是共${said}天，日期是${count}天`);
    }
  }
  const all = [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
  if (!all.some(({ isWorkday }) => !isWorkday)) return undefined;
  for (const called of NAMES)
    if (!all.some((one) => one.name.includes(called.slice(0, 2)))) wrong.push(`没有找到${called}的安排`);
  return { year, days: all, wrong };
}

/** Each stretch of days in a part of a sentence; the month and the year go on from the date before. */
function readSpans(part: string, year: number, wrong: string[]): Day[][] {
  let month = '';
  return [...part.matchAll(SPAN)].flatMap(({ groups = {} }) => {
    month = groups.month ?? month;
    if (month === '') return [];
    const first = dayOf(groups.year ?? String(year), month, groups.date ?? '');
    const toMonth = groups.to_month ?? month;
    const toYear = groups.to_year ?? String(Number(groups.year ?? year) + (Number(toMonth) < Number(month) ? 1 : 0));
    const last = groups.to ? dayOf(toYear, toMonth, groups.to_date ?? '') : first;
    if (groups.to) month = toMonth;
    checkWeekday(first, groups.note, wrong);
    checkWeekday(last, groups.to ? groups.to_note : undefined, wrong);
    const length = (Date.parse(last) - Date.parse(first)) / DAY_MS + 1;
    if (!(length >= 1 && length <= MOST_DAYS) || addDays(first, 0) !== first || addDays(last, 0) !== last) {
      wrong.push(`“${part}”里的日期读不通`);
      return [];
    }
    return [Array.from({ length }, (_, at) => addDays(first, at))];
  });
}

function dayOf(year: string, month: string, date: string): Day {
  return `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
}

/** 1月4日(周日), also 星期日 and 农历正月初七、周一. */
function checkWeekday(day: Day, note: string | undefined, wrong: string[]): void {
  const said = /(?:周|星期)([一二三四五六日天])/u.exec(note ?? '')?.[1]?.replace('天', '日');
  if (said && !Number.isNaN(Date.parse(day)) && '一二三四五六日'.charAt(weekdayOf(day) - 1) !== said)
    wrong.push(`${Number(day.slice(5, 7))}月${Number(day.slice(8))}日不是周${said}`);
}

function add(days: Map<Day, CalendarOverride>, one: CalendarOverride, wrong: string[]): void {
  const known = days.get(one.day);
  if (known && known.isWorkday !== one.isWorkday) wrong.push(`${one.day}又放假又上班`);
  days.set(one.day, one);
}
