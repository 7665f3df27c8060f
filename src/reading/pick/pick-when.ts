/** Picks the dates that a feature's fields ask for. */
import type { Day } from '../../calendar/calendar.ts';
import { addDays } from '../../calendar/create-calendar.ts';
import type { Moment } from '../../calendar/find-moments.ts';
import type { Reading } from '../reading.ts';
import { clauseAt } from '../sheet.ts';
import type { DurationSlot, WhenSlot } from '../slots.ts';
import { NONE, one, type Picked, unclear } from './picked.ts';

/** A stretch of days, both included. */
export type Days = { firstDay: Day; lastDay: Day };

/** A window of time; either end may be missing. */
export type Window = { opens?: Moment; closes?: Moment };

/**
 * The moment by which something is to be done: the one deadline, else the one date that stands without a mark, else what is due to be
 * handed in. Of a span its end. Two that differ are a question, and so is a date that is none or not the weekday it is said to be, or,
 * where `now` is given, one that has passed.
 */
export function pickDeadline(reading: Reading, now?: Date): Picked<Moment> {
  const dates = reading.of('when').filter(({ shape }) => shape !== 'list');
  for (const role of ['deadline', 'plain', 'hand-in'] as const) {
    const found = dates.filter((slot) => slot.role === role);
    const [own, ...more] = found.length > 1 ? found.filter((slot) => isToLearn(reading, slot)) : [];
    const meant = own && more.length === 0 ? [own] : found;
    if (meant.length === 0) continue;
    const picked = single(withAlternatives(reading, dates, meant), (slot) => slot.moments.at(-1));
    return picked.is === 'one' && now && picked.value.at <= now ? unclear('past', picked.used) : picked;
  }
  return NONE;
}

/** Of several ends the one by which something is to be learnt: 12月11日前自学完，发言提纲12月13日前交. */
function isToLearn({ plain: { text } }: Reading, { start, end }: WhenSlot): boolean {
  const clause = clauseAt(text, start);
  return /学完|学习完|学好|自学|学习(?!情况|小结|总结|心得|人数)|看完|观看|读完|完成(?![^,。]{0,8}(?:清点|报送|上报|整改|排查|部署|动员|登记|检查|统计))/u.test(
    text.slice(clause.start, Math.max(clause.end, end)),
  );
}

/** The found dates, and those that 或 puts beside them: 12月3日或者12月7日前. */
function withAlternatives({ plain }: Reading, dates: WhenSlot[], found: WhenSlot[]): WhenSlot[] {
  const isBeside = (a: WhenSlot, b: WhenSlot) => /^\s*或(?:者|是)?\s*$/u.test(plain.text.slice(a.end, b.start));
  return dates.filter((one) => found.some((date) => date === one || isBeside(one, date) || isBeside(date, one)));
}

/**
 * The one date in a clause that also holds `words`: 提名到12月2日. Of several in one clause the one that follows them: 提名到周五投票到周日. Where
 * no clause has both, the only end in the line: 投票时间：提名结束后开始，12月10日截止.
 */
export function pickDateBy(reading: Reading, words: RegExp): Picked<Moment> {
  const { text } = reading.plain;
  const dates = reading.of('when');
  const inClause = dates.filter((slot) => {
    const clause = clauseAt(text, slot.start);
    return words.test(text.slice(clause.start, Math.max(clause.end, slot.end)));
  });
  const behind = inClause.filter((slot) => {
    const before = Math.max(clauseAt(text, slot.start).start, ...dates.map(({ end }) => (end <= slot.start ? end : 0)));
    return words.test(text.slice(before, slot.start));
  });
  // 投票：12月7日开始，12月11日截止: a beginning is no end.
  const byThen = inClause.filter(({ role }) => role !== 'start');
  const inLine = dates.filter(({ start, role }) => {
    const line =
      text
        .slice(0, start)
        .split(/[。;\n]/)
        .at(-1) ?? '';
    return role === 'deadline' && words.test(line.split(/[,:]/)[0] ?? '');
  });
  const found = byThen.length > 1 && behind.length > 0 ? behind : byThen.length > 0 ? byThen : inLine;
  const marked = found.filter(({ role }) => role === 'deadline');
  return single(marked.length > 0 ? marked : found, (slot) => slot.moments.at(-1));
}

/**
 * From when until when: a span, a beginning and an end, a beginning and how long it lasts, or one of them alone. What `isHeld` at a time
 * that is said without a mark begins then: 12月2日14:00考试.
 */
