/** The notification policy: when a message may disturb a person. Pure; the outbox asks it before every first sending. */
import type { Calendar, Day } from '../calendar/calendar.ts';
import type { Delivery, HoldReason } from '../delivery.ts';

/** How much the bot may disturb: settings, the same for everybody. */
export type PushSettings = {
  /** From and until as `21:30`, over midnight or not; from is quiet, until is not. Null, or both equal: no quiet hours. */
  quietHours: { from: string; until: string } | null;
  quietDays: 'non-workdays' | 'off';
  /** Quiet pushes a person may have on a day, over all features. */
  dailyBudget: number;
};

/** When one person is left in peace. */
export type QuietTimes = Omit<PushSettings, 'dailyBudget'> & {
  calendar: Calendar;
  /** The person's leave, first and last day included. */
  leave?: { firstDay: Day; lastDay: Day }[];
};

/**
 * What the policy is asked about one push to one person; `pushesToday` are those the person has had. It is dropped after `notAfter`; what
 * it tells of is over from `overAt` on, which is the same unless it tells of several matters.
 */
export type PushQuestion = PushSettings &
  QuietTimes & { now: Date; push: Delivery['push']; pushesToday: number; notAfter?: Date; overAt?: Date };

/** At most so many pushes a person a day come as cards of their own, over all features. */
export const DAILY_BUDGET = 2;
/**
 * And so many with what cannot wait for the next day: work that waits for this one person, and what would be over before. As far as
 * 今天 has a line for it, it comes as that card.
 */
export const DAILY_LIMIT = 4;

/**
 * `countsOn` is the day whose budget the push uses, of which `allowance` may be used before it waits; `asToday` says that the day's own
 * cards are used up. A push that has to wait is asked
 * about again at `retryAt`, always later than now.
 */
export type PushDecision =
  | { send: true; countsOn?: undefined }
  | { send: true; countsOn: Day; allowance: number; asToday: boolean }
  | { send: false; retryAt: Date; why: HoldReason }
  | { send: false; drop: true; why: HoldReason | 'too-late' };

/** When a day begins for messages if no quiet hours say so. */
const DAY_OPENS = '07:30';
/** Feishu advises against sending exactly on the hour or half hour (server-docs, IM FAQ, codes 11232 and 11233). */
const AFTER_OPENING_MS = 40_000;

/**
 * Whether a push may go now. An answer goes at once and counts on no budget; an urgent one goes at any hour, and the caller
 * logs it; a quiet one, or one about work, waits for a moment outside quiet hours, quiet days and leave, and for a day with budget left.
 * What could not go by `notAfter` is dropped, with the reason that held it.
 */
export function decidePush(question: PushQuestion): PushDecision {
  const { now, push, pushesToday, dailyBudget, notAfter, overAt = notAfter, calendar } = question;
  if (notAfter && now > notAfter) return { send: false, drop: true, why: 'too-late' };
  if (push !== 'quiet' && push !== 'work') return { send: true };

  const today = calendar.dayOf(now);
  const hold = findHold(now, question);
  const retryAt = nextQuietPush(hold?.until ?? openingOf(calendar.addDays(today, 1), question), question);
  const isPressing = push === 'work' || (overAt !== undefined && retryAt > overAt);
  const allowance = isPressing ? Math.max(DAILY_LIMIT, dailyBudget) : dailyBudget;
  if (!hold && pushesToday < allowance)
    return { send: true, countsOn: today, allowance, asToday: pushesToday >= dailyBudget };
  const why = hold?.why ?? 'budget';
  return notAfter && retryAt > notAfter ? { send: false, drop: true, why } : { send: false, retryAt, why };
}

/** The first moment, from `from` on, at which a quiet push could go to a person with budget left. For previews, and for retries. */
export function nextQuietPush(from: Date, quiet: QuietTimes): Date {
  let moment = from;
  for (let hold = findHold(moment, quiet); hold; hold = findHold(moment, quiet)) moment = hold.until;
  return moment;
}

/** What stands against a quiet push at a moment, and the earliest moment at which that is over. */
function findHold(moment: Date, quiet: QuietTimes): { why: HoldReason; until: Date } | undefined {
  const { calendar, quietDays, quietHours, leave = [] } = quiet;
  const day = calendar.dayOf(moment);
  const away = leave.find(({ firstDay, lastDay }) => firstDay <= day && day <= lastDay);
  if (away) return { why: 'on-leave', until: openingOf(calendar.addDays(away.lastDay, 1), quiet) };
  if (quietDays === 'non-workdays' && !calendar.isWorkday(day)) {
    return { why: 'quiet-day', until: openingOf(calendar.workdayAfter(day), quiet) };
  }
  if (!quietHours || !isWithin(calendar.timeOf(moment), quietHours)) return undefined;
  const endsToday = calendar.timeOf(moment) < quietHours.until;
  const end = calendar.at(endsToday ? day : calendar.addDays(day, 1), quietHours.until);
  return { why: 'quiet-hours', until: new Date(end.getTime() + AFTER_OPENING_MS) };
}

/** When a day opens: at its start if the quiet hours reach over midnight (their end then follows), else at a civil hour. */
function openingOf(day: Day, { calendar, quietHours }: QuietTimes): Date {
  if (quietHours && isWithin('00:00', quietHours)) return calendar.at(day, '00:00');
  return new Date(calendar.at(day, DAY_OPENS).getTime() + AFTER_OPENING_MS);
}

function isWithin(time: string, { from, until }: { from: string; until: string }): boolean {
  return from <= until ? from <= time && time < until : time >= from || time < until;
}
