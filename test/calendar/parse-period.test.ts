/** Stretches of days as people type them. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createCalendar } from '../../src/calendar/create-calendar.ts';
import { parsePeriod } from '../../src/calendar/parse-period.ts';

const calendar = createCalendar({ timeZone: 'Asia/Shanghai' });
const now = new Date('2026-11-23T10:00:00+08:00');
const read = (text: string, at = now) => {
  const found = parsePeriod(text, { now: at, calendar });
  return found && `${found.firstDay} ${found.lastDay} ${found.said}`;
};

it.each([
  ['本月', '2026-11-01 2026-11-30 本月'],
  ['上个月', '2026-10-01 2026-10-31 上个月'],
  ['11月', '2026-11-01 2026-11-30 11月'],
  ['十一月份', '2026-11-01 2026-11-30 十一月份'],
  ['2月', '2026-02-01 2026-02-28 2月'],
  ['2024年2月的', '2024-02-01 2024-02-29 2024年2月'],
  ['去年12月', '2025-12-01 2025-12-31 去年12月'],
  ['2026年第三季度', '2026-07-01 2026-09-30 2026年第三季度'],
  ['四季度', '2026-10-01 2026-12-31 四季度'],
  ['上季度', '2026-07-01 2026-09-30 上季度'],
  ['本季度', '2026-10-01 2026-12-31 本季度'],
  ['上半年', '2026-01-01 2026-06-30 上半年'],
  ['2025年下半年', '2025-07-01 2025-12-31 2025年下半年'],
  ['今年', '2026-01-01 2026-12-31 今年'],
  ['二〇二五年', '2025-01-01 2025-12-31 二〇二五年'],
  ['上周', '2026-11-16 2026-11-22 上周'],
  ['今天', '2026-11-23 2026-11-23 今天'],
  ['11月5日', '2026-11-05 2026-11-05 11月5日'],
  ['9月1日至9月15日', '2026-09-01 2026-09-15 9月1日至9月15日'],
  ['2026-09-01到2026-10-02', '2026-09-01 2026-10-02 2026-09-01到2026-10-02'],
  ['9月到11月', '2026-09-01 2026-11-30 9月到11月'],
])('%s', (text, period) => {
  expect(read(text)).toBe(period);
});

it.each(['', '学习台账', '13月', '2月30日', '11月至9月', '1949年'])('“%s” names none', (text) => {
  expect(read(text)).toBeUndefined();
});

it('takes 12月 for last year’s in January, and for this year’s from June on', () => {
  expect(read('12月', new Date('2026-01-10T10:00:00+08:00'))).toBe('2025-12-01 2025-12-31 12月');
  expect(read('12月', new Date('2026-06-10T10:00:00+08:00'))).toBe('2026-12-01 2026-12-31 12月');
});

it('gives whole months that hold what was said, in order', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2000, max: 2199 }), fc.integer({ min: 1, max: 12 }), (year, month) => {
      const found = parsePeriod(`导出${year}年${month}月`, { now, calendar });
      const stem = `${year}-${String(month).padStart(2, '0')}`;
      expect(found?.firstDay).toBe(`${stem}-01`);
      expect(found?.lastDay.slice(0, 7)).toBe(stem);
      expect(calendar.addDays(found?.lastDay ?? '', 1).slice(8)).toBe('01');
    }),
  );
});
