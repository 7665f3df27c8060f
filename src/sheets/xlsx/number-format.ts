/** Whether a number format of a workbook shows a date or a time: a cell itself does not say. */

/** Built-in formats, the Chinese ones among them (ECMA-376 part 1, 18.8.30). */
const BUILT_IN_DATES = new Set([14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]);
const BUILT_IN_TIMES = new Set([18, 19, 20, 21, 22, 32, 33, 34, 35, 45, 46, 47, 55, 56]);

/** The longest code that Excel writes. */
const MAX_CODE = 255;

/** What a number in this format means. */
export type NumberMeaning = 'number' | 'date' | 'time';

/** What a number with this format means: `time` if hours or minutes are shown, `date` for days only. */
export function readNumberFormat(id: number, code: string | undefined): NumberMeaning {
  if (code === undefined) return BUILT_IN_TIMES.has(id) ? 'time' : BUILT_IN_DATES.has(id) ? 'date' : 'number';
  // What is literal, a colour or a language says nothing; [h] counts hours beyond 24.
  const [signs = ''] = code
    .slice(0, MAX_CODE)
    .replace(/"[^"]*"|\\.|[_*]./g, '')
    .split(';');
  const plain = signs.replace(/\[(?![hms]+\])[^\]]*\]/gi, '');
  if (/general/i.test(plain)) return 'number';
  return /[hs]/i.test(plain) ? 'time' : /[ymd]/i.test(plain) ? 'date' : 'number';
}
