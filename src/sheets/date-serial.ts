/** Days and seconds as Excel counts them: from 1899-12-30, a day being 1. */
import { DAY_MS } from '../basics/durations.ts';
import type { Calendar, Day } from '../calendar/calendar.ts';

const DAY_SECONDS = 86_400;
const START_MS = Date.UTC(1899, 11, 30);

/** Before 1 March 1900 Excel counts a leap day that never was. */
const FIRST_SERIAL = 61;
/** 31 December 9999, the last day that Excel knows. */
const LAST_SERIAL = 2_958_465;

/** The number of a day; undefined for a day that Excel cannot show. */
export function dayToSerial(day: Day): number | undefined {
  const serial = Math.round((Date.parse(`${day}T00:00:00Z`) - START_MS) / DAY_MS);
  return serial >= FIRST_SERIAL && serial <= LAST_SERIAL ? serial : undefined;
}

/** A number's day and its second of the day, rounded to the second; undefined for a number that is no day. */
export function serialToDay(serial: number): { day: Day; seconds: number } | undefined {
  const total = Math.round(serial * DAY_SECONDS);
  const days = Math.floor(total / DAY_SECONDS);
  if (!(days >= FIRST_SERIAL && days <= LAST_SERIAL)) return undefined;
  const day = new Date(START_MS + days * DAY_MS).toISOString().slice(0, 10);
  return { day, seconds: total - days * DAY_SECONDS };
}

/** `08:30` for 30600 seconds, `24:00` for a whole day; what is less than a minute is cut off. */
export function secondsToTime(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** The part of a day that a time takes: 0.5 for `12:00`. */
export function timeToSerial(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return (hours * 60 + minutes) / (24 * 60);
}

/** An instant as the clock on the wall shows it in the calendar's zone, rounded to the second. */
export function instantToSerial(instant: Date, calendar: Calendar): number | undefined {
  const rounded = new Date(Math.round(instant.getTime() / 1000) * 1000);
  const days = dayToSerial(calendar.dayOf(rounded));
  if (days === undefined) return undefined;
  return days + timeToSerial(calendar.timeOf(rounded)) + rounded.getUTCSeconds() / DAY_SECONDS;
}

/** The instant at which the clock on the wall shows that second of that day. */
export function toInstant(day: Day, seconds: number, calendar: Calendar): Date {
  return new Date(calendar.at(day, secondsToTime(seconds)).getTime() + (seconds % 60) * 1000);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
