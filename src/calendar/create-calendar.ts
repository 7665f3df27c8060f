/** The calendar at work: time zone arithmetic, imported days first, then the published arrangements, then the statute. */
import { DAY_MS } from '../basics/durations.ts';
import type { Calendar, Day } from './calendar.ts';
import { findPublishedDay, isPublished, isStatutoryHoliday } from './chinese-holidays.ts';

/** An imported holiday or make-up workday; it wins over everything built in. */
export type CalendarOverride = { day: Day; isWorkday: boolean; name: string };

/** A calendar whose imported days can change while it is used: everybody who holds it sees the new ones. */
export type LiveCalendar = Calendar & { replaceOverrides: (overrides: Iterable<CalendarOverride>) => void };

/**
 * A calendar of days in `timeZone` (an IANA name; throws `RangeError` for any other).
 * Whether a day is worked is asked of the overrides, then of the State Council's published arrangements, then of the
 * statute with plain weekends. In the last case `knowsYear` is false: make-up workdays are missing and somebody should import them.
 */
export function createCalendar(options: { timeZone: string; overrides?: Iterable<CalendarOverride> }): LiveCalendar {
  const { timeZone } = options;
  let overrides = toMap(options.overrides ?? []);
  const wallClockMs = createWallClock(timeZone);
  const worked = new Map<Day, boolean>();

  function at(day: Day, time: string): Date {
    const wanted = Date.parse(`${day}T${time}:00Z`);
    if (Number.isNaN(wanted)) throw new RangeError(`not a day and time: ${day} ${time}`);
    const offset = (instantMs: number) => wallClockMs(instantMs) - instantMs;
    const first = wanted - offset(wanted);
    const second = wanted - offset(first);
    // A time that the clocks skip in spring does not exist: the moment after the jump stands for it.
    return new Date(wallClockMs(second) === wanted ? second : Math.max(first, second));
  }

  function isWorkday(day: Day): boolean {
    let isWorked = worked.get(day);
    if (isWorked === undefined) {
      isWorked = findOut(day);
      worked.set(day, isWorked);
    }
    return isWorked;
  }

  function findOut(day: Day): boolean {
    const override = overrides.get(day);
    if (override !== undefined) return override;
    const published = findPublishedDay(day);
    if (published) return published.isWorkday;
    if (!isPublished(yearOf(day)) && isStatutoryHoliday(day)) return false;
    return weekdayOf(day) <= 5;
  }

  function nextWorkday(day: Day, step: 1 | -1): Day {
    let next = addDays(day, step);
    while (!isWorkday(next)) next = addDays(next, step);
    return next;
  }

  return {
    timeZone,
    dayOf: (instant) => toDay(wallClockMs(instant.getTime())),
    timeOf: (instant) => new Date(wallClockMs(instant.getTime())).toISOString().slice(11, 16),
    at,
    addDays,
    isWorkday,
    workdayBefore: (day) => nextWorkday(day, -1),
    workdayAfter: (day) => nextWorkday(day, 1),
    replaceOverrides: (rows) => {
      overrides = toMap(rows);
      worked.clear();
    },
    // Every yearly arrangement speaks of the National Day: an import that covers it is a whole year, not a single correction.
    knowsYear: (year) => isPublished(year) || overrides.has(`${year}-10-01`),
  };
}

function toMap(rows: Iterable<CalendarOverride>): Map<Day, boolean> {
  return new Map(Array.from(rows, ({ day, isWorkday }) => [day, isWorkday]));
}

/** The weekday of a day, 1 (Monday) to 7 (Sunday). */
export function weekdayOf(day: Day): number {
  return new Date(`${day}T00:00Z`).getUTCDay() || 7;
}

/** The day `days` later, or earlier when negative. */
export function addDays(day: Day, days: number): Day {
  return toDay(Date.parse(`${day}T00:00Z`) + days * DAY_MS);
}

function toDay(utcMs: number): Day {
  return new Date(utcMs).toISOString().slice(0, 10);
}

function yearOf(day: Day): number {
  return Number(day.slice(0, 4));
}

/** What the clocks on the wall show at an instant, as if they showed UTC. The formatter is made once: making one is slow. */
function createWallClock(timeZone: string): (instantMs: number) => number {
  const two = '2-digit';
  const fields = { year: 'numeric', month: two, day: two, hour: two, minute: two, second: two } as const;
  const format = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', { timeZone, hourCycle: 'h23', ...fields });
  /** The offset for a minute: a crowd asks about the same few minutes, and formatting is slow. */
  const offsets = new Map<number, number>();
  const formatWallClock = (instantMs: number) => {
    const part: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
    for (const { type, value } of format.formatToParts(instantMs)) part[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    const milliseconds = ((instantMs % 1000) + 1000) % 1000;
    return Date.UTC(year, month - 1, day, hour, minute, second, milliseconds);
  };
  return (instantMs) => {
    const minute = Math.floor(instantMs / 60_000);
    const offset = offsets.get(minute) ?? formatWallClock(instantMs) - instantMs;
    if (offsets.size >= 1000) offsets.clear();
    offsets.set(minute, offset);
    return instantMs + offset;
  };
}
