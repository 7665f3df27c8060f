/** The rules of what is published, by table and by property. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCalendar } from '../../src/calendar/create-calendar.ts';
import { createPolicy } from '../../src/outbox/forecast.ts';
import { findUndo, planLeaderNotice, planReminders, planSnooze } from '../../src/publication/rules.ts';

const calendar = createCalendar({ timeZone: 'Asia/Shanghai' });
const quiet = { quietHours: { from: '21:30', until: '07:30' }, quietDays: 'non-workdays' as const };
const policy = createPolicy({ ...quiet, dailyBudget: 2, calendar });
const now = new Date('2026-11-23T10:00:00+08:00');

describe('reminders', () => {
  it.each([
    // Friday: on Thursday, and on Friday morning.
    ['2026-12-04T18:00:00+08:00', ['2026-12-03T09:40:00+08:00', '2026-12-04T08:20:00+08:00']],
    // Monday: the workday before is Friday.
    ['2026-11-30T12:00:00+08:00', ['2026-11-27T09:40:00+08:00', '2026-11-30T08:20:00+08:00']],
    // Early in the morning: before the morning's reminder, so only the day before.
    ['2026-12-04T08:00:00+08:00', ['2026-12-03T09:40:00+08:00']],
    // Tomorrow: the day before is today and past.
    ['2026-11-24T18:00:00+08:00', ['2026-11-24T08:20:00+08:00']],
    // Today: the announcement says it all.
    ['2026-11-23T18:00:00+08:00', []],
    // After the long holiday: the last workday before it.
    ['2026-02-24T18:00:00+08:00', []],
  ])('for a deadline at %s', (dueAt, expected) => {
    expect(planReminders(now, new Date(dueAt), calendar).map(({ at }) => at)).toEqual(
      expected.map((text) => new Date(text)),
    );
  });

  it('lie before the deadline, after the announcement, and the first on a workday', () => {
    const instant = fc.date({ min: new Date('2026-01-01'), max: new Date('2026-12-30'), noInvalidDate: true });
    fc.assert(
      fc.property(instant, fc.integer({ min: 1, max: 60 * 24 * 40 }), (announcedAt, minutes) => {
        const dueAt = new Date(announcedAt.getTime() + minutes * 60_000);
        const plan = planReminders(announcedAt, dueAt, calendar);
        for (const { moment, at } of plan) {
          expect(at < dueAt && at > announcedAt).toBe(true);
          if (moment === 'workday-before') expect(calendar.isWorkday(calendar.dayOf(at))).toBe(true);
        }
      }),
    );
  });
});

describe('a snooze', () => {
  it.each([
    // Monday morning: an hour, the end of work, the next morning.
    ['one-hour', '2026-11-23T10:00:00+08:00', '2026-11-23T11:00:00+08:00'],
    ['after-work', '2026-11-23T10:00:00+08:00', '2026-11-23T18:00:00+08:00'],
    ['tomorrow', '2026-11-23T10:00:00+08:00', '2026-11-24T08:30:00+08:00'],
    // An hour from now is night: when the quiet hours end.
    ['one-hour', '2026-11-23T21:00:00+08:00', '2026-11-24T07:30:40+08:00'],
    // Friday evening: Monday; before a holiday: the first workday after it.
    ['one-hour', '2026-11-27T23:30:00+08:00', '2026-11-30T07:30:40+08:00'],
    ['tomorrow', '2026-11-27T17:00:00+08:00', '2026-11-30T08:30:00+08:00'],
    ['tomorrow', '2026-09-30T17:00:00+08:00', '2026-10-08T08:30:00+08:00'],
    // A make-up workday, Saturday before the Spring Festival.
    ['after-work', '2026-02-14T09:00:00+08:00', '2026-02-14T18:00:00+08:00'],
    // After work there is no after work today, nor on a day off.
    ['after-work', '2026-11-23T18:00:00+08:00', '今天18:00已过，请选“一小时后”或“明早”。'],
    ['after-work', '2026-11-28T10:00:00+08:00', '今天不是工作日，请选“一小时后”或“明早”。'],
  ] as const)('%s at %s', (until, at, expected) => {
    const plan = planSnooze(until, new Date(at), calendar, policy);
    expect(plan).toEqual(expected.startsWith('今') ? { refusal: expected } : { at: new Date(expected) });
  });

  it('lies ahead, and never in quiet hours or on a quiet day', () => {
    const instant = fc.date({ min: new Date('2026-01-01'), max: new Date('2026-12-20'), noInvalidDate: true });
    fc.assert(
      fc.property(instant, fc.constantFrom('one-hour', 'after-work', 'tomorrow'), (moment, until) => {
        const plan = planSnooze(until, moment, calendar, policy);
        if ('refusal' in plan) return until === 'after-work';
        const time = calendar.timeOf(plan.at);
        return plan.at > moment && time >= '07:30' && time < '21:30' && calendar.isWorkday(calendar.dayOf(plan.at));
      }),
    );
  });
});

describe('undoing', () => {
  const published = { state: 'published', lastAct: 'publish', lastActAt: now };
  const after = (ms: number) => new Date(now.getTime() + ms);

  it.each([
    ['at once', published, 0, 'publish'],
    ['just within ten minutes', published, 599_999, 'publish'],
    ['ten minutes later', published, 600_000, undefined],
    ['of an extension', { ...published, lastAct: 'extend' }, 1, 'extend'],
    ['of a withdrawal', { ...published, state: 'withdrawn', lastAct: 'withdraw' }, 1, 'withdraw'],
    ['of a publication that was withdrawn since', { ...published, state: 'withdrawn' }, 1, undefined],
    ['of a withdrawal that was undone', { ...published, lastAct: 'withdraw' }, 1, undefined],
    ['of nothing', { state: 'published', lastAct: null, lastActAt: null }, 1, undefined],
  ])('%s', (_name, task, ms, expected) => {
    expect(findUndo(task, after(ms))).toBe(expected);
  });
});

it.each([
  ['2026-12-04T18:00:00+08:00', '2026-12-08T18:00:00+08:00'],
  ['2026-11-23T12:00:00+08:00', '2026-11-25T12:00:00+08:00'],
  // A deadline on a day off counts from there.
  ['2026-12-05T18:00:00+08:00', '2026-12-08T18:00:00+08:00'],
])('tells the leaders of a deadline at %s two workdays later', (dueAt, at) => {
  expect(planLeaderNotice(new Date(dueAt), calendar)).toEqual(new Date(at));
});
