/** A notification policy that lets everything go at once, for tests and benchmarks of something else. */
import { createCalendar } from '../../src/calendar/create-calendar.ts';
import { createPolicy } from '../../src/outbox/forecast.ts';

export const OPEN_POLICY = createPolicy({
  ...{ quietHours: null, quietDays: 'off', dailyBudget: 1_000 },
  calendar: createCalendar({ timeZone: 'Asia/Shanghai' }),
});
