/** Finds every date, span and list of dates in a text, each with the marks that stand around it. Pure. */
import { DAY_MS } from '../basics/durations.ts';
import type { Calendar, Day } from './calendar.ts';
import { addDays, weekdayOf } from './create-calendar.ts';
import { type DatePhrase, endOf, findPhrases, TIME_AFTER, toInstant } from './date-matches.ts';
import { DATE_RULES, type DateRule } from './date-phrases.ts';
import type { Viewpoint } from './format.ts';
import {
  END_OF_WORK,
  HALF_OF_DAY,
  readTime,
  readTimeAfter,
  TIME,
  type TimeBefore,
  type TimeOfDay,
} from './time-phrases.ts';

/**
 * A day with the time of day that is said with it. `day` is what the words mean for something to come, `pastDay` for something that
 * has been (周三 said on a Friday: the next, the last). Without a time `at` is the end of the day's work.
 */
export type Moment = { day: Day; pastDay: Day; time?: string; at: Date };

/** Why a date cannot be taken as it stands: there is none such, it is another weekday than is said, or two dates differ. */
export type DateConflict = 'no-such-day' | 'other-weekday' | 'two-dates' | 'ends-before-it-begins';

/** What marks a date from outside: 前, 截止 and 到 an end; 起, 从 and 开始 a beginning. */
export type DateMark = 'end' | 'start';

/**
 * One or more moments that belong together, from `start` up to `end` of the text with their marks: a point, a span with its first and
 * last, a list. With a conflict the moments, where there are any, are what stands there, and nothing to act on.
 */
export type Moments = {
  start: number;
  end: number;
  shape: 'point' | 'span' | 'list';
  moments: Moment[];
  mark?: DateMark;
  conflict?: DateConflict;
};

/** Words of the day that are no deadline, so `DATE_RULES` leaves them out. */
const DAY_WORDS: DateRule[] = [
  { pattern: /昨(?=[早晚晨夜])/g, resolve: (_, { now, calendar }) => [addDays(calendar.dayOf(now), -1)] },
  {
    pattern: /(?<![点半时分天午早晚])(?:刚刚|刚才|刚(?=[开学上召办组]))|即日|今儿/g,
    resolve: (_, { now, calendar }) => [calendar.dayOf(now)],
  },
  {
    pattern: /(大?)前天|前[一1](?:天|日)/g,
    resolve: (groups, { now, calendar }) => [addDays(calendar.dayOf(now), groups[1] ? -3 : -2)],
  },
];
/** `after` is what the words say on whose day the phrase lies: the half of the day, and the hour. */
type Phrase = DatePhrase & { after?: TimeBefore };

const RULES = [...DATE_RULES, ...DAY_WORDS];

const DASH = String.raw`\s*(?:-{1,2}|~|[至到])\s*`;
const RANGE = new RegExp(`^${DASH}$`);
/** Two days that stand side by side, as 下周四周五, are a list as well. */
const LIST = /^\s*(?:、|和|及|与|,(?=\s*\d))?\s*$/;
const CLOCK_AFTER_DASH = new RegExp(`${DASH}(?<time>${TIME})`, 'y');
const WEEK_NOTE =
  /\s*\(?\s*(?:[本这]|下{1,2})?(?:周|星期|礼拜)(?<weekday>[一二三四五六日天])\s*(?:,\s*[今明后]天)?\s*\)?/y;
const WEEKDAY = /(?:周|星期|礼拜)[一二三四五六日天末1-7]$/;
const DATE_NOTE = /\s*\(\s*(?<date>\d{1,2})[日号]\s*\)/y;
const MARK_AFTER =
  /[^\S\n]*\)?[^\S\n]*(?:(?<end>之前|以前|前(?![往去来夕期线台两三几一半])|为止|截?止(?![血痛]|(?:时间|日期)?[^\S\n]*:)|之内|以内|内(?![容部网])|收[卷题](?![纳集])|交卷|封卷|收(?=$|[,。;\n])|结束|(?:以|之)?后(?=[^,。;\n]{0,4}(?:不|停止|概不|无法)[再予给能可]{0,2}[^,。;\n]{0,3}(?:[领发收补接候]|受理)))|(?<start>起(?![床草])|(?:准时|正式)?开始|开考|开赛|开[题答]|开放(?![日式性大])|放[题出]|上线(?!下)|以后|之后|后(?![天续台])))/y;
