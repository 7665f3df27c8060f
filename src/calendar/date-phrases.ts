/** The grammar of Chinese date phrases: one rule per way of naming a day. */
import { HOUR_MS } from '../basics/durations.ts';
import type { Calendar, Day } from './calendar.ts';
import { statutoryHolidays } from './chinese-holidays.ts';
import { NUMBER, parseChineseNumber } from './chinese-number.ts';
import { addDays, weekdayOf } from './create-calendar.ts';
import { TIME_WITHOUT_DAY } from './time-phrases.ts';

/** From where a phrase is understood: relative words count from `now`, names that recur (周五, 5号) go forward from `from`. */
export type DateContext = { now: Date; from: Date; calendar: Calendar };

/**
 * What a phrase may mean: days in order, of which the first that still lies ahead is meant, the first of all if none does
 * (so that a past one can be refused by name); none for a date that does not exist; or an exact instant.
 */
export type Meaning = Day[] | Date;

/** One way of naming a day. */
export type DateRule = {
  pattern: RegExp;
  resolve: (groups: Record<string, string | undefined>, context: DateContext) => Meaning;
};

/** A month and day that passed this recently is a slip of the pen and is told so, not taken for next year's. */
const RECENT_DAYS = 90;

/** More workdays than this have to be counted by a person. */
const MAX_WORKDAYS = 99;

const WEEK = '(?:周|星期|礼拜)';
// 12月1-3日 and 12月1、3日 write the sign once.
const SAME_SIGN = String.raw`(?=\s*[-~至到、]\s*\d{1,2}[日号])`;
const DATE_SIGN = String.raw`(?:[日号]|(?=\s*(?:之|以)?前)|${SAME_SIGN})`;
const YEAR = '(?:(?<year>(?<!\\d)\\d{4}|[〇零一二三四五六七八九]{4})年|(?<yearWord>今|明|后|去)年的?)';
// After a decimal: units and nouns that make it a quantity.
const NOT_A_QUANTITY = String.raw`(?!\d|[./-]\d|\s*[%％‰元万亿千百米公里倍级度℃分次条人版小个天月学课项的]|\s*年(?![休假]))`;

/** 年底总结 and 年末考核 are called after the season, and are no dates. */
const NAMED_BY_SEASON =
  '(?:总结|评先|考核|述职|评议|慰问|工作|盘点|评优|测评|冲刺|收官|收尾|攻坚|行动|整治|安保|安全|重点|任务|考评|绩效|聚餐|团建)';

