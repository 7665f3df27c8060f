/** Finds what comes again: 每月10日, 每季度最后一个月20号, and how long before it a reminder is wanted. */

import { matches, type Sheet } from '../sheet.ts';
import type { RecurrenceSlot, SlotOf } from '../slots.ts';
import { QUANTITY, readNumber } from './read-number.ts';

const EVERY =
  '(?:每隔?|逢)(?<other>半|两|双|[二三四五六]|单|间隔)?(?:一?个)?(?<unit>工作日|月|周|星期|礼拜|季度|季|年|天|日)(?!一题|一星|之星|计划|台账)';
const DAYS = String.raw`(?<days>(?:${QUANTITY}[日号]?\s*[、,和及]\s*)*${QUANTITY}\s*[日号]|月?[底末]?(?:的)?最后一[天日]|月?[底末]|月初|[一二三四五六日天](?:[、和及][一二三四五六日天])*)`;
const RECURRENCE = new RegExp(
  String.raw`${EVERY}\s*(?:的|份|都|固定|定于|在|于)*(?<more>(?:最后|首|头|第[一二三四])(?:一?个)?(?:月|周|工作日|(?:周|星期)[一二三四五六日])|首月|末月|[一二三四五六七八九十]{1,2}月)?\s*(?:的)?${DAYS}?(?:之?前)?`,
  'gu',
);
const LEAD = new RegExp(
  String.raw`(?:提[前早]|早)\s*(?<days>${QUANTITY})\s*(?<unit>天|日|个?工作日|个?星期|个?礼拜|周)|(?:头|前)[一1]天(?=[^,。;]{0,4}(?:提醒|通知|喊|叫|说|告诉|吱|招呼))`,
  'gu',
);
const UNITS: Record<string, RecurrenceSlot['every']> = {
  月: 'month',
  周: 'week',
  星期: 'week',
  礼拜: 'week',
  季度: 'quarter',
  季: 'quarter',
  年: 'year',
};

/** Claims every recurrence and lead. What is more than one or several days of every month is not simple. */
export function findRecurrences(sheet: Sheet): (RecurrenceSlot | SlotOf<'lead'>)[] {
  const found: (RecurrenceSlot | SlotOf<'lead'>)[] = [];
  for (const { start, end, groups } of matches(sheet, RECURRENCE)) {
    const every = UNITS[groups.unit ?? ''] ?? 'day';
    const days = every === 'month' ? daysOf(groups.days ?? '') : [];
    const isSimple = every === 'month' && !groups.other && !groups.more && days.length === 1;
    if (sheet.claim({ start, end })) found.push({ start, end, kind: 'recurrence', every, days, isSimple });
  }
  for (const { start, end, groups } of matches(sheet, LEAD)) {
    const days = readNumber(groups.days ?? '1') * (/星期|礼拜|周/u.test(groups.unit ?? '') ? 7 : 1);
    if (!Number.isNaN(days) && sheet.claim({ start, end })) found.push({ start, end, kind: 'lead', days });
  }
  return found;
}

function daysOf(text: string): number[] {
  if (/[底末]|最后/.test(text)) return [31];
  if (text === '月初') return [];
  return text
    .split(/[、,和及]/)
    .map((one) => readNumber(one.trim().replace(/\s*[日号]$/, '')))
    .filter((day) => day >= 1 && day <= 31);
}
