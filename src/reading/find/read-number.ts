/** Numbers up to some thousands as people write them beside a unit: 20, 二十, 一百二十, 两. */
import { parseChineseNumber } from '../../calendar/chinese-number.ts';

/** The source of an expression for a number. */
export const QUANTITY = String.raw`(?:(?<![\d.])\d{1,6}(?:\.\d)?(?!\d)|[一二两三四五六七八九十百零〇廿卅]{1,6})`;

/** The number, or NaN for what is none. */
export function readNumber(text: string): number {
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text);
  const [hundreds, rest, ...more] = text.split('百');
  if (rest === undefined) return parseChineseNumber(text);
  if (more.length > 0) return Number.NaN;
  const above = hundreds === '' ? 1 : parseChineseNumber(hundreds ?? '');
  // 一百二 is a hundred and twenty.
  const below =
    rest === ''
      ? 0
      : /^[一二三四五六七八九]$/.test(rest)
        ? 10 * parseChineseNumber(rest)
        : parseChineseNumber(rest.replace(/^[零〇]/, ''));
  return above * 100 + below;
}
