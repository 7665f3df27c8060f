/** What must be held how often, and whether a branch is about to miss it. Pure. */
import type { Calendar, Day } from '../../../calendar/calendar.ts';
import type { SessionKind } from '../kinds.ts';
import { firstOfMonth, lastOfMonth, type Month, monthOf, shiftMonth } from '../months.ts';

export type Period = 'month' | 'quarter' | 'year' | 'never';

/** A meeting that must be held once in each period, by every branch or by the centre group. */
export type Requirement = {
  kind: SessionKind;
  period: Period;
  /** Branches with fewer full members have no branch committee, and so no meeting of one. */
  minMembers: number;
};

/**
 * The defaults; an administrator changes the periods with 必开会议. Sources:
 * 中国共产党支部工作条例（试行）(2018-10), as units quote it: Art 11 党员大会 quarterly; Art 12 支委会 monthly; Art 13 党小组会 monthly (only
 * where there are groups, so off); Art 16 主题党日 monthly on a rather fixed day, and 党课: only a committee's secretary has a number, once a
 * year (many units ask for one a quarter); 组织生活会 at least once a year, usually in the fourth quarter; a branch committee from seven full members.
 * 中国共产党党委（党组）理论学习中心组学习规则 (2017): collective study at least once a quarter.
 */
export const DEFAULT_REQUIREMENTS: Requirement[] = [
  { kind: 'themed-party-day', period: 'month', minMembers: 3 },
  { kind: 'branch-committee-meeting', period: 'month', minMembers: 7 },
  { kind: 'group-meeting', period: 'never', minMembers: 3 },
  { kind: 'branch-general-meeting', period: 'quarter', minMembers: 3 },
  { kind: 'party-lecture', period: 'year', minMembers: 3 },
  { kind: 'organizational-life-meeting', period: 'year', minMembers: 3 },
  { kind: 'theory-study-center-group', period: 'quarter', minMembers: 0 },
];

/** So many workdays before a period ends its missing meeting is about to be missed: the longer the period, the earlier. */
const NOTICE_WORKDAYS: Record<Period, number> = { month: 5, quarter: 10, year: 20, never: 0 };
/** A branch hears of missing meetings at most once in so many days. */
export const WARNING_PAUSE_DAYS = 7;

const MONTHS: Record<Exclude<Period, 'never'>, number> = { month: 1, quarter: 3, year: 12 };

/** The period around a day, first and last day included; undefined for what need not be held. */
export function periodAround(day: Day, period: Period): { firstDay: Day; lastDay: Day } | undefined {
  if (period === 'never') return undefined;
  const month = monthOf(day);
  const first = shiftMonth(month, -((Number(month.slice(5)) - 1) % MONTHS[period]));
  return { firstDay: firstOfMonth(first), lastDay: lastOfMonth(shiftMonth(first, MONTHS[period] - 1)) };
}

/** The day from which a meeting of the period around `day` counts as about to be missed: a workday, with so many left, itself included. */
export function noticeDay(day: Day, period: Period, calendar: Calendar): Day | undefined {
  const around = periodAround(day, period);
  if (!around) return undefined;
  let notice = calendar.addDays(around.lastDay, 1);
  for (let left = NOTICE_WORKDAYS[period]; left > 0; left -= 1) notice = calendar.workdayBefore(notice);
  return notice < around.firstDay ? around.firstDay : notice;
}

/** What has been held: a kind on a day. */
export type Held = { kind: string; day: Day };
/** A required meeting that nobody has recorded for the period that ends on `lastDay`. */
export type Missing = { kind: SessionKind; period: Period; lastDay: Day };

/** The required meetings of the periods around `today` that are not held yet. */
export function findMissing(requirements: Requirement[], members: number, held: Held[], today: Day): Missing[] {
  return requirements.flatMap(({ kind, period, minMembers }) => {
    const around = periodAround(today, period);
    if (!around || members < minMembers || isHeldWithin(held, kind, around)) return [];
    return [{ kind, period, lastDay: around.lastDay }];
  });
}

/** Whether a session of the kind lies within the days, both included. */
export function isHeldWithin(held: Held[], kind: string, days: { firstDay: Day; lastDay: Day }): boolean {
  return held.some((one) => one.kind === kind && days.firstDay <= one.day && one.day <= days.lastDay);
}

/**
 * What a branch is warned of today, all on one card; empty when it is left in peace. It is warned once something is about to be
 * missed and it was not within the pause, and then also hears of what will be before the pause is over: so nothing falls between two cards.
 */
export function decideWarning(
  missing: Missing[],
  lastWarned: Day | undefined,
  today: Day,
  calendar: Calendar,
): Missing[] {
  if (lastWarned && today < calendar.addDays(lastWarned, WARNING_PAUSE_DAYS)) return [];
  const isDueBy = (by: Day) => (one: Missing) => (noticeDay(one.lastDay, one.period, calendar) ?? by) <= by;
  if (!missing.some(isDueBy(today))) return [];
  return missing.filter(isDueBy(calendar.addDays(today, WARNING_PAUSE_DAYS - 1)));
}

/** In how many periods of a year, from its first until the one around `until`, the kind was held, and in how many it should have been. */
export function countPeriods(
  held: Held[],
  kind: string,
  period: Period,
  year: number,
  until: Day,
): { met: number; begun: number } {
  const counts = { met: 0, begun: 0 };
  const last = monthOf(until < `${year}-12-31` ? until : `${year}-12-31`);
  for (
    let month: Month = `${year}-01`;
    period !== 'never' && month <= last;
    month = shiftMonth(month, MONTHS[period])
  ) {
    const days = periodAround(firstOfMonth(month), period);
    counts.begun += 1;
    if (days && isHeldWithin(held, kind, days)) counts.met += 1;
  }
  return counts;
}

/** A period in words: 每月. */
export const PERIODS: Record<Period, string> = { month: '每月', quarter: '每季度', year: '每年', never: '不要求' };
/** The running period in words: 本月. */
export const THIS_PERIOD: Record<Period, string> = { month: '本月', quarter: '本季度', year: '今年', never: '' };
