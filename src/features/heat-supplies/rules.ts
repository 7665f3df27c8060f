/** Pure decisions about hand-outs: what a draft lacks, where a claim stands, how units are counted. */
import type { Calendar } from '../../calendar/calendar.ts';
import type { Audience } from '../../people/audience.ts';
import { SMALLEST_GROUP } from '../../people/smallest-group.ts';
import { readItems } from './item-text.ts';
import type { HandoutKind } from './kinds.ts';

/** What somebody has said of a hand-out so far. `itemsText` as typed; an `opensAt` of null is at once. */
export type Draft = {
  kind: HandoutKind;
  itemsText: string;
  points: string[];
  audience: Audience | null;
  opensAt: Date | null;
  closesAt: Date | null;
};

const DAY_MS = 86_400_000;
/** Whoever does not say until when means a week. */
const USUAL_DAYS = 7;
const USUAL_END = '18:00';
const REMINDER_TIME = '09:00';

/** The words for what a draft still lacks, in the order of the form; empty when it is complete. */
export function findMissing(draft: Draft): string[] {
  return [
    ...(readItems(draft.itemsText).length > 0 ? [] : ['发放内容']),
    ...(draft.audience ? [] : ['发放范围']),
    ...(draft.points.length > 0 ? [] : ['领取点']),
    ...(draft.closesAt ? [] : ['截止时间']),
  ];
}

/** Why a draft cannot stand as it is, as a sentence that says what to do; undefined when nothing speaks against it. */
export function findObjection({ opensAt, closesAt, itemsText }: Draft, now: Date): string | undefined {
  if (readItems(itemsText).length > 5) return '一次最多发放5种物资，请分成两次。';
  if (closesAt && closesAt <= now) return '截止时间已经过去，请选一个以后的时间。';
  if (closesAt && opensAt && closesAt <= opensAt) return '截止时间早于开始时间，请重新选择。';
  if (closesAt && closesAt.getTime() - now.getTime() > 366 * DAY_MS) return '截止时间在一年以后，请核对年份。';
  return undefined;
}

/** The end of a hand-out that begins then, when nobody said one: a week later, at the end of work. */
export function usualEnd(opensAt: Date, calendar: Calendar): Date {
  return calendar.at(calendar.addDays(calendar.dayOf(opensAt), USUAL_DAYS), USUAL_END);
}

/**
 * When whoever has yet to collect is reminded: in the morning of the workday before the end. Undefined when the hand-out only begins
 * that day or later, for then its notice is as new as a reminder.
 */
export function findReminder(opensAt: Date, closesAt: Date, calendar: Calendar): Date | undefined {
  const day = calendar.workdayBefore(calendar.dayOf(closesAt));
  return day > calendar.dayOf(opensAt) ? calendar.at(day, REMINDER_TIME) : undefined;
}

/** Need against stock of one item: what is short is never negative. */
export function compareStock(each: number, people: number, available: number): { need: number; short: number } {
  const need = each * people;
  return { need, short: Math.max(0, need - available) };
}

export type ClaimState = 'open' | 'reserved' | 'collected' | 'partial' | 'missed';

/** One person's part as it counts on a given day: each person once. */
export type Standing = ClaimState | 'on-leave' | 'unreachable';

/** What is settled or reserved comes first, then leave, then not to be reached. */
export function standingOf(part: { state: ClaimState; isOnLeave: boolean; isUnreachable: boolean }): Standing {
  if (part.state !== 'open') return part.state;
  if (part.isOnLeave) return 'on-leave';
  return part.isUnreachable ? 'unreachable' : 'open';
}

/** How many stand where; the sum is the head-count. */
export type Tally = Record<Standing, number>;

export function tally(standings: Iterable<Standing>): Tally {
  const counts: Tally = { open: 0, reserved: 0, collected: 0, partial: 0, missed: 0, 'on-leave': 0, unreachable: 0 };
  for (const standing of standings) counts[standing] += 1;
  return counts;
}

/** A unit with its people and what of each item was confirmed and is still open. */
export type UnitCount = { unit: string; people: number; items: Record<string, { confirmed: number; open: number }> };

/**
 * Units by name, with those of fewer than five people put together; if even these are fewer than five, the smallest other unit joins
 * them, for else they could be worked out from the sum. Nothing is broken out where everybody is one such group.
 */
export function foldSmallUnits(units: UnitCount[]): UnitCount[] {
  const shown = units.filter(({ people }) => people >= SMALLEST_GROUP).sort((a, b) => b.people - a.people);
  const folded = units.filter(({ people }) => people > 0 && people < SMALLEST_GROUP);
  if (folded.length === 0) return shown;
  let rest = folded.reduce(addUnits);
  if (rest.people < SMALLEST_GROUP) {
    const joined = shown.pop();
    if (!joined) return [];
    rest = addUnits(rest, joined);
  }
  return [...shown, { ...rest, unit: '其他单位合计' }];
}

function addUnits(a: UnitCount, b: UnitCount): UnitCount {
  const names = [...new Set([...Object.keys(a.items), ...Object.keys(b.items)])];
  const sum = (name: string, what: 'confirmed' | 'open') => (a.items[name]?.[what] ?? 0) + (b.items[name]?.[what] ?? 0);
  const items = names.map((name) => [name, { confirmed: sum(name, 'confirmed'), open: sum(name, 'open') }] as const);
  return { unit: a.unit, people: a.people + b.people, items: Object.fromEntries(items) };
}
