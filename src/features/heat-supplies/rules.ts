/** Pure decisions about hand-outs: what a draft lacks, where a claim stands, how units are counted. */
import { DAY_MS } from '../../basics/durations.ts';
import type { Calendar } from '../../calendar/calendar.ts';
import { SMALLEST_GROUP } from '../../people/places/smallest-group.ts';
import type { Draft as DraftOf } from '../../publication/contract.ts';
import type { HandoutKind } from './kinds.ts';
import { readItems } from './stock/item-text.ts';

/** What a hand-out gives and where. `itemsText` as typed; `alertId` is the heat alert it was drafted for. */
export type Content = { kind: HandoutKind; itemsText: string; points: string[]; alertId: string | null };

/** What somebody has said of a hand-out so far. */
export type Draft = DraftOf<Content>;

export const EMPTY: Draft = {
  ...{ kind: 'heat', itemsText: '', points: [], alertId: null },
  ...{ audience: null, opensAt: null, dueAt: null },
};

/** Whoever does not say until when means a week. */
const USUAL_DAYS = 7;
const USUAL_END = '18:00';

/** Why a draft cannot stand as it is, as a sentence that says what to do; undefined when nothing speaks against it. */
export function findObjection({ opensAt, dueAt, itemsText }: Draft, now: Date): string | undefined {
  if (itemsText !== '' && readItems(itemsText).length === 0)
    return '发放内容没有看懂，请写明名称、数量和单位，例如：藿香正气水2盒。';
  if (readItems(itemsText).length > 5) return '一次最多发放5种物资，请分成两次。';
  if (dueAt && dueAt <= now) return '截止时间已经过去，请选一个以后的时间。';
  if (dueAt && opensAt && dueAt <= opensAt) return '截止时间早于开始时间，请重新选择。';
  if (dueAt && dueAt.getTime() - now.getTime() > 366 * DAY_MS) return '截止时间在一年以后，请核对年份。';
  return undefined;
}

/** The end of a hand-out that begins then, when nobody said one: a week later, at the end of work. */
export function usualEnd(opensAt: Date, calendar: Calendar): Date {
  return calendar.at(calendar.addDays(calendar.dayOf(opensAt), USUAL_DAYS), USUAL_END);
}

/** Need against stock of one item: what is short is never negative. */
export function compareStock(each: number, people: number, available: number): { need: number; short: number } {
  const need = each * people;
  return { need, short: Math.max(0, need - available) };
}

export type ClaimState = 'open' | 'reserved' | 'collected' | 'partial' | 'missed';

/** One person's part as it counts on a given day: each person once. */
export type Standing = ClaimState | 'on-leave' | 'unreachable' | 'waiting';

/** How many stand where; the sum is the head-count. */
export type Tally = Record<Standing, number>;

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
