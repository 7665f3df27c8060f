/**
 * A whole month of all features together: tasks, quizzes, hand-outs, stock, leave, sessions, a round of 每月一星, deeds, feedback and
 * five Fridays. Every number on every card is held against SQL of its own, and nobody is disturbed more than promised.
 */
import { expect, it } from 'vitest';
import { addDays, createCalendar } from '../../src/calendar/create-calendar.ts';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { commissioner } from '../features/monthly-star/playing.ts';
import { checkAccounts, checkCards, checkNames, checkPeace } from '../publication/generated/checks.ts';
import { createOffice } from '../publication/generated/office.ts';
import { smallWorld } from '../publication/generated/small-world.ts';
import { explainFailure } from '../support/explain-failure.ts';
import { openHouse } from '../support/house.ts';
import { checkDigests, checkLedger, checkOpen, checkReach, checkRound, checkStock } from './checks.ts';
import { ELSE, PUBLISHED, playStep } from './story.ts';

const calendar = createCalendar({ timeZone: 'Asia/Shanghai' });
/** A Wednesday; the month has no holidays but its weekends. */
const FIRST_DAY = '2026-07-01';
const DAYS = 31;
const MORNING = '09:42';
const EVENING = '17:12';

/** What the month has to have in it. */
const HAPPENED = [
  ...['published task', 'published quiz', 'published exam', 'published hand-out', 'leave', 'leave ended', 'moved'],
  ...['我已完成', '我要领取', '开始答题', 'names', 'nudge', 'extend', 'withdraw'],
  ...[
    'star round',
    'nominations',
    'checked',
    'opinions',
    'votes',
    'decided',
    'session',
    'deed',
    'feedback',
    'stock moved',
  ],
  ...['waiting', 'not to be reached', 'over', 'on leave', 'progress cards', 'unit lines', 'lists of names'],
  ...[
    'figures of digests',
    'sums of digests',
    'lines of stock',
    'turnouts',
    'today cards',
    'cards of 送达情况',
    'ledgers',
  ],
];

it('plays a month of all features, and every number is so', async () => {
  const house = await openHouse({ at: calendar.at(FIRST_DAY, '07:00'), emulator: { world: smallWorld() } });
  const office = await createOffice(house, calendar);
  const { administrator, secretary, officer, auxiliary, leader, chief } = SAMPLE_PEOPLE;
  const cast = {
    house,
    administrator: house.person(administrator),
    secretary: house.person(secretary),
    officer: house.person(officer),
    auxiliary: house.person(auxiliary),
    leader: house.person(leader),
    chief: house.person(chief),
  };
  // Whoever gives opinions writes to the bot as well.
  office.writers.push((await commissioner(cast)).id);
  explainFailure('what was done', () => office.diary);

  for (let index = 0; index < DAYS; index += 1) {
    const day = addDays(FIRST_DAY, index);
    const date = index + 1;
    const [before = [], after = []] = PUBLISHED[date] ?? [];
    for (const [time, acts, steps] of [
      [MORNING, before, ELSE[date] ?? []],
      [EVENING, after, []],
    ] as const) {
      await house.clockMovesTo(calendar.at(day, time));
      await office.looks();
      await checkNames(office);
      for (const step of steps) await playStep(office, cast, step);
      for (const act of acts) {
        await office.plays(act);
        await office.looks();
        await checkNames(office);
      }
      await checkAccounts(office);
      await checkCards(office);
      checkPeace(office);
    }
    if (calendar.isWorkday(day)) {
      await checkOpen(office);
      await checkStock(office);
      await checkRound(office);
      await checkReach(office);
    }
    if (new Date(`${day}T00:00Z`).getUTCDay() === 5) {
      await checkDigests(office, day);
      await checkLedger(office);
    }
  }
  expect(HAPPENED.filter((what) => !office.tally[what])).toEqual([]);
}, 600_000);