/** The rules. Where two match at the same place the longer match wins. */
export const DATE_RULES: DateRule[] = [
  rule(`${YEAR}(?<month>${NUMBER})月(?:(?<date>${NUMBER})${DATE_SIGN}|(?<part>底|末|[上中下]旬))`, monthAndDate),
  rule(
    String.raw`(?<![\d./-])(?<year>\d{4})(?<sep>[-/.])(?<month>\d{1,2})\k<sep>(?<date>\d{1,2})(?!\d)T?`,
    monthAndDate,
  ),
  rule(`(?<month>${NUMBER}|元)月(?:(?<date>${NUMBER})${DATE_SIGN}|(?<part>底|末|[上中下]旬))`, monthAndDate),
  rule(String.raw`(?<![\w./]|\d[-:])(?<month>\d{1,2})[./](?<date>\d{1,2})${NOT_A_QUANTITY}[日号]?`, monthAndDate),
  // 12-08 is as often a range of numbers: it is a date where a date's company stands behind it.
  rule(
    String.raw`(?<![\w./-]|\d:)(?<month>0[1-9]|1[0-2])-(?<date>0[1-9]|[12]\d|3[01])(?=\s*(?:[日号]|(?:之|以)?前|截?止|起|至|到|~|\d{1,2}:|[上下]午)|\s*$)`,
    monthAndDate,
  ),
  rule(
    String.raw`(?:(?<which>本|这个?|当|上个?|下{1,2}个?)|(?<![个季\d一二三四五六七八九十]))月的?(?:(?<date>${NUMBER})[日号]|(?<part>[底末](?:的?最后[一1]天)?|内|[上中下]旬|的?最后[一1]天))`,
    relativeMonth,
  ),
  rule(
    String.raw`(?<![近去往多几两\d一二三四五六七八九十])(?<which>今|本|明)?年(?:年?[底末](?!${NAMED_BY_SEASON})|内)`,
    ({ which }, { now, calendar }) => {
      const year = yearOf(calendar.dayOf(now)) + (which === '明' ? 1 : 0);
      return which ? [`${year}-12-31`] : [`${year}-12-31`, `${year + 1}-12-31`];
    },
  ),
  rule(
    // 今明两天, 今明后三天: each of them is a day.
    '(?<which>大后|后|明|今|昨)(?:天|日)|(?<short>[今明](?=[早晚晨夜])|[今明](?=[明后]{1,2}[两二三23]天)|(?<=今)明(?=[两二2]天)|(?<=明)后(?=[两二三23]天))',
    ({ which, short }, { now, calendar }) => {
      const shift = { 大后: 3, 后: 2, 明: 1, 今: 0, 昨: -1 }[which ?? short ?? ''] ?? 0;
      return [addDays(calendar.dayOf(now), shift)];
    },
  ),
  rule(
    `(?:(?<which>[本这上]|(?<!一)下{1,3}|下)(?:一?个)?|(?<![每隔\\d]|(?<!${WEEK})[一二两三四五六七八九十]))${WEEK}(?<weekday>[一二三四五六日天末]|[1-7](?!\\d))(?![次期个]|年(?!假))`,
    weekday,
  ),
  rule(
    `(?<which>[本这]|下{1,2})(?:一?个)?${WEEK}(?:(?:之|以)?内|(?=把|务必|抽空|抓紧|完成(?!情况|率)|之?前))`,
    ({ which = '' }, { now, calendar }) => {
      const monday = addDays(mondayOf(calendar.dayOf(now)), 7 * weeksAhead(which));
      return [calendar.workdayBefore(addDays(monday, 7))];
    },
  ),
  rule(
    String.raw`(?<![近去第每\d.])(?<count>半|\d{1,3}|[一二两三四五六七八九十]{1,3})(?<unit>个?工作日|天|日|个?星期|个?礼拜|周|个?月|个?小时|个?钟头|分钟)(?:之|以|过)?(?:后|内)`,
    duration,
  ),
  rule(
    '(?:限期|限时|(?<!宽)限)(?<count>\\d{1,2}|[一二两三四五六七八九十]{1,3})(?<unit>个?工作日|天|日|个?星期|周)',
    duration,
  ),
  rule(
    String.raw`(?<!第)(?<date>${NUMBER})(?:号(?![文令楼线车岗院门馆台机店])|日(?=\s*(?:(?:之|以)?前|截?止|[上下中早晚]|\d))|(?<=\d[日号]?\s*[-~至到、]\s*\d{1,2})日|${SAME_SIGN})`,
    ({ date = '' }, { from, calendar }) => {
      const months = [0, 1, 2].map((ahead) => shiftMonth(calendar.dayOf(from), ahead));
      return months.flatMap(([year, month]) => toDays(year, month, parseChineseNumber(date)));
    },
  ),
  rule(
    '(?<name>元旦|春节|除夕|清明|(?:五一)?劳动(?=节)|五一|端午|中秋|(?:十一)?国庆|(?<![二三四五六七八九])十一)节?(?:长假|假期)?(?=(?:之|以)?前)',
    beforeHoliday,
  ),
  // 元旦请三天假: the holiday's own first day.
  rule(
    '(?<name>元旦|春节|清明|五一|端午|中秋|国庆)节?(?:当天|那天)?(?=起|开始|[请休](?:[假息]|年假|[一二两三四五六七八九十\\d]+天))',
    ({ name = '' }, { from, calendar }) => {
      const year = yearOf(calendar.dayOf(from));
      const called = name === '五一' ? '劳动' : (name as keyof ReturnType<typeof statutoryHolidays>);
      return [year, year + 1].flatMap((candidate) => statutoryHolidays(candidate)[called][0] ?? []);
    },
  ),
  // Closing time moves to the next workday, any other hour to the next day.
  rule('下班(?=(?:之|以)?前)', (_, { from, calendar }) => {
    const day = calendar.dayOf(from);
    return [...(calendar.isWorkday(day) ? [day] : []), calendar.workdayAfter(day)];
  }),
  rule(`(?=${TIME_WITHOUT_DAY})`, (_, { from, calendar }) => {
    const day = calendar.dayOf(from);
    return [day, addDays(day, 1)];
  }),
];

function rule(source: string, resolve: DateRule['resolve']): DateRule {
  return { pattern: new RegExp(source, 'g'), resolve };
}

function monthAndDate(groups: Record<string, string | undefined>, { now, from, calendar }: DateContext): Day[] {
  const month = parseChineseNumber(groups.month ?? '');
  const today = calendar.dayOf(from);
  const inYear = (year: number) =>
    groups.part ? endOfPart(year, month, groups.part) : toDays(year, month, parseChineseNumber(groups.date ?? ''));
  if (groups.year) return inYear(parseChineseNumber(groups.year));
  const shift = { 今: 0, 明: 1, 后: 2, 去: -1 }[groups.yearWord ?? ''];
  if (shift !== undefined) return inYear(yearOf(calendar.dayOf(now)) + shift);
  // Eight years reach the next 29 February across a century that has none.
  const years = [-1, 0, 1, 2, 3, 4, 5, 6, 7, 8].map((ahead) => yearOf(today) + ahead);
  const days = years.flatMap(inYear);
  const recent = days.find((day) => day <= today && day >= addDays(today, -RECENT_DAYS));
  return recent ? [recent] : days.filter((day) => day > today);
}

