/** The notification policy: examples a person can check, and what holds at any moment under any settings. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, createCalendar } from '../../src/calendar/create-calendar.ts';
import { formatInstant } from '../../src/calendar/format.ts';
import { decidePush, nextQuietPush, type PushQuestion, type QuietTimes } from '../../src/outbox/policy.ts';

const calendar = createCalendar({ timeZone: 'Asia/Shanghai' });
const usual = { quietHours: { from: '21:30', until: '07:30' }, quietDays: 'non-workdays' as const, calendar };

function ask(moment: string, more: Partial<PushQuestion> = {}) {
  const [day = '', time = ''] = moment.split(' ');
  const now = calendar.at(day, time);
  const decision = decidePush({ ...usual, now, push: 'quiet', pushesToday: 0, dailyBudget: 2, ...more });
  if ('retryAt' in decision) return `${decision.why} until ${formatInstant(decision.retryAt, { now, calendar })}`;
  return 'drop' in decision ? `dropped: ${decision.why}` : `sent, counts on ${decision.countsOn ?? 'no day'}`;
}

describe('a quiet push', () => {
  it.each([
    ['2026-11-23 10:00', 'sent, counts on 2026-11-23'],
    ['2026-11-23 07:30', 'sent, counts on 2026-11-23'],
    ['2026-11-23 21:29', 'sent, counts on 2026-11-23'],
    ['2026-11-23 21:30', 'quiet-hours until 11月24日（周二）07:30'],
    ['2026-11-23 00:00', 'quiet-hours until 11月23日（周一）07:30'],
    ['2026-11-27 22:00', 'quiet-hours until 11月30日（周一）07:30'],
    ['2026-11-28 10:00', 'quiet-day until 11月30日（周一）07:30'],
    ['2026-10-01 10:00', 'quiet-day until 10月8日（周四）07:30'],
    ['2026-10-10 10:00', 'sent, counts on 2026-10-10'],
  ])('at %s: %s', (moment, expected) => {
    expect(ask(moment)).toBe(expected);
  });

  it('waits until leave is over, however the leaves lie together', () => {
    const leave = [
      { firstDay: '2026-11-23', lastDay: '2026-11-25' },
      { firstDay: '2026-11-26', lastDay: '2026-11-27' },
    ];
    expect(ask('2026-11-23 10:00', { leave })).toBe('on-leave until 11月30日（周一）07:30');
  });

  it('is the second of a day at most', () => {
    expect(ask('2026-11-23 10:00', { pushesToday: 1 })).toBe('sent, counts on 2026-11-23');
    expect(ask('2026-11-23 10:00', { pushesToday: 2 })).toBe('budget until 11月24日（周二）07:30');
    expect(ask('2026-11-27 10:00', { pushesToday: 2 })).toBe('budget until 11月30日（周一）07:30');
  });

  it('is dropped when it could only come too late', () => {
    const notAfter = calendar.at('2026-11-24', '07:30');
    expect(ask('2026-11-23 22:00', { notAfter })).toBe('dropped: quiet-hours');
    expect(ask('2026-11-24 07:30', { notAfter })).toBe('sent, counts on 2026-11-24');
    expect(ask('2026-11-24 08:00', { notAfter })).toBe('dropped: too-late');
    expect(ask('2026-11-23 22:00', { notAfter: calendar.at('2026-11-24', '18:00') })).toMatch(/^quiet-hours until/);
  });

  it('respects quiet hours within a day, such as a noon rest', () => {
    const quietHours = { from: '12:00', until: '14:30' };
    expect(ask('2026-11-23 13:00', { quietHours })).toBe('quiet-hours until 11月23日（周一）14:30');
    expect(ask('2026-11-23 14:30', { quietHours })).toBe('sent, counts on 2026-11-23');
    expect(ask('2026-11-28 13:00', { quietHours })).toBe('quiet-day until 11月30日（周一）07:30');
  });

  it('goes at any time when nothing is quiet', () => {
    const off = { quietHours: null, quietDays: 'off' as const };
    expect(ask('2026-11-28 03:00', off)).toBe('sent, counts on 2026-11-28');
    expect(ask('2026-11-28 03:00', { ...off, pushesToday: 2 })).toBe('budget until 11月29日（周日）07:30');
  });
});

describe('what cannot wait', () => {
  const overAt = calendar.at('2026-11-23', '18:00');
  const decide = (more: Partial<PushQuestion>) =>
    decidePush({
      ...usual,
      now: calendar.at('2026-11-23', '10:00'),
      push: 'work',
      pushesToday: 0,
      dailyBudget: 2,
      ...more,
    });

  it.each([
    [0, { send: true, asToday: false }],
    [1, { send: true, asToday: false }],
    [2, { send: true, asToday: true }],
    [3, { send: true, asToday: true }],
    [4, { send: false, why: 'budget' }],
  ])('after %i of the day', (pushesToday, expected) => {
    expect(decide({ pushesToday })).toMatchObject(expected);
    expect(decide({ pushesToday, push: 'quiet', overAt })).toMatchObject(expected);
  });

  it('a card about several matters is as pressing as the first that ends, and outlives it', () => {
    expect(decide({ push: 'quiet', pushesToday: 2 })).toMatchObject({ send: false, why: 'budget' });
    expect(decide({ push: 'quiet', now: calendar.at('2026-11-23', '22:00'), overAt })).toMatchObject({
      why: 'quiet-hours',
    });
    expect('drop' in decide({ push: 'quiet', now: calendar.at('2026-11-23', '22:00'), overAt })).toBe(false);
  });
});

describe('answers and urgent pushes', () => {
  it.each(['answer', 'urgent'] as const)('%s: at night, on a Sunday, on leave, over budget', (push) => {
    const leave = [{ firstDay: '2026-11-29', lastDay: '2026-11-29' }];
    expect(ask('2026-11-29 03:00', { push, leave, pushesToday: 9 })).toBe('sent, counts on no day');
  });
});

// Any settings: zones with and without clock changes, hours over midnight or not, imported days, leave.
const minuteOfDay = fc.integer({ min: 0, max: 1439 });
const time = minuteOfDay.map((minute) => new Date(minute * 60_000).toISOString().slice(11, 16));
const day = fc.integer({ min: 0, max: 900 }).map((days) => addDays('2026-01-01', days));
const spanOfDays = fc
  .tuple(day, fc.nat(40))
  .map(([firstDay, more]) => ({ firstDay, lastDay: addDays(firstDay, more) }));
const moments = fc.date({ min: new Date('2026-01-01'), max: new Date('2028-06-01'), noInvalidDate: true });
const quietTimes: fc.Arbitrary<QuietTimes> = fc.record({
  quietHours: fc.option(fc.record({ from: time, until: time }), { nil: null }),
  quietDays: fc.constantFrom('non-workdays' as const, 'off' as const),
  leave: fc.array(spanOfDays, { maxLength: 4 }),
  calendar: fc
    .tuple(
      fc.constantFrom('Asia/Shanghai', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Cairo'),
      fc.array(fc.record({ day, isWorkday: fc.boolean(), name: fc.constant('调休') }), { maxLength: 60 }),
    )
    .map(([timeZone, overrides]) => createCalendar({ timeZone, overrides })),
});

/** The rule once more, as plainly as it can be said. */
function isPeaceful(moment: Date, { quietHours, quietDays, calendar, leave = [] }: QuietTimes): boolean {
  const day = calendar.dayOf(moment);
  const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
  if (leave.some(({ firstDay, lastDay }) => day >= firstDay && day <= lastDay)) return true;
  if (quietDays === 'non-workdays' && !calendar.isWorkday(day)) return true;
  if (!quietHours) return false;
  const sinceFrom = (minutes(calendar.timeOf(moment)) - minutes(quietHours.from) + 1440) % 1440;
  return sinceFrom < (minutes(quietHours.until) - minutes(quietHours.from) + 1440) % 1440;
}

