/** When a monthly series falls, when its reminders go out, and what a draft of one lacks. Pure. */
import type { Calendar, Day } from '../../../calendar/calendar.ts';
import { ALL_BRANCHES, MAX_LEAD_DAYS, seriesForm } from '../forms.ts';
import { canHold, type Holder, type SessionKind } from '../kinds.ts';
import { dayInMonth, type Month, monthOf, shiftMonth } from '../months.ts';

export type Shift = 'before' | 'after';

/** What decides the days of a series. */
export type SeriesPlan = { dayOfMonth: number; shift: Shift; leadDays: number };
/** A series that runs, or would. */
export type RunningSeries = SeriesPlan & { remindedMonth: Month | ''; skippedMonths: Month[] };

/** One month of a series: `planned` is the day as said, `day` the workday that stands for it. */
export type Occurrence = { month: Month; planned: Day; day: Day };

const REMIND_AT = '09:40';
/** A series that skips more than this ahead is nobody's intention. */
const MAX_MONTHS_AHEAD = 24;

/**
 * The day in a month: the last day where the month has no such day; for a day off the workday before (or after, as chosen), and the
 * other one where that would leave the month, since what is due monthly has to be held within it.
 */
export function occurrenceIn(
  month: Month,
  { dayOfMonth, shift }: Pick<SeriesPlan, 'dayOfMonth' | 'shift'>,
  calendar: Calendar,
): Occurrence {
  const planned = dayInMonth(month, dayOfMonth);
  if (calendar.isWorkday(planned)) return { month, planned, day: planned };
  const before = calendar.workdayBefore(planned);
  const after = calendar.workdayAfter(planned);
  const [first, second] = shift === 'before' ? [before, after] : [after, before];
  return { month, planned, day: monthOf(first) === month ? first : second };
}

/** When the secretaries are reminded: so many days before at 09:40, on the workday before where that is a day off. */
export function remindAt(day: Day, leadDays: number, calendar: Calendar): Date {
  const lead = calendar.addDays(day, -leadDays);
  return calendar.at(calendar.isWorkday(lead) ? lead : calendar.workdayBefore(lead), REMIND_AT);
}

/** The next occurrences from `today` on, skipped ones among them and marked. */
export function nextOccurrences(
  series: SeriesPlan & { skippedMonths: Month[] },
  today: Day,
  count: number,
  calendar: Calendar,
): (Occurrence & { isSkipped: boolean })[] {
  const months = Array.from({ length: count + 1 }, (_, ahead) => shiftMonth(monthOf(today), ahead));
  return months
    .map((month) => ({ ...occurrenceIn(month, series, calendar), isSkipped: series.skippedMonths.includes(month) }))
    .filter(({ day }) => day >= today)
    .slice(0, count);
}

/** The next occurrence whose reminders are still to go out: not skipped, not over, later than the last one reminded of. */
export function nextReminder(
  series: RunningSeries,
  today: Day,
  calendar: Calendar,
): (Occurrence & { at: Date }) | undefined {
  const next = nextOccurrences(series, today, MAX_MONTHS_AHEAD, calendar).find(
    ({ month, isSkipped }) => !isSkipped && month > series.remindedMonth,
  );
  return next && { ...next, at: remindAt(next.day, series.leadDays, calendar) };
}

/** What has been said of a series. `branchId` null is every branch. */
export type SeriesDraft = {
  kind: SessionKind | null;
  topic: string;
  dayOfMonth: number | null;
  branchId: Holder;
  leadDays: number;
  shift: Shift;
};

/** What its form holds. */
export function heldBySeries({ branchId, ...draft }: SeriesDraft) {
  return { ...draft, branch: branchId ?? ALL_BRANCHES };
}

/** What a draft of a series still lacks, in words and in the order of the form. */
export function findSeriesGaps(draft: SeriesDraft): string[] {
  return seriesForm.missing(heldBySeries(draft));
}

/** Why a series cannot stand as it is, as a sentence that says what to do. */
export function objectToSeries({ kind, dayOfMonth, leadDays }: SeriesDraft): string | undefined {
  if (dayOfMonth !== null && (dayOfMonth < 1 || dayOfMonth > 31)) return '每月的日期要在1到31之间，请改正后再提交。';
  if (leadDays < 0 || leadDays > MAX_LEAD_DAYS) return `提前的天数要在0到${MAX_LEAD_DAYS}之间，请改正后再提交。`;
  // Reminders go to branches; what only the centre group holds would reach nobody who may record it.
  if (kind && !canHold('a branch', kind)) return '理论学习中心组学习不由支部开展，请换一种活动类型。';
  return undefined;
}