function relativeMonth({ which, date, part }: Record<string, string | undefined>, context: DateContext): Day[] {
  const today = context.calendar.dayOf(context.now);
  const inMonth = (ahead: number) => {
    const [year, month] = shiftMonth(today, ahead);
    return date ? toDays(year, month, parseChineseNumber(date)) : endOfPart(year, month, part ?? '底');
  };
  if (which === undefined) return date ? [] : [...inMonth(0), ...inMonth(1)];
  return inMonth(which.startsWith('上') ? -1 : which.split('下').length - 1);
}

function weekday(
  { which, weekday = '' }: Record<string, string | undefined>,
  { now, from, calendar }: DateContext,
): Day[] {
  const number = '末天'.includes(weekday) ? 7 : '一二三四五六日'.indexOf(weekday) + 1 || Number(weekday);
  const dayIn = (reference: Date, weeks: number) =>
    addDays(mondayOf(calendar.dayOf(reference)), 7 * weeks + number - 1);
  return which ? [dayIn(now, weeksAhead(which))] : [dayIn(from, 0), dayIn(from, 1)];
}

function duration(
  { count = '', unit = '' }: Record<string, string | undefined>,
  { now, calendar }: DateContext,
): Meaning {
  const amount = count === '半' ? 0.5 : parseChineseNumber(count);
  if (Number.isNaN(amount)) return [];
  const today = calendar.dayOf(now);
  if (/小时|钟头/.test(unit)) return new Date(now.getTime() + amount * HOUR_MS);
  if (unit === '分钟') return new Date(now.getTime() + amount * 60_000);
  if (unit.endsWith('工作日')) {
    if (amount > MAX_WORKDAYS) return [];
    let day = today;
    for (let left = amount; left >= 1; left -= 1) day = calendar.workdayAfter(day);
    return [day];
  }
  if (unit.endsWith('月')) return amount === 0.5 ? [addDays(today, 15)] : [addMonths(today, amount)];
  return amount < 1 ? [] : [addDays(today, /[天日]/.test(unit) ? amount : amount * 7)];
}

/** Before a holiday is the last workday before it: whoever has the day off has had the time to do it. */
function beforeHoliday({ name = '' }: Record<string, string | undefined>, { from, calendar }: DateContext): Day[] {
  const year = yearOf(calendar.dayOf(from));
  return [year, year + 1].map((candidate) => {
    const { 元旦, 春节, 清明, 劳动, 端午, 中秋, 国庆 } = statutoryHolidays(candidate);
    const names = {
      元旦,
      春节,
      除夕: 春节,
      清明,
      五一劳动: 劳动,
      劳动,
      五一: 劳动,
      端午,
      中秋,
      十一国庆: 国庆,
      国庆,
      十一: 国庆,
    };
    return calendar.workdayBefore((names[name as keyof typeof names] ?? 国庆)[0]);
  });
}

/** How many weeks ahead a prefix points: 下 is one, 下下 two, 上 is the week before. */
function weeksAhead(which: string): number {
  return which === '上' ? -1 : which.split('下').length - 1;
}

function mondayOf(day: Day): Day {
  return addDays(day, 1 - weekdayOf(day));
}

function yearOf(day: Day): number {
  return Number(day.slice(0, 4));
}

/** The day in a list, or an empty list when the month has no such date, or the year is one of history (1949年). */
function toDays(year: number, month: number, date: number): Day[] {
  if (!(year >= 2000 && year < 2200)) return [];
  if (!(month >= 1 && month <= 12 && date >= 1 && date <= lastDateOf(year, month))) return [];
  return [new Date(Date.UTC(year, month - 1, date)).toISOString().slice(0, 10)];
}

function endOfPart(year: number, month: number, part: string): Day[] {
  return toDays(year, month, { 上旬: 10, 中旬: 20 }[part] ?? lastDateOf(year, month));
}

function lastDateOf(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function shiftMonth(day: Day, months: number): [year: number, month: number] {
  const index = yearOf(day) * 12 + Number(day.slice(5, 7)) - 1 + months;
  return [Math.floor(index / 12), (index % 12) + 1];
}

function addMonths(day: Day, months: number): Day {
  const [year, month] = shiftMonth(day, months);
  return toDays(year, month, Math.min(Number(day.slice(8)), lastDateOf(year, month)))[0] ?? day;
}
