/** Monthly series: the day in each month, the reminder before it, and the sentence that makes one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, createCalendar } from '../../../src/calendar/create-calendar.ts';
import { lastOfMonth, monthOf } from '../../../src/features/study-sessions/months.ts';
import {
  nextOccurrences,
  nextReminder,
  occurrenceIn,
  remindAt,
  type SeriesPlan,
} from '../../../src/features/study-sessions/series/rules.ts';

const calendar = createCalendar({ timeZone: 'Asia/Shanghai' });
const days = fc.integer({ min: 0, max: 365 * 4 }).map((shift) => addDays('2025-01-01', shift));
const plans: fc.Arbitrary<SeriesPlan> = fc.record({
  dayOfMonth: fc.integer({ min: 1, max: 31 }),
  shift: fc.constantFrom('before' as const, 'after' as const),
  leadDays: fc.integer({ min: 0, max: 20 }),
});

describe('the day in a month', () => {
  it.each([
    // A workday stays; a Sunday moves as chosen; the last day stands for what the month has not.
    ['2026-12', 10, 'before', '2026-12-10', '2026-12-10'],
    ['2027-01', 10, 'before', '2027-01-10', '2027-01-08'],
    ['2027-01', 10, 'after', '2027-01-10', '2027-01-11'],
    ['2026-11', 31, 'before', '2026-11-30', '2026-11-30'],
    ['2028-02', 30, 'before', '2028-02-29', '2028-02-29'],
    // The workday before would be in April, the one after in the next month: neither leaves the month.
    ['2026-05', 1, 'before', '2026-05-01', '2026-05-06'],
    ['2026-10', 31, 'after', '2026-10-31', '2026-10-30'],
  ] as const)('of %s for the %sth, moved %s: %s is held on %s', (month, dayOfMonth, shift, planned, day) => {
    expect(occurrenceIn(month, { dayOfMonth, shift }, calendar)).toEqual({ month, planned, day });
  });

  it('is always a workday of the month, with no other workday between it and the day said', () => {
    fc.assert(
      fc.property(days, plans, (around, plan) => {
        const { planned, day } = occurrenceIn(monthOf(around), plan, calendar);
        expect(calendar.isWorkday(day)).toBe(true);
        expect(monthOf(day)).toBe(monthOf(around));
        expect(planned <= lastOfMonth(monthOf(around))).toBe(true);
        const [from, until] = day < planned ? [day, planned] : [planned, day];
        for (let between = addDays(from, 1); between < until; between = addDays(between, 1))
          expect(calendar.isWorkday(between)).toBe(false);
      }),
    );
  });
});

describe('reminders', () => {
  it.each([
    ['2026-12-10', 7, '2026-12-03T09:40:00+08:00'],
    ['2026-12-14', 1, '2026-12-11T09:40:00+08:00'],
    ['2026-12-10', 0, '2026-12-10T09:40:00+08:00'],
  ] as const)('of %s, %s days ahead, go out at %s', (day, leadDays, at) => {
    expect(remindAt(day, leadDays, calendar)).toEqual(new Date(at));
  });

  it('come once a month in order, on a workday, on time, never for a skipped month', () => {
    const skips = fc.array(fc.integer({ min: 1, max: 12 }).map((month) => `2026-${String(month).padStart(2, '0')}`));
    fc.assert(
      fc.property(plans, skips, (plan, skippedMonths) => {
        const series = { ...plan, skippedMonths, remindedMonth: '' };
        const reminded: string[] = [];
        for (let today = '2026-01-01'; today < '2027-01-01'; today = addDays(today, 1)) {
          const next = nextReminder(series, today, calendar);
          if (!next || calendar.dayOf(next.at) > today) continue;
          expect(today <= next.day).toBe(true);
          if (today > '2026-01-31') expect(calendar.dayOf(next.at)).toBe(today);
          expect(calendar.isWorkday(calendar.dayOf(next.at))).toBe(true);
          reminded.push(next.month);
          series.remindedMonth = next.month;
        }
        expect(reminded).toEqual([...new Set(reminded)].sort());
        expect(reminded.filter((month) => skippedMonths.includes(month))).toEqual([]);
        const due = Array.from({ length: 12 }, (_, index) => `2026-${String(index + 1).padStart(2, '0')}`);
        expect(reminded).toEqual(expect.arrayContaining(due.filter((month) => !skippedMonths.includes(month))));
      }),
      { numRuns: 50 },
    );
  });

  it('say the next dates, with a skipped one among them', () => {
    const next = nextOccurrences(
      { dayOfMonth: 10, shift: 'before', leadDays: 7, skippedMonths: ['2027-01'] },
      '2026-11-23',
      3,
      calendar,
    );
    expect(next.map(({ day, isSkipped }) => [day, isSkipped])).toEqual([
      ['2026-12-10', false],
      ['2027-01-08', true],
      ['2027-02-10', false],
    ]);
  });
});
