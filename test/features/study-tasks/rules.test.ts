/** The rules of study tasks, by table and by property. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCalendar } from '../../../src/calendar/create-calendar.ts';
import {
  type Draft,
  findMissing,
  findObjection,
  isWebAddress,
  objectToReflection,
  planReminders,
  standingOf,
  tally,
} from '../../../src/features/study-tasks/rules.ts';

const calendar = createCalendar({ timeZone: 'Asia/Shanghai' });
const now = new Date('2026-11-23T10:00:00+08:00');
const complete: Draft = {
  kind: 'first-agenda-item',
  topic: '学习讲话',
  link: null,
  audience: { kind: 'branch', id: '1', who: 'members' },
  dueAt: new Date('2026-12-04T18:00:00+08:00'),
  reflection: 'optional',
};

describe('a draft', () => {
  it('says what is missing in the order of the form', () => {
    expect(findMissing(complete)).toEqual([]);
    expect(findMissing({ ...complete, kind: null, topic: '', audience: null, dueAt: null })).toEqual([
      '学习类型',
      '学习内容',
      '参加范围',
      '完成时间',
    ]);
  });

  it.each([
    [{}, undefined],
    [{ dueAt: now }, '完成时间已经过去'],
    [{ dueAt: new Date('2028-01-01T00:00:00Z') }, '完成时间在一年以后'],
    [{ topic: '字'.repeat(201) }, '学习内容最多200字，现在有201字'],
    [{ link: 'javascript:alert(1)' }, '学习链接要以 http:// 或 https:// 开头'],
    [{ link: 'https://example.gov.cn/a' }, undefined],
  ])('%j is objected to with %s', (change, sentence) => {
    const objection = findObjection({ ...complete, ...change }, now);
    if (sentence) expect(objection).toContain(sentence);
    else expect(objection).toBeUndefined();
  });

  it('takes no link but http and https', () => {
    fc.assert(fc.property(fc.string(), (text) => !isWebAddress(text) || /^https?:$/.test(new URL(text).protocol)));
  });
});

it.each([
  ['', 'none', undefined],
  ['', 'required', '这项学习需要写心得'],
  ['好', 'required', undefined],
  ['字'.repeat(1000), 'optional', undefined],
  ['字'.repeat(1001), 'optional', '心得最多1000字，现在有1001字'],
] as const)('a reflection %s where it is %s', (text, wanted, sentence) => {
  const objection = objectToReflection(text, wanted);
  if (sentence) expect(objection).toContain(sentence);
  else expect(objection).toBeUndefined();
});

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

it('counts each person once, done before leave before unreachable', () => {
  const part = fc.record({
    completedAt: fc.option(fc.constant(now)),
    isOnLeave: fc.boolean(),
    isUnreachable: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const counts = tally(parts.map(standingOf));
      expect(counts.done + counts.open + counts['on-leave'] + counts.unreachable).toBe(parts.length);
      expect(counts.done).toBe(parts.filter(({ completedAt }) => completedAt).length);
    }),
  );
  expect(standingOf({ completedAt: null, isOnLeave: true, isUnreachable: true })).toBe('on-leave');
});