const MARK_BEFORE =
  /(?:(?<end>(?:截止(?:时间|日期)?|完成(?:时间|时限|期限|日期)|(?:学习|办理|整改|报送)(?:时限|期限)|什么时候(?:学|办|交)完|截至|最迟|最晚|不晚于|不迟于|直到)\s*[:是为]?\s*[到至于在]?|(?<=[\p{Script=Han},])[到至](?!期))|(?<start>自从|从|自|开始(?:时间|日期)?\s*[:是为]))\s*$/u;

/** `plain` is normalised: half-width, one sort of dash and tilde; what can hold no date stands blank in it. */
export function findMoments(plain: string, viewpoint: Viewpoint): Moments[] {
  const text = splitDashes(plain);
  const found: Moments[] = [];
  let coveredTo = 0;
  for (const phrase of findPhrases(text, RULES)) {
    if (phrase.start < coveredTo) continue;
    const previous = found.at(-1);
    const between = previous ? text.slice(previous.end, phrase.start) : undefined;
    const link = between !== undefined && between.length < 8 ? linkOf(previous, between) : undefined;
    // 下周一开始领，周五截止: what follows a beginning lies behind it.
    const isAfter = link === 'span' || link === 'list' || previous?.mark === 'start';
    const from = (isAfter && previous?.moments.at(-1)?.at) || viewpoint.now;
    const read = readMoments(text, onDayOf(previous, text, phrase), from, viewpoint, link === undefined);
    coveredTo = Math.max(read?.end ?? 0, phrase.end);
    if (!read) continue;
    const joined = link && previous && join(previous, read, link);
    if (joined) found[found.length - 1] = joined;
    else found.push(read);
  }
  return found;
}

/**
 * A time alone belongs to the day before it in the sentence: 12.2 14:00开始，14:30收卷; 下周二考个试，25题，上午九点半开始; and to the half of that day:
 * 下周四晚上…七点半开始，八点结束. A day by which something is to be done has its time with it.
 */
function onDayOf(previous: Moments | undefined, text: string, phrase: DatePhrase): Phrase {
  const [before] = previous?.moments ?? [];
  const isOpen = before?.time !== undefined || previous?.mark === undefined;
  if (phrase.end > phrase.start || !before || previous?.shape !== 'point' || !isOpen) return phrase;
  const said = text.slice(previous.start, previous.end);
  // A day that says when in it something is goes on being meant for longer than one that may be about anything.
  const reach = before.time === undefined ? 24 : 60;
  const between = text.slice(previous.end, phrase.start);
  if (between.length > reach || /[。;\n]/.test(between)) return phrase;
  const half = HALF_OF_DAY.exec(said)?.[0] ?? '';
  const hour = before.time !== undefined && /[点时:]/.test(said) ? { hour: before.time } : {};
  return { ...phrase, resolve: () => [before.day], after: { half, ...hour } };
}

