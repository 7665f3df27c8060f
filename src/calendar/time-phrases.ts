/** Chinese times of day: 18:00, 下午三点半, 中午12点, 今晚, 下班. */
import { NUMBER, parseChineseNumber } from './chinese-number.ts';

/** A time of day, `09:00`; `dayShift` is 1 for what belongs to the night after the day that was named (晚上12点). */
export type TimeOfDay = { time: string; dayShift: 0 | 1 };

/** The end of a day's work: what a date without a time means. */
export const END_OF_WORK: TimeOfDay = { time: '18:00', dayShift: 0 };

const PERIOD = '凌晨|清晨|清早|早上|早晨|上午|中午|正午|下午|午后|傍晚|晚上|晚间|夜里|夜间|早|晚|夜';
// A lone Chinese digit after 点 is a minute only before 分: 9点三中队集合 is at nine.
const MINUTE = String.raw`半|一刻|三刻|[0-5]\d(?![\d人个名])分?|\d分|[零〇一二三四五六七八九十]{2,3}分?|[一二三四五六七八九十]分`;
const CLOCK = String.raw`(?:(?<!\d)\d{1,2}:\d{2}(?!\d)(?::[0-5]\d)?|${NUMBER}[点时](?:钟|整|${MINUTE})?)`;
const ALONE = '早上|早晨|清晨|上午|中午|正午|下午|傍晚|晚上|早(?![会班餐操点已])|晚(?![会班餐点于])|下班';
const BEFORE = '(?=(?:之|以)?前)';

/** The source of an expression for any time phrase; `readTime` reads what it matched. */
export const TIME = String.raw`(?:(?:(?:${PERIOD})\s*)?${CLOCK}|${ALONE})`;

/** The source for a time that says by itself that it is one, as in 3点到5点 and 5点结束: 3点 without a day may be three points (落实3点要求). */
export const TIME_WITHOUT_DAY = String.raw`(?<![\d.:/])(?:(?:${PERIOD})\s*${CLOCK}|\d{1,2}:[0-5]\d(?![\d:])|(?:${CLOCK}|${ALONE})${BEFORE}|${CLOCK}(?=\s*(?:结束|收卷|交卷|截止|开始|开考))|${CLOCK}(?=\s*(?:[至到]|[-~]{1,2})\s*${CLOCK}))`;

/** What a part of the day means as a deadline: its end, except that a morning's early part means the start of work. */
const MEANING_ALONE: Record<string, string> = {
  上: '12:00',
  中: '12:00',
  正: '12:00',
  晚: '21:00',
  早: '09:00',
  清: '09:00',
};

const WHOLE = new RegExp(
  String.raw`^(?<period>${PERIOD})?\s*(?<hour>\d{1,2}|[〇零一二两三四五六七八九十廿]{1,3})(?<mark>[:点时])(?<minute>.*)$`,
  's',
);

/** The time of day that a match of `TIME` means; undefined for an hour there is none of (25点). */
export function readTime(phrase: string): TimeOfDay | undefined {
  const { period = '', hour, mark, minute = '' } = WHOLE.exec(phrase)?.groups ?? {};
  if (hour === undefined) return { time: MEANING_ALONE[phrase.charAt(0)] ?? END_OF_WORK.time, dayShift: 0 };
  const hours = to24Hours(parseChineseNumber(hour), period, mark === ':');
  const minutes = parseMinute(minute);
  if (Number.isNaN(hours) || !(minutes < 60)) return undefined;
  const two = (value: number) => String(value).padStart(2, '0');
  return { time: `${two(hours % 24)}:${two(minutes)}`, dayShift: hours >= 24 ? 1 : 0 };
}

/** The half of a day that is said of it: 下周四晚上. */
export const HALF_OF_DAY = /早上|早晨|上午|晚上|晚间|傍晚|下午|中午|(?<=[\p{Script=Han}])晚/u;

/** What was said before of the day on which a time lies: the half of it, and an hour. */
export type TimeBefore = { half: string; hour?: string };

/**
 * An hour without a half of the day, behind a moment of the same day: in the half that was said; what ends something lies behind the
 * hour at which it begins (11点开始，1点结束). 上午…，2点 is two in the afternoon all the same.
 */
export function readTimeAfter(words: string, after: TimeBefore | undefined, behind: string): TimeOfDay | undefined {
  const alone = readTime(words);
  if (!after || words.includes(':') || !/^[\d一二两三四五六七八九十]/.test(words)) return alone;
  const told = readTime(`${after.half}${words}`) ?? alone;
  const isEarly = /^[早上]/.test(after.half) && (told?.time ?? '') < '07:00';
  const later = readTime(`下午${words}`);
  const ends = /^\s*(?:结束|收|截?止|交卷|散会)/.test(behind);
  if (ends && told && later && after.hour && told.time < after.hour && after.hour < later.time) return later;
  return isEarly ? alone : told;
}

/** The hour on the 24-hour clock, NaN if there is none; from 24 on it belongs to the next day. */
function to24Hours(hour: number, period: string, isDigital: boolean): number {
  if (!(hour <= 24)) return Number.NaN;
  // Nobody at work means the middle of the night by 3点; 3:00 is taken as written.
  if (period === '') return !isDigital && hour >= 1 && hour <= 6 ? hour + 12 : hour;
  if (hour > 12) return hour;
  if (/^[晚夜]/.test(period)) return hour === 12 || hour < 5 ? (hour % 12) + 24 : hour + 12;
  if (/^(下午|午后|傍晚)/.test(period)) return hour === 12 ? 12 : hour + 12;
  if (/^[中正]/.test(period)) return hour < 4 ? hour + 12 : hour;
  return period === '凌晨' ? hour % 12 : hour;
}

function parseMinute(text: string): number {
  if (text === '' || text === '钟' || text === '整') return 0;
  if (text === '半') return 30;
  if (text.endsWith('刻')) return text === '一刻' ? 15 : 45;
  return parseChineseNumber(
    text
      .replace('分', '')
      .replace(/:\d\d$/, '')
      .replace(/^零(?=.)/, ''),
  );
}
