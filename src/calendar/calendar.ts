/** The workday calendar: which days are worked, in the configured time zone, and how sure that is. */

/** A day as `2026-11-27`. */
export type Day = string;

/** All functions take and give days of the configured time zone; instants are UTC. */
export type Calendar = {
  timeZone: string;
  /** The day on which an instant falls. */
  dayOf: (instant: Date) => Day;
  /** The instant of a time of day, `18:00`, on a day. */
  at: (day: Day, time: string) => Date;
  /** The time of day of an instant, `18:00`; seconds are cut off. */
  timeOf: (instant: Date) => string;
  addDays: (day: Day, days: number) => Day;
  isWorkday: (day: Day) => boolean;
  /** The last workday before `day`. */
  workdayBefore: (day: Day) => Day;
  /** The first workday after `day`. */
  workdayAfter: (day: Day) => Day;
  /** Whether holidays and make-up workdays of the year are known, or only the statutory holidays. */
  knowsYear: (year: number) => boolean;
};
