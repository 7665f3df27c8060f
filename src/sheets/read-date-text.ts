/** Complete dates and times as people type them into a sheet: 2026-11-27, 2026年11月27日（周五）, 二〇二六年十一月二十七日, 上午8点半. */
import type { Day } from '../calendar/calendar.ts';
import { parseChineseNumber } from '../calendar/chinese-number.ts';
import { readTime, TIME } from '../calendar/time-phrases.ts';

const SMALL = '\\d{1,2}|[〇零一二三四五六七八九十廿]{1,3}';
const DATE = new RegExp(
  String.raw`^(?<year>\d{4}|[〇零一二三四五六七八九]{4})\s*[-/.年]\s*(?<month>${SMALL})\s*[-/.月]\s*(?<date>${SMALL})\s*[日号]?` +
    String.raw`\s*(?:\(?(?:周|星期|礼拜)[一二三四五六日天]\)?)?(?:(?<=\d)T|\s*)(?<rest>.*)$`,
  's',
);
const COMPACT = /^(?<year>\d{4})(?<month>\d{2})(?<date>\d{2})(?<rest>)$/;
const WHOLE_TIME = new RegExp(`^${TIME}$`);

/** The text with half-width digits and signs, and no white space around it. */
export function plainText(text: string): string {
  return text.normalize('NFKC').replaceAll('○', '〇').trim();
}

/** The day that a plain text names, and what stands after it; undefined for an incomplete date or one that does not exist. */
export function readDayText(text: string): { day: Day; rest: string } | undefined {
  const groups = (COMPACT.exec(text) ?? DATE.exec(text))?.groups;
  if (!groups) return undefined;
  const [year = 0, month = 0, date = 0] = [groups.year, groups.month, groups.date].map((part) =>
    parseChineseNumber(part ?? ''),
  );
  const instant = new Date(Date.UTC(year, month - 1, date));
  const exists = year >= 1000 && instant.getUTCMonth() === month - 1 && instant.getUTCDate() === date;
  return exists ? { day: instant.toISOString().slice(0, 10), rest: groups.rest ?? '' } : undefined;
}

/** The time of day, `08:30`, that a plain text names; the seconds are cut off. `24:00` is the end of the day. */
export function readTimeText(text: string): string | undefined {
  // 下班 and 上午 alone mean something in a chat, but not in a table.
  if (!/[:点时]/.test(text) || !WHOLE_TIME.test(text)) return undefined;
  const found = readTime(text);
  return found?.dayShift === 1 && found.time === '00:00' ? '24:00' : found?.time;
}