export function pickWindow(reading: Reading, isHeld = false): Picked<Window> {
  const dates = reading.of('when').filter(({ role }) => role !== 'background');
  const conflict = dates.find((slot) => slot.conflict);
  if (conflict?.conflict) return unclear(conflict.conflict, [conflict]);
  const spans = dates.filter(({ shape }) => shape === 'span');
  if (spans.length > 1 || dates.some(({ shape }) => shape === 'list')) return unclear('several', dates);
  const [span] = spans;
  if (span) return one({ ...named('opens', span.moments[0]), ...named('closes', span.moments.at(-1)) }, span);
  const begins = dates.filter(({ role }) => role === 'start');
  const due = dates.filter(({ role }) => role === 'deadline');
  const ends = due.length > 0 ? due : dates.filter(({ role }) => role === 'hand-in');
  const plain = dates.filter(({ role }) => role === 'plain' || role === 'event');
  // 下午4点搞个竞赛，4点40结束: what stands before the end on its day is when it begins.
  const isBefore = (slot: WhenSlot, end?: WhenSlot) =>
    hasTime(slot) &&
    slot.shape === 'point' &&
    slot.moments[0]?.day === end?.moments[0]?.day &&
    slot.start < (end?.start ?? 0);
  const [opens] = begins.length > 0 || ends.length !== 1 ? begins : plain.filter((slot) => isBefore(slot, ends[0]));
  const [closes] = ends.length > 0 ? ends : begins.length > 0 ? [] : plain;
  if (begins.length > 1 || ends.length > 1 || (ends.length === 0 && begins.length === 0 && plain.length > 1))
    return unclear('several', dates);
  if (!opens && !closes) return NONE;
  if (isHeld && !opens && ends.length === 0 && closes?.moments[0]?.time)
    return one({ ...named('opens', closes.moments[0]) }, closes);
  return one(
    { ...named('opens', opens?.moments[0]), ...named('closes', closes?.moments[0]) },
    ...(opens ? [opens] : []),
    ...(closes ? [closes] : []),
  );
}

/**
 * The day on which something was held or done, today at the latest. An hour alone says when on that day: 到16:00结束. What stands
 * behind 时间 is the day itself.
 */
export function pickDayHeld(reading: Reading, today: Day): Picked<Day> {
  const said = reading
    .of('when')
    .filter(({ role, moments }) => role !== 'background' && role !== 'hand-in' && isOneDay(moments));
  const withDay = said.filter((slot) => !HOUR_ALONE.test(reading.quote(slot)));
  const labelled = withDay.filter(({ start }) => /时间\s*:?\s*$/u.test(reading.plain.text.slice(0, start)));
  const dates = labelled.length > 0 ? labelled : withDay.length > 0 ? withDay : said;
  const past = dates.filter(({ moments: [moment] }) => moment && moment.pastDay <= today);
  const found = past.length > 0 ? past : dates;
  const picked = single(
    found,
    ({ moments: [moment] }) => moment,
    ({ pastDay }) => pastDay,
  );
  return picked.is === 'one' ? one(picked.value.pastDay, ...picked.used) : (picked as Picked<Day>);
}

const HOUR_ALONE =
  /^(?:到|至|从|自)?(?:上午|下午|中午|晚上?|早上?)?[\d零一二三四五六七八九十两]{1,3}(?:[:点时][^日号]*)$/u;

/** A day, or hours of one day: 下午3点至5点. */
const isOneDay = ([first, ...more]: Moment[]): boolean =>
  first !== undefined && more.every(({ day }) => day === first.day);

/**
 * Days of leave: a span, days in a row, a day, a weekend or a week, a beginning with a number of days (共3天 must agree with both ends).
 * Half a day is a question, and so are a beginning without an end, an end without a beginning, and 12月中旬.
 */
export function pickDays(reading: Reading): Picked<Days> {
  const dates = reading.of('when').filter(({ role }) => role !== 'background');
  const long = reading.of('duration').filter(({ days }) => days !== undefined);
  const open = reading.of('duration').filter(({ days, minutes }) => days === undefined && minutes === undefined);
  const said = [...dates, ...long, ...open];
  if (open.length > 0) return unclear('not-simple', said);
  const isHalf = long.some(({ days = 1 }) => days % 1 !== 0) || dates.some(hasTime);
  if (isHalf) return unclear('half-day', said);
  const conflict = dates.find((slot) => slot.conflict);
  if (conflict?.conflict) return unclear(conflict.conflict, [conflict]);
  if (dates.length === 0) return pickPeriod(reading, long);
  const vague = dates.filter((slot) => slot.role !== 'deadline' && VAGUE.test(reading.quote(slot)));
  if (vague.length > 0) return unclear('not-simple', vague);
  const ends = endsOf(reading, dates);
  if (!ends || long.length > 1) return unclear('several', said);
  const [first, last] = ends;
  if (!first || !last) return unclear('no-such-day', said);
  const [only] = dates;
  const isOpen = dates.length === 1 && only?.shape === 'point' && only.role !== 'plain' && only.role !== 'event';
  if (isOpen && (only.role === 'deadline' || long.length === 0)) return unclear('not-simple', said);
  return days(first, last, dates, long[0]);
}

