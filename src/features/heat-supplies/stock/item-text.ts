/** Reads goods as people write them: 藿香正气水2盒、矿泉水1箱. */
import { parseChineseNumber } from '../../../calendar/chinese-number.ts';

/** An item with how much of it, as it was written. */
export type WrittenItem = { name: string; unit: string; quantity: number };

/** More of anything is a slip of the finger. */
export const MAX_QUANTITY = 1_000_000;

const UNITS =
  '公斤|千克|盒|箱|瓶|袋|包|件|套|条|个|支|双|份|提|桶|罐|顶|把|副|张|斤|升|床|台|块|枚|只|听|卷|组|本|贴|片|筒|打|米';
const COUNT = String.raw`(?<count>\d{1,9}|[一二两三四五六七八九十]{1,3})`;
const NAME = String.raw`(?<name>[\p{Script=Han}A-Za-z][\p{Script=Han}A-Za-z0-9·（）()％%+/-]{0,29}?)`;
const NAME_FIRST = new RegExp(String.raw`^${NAME}\s*[:：×x*]?\s*${COUNT}\s*(?<unit>${UNITS})$`, 'u');
const COUNT_FIRST = new RegExp(String.raw`^${COUNT}\s*(?<unit>${UNITS})的?\s*${NAME}$`, 'u');
const LEAD = /^(?:每人|每名|各|发放|发|领取|领|配发|配|包括|有)+/u;

/**
 * Every item that a text lists between 、 or ，; what is no item (a date, a place) is passed over. Of one name the last
 * counts. 和 and 及 separate items too, where both sides are some.
 */
export function readItems(text: string): WrittenItem[] {
  const clauses = text.split(/[、，,；;。\n]/u).flatMap((clause) => {
    const parts = clause.split(/[和及]/u);
    return parts.length > 1 && parts.every((part) => readItem(part)) ? parts : [clause];
  });
  const found = clauses.flatMap((clause) => readItem(clause) ?? []).filter(({ quantity }) => quantity > 0);
  return [...new Map(found.map((item) => [item.name, item])).values()];
}

/** One item, in either order: 矿泉水1箱, 1箱矿泉水. The quantity may be 0. */
export function readItem(clause: string): WrittenItem | undefined {
  const plain = clause.trim().replace(LEAD, '').trim();
  const { name, count, unit } = (NAME_FIRST.exec(plain) ?? COUNT_FIRST.exec(plain))?.groups ?? {};
  const quantity = parseChineseNumber(count ?? '');
  if (!name || !unit || !(quantity <= MAX_QUANTITY)) return undefined;
  return { name, unit, quantity };
}