describe('at any moment, under any settings', () => {
  it('a quiet push goes in no quiet hour, on no quiet day, on no leave, and is put off to such a moment', () => {
    fc.assert(
      fc.property(quietTimes, moments, fc.nat(3), (quiet, now, pushesToday) => {
        const decision = decidePush({ ...quiet, now, push: 'quiet', pushesToday, dailyBudget: 2 });
        if (decision.send) {
          expect(isPeaceful(now, quiet)).toBe(false);
          expect(decision.countsOn).toBe(quiet.calendar.dayOf(now));
          expect(pushesToday).toBeLessThan(2);
        } else {
          if (!('retryAt' in decision)) throw new Error('dropped without a limit');
          expect(decision.retryAt.getTime()).toBeGreaterThan(now.getTime());
          expect(isPeaceful(decision.retryAt, quiet)).toBe(false);
          expect(isPeaceful(now, quiet)).toBe(decision.why !== 'budget');
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('the next quiet push is now if it may be, and never before', () => {
    fc.assert(
      fc.property(quietTimes, moments, (quiet, from) => {
        const next = nextQuietPush(from, quiet);
        expect(next.getTime() === from.getTime()).toBe(!isPeaceful(from, quiet));
        expect(isPeaceful(next, quiet)).toBe(false);
        expect(nextQuietPush(next, quiet)).toEqual(next);
      }),
    );
  });

  it('urgent pushes and answers always go', () => {
    const loud = fc.constantFrom('urgent' as const, 'answer' as const);
    fc.assert(
      fc.property(quietTimes, moments, loud, fc.nat(9), (quiet, now, push, pushesToday) => {
        expect(decidePush({ ...quiet, now, push, pushesToday, dailyBudget: 2 })).toEqual({ send: true });
      }),
    );
  });

  it('nothing is sent after its limit, and nothing waits past it', () => {
    fc.assert(
      fc.property(quietTimes, moments, moments, (quiet, now, notAfter) => {
        const decision = decidePush({ ...quiet, now, push: 'quiet', pushesToday: 0, dailyBudget: 2, notAfter });
        const goesAt = decision.send ? now : 'retryAt' in decision ? decision.retryAt : undefined;
        if (goesAt) expect(goesAt.getTime()).toBeLessThanOrEqual(notAfter.getTime());
        else expect(nextQuietPush(now, quiet).getTime()).toBeGreaterThan(notAfter.getTime());
      }),
    );
  });

  it('a stream of pushes is sent whole, two a day', () => {
    const stream = fc.array(fc.integer({ min: 0, max: 5 * 24 * 60 }), { minLength: 1, maxLength: 25 });
    fc.assert(
      fc.property(quietTimes, moments, stream, (quiet, start, minutes) => {
        const waiting = minutes.map((minute) => new Date(start.getTime() + minute * 60_000));
        const used = new Map<string, number>();
        for (let asked = 0; waiting.length > 0; asked += 1) {
          if (asked > 5000) throw new Error('the stream does not come to an end');
          const now = waiting.sort((a, b) => a.getTime() - b.getTime()).shift() ?? start;
          const pushesToday = used.get(quiet.calendar.dayOf(now)) ?? 0;
          const decision = decidePush({ ...quiet, now, push: 'quiet', pushesToday, dailyBudget: 2 });
          if (decision.send && decision.countsOn) used.set(decision.countsOn, pushesToday + 1);
          else if ('retryAt' in decision) waiting.push(decision.retryAt);
        }
        expect([...used.values()].reduce((sum, count) => sum + count, 0)).toBe(minutes.length);
        expect(Math.max(...used.values())).toBeLessThanOrEqual(2);
      }),
    );
  });
});
