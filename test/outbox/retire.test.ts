/** When a card is retired: a day before Feishu's 14 days are over, or earlier if nothing could be sent in between. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createCalendar } from '../../src/calendar/create-calendar.ts';
import { createPolicy } from '../../src/outbox/forecast.ts';
import { findRetirement, isEditable } from '../../src/outbox/retire.ts';

const DAY_MS = 86_400_000;
const calendar = createCalendar({ timeZone: 'Asia/Shanghai' });
const quiet = { quietHours: { from: '21:30', until: '07:30' }, quietDays: 'non-workdays' as const };
const policy = createPolicy({ ...quiet, dailyBudget: 2, calendar });
const retirementAt = (at: string | Date) => findRetirement({ now: new Date(at), calendar, policy });

it.each([
  // On a workday all that will not last until the next one's noon; on Friday, until Monday; before a holiday, until it is over.
  ['2026-12-03T10:00:00+08:00', '2026-11-21T12:00:00+08:00'],
  ['2026-12-04T10:00:00+08:00', '2026-11-24T07:30:40+08:00'],
  ['2026-09-30T10:00:00+08:00', '2026-09-25T07:30:40+08:00'],
  // At night and on days off only what is in its last day.
  ['2026-12-03T23:00:00+08:00', '2026-11-20T23:00:00+08:00'],
  ['2026-12-05T10:00:00+08:00', '2026-11-22T10:00:00+08:00'],
])('at %s: cards from before %s', (at, before) => {
  expect(retirementAt(at)).toEqual(new Date(before));
});

it('leaves no card alive in its last hours, and none of less than two workdays is touched', () => {
  const instant = fc.date({ min: new Date('2026-01-05'), max: new Date('2026-12-20'), noInvalidDate: true });
  fc.assert(
    fc.property(instant, (now) => {
      const ageMs = now.getTime() - retirementAt(now).getTime();
      expect(ageMs).toBeLessThanOrEqual(13 * DAY_MS);
      expect(ageMs).toBeGreaterThan(2 * DAY_MS);
    }),
  );
});

it('does not edit what Feishu would refuse', () => {
  const now = new Date('2026-12-07T10:00:00+08:00');
  const ago = (ms: number) => new Date(now.getTime() - ms);
  expect(isEditable(null, now)).toBe(true);
  expect(isEditable(ago(13.9 * DAY_MS), now)).toBe(true);
  expect(isEditable(ago(14 * DAY_MS), now)).toBe(false);
  expect(isEditable(ago(14 * DAY_MS - 60_000), now)).toBe(false);
});