function linkOf(previous: Moments | undefined, between: string): 'span' | 'list' | 'note' | undefined {
  if (previous?.shape === 'point' && RANGE.test(between)) return 'span';
  if (previous && previous.shape !== 'span' && !previous.mark && LIST.test(between)) return 'list';
  return previous?.shape === 'point' && /^\s*\(\s*$/.test(between) ? 'note' : undefined;
}

/** Two that stand together as one; undefined when they do not belong together after all. */
function join(first: Moments, second: Moments, link: 'span' | 'list' | 'note'): Moments | undefined {
  const common = { start: first.start, end: second.end };
  const mark = withMark(second.mark ?? first.mark);
  const conflict = first.conflict ?? second.conflict;
  const [a] = first.moments;
  const [b] = second.moments;
  if (link === 'note') {
    // 周四（12月3日）: the date says which Thursday.
    if (!a || !b || second.shape !== 'point') return undefined;
    const isSame =
      weekdayOf(a.day) === weekdayOf(b.day) && (a.pastDay === b.pastDay || a.day === b.day || a.day <= b.day);
    return {
      ...common,
      ...mark,
      shape: 'point',
      moments: [b],
      ...withConflict(conflict ?? (isSame ? undefined : 'two-dates')),
    };
  }
  if (link === 'list') {
    if (second.shape !== 'point') return undefined;
    return {
      ...common,
      ...mark,
      shape: 'list',
      moments: [...first.moments, ...second.moments],
      ...withConflict(conflict),
    };
  }
  if (second.shape !== 'point') return undefined;
  const isBackwards = a !== undefined && b !== undefined && b.at < a.at;
  return {
    ...common,
    ...withMark(second.mark),
    shape: 'span',
    moments: [...first.moments, ...second.moments],
    ...withConflict(conflict ?? (isBackwards ? 'ends-before-it-begins' : undefined)),
  };
}

/** The moment of a phrase with the notes, the time, the end of a span of hours and the marks around it. */
function readMoments(
  text: string,
  phrase: Phrase,
  from: Date,
  { now, calendar }: Viewpoint,
  isFirst: boolean,
): Moments | undefined {
  const context = { now, from, calendar };
  const meaning = phrase.resolve(context);
  const said = text.slice(phrase.start, phrase.end);
  const noted = phrase.end > phrase.start ? readNote(text, phrase.end, WEEKDAY.test(said)) : { end: phrase.end };
  TIME_AFTER.lastIndex = noted.end;
  const words = TIME_AFTER.exec(text)?.groups?.time;
  const timeEnd = words === undefined ? noted.end : TIME_AFTER.lastIndex;
  const time = words === undefined ? undefined : readTimeAfter(words, phrase.after, text.slice(timeEnd, timeEnd + 6));
  const at = toInstant(meaning, time ?? END_OF_WORK, context);
  if (!at)
    return isWrittenDate(said)
      ? { ...place(text, phrase, timeEnd, isFirst), shape: 'point', moments: [], conflict: 'no-such-day' }
      : undefined;
  const isInstant = meaning instanceof Date;
  const day = calendar.addDays(calendar.dayOf(at), isInstant ? 0 : -(time?.dayShift ?? 0));
  const pastDay = isInstant ? day : pastDayOf(phrase, day, { now, calendar });
  const moment: Moment = {
    day,
    pastDay,
    at,
    ...(isInstant ? { time: calendar.timeOf(at) } : time && { time: time.time }),
  };
  const conflict = conflictOf(moment, noted);
  const until =
    words === undefined ? undefined : readUntil(text, timeEnd, `${phrase.after?.half ?? ''}${words}`, moment, calendar);
  return {
    ...place(text, phrase, until?.end ?? timeEnd, isFirst),
    shape: until ? 'span' : 'point',
    moments: until ? [moment, until.moment] : [moment],
    ...withConflict(conflict),
  };
}

/** The end of a span of hours on one day: 3点到3点半, 9点到9点20. It takes over 下午 where it would lie before the beginning. */
function readUntil(text: string, at: number, firstTime: string, first: Moment, calendar: Calendar) {
  CLOCK_AFTER_DASH.lastIndex = at;
  const words = CLOCK_AFTER_DASH.exec(text)?.groups?.time;
  if (words === undefined || !/\d|[一二三四五六七八九十]/.test(words)) return undefined;
  const end = CLOCK_AFTER_DASH.lastIndex;
  const period = /^[^\d一二三四五六七八九十两]+/.exec(firstTime)?.[0] ?? '';
  const instantOf = ({ time, dayShift }: TimeOfDay) => calendar.at(calendar.addDays(first.day, dayShift), time);
  const times = [readTime(words), readTime(`${period}${words}`)].flatMap((time) => time ?? []);
  const time = times.find((one) => instantOf(one) > first.at);
  if (!time) return undefined;
  return {
    end,
    moment: { day: first.day, pastDay: first.pastDay, time: time.time, at: instantOf(time) } satisfies Moment,
  };
}

function readNote(text: string, at: number, isWeekday: boolean): { end: number; weekday?: number; date?: number } {
  WEEK_NOTE.lastIndex = at;
  const weekday = isWeekday ? undefined : WEEK_NOTE.exec(text)?.groups?.weekday;
  if (weekday) return { end: WEEK_NOTE.lastIndex, weekday: '一二三四五六日'.indexOf(weekday.replace('天', '日')) + 1 };
  DATE_NOTE.lastIndex = at;
  const date = DATE_NOTE.exec(text)?.groups?.date;
  return date ? { end: DATE_NOTE.lastIndex, date: Number(date) } : { end: at };
}

function conflictOf(
  { day, pastDay }: Moment,
  { weekday, date }: ReturnType<typeof readNote>,
): DateConflict | undefined {
  if (weekday && weekdayOf(day) !== weekday && weekdayOf(pastDay) !== weekday) return 'other-weekday';
  if (date && Number(day.slice(8)) !== date && Number(pastDay.slice(8)) !== date) return 'two-dates';
  return undefined;
}

/** The last day not after today that the phrase can mean, read from a month, a week or a day ago on; `day` where it means no such. */
function pastDayOf({ resolve }: DatePhrase, day: Day, { now, calendar }: Viewpoint): Day {
  const today = calendar.dayOf(now);
  if (day <= today) return day;
  for (const daysAgo of [0, 7, 31, 62]) {
    const from = new Date(now.getTime() - daysAgo * DAY_MS);
    const meaning = resolve({ now, from, calendar });
    const past =
      meaning instanceof Date
        ? undefined
        : meaning
            .filter((one) => one <= today)
            .sort()
            .at(-1);
    if (past) return past;
  }
  return day;
}

/** The stretch with the marks around it; the dash before the end of a span is no mark of its own. */
function place(
  text: string,
  { start }: DatePhrase,
  end: number,
  isFirst: boolean,
): Pick<Moments, 'start' | 'end' | 'mark'> {
  const before = isFirst ? MARK_BEFORE.exec(text.slice(Math.max(0, start - 12), start)) : null;
  MARK_AFTER.lastIndex = end;
  const after = MARK_AFTER.exec(text);
  const isWithin = /内$|^限/.test(text.slice(start, end));
  const mark = isWithin || after?.groups?.end || before?.groups?.end ? 'end' : after || before ? 'start' : undefined;
  return {
    start: start - (before?.[0].length ?? 0),
    end: after ? (endOf(MARK_AFTER, text, end) ?? end) : end,
    ...withMark(mark),
  };
}

/** The dash between two dates as a tilde, so that it is none of a date's own: 12.3-12.5, 2027/3/1-2027/3/3. */
function splitDashes(plain: string): string {
  return plain
    .replace(/(\d{1,2}[./]\d{1,2}\s*)-(?=\s*\d{1,4}[./]\d)/g, '$1~')
    .replace(/(\d{4}-\d{1,2}-\d{1,2}\s*)-(?=\s*\d{1,4}-\d)/g, '$1~');
}

/** Whether the words are a date that can be wrong, and none of history (1949年10月1日). */
function isWrittenDate(said: string): boolean {
  const year = /\d{4}|[〇零一二三四五六七八九]{4}/.exec(said)?.[0];
  return (
    /\d|[一二三四五六七八九十]/.test(said) && /[月./-]/.test(said) && (year === undefined || /^(?:20|21|二)/.test(year))
  );
}

function withMark(mark: DateMark | undefined): Pick<Moments, 'mark'> {
  return mark ? { mark } : {};
}

function withConflict(conflict: DateConflict | undefined): Pick<Moments, 'conflict'> {
  return conflict ? { conflict } : {};
}
