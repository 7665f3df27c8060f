/** Instants as people read them: Beijing time, 24 hours, the weekday beside the date. */

const ZONE = 'Asia/Shanghai';
const part = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('zh-CN', { timeZone: ZONE, ...options });
const TIME = part({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const SECONDS = part({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const DAY = part({ month: 'numeric', day: 'numeric' });
const MONTH_DAY = part({ month: 'long', day: 'numeric' });
const WEEKDAY = part({ weekday: 'short' });
const DATE = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit' });

/** `09:05` */
export function formatTime(instant: Date): string {
  return TIME.format(instant);
}

/** `09:05:07` */
export function formatSeconds(instant: Date): string {
  return SECONDS.format(instant);
}

/** `11月27日（周五）09:05` */
export function formatMoment(instant: Date): string {
  return `${MONTH_DAY.format(instant)}（${WEEKDAY.format(instant)}）${TIME.format(instant)}`;
}

/** The time on the same day as `now`, the date on another: what fits into a chat list. */
export function formatShort(instant: Date, now: Date): string {
  return dayOf(instant) === dayOf(now) ? TIME.format(instant) : DAY.format(instant);
}

/** `周五` */
export function formatWeekday(instant: Date): string {
  return WEEKDAY.format(instant);
}

/** The day as `2026-11-27`. */
export function dayOf(instant: Date): string {
  return DATE.format(instant);
}

/** The instant of a time of day in Beijing, as the emulator's clock wants it: `2026-11-27T18:00:00+08:00`. */
export function instantAt(day: string, time: string): string {
  return `${day}T${time}:00+08:00`;
}

/** The day so many days later. */
export function addDays(day: string, days: number): string {
  const noon = new Date(`${day}T12:00:00Z`);
  noon.setUTCDate(noon.getUTCDate() + days);
  return noon.toISOString().slice(0, 10);
}

/** 0 is Sunday. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T12:00:00Z`).getUTCDay();
}
