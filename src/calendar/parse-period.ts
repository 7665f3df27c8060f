/** Reads a stretch of days from what people type: 本月, 11月, 2026年第三季度, 上半年, 9月1日至9月15日. Pure. */
import type { Day } from './calendar.ts';
import { NUMBER, parseChineseNumber } from './chinese-number.ts';
import { addDays, weekdayOf } from './create-calendar.ts';
import type { Viewpoint } from './format.ts';

/** From the first to the last day, both included. */
export type DayRange = { firstDay: Day; lastDay: Day };

/** A stretch of days with the text it was read from. */
export type ParsedPeriod = DayRange & { said: string };

const YEAR = '(?:(?<year>\\d{4}|[〇零一二三四五六七八九]{4})年|(?<yearWord>今|本|去|明)年)';
/** Said without a year, a month that lies further ahead than this is last year's: 12月 in January. */
const MONTHS_AHEAD = 6;

type Groups = Record<string, string | undefined>;
type Rule = { pattern: RegExp; resolve: (groups: Groups, today: Day) => DayRange | undefined };

/** The first rule that fits counts, so the longer phrases come first. */
const RULES: Rule[] = [
  rule(`${YEAR}?第?(?<quarter>[一二三四1-4])季度`, (groups, today) => {
    return months(yearOf(groups, today), (parseChineseNumber(groups.quarter ?? '') - 1) * 3 + 1, 3);
  }),
  rule('(?<which>本|这个?|上个?|下个?)季度', ({ which }, today) => {
    const [year, month] = shiftMonths(today, 3 * shiftOf(which));
    return months(year, month - ((month - 1) % 3), 3);
  }),
  rule(`${YEAR}?(?<half>[上下])半年`, (groups, today) =>
    months(yearOf(groups, today), groups.half === '上' ? 1 : 7, 6),
  ),
  rule(`${YEAR}(?<month>${NUMBER})月份?`, (groups, today) => {
    return months(yearOf(groups, today), parseChineseNumber(groups.month ?? ''), 1);
  }),
  rule('(?<which>本|这个?|当|上个?|下个?)月', ({ which }, today) => months(...shiftMonths(today, shiftOf(which)), 1)),
  rule(`(?<month>${NUMBER})月份?`, (groups, today) => {
    const month = parseChineseNumber(groups.month ?? '');
    const isLastYears = month - Number(today.slice(5, 7)) > MONTHS_AHEAD;
    return months(Number(today.slice(0, 4)) - (isLastYears ? 1 : 0), month, 1);
  }),
  rule('(?<which>本|这|上|下)个?(?:周|星期)', ({ which }, today) => {
    const firstDay = addDays(today, 1 - weekdayOf(today) + 7 * shiftOf(which));
    return { firstDay, lastDay: addDays(firstDay, 6) };
  }),
  rule(YEAR, (groups, today) => months(yearOf(groups, today), 1, 12)),
  rule('今天', (_, today) => ({ firstDay: today, lastDay: today })),
];

/**
 * The period that stands in `text`; undefined if none does, or one that does not exist (13月). Two of them, or two days,
 * with 至, 到, ~ or — between are one from the first day of the one to the last of the other.
 */
export function parsePeriod(text: string, { now, calendar }: Viewpoint): ParsedPeriod | undefined {
  const today = calendar.dayOf(now);
  const [before = '', after, ...rest] = text.split(/[至到~～—]+/u);
  if (after === undefined) return parseDay(text, today) ?? parsePhrase(text, today);
  const from = parseDay(before, today) ?? parsePhrase(before, today);
  const until = parseDay(after, today) ?? parsePhrase(after, today);
  if (!from || !until || rest.length > 0 || until.lastDay < from.firstDay) return undefined;
  const end = text.lastIndexOf(until.said) + until.said.length;
  return { firstDay: from.firstDay, lastDay: until.lastDay, said: text.slice(text.indexOf(from.said), end) };
}

function parsePhrase(text: string, today: Day): ParsedPeriod | undefined {
  for (const { pattern, resolve } of RULES) {
    const match = pattern.exec(text);
    const range = match && resolve(match.groups ?? {}, today);
    if (range) return { ...range, said: match[0] };
  }
  return undefined;
}

/** A day that is written out, in this year unless another is said. */
function parseDay(text: string, today: Day): ParsedPeriod | undefined {
  const [said, year, month = '', date = ''] = /(?:(\d{4})[年/.-])?(\d{1,2})[月/.-](\d{1,2})[日号]?/.exec(text) ?? [];
  const inMonth = months(Number(year ?? today.slice(0, 4)), Number(month), 1);
  const day = `${inMonth?.firstDay.slice(0, 8)}${date.padStart(2, '0')}`;
  if (said === undefined || !inMonth || day < inMonth.firstDay || day > inMonth.lastDay) return undefined;
  return { firstDay: day, lastDay: day, said };
}

function rule(source: string, resolve: Rule['resolve']): Rule {
  return { pattern: new RegExp(`${source}(?!\\d)`), resolve };
}

function yearOf({ year, yearWord = '本' }: Groups, today: Day): number {
  if (year) return parseChineseNumber(year);
  return Number(today.slice(0, 4)) + ({ 去: -1, 明: 1 }[yearWord] ?? 0);
}

function shiftOf(which = '本'): number {
  return which.startsWith('上') ? -1 : which.startsWith('下') ? 1 : 0;
}

/** So many whole months from one on; undefined where there is no such month, or year in this century or the next. */
function months(year: number, month: number, count: number): DayRange | undefined {
  if (!(year >= 2000 && year < 2200 && month >= 1 && month <= 12)) return undefined;
  const day = (index: number, date: number) =>
    new Date(Date.UTC(year, month - 1 + index, date)).toISOString().slice(0, 10);
  return { firstDay: day(0, 1), lastDay: day(count, 0) };
}

function shiftMonths(day: Day, by: number): [year: number, month: number] {
  const index = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + by;
  return [Math.floor(index / 12), (index % 12) + 1];
}
