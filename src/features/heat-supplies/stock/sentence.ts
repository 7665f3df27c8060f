/** Reads what a keeper types about stock: 入库 藿香正气水 200盒 批号A1 有效期2027-05-31 到政治处. */
import type { Day } from '../../../calendar/calendar.ts';
import { readItem, type WrittenItem } from './item-text.ts';

/** A typed movement of stock; `points` are the names that stand in it, in order. */
export type WrittenMovement = {
  item: WrittenItem;
  label?: string;
  expiresOn?: Day;
  document?: string;
  points: string[];
  reason: string;
};

const LABEL = /批号\s*[:：]?\s*([A-Za-z0-9-]{1,30})/u;
const EXPIRY = /有效期?\s*[至到]?\s*[:：]?\s*(\d{4})\s*[-年./]\s*(\d{1,2})(?:\s*[-月./]\s*(\d{1,2})\s*日?|\s*月)?/u;
const DOCUMENT = /单据号?\s*[:：]?\s*([A-Za-z0-9-]{1,40})/u;

/**
 * Reads one movement; undefined when no item with a quantity stands in it. `names` are the pick-up points there are. An expiry
 * by month means its last day. What is left over is the reason.
 */
export function readMovement(text: string, names: string[]): WrittenMovement | undefined {
  let rest = text;
  const take = (pattern: RegExp) => {
    const match = pattern.exec(rest);
    if (match) rest = rest.replace(match[0], ' ');
    return match;
  };
  const label = take(LABEL)?.[1];
  const expiry = take(EXPIRY);
  const document = take(DOCUMENT)?.[1];
  const expiresOn = expiry ? readExpiry(expiry) : undefined;
  const points = findPoints(rest, names);
  for (const name of points) rest = rest.replace(new RegExp(`[从到至在由]?\\s*${escapePattern(name)}`, 'u'), ' ');
  const words = rest.split(/[\s，,；;。]+/u).filter(Boolean);
  // 藿香正气水 200盒 stands in two words, 藿香正气水200盒 in one.
  for (let length = 1; length <= 2; length += 1) {
    for (let start = 0; start + length <= words.length; start += 1) {
      const item = readItem(words.slice(start, start + length).join(' '));
      if (!item) continue;
      const reason = [...words.slice(0, start), ...words.slice(start + length)]
        .join(' ')
        .replace(/^原因\s*[:：]?/u, '');
      return {
        item,
        ...(label && { label }),
        ...(expiresOn && { expiresOn }),
        ...(document && { document }),
        points,
        reason,
      };
    }
  }
  return undefined;
}

function readExpiry([, year, month, date]: RegExpExecArray): Day | undefined {
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  const day = date ? Number(date) : last;
  if (Number(month) < 1 || Number(month) > 12 || day < 1 || day > last) return undefined;
  return `${year}-${month?.padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** The points that a text names, in its order; a name inside a longer one is not meant. */
export function findPoints(text: string, names: string[]): string[] {
  const found: { name: string; at: number }[] = [];
  let left = text;
  for (const name of [...names].sort((a, b) => b.length - a.length)) {
    const at = left.indexOf(name);
    if (at < 0) continue;
    found.push({ name, at });
    left = left.replaceAll(name, '　'.repeat(name.length));
  }
  return found.sort((a, b) => a.at - b.at).map(({ name }) => name);
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
