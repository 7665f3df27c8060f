/** Pure decisions about stock: levels in, movements out; what cannot be is refused in words. */

import { AppError } from '../../../basics/errors.ts';
import type { Day } from '../../../calendar/calendar.ts';
import type { EntryKind, Held, Level, Movement } from './stock.ts';

/** The last day of what does not expire. */
export const NEVER: Day = '9999-12-31';

/** How much of `levels` could be promised today: there, not promised yet, and still good on `today`. */
export function countAvailable(levels: Level[], today: Day): number {
  return levels
    .filter(({ expiresOn }) => expiresOn >= today)
    .reduce((sum, { onHand, reserved }) => sum + onHand - reserved, 0);
}

/** So much of the batches that expire first, each as far as it goes; undefined when there is not enough. */
export function takeFirst(levels: Level[], quantity: number): { level: Level; quantity: number }[] | undefined {
  let left = quantity;
  const taken = [];
  for (const level of levels) {
    const part = Math.min(left, level.onHand - level.reserved);
    if (part <= 0) continue;
    taken.push({ level, quantity: part });
    left -= part;
  }
  return left === 0 ? taken : undefined;
}

/** What each person gets of one item. */
export type Share = { itemId: string; name: string; unit: string; each: number };

/** Promises a share at one point, the batch that expires first first and never an expired one. All of it or nothing. */
export function reserveShare(levels: Level[], share: Share[], today: Day): Movement[] {
  const good = levels.filter(({ expiresOn }) => expiresOn >= today);
  return share.flatMap(({ itemId, name, unit, each }) => {
    const ofItem = good.filter((level) => level.itemId === itemId);
    const taken = takeFirst(ofItem, each);
    if (!taken) throw new ShortOfStock(name, unit, countAvailable(ofItem, today));
    return taken.map(({ level, quantity }) => ({ ...keyOf(level), kind: 'reserved' as const, reserved: quantity }));
  });
}

/** Too little is left at the point. Nothing was promised. */
export class ShortOfStock extends AppError {
  override readonly keepsForm = false;

  constructor(name: string, unit: string, left: number) {
    super(
      'too little stock for a claim',
      `这个领取点的${name}${left > 0 ? `只剩${left}${unit}` : '已经领完'}，没有预留。请过些时候再试，或换一个领取点。`,
    );
  }
}

/** Hands over what is promised, `quantities` of each item at most (all of it when none is said); the rest is free again. */
export function settleHeld(held: Held[], quantities?: Map<string, number>): Movement[] {
  const left = new Map(quantities);
  return held
    .filter(({ reserved }) => reserved > 0)
    .flatMap((part) => {
      const given = quantities ? Math.min(part.reserved, left.get(part.itemId) ?? 0) : part.reserved;
      left.set(part.itemId, (left.get(part.itemId) ?? 0) - given);
      const rest = part.reserved - given;
      const key = keyOf(part);
      return [
        ...(given > 0 ? [{ ...key, kind: 'issued' as const, onHand: -given, reserved: -given }] : []),
        ...(rest > 0 ? [{ ...key, kind: 'released' as const, reserved: -rest }] : []),
      ];
    });
}

/** Takes what was handed over back into stock: after an objection. */
export function takeBack(held: Held[]): Movement[] {
  return held
    .filter(({ issued }) => issued > 0)
    .map((part) => ({ ...keyOf(part), kind: 'returned' as const, onHand: part.issued }));
}

/** Takes so much away, what expires first first (expired or not), never what is promised. */
export function removeStock(levels: Level[], kind: 'written-off' | 'sent' | 'counted', quantity: number): Movement[] {
  const taken = takeFirst(levels, quantity);
  if (taken) return taken.map(({ level, quantity: part }) => ({ ...keyOf(level), kind, onHand: -part }));
  const onHand = levels.reduce((sum, level) => sum + level.onHand, 0);
  const reserved = levels.reduce((sum, level) => sum + level.reserved, 0);
  const tell =
    reserved > 0
      ? `在库${onHand}，其中${reserved}已为同志们预留，最多只能减少${onHand - reserved}。请核对数量，或等预留领完再记。`
      : `在库只有${onHand}，没有记账。请核对数量。`;
  throw new AppError('stock would fall below what is promised', tell);
}

/** Makes a count true: what is missing goes from the batches that expire first, what is over comes to the last one. */
export function countStock(levels: Level[], counted: number): Movement[] {
  const difference = counted - levels.reduce((sum, { onHand }) => sum + onHand, 0);
  if (difference === 0) return [];
  if (difference < 0) return removeStock(levels, 'counted', -difference);
  const last = levels.at(-1);
  if (!last) throw new AppError('a count of what was never there', '这个领取点还没有这种物资，请用“入库”登记。');
  return [{ ...keyOf(last), kind: 'counted', onHand: difference }];
}

/** Moves so much to another point, batch by batch: the sum over both stays. */
export function transferStock(from: Level[], to: string, quantity: number): Movement[] {
  return removeStock(from, 'sent', quantity).flatMap((sent) => [
    sent,
    { ...sent, kind: 'arrived' as const, pointId: to, onHand: -(sent.onHand ?? 0) },
  ]);
}

/** How many days the stock lasts at the pace of the last seven days; undefined when nothing was handed out in them. */
export function daysOfCover(available: number, issuedInSevenDays: number): number | undefined {
  return issuedInSevenDays > 0 ? Math.floor((available * 7) / issuedInSevenDays) : undefined;
}

/** The words of the office for the kinds of entry. */
export const ENTRY_WORDS: Record<EntryKind, string> = {
  received: '入库',
  reserved: '预留',
  released: '取消预留',
  issued: '发放',
  returned: '退回',
  counted: '盘点',
  'written-off': '报损',
  sent: '调出',
  arrived: '调入',
  corrected: '更正',
};

/** The movements that a keeper books, as their word is typed. */
export const MOVE_WORDS = ['入库', '退库', '盘点', '报损', '调拨'] as const;
export type MoveWord = (typeof MOVE_WORDS)[number];

function keyOf({ pointId, batchId, itemId }: { pointId: string; batchId: string; itemId: string }) {
  return { pointId, batchId, itemId };
}
