/** Small whole numbers as people write them in dates: 27, 二十七, 两, 廿七, 二〇二六. */

/** The source of a regular expression for one or two digits, or for a Chinese number of at most three characters. */
export const NUMBER = String.raw`(?:(?<![\d.])\d{1,2}(?!\d)|[〇零一二两三四五六七八九十廿卅]{1,3})`;

const DIGITS = '〇一二三四五六七八九';

/** The number, or NaN for what is none. */
export function parseChineseNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  const [tens, ones, ...rest] = text
    .replace('元', '一')
    .replace('廿', '二十')
    .replace('卅', '三十')
    .replaceAll('零', '〇')
    .replaceAll('两', '二')
    .split('十');
  if (tens === undefined || rest.length > 0) return Number.NaN;
  if (ones === undefined) return parseDigits(tens);
  return (tens === '' ? 1 : parseDigits(tens)) * 10 + (ones === '' ? 0 : parseDigits(ones));
}

function parseDigits(text: string): number {
  const digits = Array.from(text, (character) => DIGITS.indexOf(character));
  return text === '' || digits.includes(-1) ? Number.NaN : Number(digits.join(''));
}
