/** Turns what a cell holds into what its column means: dates in all their forms, numbers kept as text, names with gaps. */

import { cleanText, normaliseName } from '../basics/text.ts';
import type { Calendar } from '../calendar/calendar.ts';
import { secondsToTime, serialToDay, timeToSerial, toInstant } from './date-serial.ts';
import { unguardText } from './guard-text.ts';
import type { Kind, KindValues } from './plan.ts';
import { plainText, readDayText, readTimeText } from './read-date-text.ts';
import { type Cell, DAYS_1904, type DateCell } from './xlsx/cell.ts';

/** What the reading of a cell depends on besides the cell. */
export type CellContext = { calendar: Calendar; is1904: boolean };

/** The value, or in Chinese why there is none. */
export type Converted = { value: KindValues[Kind] } | { reason: string };

type Converter = (cell: string | number | boolean | DateCell, context: CellContext) => Converted;

const DAY_EXPECTED = '不是完整的日期，请写成 2026-11-27 的样子';
const TIME_EXPECTED = '不是时间，请写成 08:30 的样子';
const INSTANT_EXPECTED = '请写上日期和时间，如 2026-11-27 18:00';
const NUMBER_EXPECTED = '不是数字';

/** Excel keeps fifteen digits of a number; what comes after them it has replaced by zeros. */
const MAX_EXACT = 1e15;

const CONVERTERS: Record<Kind, Converter> = {
  text: toText,
  name: (cell) => mapText(toText(cell), normaliseName),
  names: (cell) => mapText(toText(cell), splitNames),
  number: toNumber,
  day: toDay,
  time: toTime,
  instant: toMoment,
};

/** What the cell means in a column of that kind. Never throws; a text comes as it was written, for `zod` to judge. */
export function convertCell(kind: Kind, cell: Cell, context: CellContext): Converted {
  if (typeof cell === 'object' && 'reason' in cell) return cell;
  return CONVERTERS[kind](cell, context);
}

function toText(cell: string | number | boolean | DateCell): Converted {
  if (typeof cell === 'string') return { value: unguardText(cleanText(cell)) };
  if (typeof cell === 'boolean') return { value: cell ? '是' : '否' };
  if (typeof cell === 'object') {
    const found = serialToDay(cell.serial);
    if (!found) return { value: secondsToTime(Math.round(cell.serial * 86_400)) };
    return { value: cell.hasTime ? `${found.day} ${secondsToTime(found.seconds)}` : found.day };
  }
  if (Math.abs(cell) >= MAX_EXACT) {
    return { reason: '数字太长，末尾几位已被表格软件改掉，请把这一列设为文本格式后重新填写' };
  }
  return { value: String(Number(cell.toPrecision(15))) };
}

function mapText(text: Converted, map: (text: string) => string | string[]): Converted {
  return 'value' in text && typeof text.value === 'string' ? { value: map(text.value) } : text;
}

function splitNames(text: string): string[] {
  return text
    .split(/[、，,;；/\n\t]+/)
    .map(normaliseName)
    .filter((name) => name !== '');
}

function toNumber(cell: string | number | boolean | DateCell): Converted {
  if (typeof cell === 'number') return { value: cell };
  if (typeof cell !== 'string') return { reason: NUMBER_EXPECTED };
  const text = plainText(cell.replace(/^\s*'/, ''));
  const isNumber = /^[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?$/.test(text);
  return isNumber ? { value: Number(text.replaceAll(',', '')) } : { reason: NUMBER_EXPECTED };
}

function toDay(cell: string | number | boolean | DateCell, context: CellContext): Converted {
  const found = typeof cell === 'string' ? readDayText(plainText(cell)) : undefined;
  if (found) {
    const isDay = found.rest === '' || readTimeText(found.rest) !== undefined;
    return isDay ? { value: found.day } : { reason: DAY_EXPECTED };
  }
  const serial = toSerial(cell, context);
  const day = typeof serial === 'number' ? serialToDay(serial)?.day : serial?.day;
  return day === undefined ? { reason: DAY_EXPECTED } : { value: day };
}

function toTime(cell: string | number | boolean | DateCell): Converted {
  if (typeof cell === 'string') {
    const time = readTimeText(plainText(cell));
    return time === undefined ? { reason: TIME_EXPECTED } : { value: time };
  }
  if (typeof cell === 'boolean') return { reason: TIME_EXPECTED };
  const serial = typeof cell === 'number' ? cell : cell.serial;
  // A bare number is a time only as a part of a day: 8 is no time, and 1 shown as one is midnight at the end.
  if (!(serial >= 0) || (typeof cell === 'number' && serial >= 1)) return { reason: TIME_EXPECTED };
  const seconds = Math.round(serial * 86_400);
  return { value: secondsToTime(seconds === 86_400 ? seconds : seconds % 86_400) };
}

function toMoment(cell: string | number | boolean | DateCell, context: CellContext): Converted {
  const { calendar } = context;
  if (typeof cell === 'string') {
    const found = readDayText(plainText(cell));
    const time = found && readTimeText(found.rest);
    if (!found || time === undefined) return { reason: INSTANT_EXPECTED };
    return { value: toInstant(found.day, Math.round(timeToSerial(time) * 86_400), calendar) };
  }
  const isWhole = typeof cell === 'object' && !cell.hasTime && Number.isInteger(cell.serial);
  const serial = typeof cell === 'object' ? cell.serial : Number.NaN;
  const found = isWhole ? undefined : serialToDay(serial);
  return found ? { value: toInstant(found.day, found.seconds, calendar) } : { reason: INSTANT_EXPECTED };
}

/** The number behind a date: shown as one, bare, kept as text, or written as 20261127, which is a day already. */
function toSerial(cell: string | number | boolean | DateCell, { is1904 }: CellContext) {
  if (typeof cell === 'object') return cell.serial;
  const number = typeof cell === 'string' && /^\d+$/.test(plainText(cell)) ? Number(plainText(cell)) : cell;
  if (typeof number !== 'number') return undefined;
  if (number >= 10_000_000) return readDayText(String(number));
  // A year or an ordinal is no date: only numbers from 1954 to 2119 are taken for one.
  const serial = number + (is1904 ? DAYS_1904 : 0);
  return Number.isInteger(number) && serial >= 20_000 && serial <= 80_000 ? serial : undefined;
}
