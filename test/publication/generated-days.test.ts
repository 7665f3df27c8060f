/**
 * Days as a seed has them, everything at once: tasks, quizzes and hand-outs to many audiences, presses, leave, nights and weekends, people
 * without accounts, a messenger that fails. What is said of delivery and what is counted is so at every stop.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays, createCalendar } from '../../src/calendar/create-calendar.ts';
import { explainFailure } from '../support/explain-failure.ts';
import { openHouse } from '../support/house.ts';
import { checkAccounts, checkCards, checkNames, checkPeace, checkPromises, checkToday } from './generated/checks.ts';
import { createOffice } from './generated/office.ts';
import { smallWorld } from './generated/small-world.ts';

const calendar = createCalendar({ timeZone: 'Asia/Shanghai' });
const SHIPPED = 20261127;
const SEED = Number(process.env.DAYS_SEED ?? SHIPPED);
/** A Wednesday; two weekends follow. */
const FIRST_DAY = '2026-07-08';
const DAYS = 12;
/** When the clock stops on its way: as the day opens, before noon, in the afternoon, as work ends, at night. */
const STOPS = ['07:32', '10:02', '14:22', '18:12', '21:52'];

/** What these days have to have in them. */
const HAPPENED = [
  ...['published task', 'published quiz', 'published exam', 'published hand-out', 'faults made up for', 'leave'],
  ...['我已完成', '我要领取', '开始答题', 'nudge', 'extend', 'moved'],
  ...['promises kept at once', 'promises kept later', 'waiting', 'not to be reached', 'over'],
  ...['progress cards', 'unit lines', 'lists of names', 'today cards'],
];

const nat = (max: number) => fc.integer({ min: 0, max });
const publish = fc.record({
  act: fc.constant('publish' as const),
  what: fc.constantFrom('task', 'task', 'quiz', 'exam', 'hand-out'),
  whom: nat(99),
  lasts: nat(4),
  fault: fc.constantFrom(undefined, undefined, 'rateLimitedShare', 'errorShare'),
});
const act = fc.oneof(
  { weight: 6, arbitrary: publish },
  { weight: 8, arbitrary: fc.record({ act: fc.constant('press' as const), who: nat(99), every: nat(4) }) },
  {
    weight: 2,
    arbitrary: fc.record({ act: fc.constant('leave' as const), who: nat(99), days: nat(3), ahead: nat(2) }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('back' as const), which: nat(99) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('lose' as const), who: nat(99) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('move' as const), who: nat(99) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      act: fc.constant('manage' as const),
      how: fc.constantFrom('names', 'nudge', 'extend', 'withdraw', 'end', 'undo'),
      which: nat(99),
    }),
  },
);
export type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;
/** What is published last on a day waits for the next one, and nothing else happens meanwhile. */
const night = fc.tuple(fc.array(act, { maxLength: 1 }), fc.array(publish, { maxLength: 1 })).map((acts) => acts.flat());
const day = fc.tuple(...STOPS.slice(1).map(() => fc.array(act, { maxLength: 2 })), night);
const days = fc.array(day, { minLength: DAYS, maxLength: DAYS });

it('accounts for everybody and keeps every promise, over generated days', async () => {
  explainFailure('the seed', () => [String(SEED)]);
  const [plan = []] = fc.sample(days, { numRuns: 1, seed: SEED });
  const house = await openHouse({ at: calendar.at(FIRST_DAY, '07:00'), emulator: { world: smallWorld() } });
  const office = await createOffice(house, calendar);
  explainFailure('what was done', () => office.diary);
  for (const [index, stops] of plan.entries())
    for (const [stop, acts] of stops.entries()) {
      await house.clockMovesTo(calendar.at(addDays(FIRST_DAY, index), STOPS[stop] ?? ''));
      await office.looks();
      await checkNames(office);
      await checkPromises(office);
      for (const one of acts) {
        await office.plays(one);
        await office.looks();
        await checkNames(office);
        await checkPromises(office);
      }
      await checkAccounts(office);
      await checkCards(office);
      checkPeace(office);
      if (stop === 3) await checkToday(office);
    }

  // It was worth it: there was something of everything to hold against it. Of another seed less is asked.
  const happened = SEED === SHIPPED ? HAPPENED : ['progress cards', 'promises kept at once'];
  expect(happened.filter((what) => !office.tally[what])).toEqual([]);
}, 600_000);
