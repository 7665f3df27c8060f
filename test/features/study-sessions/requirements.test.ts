/** Required meetings: periods, notice days, what is missing, and warnings that come in time and never too often. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, createCalendar } from '../../../src/calendar/create-calendar.ts';
import { monthOf, shiftMonth } from '../../../src/features/study-sessions/months.ts';
import {
  countPeriods,
  DEFAULT_REQUIREMENTS,
  decideWarning,
  findMissing,
  type Held,
  noticeDay,
  type Period,
  periodAround,
  WARNING_PAUSE_DAYS,
} from '../../../src/features/study-sessions/plan/requirements.ts';

const calendar = createCalendar({ timeZone: 'Asia/Shanghai' });
const days = fc.integer({ min: 0, max: 365 * 4 }).map((shift) => addDays('2025-01-01', shift));
const periods = fc.constantFrom<Period>('month', 'quarter', 'year');

describe('a period', () => {
  it.each([
    ['2026-11-23', 'month', '2026-11-01', '2026-11-30'],
    ['2028-02-29', 'month', '2028-02-01', '2028-02-29'],
    ['2026-11-23', 'quarter', '2026-10-01', '2026-12-31'],
    ['2026-01-01', 'quarter', '2026-01-01', '2026-03-31'],
    ['2026-11-23', 'year', '2026-01-01', '2026-12-31'],
  ] as const)('around %s by %s is %s to %s', (day, period, firstDay, lastDay) => {
    expect(periodAround(day, period)).toEqual({ firstDay, lastDay });
  });

  it('holds its day, and the day after it belongs to another one', () => {
    fc.assert(
      fc.property(days, periods, (day, period) => {
        const around = periodAround(day, period);
        expect(around && around.firstDay <= day && day <= around.lastDay).toBe(true);
        expect(periodAround(addDays(around?.lastDay ?? '', 1), period)?.firstDay).toBe(
          addDays(around?.lastDay ?? '', 1),
        );
      }),
    );
  });
});

describe('the notice', () => {
  it.each([
    ['2026-11-01', 'month', '2026-11-24'],
    // 中秋 takes a Friday.
    ['2026-09-01', 'month', '2026-09-23'],
    ['2026-11-01', 'quarter', '2026-12-18'],
    ['2026-11-01', 'year', '2026-12-04'],
  ] as const)('for the period around %s by %s is given on %s', (day, period, notice) => {
    expect(noticeDay(day, period, calendar)).toBe(notice);
  });

  it('is a workday within the period', () => {
    fc.assert(
      fc.property(days, periods, (day, period) => {
        const notice = noticeDay(day, period, calendar) ?? '';
        const around = periodAround(day, period);
        expect(calendar.isWorkday(notice)).toBe(true);
        expect(around && around.firstDay <= notice && notice <= around.lastDay).toBe(true);
      }),
    );
  });
});

describe('what is missing', () => {
  const kindsOf = (members: number, held: Held[]) =>
    findMissing(DEFAULT_REQUIREMENTS, members, held, '2026-11-23').map(({ kind }) => kind);

  it('is what was not held within its own period', () => {
    const held: Held[] = [
      { kind: 'themed-party-day', day: '2026-10-31' },
      { kind: 'branch-committee-meeting', day: '2026-11-02' },
      { kind: 'branch-general-meeting', day: '2026-10-08' },
      { kind: 'party-lecture', day: '2026-01-01' },
    ];
    expect(kindsOf(20, held)).toEqual(['themed-party-day', 'organizational-life-meeting', 'theory-study-center-group']);
  });

  it('leaves out the committee of a small branch', () => {
    expect(kindsOf(7, [])).toContain('branch-committee-meeting');
    expect(kindsOf(6, [])).not.toContain('branch-committee-meeting');
    expect(kindsOf(2, [])).toEqual(['theory-study-center-group']);
  });
});

describe('warnings from autumn into the new year', () => {
  it('name everything missing by its notice day, each card all of it, and never twice within a week', () => {
    const kinds = DEFAULT_REQUIREMENTS.map(({ kind }) => kind);
    const autumn = fc.integer({ min: 0, max: 170 }).map((shift) => addDays('2026-08-15', shift));
    const heldDays = fc.array(fc.record({ kind: fc.constantFrom(...kinds), day: autumn }), { maxLength: 40 });
    fc.assert(
      fc.property(heldDays, (plan) => {
        const warned: { day: string; kinds: string[] }[] = [];
        for (let today = '2026-08-15'; today < '2027-02-05'; today = addDays(today, 1)) {
          if (!calendar.isWorkday(today)) continue;
          const held = plan.filter(({ day }) => day <= today);
          const missing = findMissing(DEFAULT_REQUIREMENTS, 30, held, today);
          const told = decideWarning(missing, warned.at(-1)?.day, today, calendar);
          if (told.length > 0) warned.push({ day: today, kinds: told.map(({ kind }) => kind) });
          for (const { kind, lastDay, period } of missing) {
            if ((noticeDay(lastDay, period, calendar) ?? '') !== today || warned.length === 0) continue;
            // Told today, or on the last card, which was less than a week ago.
            expect(warned.at(-1)?.kinds).toContain(kind);
          }
        }
        for (const [index, { day }] of warned.entries()) {
          const next = warned[index + 1];
          if (next) expect(next.day >= addDays(day, WARNING_PAUSE_DAYS)).toBe(true);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('leave a branch in peace that has held everything', () => {
    fc.assert(
      fc.property(days, (today) => {
        const held = DEFAULT_REQUIREMENTS.map(({ kind }) => ({ kind, day: today }));
        expect(decideWarning(findMissing(DEFAULT_REQUIREMENTS, 30, held, today), undefined, today, calendar)).toEqual(
          [],
        );
      }),
    );
  });
});

it.each([
  ['month', [], '2026-03-15', { met: 0, begun: 3 }],
  ['month', ['2026-01-31', '2026-02-01', '2026-02-02'], '2026-03-15', { met: 2, begun: 3 }],
  ['quarter', ['2026-02-01', '2026-12-31'], '2026-11-23', { met: 2, begun: 4 }],
  ['year', ['2025-12-31'], '2026-11-23', { met: 0, begun: 1 }],
  ['month', ['2026-05-01'], '2027-06-01', { met: 1, begun: 12 }],
  ['month', [], '2025-06-01', { met: 0, begun: 0 }],
  ['never', ['2026-05-01'], '2026-06-01', { met: 0, begun: 0 }],
] as const)('counts periods by %s with %j until %s', (period, held, until, counts) => {
  const rows = held.map((day) => ({ kind: 'party-lecture', day }));
  expect(countPeriods(rows, 'party-lecture', period, 2026, until)).toEqual(counts);
});

it('adds months as a calendar does', () => {
  expect([shiftMonth('2026-11', 2), shiftMonth('2026-01', -1), shiftMonth('2026-12', 0)]).toEqual([
    '2027-01',
    '2025-12',
    '2026-12',
  ]);
  fc.assert(
    fc.property(days, fc.integer({ min: -50, max: 50 }), (day, by) => {
      expect(shiftMonth(shiftMonth(monthOf(day), by), -by)).toBe(monthOf(day));
    }),
  );
});
