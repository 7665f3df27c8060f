/** Which number formats show dates and times. */
import { expect, it } from 'vitest';
import { readNumberFormat } from '../../src/sheets/xlsx/number-format.ts';

it.each([
  [0, undefined, 'number'],
  [14, undefined, 'date'],
  [22, undefined, 'time'],
  [31, undefined, 'date'],
  [55, undefined, 'time'],
  [164, 'General', 'number'],
  [164, 'G/通用格式', 'number'],
  [164, '0.00', 'number'],
  [164, '0"days"', 'number'],
  [164, '#,##0;[Red]-#,##0', 'number'],
  [164, '0\\d', 'number'],
  [164, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', 'number'],
  [164, 'yyyy"年"m"月"d"日"', 'date'],
  [164, 'yyyy/m/d;@', 'date'],
  [164, '[DBNum1][$-804]yyyy"年"m"月"', 'date'],
  [164, '[h]:mm', 'time'],
  [164, '上午/下午h"时"mm"分"', 'time'],
  [164, '['.repeat(100_000), 'number'],
] as const)('%i %s is a %s', (id, code, meaning) => {
  expect(readNumberFormat(id, code)).toBe(meaning);
});
