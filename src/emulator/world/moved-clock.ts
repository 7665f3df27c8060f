/** The clock that can be moved: what it shows, and keeping it moved over a restart together with the world it belongs to. */
import { movedByMs, moveTo, now } from '../../basics/clock.ts';
import { realTimeMs } from '../api/limits.ts';
import type { Clock } from '../site/page-api.ts';
import type { Tenant } from './tenant.ts';

const ROW = 'movedByMs';
const HOUR_MS = 3_600_000;
/** Beijing has no summer time. */
const ZONE_MS = 8 * HOUR_MS;

/** Moves everybody's clock; undefined goes back to the real time. Kept in the journal. */
export function setClock(tenant: Tenant, instant: Date | undefined): void {
  moveTo(instant ?? new Date(realTimeMs()));
  if (instant) tenant.clock.set(ROW, movedByMs());
  else tenant.clock.delete(ROW);
}

/** Moves the clock to where it was when the world was left: messages and tasks of tomorrow must not meet yesterday again. */
export function restoreClock(tenant: Tenant): void {
  const keptMs = tenant.clock.get(ROW);
  if (keptMs !== undefined) moveTo(new Date(realTimeMs() + keptMs));
}

/** What the clock shows; less than a second counts as not moved. */
export function readClock(isWorkday: (day: string) => boolean): Clock {
  const movedMs = movedByMs();
  return {
    now: now().toISOString(),
    movedByMs: Math.abs(movedMs) < 1000 ? 0 : movedMs,
    nextWorkday: findNextWorkday(now(), isWorkday),
  };
}

/** Monday to Friday, for an emulator that was not told the holidays. */
export function isWeekday(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

/** The first workday on which nine in the morning, Beijing time, is still to come; at most a year is looked through. */
export function findNextWorkday(from: Date, isWorkday: (day: string) => boolean): string {
  const dayAfter = (days: number) =>
    new Date(from.getTime() + ZONE_MS + days * 24 * HOUR_MS).toISOString().slice(0, 10);
  const isBeforeNine = from < new Date(`${dayAfter(0)}T09:00:00+08:00`);
  const days = Array.from({ length: 366 }, (_, index) => dayAfter(index + (isBeforeNine ? 0 : 1)));
  return days.find(isWorkday) ?? dayAfter(1);
}
