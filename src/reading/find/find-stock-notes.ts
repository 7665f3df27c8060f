/** Finds what stands beside goods in a store's books: expiry, batch, number of the document. */
import type { Day } from '../../calendar/calendar.ts';
import { addDays } from '../../calendar/create-calendar.ts';
import { matches, type Sheet } from '../sheet.ts';
import type { ExpirySlot, SlotOf } from '../slots.ts';

const DATE = String.raw`(?<date>\d{8}(?!\d)|\d{6}(?!\d)|\d{2,4}\s*[-./年]\s*\d{1,2}(?:\s*[-./月]\s*\d{1,2}\s*日?|\s*月)?)(?!\s*(?:个月|天|年))`;
const WORD = '(?:有效期限?|保质期|效期|失效(?:日期|期)?|到期(?:日期?|时间)?|过期(?:日期?|时间)|有效日期|使用期限)';
const EXPIRY = new RegExp(
  String.raw`${WORD}\s*(?:[至到为是:]|截至|截止)*\s*(?:${DATE}|(?<long>\d{1,3}\s*(?:个月|天|年)))|${DATE.replace('<date>', '<first>')}\s*(?:到期|过期|失效)`,
  'gu',
);
const BATCH = /批(?:次号|号|次)\s*[:为是]?\s*(?<label>[A-Za-z0-9][A-Za-z0-9-]{0,29})/gu;
const DOCUMENT = /(?:单据|入库单|出库单)(?:编?号)?\s*[:为是]?\s*(?<label>[A-Za-z0-9][A-Za-z0-9-]{0,39})/gu;

/** Claims all of them. An expiry by month means its last day; one that is no day, or a length of time, has none. */
export function findStockNotes(sheet: Sheet): (ExpirySlot | SlotOf<'batch' | 'document'>)[] {
  const found: (ExpirySlot | SlotOf<'batch' | 'document'>)[] = [];
  for (const { start, end, groups } of matches(sheet, EXPIRY)) {
    const day = readExpiry(groups.date ?? groups.first ?? '');
    if (sheet.claim({ start, end })) found.push({ start, end, kind: 'expiry', ...(day && { day }) });
  }
  for (const [pattern, kind] of [
    [BATCH, 'batch'],
    [DOCUMENT, 'document'],
  ] as const) {
    for (const { start, end, groups } of matches(sheet, pattern))
      if (sheet.claim({ start, end })) found.push({ start, end, kind, label: groups.label ?? '' });
  }
  return found;
}

/** 2027-05-31, 27-05-31, 20270531, 270531, 202705, 2027年5月. */
function readExpiry(text: string): Day | undefined {
  const digits = text.replace(/\s/g, '');
  if (/^\d{8}$/.test(digits)) return toDay(digits.slice(0, 4), digits.slice(4, 6), digits.slice(6));
  if (/^\d{6}$/.test(digits))
    return /^20[2-9]\d/.test(digits)
      ? toDay(digits.slice(0, 4), digits.slice(4))
      : toDay(digits.slice(0, 2), digits.slice(2, 4), digits.slice(4));
  const [year = '', month = '', date] = digits.split(/[-./年月日]/).filter(Boolean);
  return toDay(year, month, date);
}

function toDay(year: string, month: string, date?: string): Day | undefined {
  const full = year.length === 2 ? `20${year}` : year;
  const first = `${full}-${month.padStart(2, '0')}-01`;
  if (!/^20\d\d-(?:0[1-9]|1[0-2])-01$/.test(first)) return undefined;
  const last = addDays(addDays(first, 31).replace(/\d\d$/, '01'), -1);
  const day = date === undefined ? last : `${first.slice(0, 8)}${date.padStart(2, '0')}`;
  return day >= first && day <= last ? day : undefined;
}
