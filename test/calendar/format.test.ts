/** How people see dates. */
import { describe, expect, it } from 'vitest';
import { createCalendar } from '../../src/calendar/create-calendar.ts';
import { formatDay, formatDeadline, formatInstant } from '../../src/calendar/format.ts';

const calendar = createCalendar({ timeZone: 'Asia/Shanghai' });
const here = { now: new Date('2026-11-26T01:00:00Z'), calendar };

describe('dates as people see them', () => {
  it.each([
    ['2026-11-27', '11月27日（周五）'],
    ['2026-12-06', '12月6日（周日）'],
    ['2027-01-04', '2027年1月4日（周一）'],
  ])('%s is %s', (day, shown) => {
    expect(formatDay(day, here)).toBe(shown);
  });

  it('shows instants in the configured zone', () => {
    expect(formatInstant(new Date('2026-11-27T10:00:00Z'), here)).toBe('11月27日（周五）18:00');
    expect(formatInstant(new Date('2026-12-31T16:00:00Z'), here)).toBe('2027年1月1日（周五）00:00');
  });

  it('counts the current year in the configured zone', () => {
    const newYear = { now: new Date('2026-12-31T16:00:00Z'), calendar };
    expect(formatDay('2027-01-04', newYear)).toBe('1月4日（周一）');
    expect(formatDay('2026-12-31', newYear)).toBe('2026年12月31日（周四）');
  });

  it.each([
    ['2026-11-26T10:00:00Z', '11月26日（周四，今天）18:00'],
    ['2026-11-27T10:00:00Z', '11月27日（周五，明天）18:00'],
    ['2026-11-28T10:00:00Z', '11月28日（周六）18:00'],
    ['2026-11-25T10:00:00Z', '11月25日（周三）18:00'],
  ])('says today and tomorrow beside the date of %s', (instant, shown) => {
    expect(formatDeadline(new Date(instant), here)).toBe(shown);
  });
});
