/** The dates of a round: in workdays, put off when a step begins late, a notice whose last day counts. */
import { expect, it } from 'vitest';
import { createCalendar } from '../../../src/calendar/create-calendar.ts';
import {
  dueOnEntry,
  endOfNotice,
  objectToPlan,
  proposePlan,
  shiftPlan,
  voteReminderAt,
} from '../../../src/features/monthly-star/round/plan.ts';
import { readPosts, USUAL_POSTS, writePosts } from '../../../src/features/monthly-star/round/posts.ts';

const calendar = createCalendar({ timeZone: 'Asia/Shanghai' });
const at = (text: string) => new Date(`${text}+08:00`);

it('proposes a plan that stands, over a weekend', () => {
  const now = at('2026-12-01T09:25:00');
  const plan = proposePlan(now, calendar);
  expect(plan).toEqual({
    nominateUntil: at('2026-12-08T18:00:00'),
    checkUntil: at('2026-12-11T18:00:00'),
    reviewUntil: at('2026-12-15T18:00:00'),
    voteUntil: at('2026-12-17T18:00:00'),
    decideUntil: at('2026-12-21T18:00:00'),
    noticeDays: 5,
  });
  expect(objectToPlan(plan, now)).toBeUndefined();
  expect(objectToPlan({ ...plan, voteUntil: null }, now)).toBeUndefined();
});

it.each([
  ['a past end', { nominateUntil: at('2026-11-30T18:00:00') }, '提名截止时间已经过去'],
  ['steps in the wrong order', { checkUntil: at('2026-12-08T17:00:00') }, '一步比一步晚'],
  ['a vote after the decision', { voteUntil: at('2026-12-22T18:00:00') }, '一步比一步晚'],
  ['no notice', { noticeDays: 0 }, '公示要写1到30个工作日'],
])('objects to %s', (_name, change, words) => {
  const now = at('2026-12-01T09:25:00');
  expect(objectToPlan({ ...proposePlan(now, calendar), ...change }, now)).toContain(words);
});

it('gives a step that begins late at least the next workday', () => {
  expect(dueOnEntry(at('2026-12-11T18:00:00'), at('2026-12-09T10:00:00'), calendar)).toEqual(at('2026-12-11T18:00:00'));
  expect(dueOnEntry(at('2026-12-11T18:00:00'), at('2026-12-11T17:00:00'), calendar)).toEqual(at('2026-12-14T18:00:00'));
});

it('moves later steps only as far as they must, each by at least a workday, and no vote where none is held', () => {
  const plan = proposePlan(at('2026-12-01T09:25:00'), calendar);
  const until = at('2026-12-11T12:00:00');
  expect(shiftPlan(plan, 'nominateUntil', until, calendar)).toEqual({
    nominateUntil: until,
    checkUntil: at('2026-12-14T18:00:00'),
    reviewUntil: at('2026-12-15T18:00:00'),
    voteUntil: plan.voteUntil,
    decideUntil: plan.decideUntil,
  });
  expect(shiftPlan({ ...plan, voteUntil: null }, 'reviewUntil', at('2026-12-09T12:00:00'), calendar)).toEqual({
    reviewUntil: at('2026-12-09T12:00:00'),
    decideUntil: plan.decideUntil,
  });
  expect(shiftPlan(plan, 'decideUntil', until, calendar)).toEqual({ decideUntil: until });
});

it('counts five whole workdays of notice, over New Year, the last one to its end', () => {
  expect(endOfNotice(at('2026-12-21T10:00:00'), 5, calendar)).toEqual(at('2026-12-29T00:00:00'));
  expect(endOfNotice(at('2026-12-30T10:00:00'), 2, calendar) > at('2027-01-02T00:00:00')).toBe(true);
});

it('reminds voters on the last morning, unless they were only just asked', () => {
  expect(voteReminderAt(at('2026-12-15T15:00:00'), at('2026-12-17T18:00:00'), calendar)).toEqual(
    at('2026-12-17T09:10:00'),
  );
  expect(voteReminderAt(at('2026-12-17T08:00:00'), at('2026-12-17T18:00:00'), calendar)).toBeUndefined();
  // Closed before work begins, or on a Saturday: the last working morning before it.
  expect(voteReminderAt(at('2026-12-15T15:00:00'), at('2026-12-17T09:00:00'), calendar)).toEqual(
    at('2026-12-16T09:10:00'),
  );
  expect(voteReminderAt(at('2026-12-15T15:00:00'), at('2026-12-19T18:00:00'), calendar)).toEqual(
    at('2026-12-18T09:10:00'),
  );
  expect(voteReminderAt(at('2026-12-18T15:00:00'), at('2026-12-19T18:00:00'), calendar)).toBeUndefined();
});

it('reads posts as people write them, and says what is not clear', () => {
  expect(readPosts(writePosts(USUAL_POSTS))).toEqual({ posts: USUAL_POSTS });
  expect(readPosts('执法执勤：２名\n\n科技信息')).toEqual({
    posts: [
      { name: '执法执勤', seats: 2 },
      { name: '科技信息', seats: 1 },
    ],
  });
  for (const line of [
    '执法执勤2名、窗口服务1名',
    '执法执勤 2，窗口服务',
    '执法执勤，2；窗口服务，1',
    '执法执勤2人；\n窗口服务',
  ])
    expect(readPosts(line)).toEqual({
      posts: [
        { name: '执法执勤', seats: 2 },
        { name: '窗口服务', seats: 1 },
      ],
    });
  for (const wrong of ['', '执法 0', '执法 21', '12', '执法 1\n执法 2', `${'长'.repeat(13)} 1`])
    expect(readPosts(wrong)).toHaveProperty('unclear');
});