/** What of leave that is a question is said all the same: the day on which it begins, or ends. */
export function pickEdges(reading: Reading): Partial<Days> {
  const [slot, ...more] = reading.of('when').filter(({ role }) => role !== 'background');
  const [first] = slot?.moments ?? [];
  if (!slot || !first || more.length > 0 || slot.conflict || slot.shape === 'list' || VAGUE.test(reading.quote(slot)))
    return {};
  if (slot.role === 'deadline') return { lastDay: first.day };
  return { firstDay: first.day, ...(hasTime(slot) && { lastDay: slot.moments.at(-1)?.day ?? first.day }) };
}

const VAGUE = /旬|[月年][底末初]/u;
const WEEKEND = /(?:周|星期|礼拜)末/u;

const hasTime = ({ moments }: WhenSlot): boolean => moments.some(({ time }) => time !== undefined);

/** The first and the last day of what is one stretch. */
function endsOf(reading: Reading, dates: WhenSlot[]): [Day | undefined, Day | undefined] | undefined {
  const start = dates.find(({ role, shape }) => role === 'start' && shape === 'point');
  // 休到15号，报备一下.
  const end = dates.find(({ role, shape }) => (role === 'deadline' || role === 'hand-in') && shape === 'point');
  if (dates.length === 2 && start && end) return [start.moments[0]?.day, end.moments[0]?.day];
  const [only, ...more] = dates;
  if (!only || more.length > 0) return undefined;
  const all = only.moments.map(({ day }) => day);
  const isInARow = all.every((day, at) => at === 0 || day === addDays(all[at - 1] ?? day, 1));
  if (only.shape === 'list' && !isInARow) return undefined;
  const [first] = all;
  // 周末 is its Sunday to everybody else.
  return [
    first && WEEKEND.test(reading.quote(only)) && only.shape === 'point' ? addDays(first, -1) : first,
    all.at(-1),
  ];
}

/** 下周休假: all of it. */
function pickPeriod(reading: Reading, long: DurationSlot[]): Picked<Days> {
  const [period, ...more] = reading.of('period');
  if (!period) return long.length > 0 ? unclear('not-simple', long) : NONE;
  const { firstDay, lastDay } = period.range;
  const isWhole = long.every((slot) => slot.days && addDays(firstDay, slot.days - 1) === lastDay);
  return more.length === 0 && isWhole
    ? one({ firstDay, lastDay }, period, ...long)
    : unclear('several', [period, ...long]);
}

function days(firstDay: Day, lastDay: Day, dates: WhenSlot[], long: DurationSlot | undefined): Picked<Days> {
  const lastByLength = long?.days ? addDays(firstDay, long.days - 1) : undefined;
  const isSpan = dates.length === 2 || firstDay !== lastDay;
  const used = [...dates, ...(long ? [long] : [])];
  if (isSpan && lastByLength && lastByLength !== lastDay)
    return unclear('two-dates', used, [
      { firstDay, lastDay },
      { firstDay, lastDay: lastByLength },
    ]);
  return one({ firstDay, lastDay: isSpan ? lastDay : (lastByLength ?? lastDay) }, ...used);
}

/** The moment of the only slot, or of several that say the same. */
function single(
  found: WhenSlot[],
  momentOf: (slot: WhenSlot) => Moment | undefined,
  keyOf: (moment: Moment) => unknown = ({ at }) => at.getTime(),
): Picked<Moment> {
  const conflict = found.find((slot) => slot.conflict);
  if (conflict?.conflict) return unclear(conflict.conflict, [conflict], conflict.moments);
  const moments = found.flatMap((slot) => momentOf(slot) ?? []);
  const [moment] = moments;
  if (!moment) return NONE;
  if (new Set(moments.map(keyOf)).size > 1) return unclear('several', found, moments);
  return one(moment, ...found);
}

function named<K extends string>(key: K, moment: Moment | undefined): { [_ in K]?: Moment } {
  return (moment ? { [key]: moment } : {}) as { [_ in K]?: Moment };
}
