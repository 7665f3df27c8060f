/** What a stretch of leave, or a day of duty, means beside what is known already. Pure. */
import { DAY_MS } from '../../basics/durations.ts';
import type { Day } from '../../calendar/calendar.ts';

/** Leave from the first to the last day, both included. */
export type Span = { firstDay: Day; lastDay: Day };

/**
 * A stretch is known by its first day, so that it can be made longer or end early. One that overlaps another is refused rather than
 * merged: whether somebody wrote a correction or a mistake cannot be seen from the days.
 */
export type LeaveDecision = { is: 'same' | 'added' | 'changed' } | { is: 'overlap'; with: Span };

/** Longer leave is a slip of the pen. */
export const MAX_LEAVE_DAYS = 400;

/** What to do about `wanted`, where a person has the leaves `known`. */
export function decideLeave(known: Span[], wanted: Span): LeaveDecision {
  if (known.some((one) => one.firstDay === wanted.firstDay && one.lastDay === wanted.lastDay)) return { is: 'same' };
  const overlap = known.find((one) => one.firstDay !== wanted.firstDay && overlaps(one, wanted));
  if (overlap) return { is: 'overlap', with: overlap };
  return { is: known.some(({ firstDay }) => firstDay === wanted.firstDay) ? 'changed' : 'added' };
}

/** Why these days can be no leave, or undefined when they can. */
export function objectToSpan({ firstDay, lastDay }: Span): string | undefined {
  if (lastDay < firstDay) return '结束日期早于开始日期，请核对';
  const days = (Date.parse(lastDay) - Date.parse(firstDay)) / DAY_MS + 1;
  return days > MAX_LEAVE_DAYS ? `一次休假最多${MAX_LEAVE_DAYS}天，请核对年份` : undefined;
}

/**
 * Back at work from `day` on: the leave that runs then ends the day before, else the next one to come is called off. Undefined when
 * there is neither; `lastDay` null says that nothing is left of it.
 */
export function endLeave(known: Span[], day: Day): { firstDay: Day; lastDay: Day | null } | undefined {
  const [leave] = known.filter(({ lastDay }) => lastDay >= day).sort((a, b) => (a.firstDay < b.firstDay ? -1 : 1));
  if (!leave) return undefined;
  return { firstDay: leave.firstDay, lastDay: leave.firstDay < day ? dayBefore(day) : null };
}

/** The times of a duty; null where none is written. */
export type DutyTimes = { startsAt: string | null; endsAt: string | null };

/** What to do about a row of the duty roster, where `known` stands on that day. */
export function decideDuty(
  known: DutyTimes | undefined,
  wanted: DutyTimes & { isCancelled: boolean },
): 'same' | 'added' | 'changed' {
  if (wanted.isCancelled) return known ? 'changed' : 'same';
  if (!known) return 'added';
  return known.startsAt === wanted.startsAt && known.endsAt === wanted.endsAt ? 'same' : 'changed';
}

function overlaps(a: Span, b: Span): boolean {
  return a.firstDay <= b.lastDay && b.firstDay <= a.lastDay;
}

function dayBefore(day: Day): Day {
  return new Date(Date.parse(`${day}T00:00Z`) - DAY_MS).toISOString().slice(0, 10);
}
