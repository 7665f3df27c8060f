/** A simulated quarter of a branch's study work through the emulator, its clock moved: nobody is disturbed more than promised. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { now } from '../../src/basics/clock.ts';
import { addDays, createCalendar } from '../../src/calendar/create-calendar.ts';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { readCard } from '../support/card-reader.ts';
import { openHouse } from '../support/house.ts';

const calendar = createCalendar({ timeZone: 'Asia/Shanghai' });
/** The fourth quarter, with the National Day holiday and its make-up workdays. */
const FIRST_DAY = '2026-09-28';
const WEEKS = 13;
const NEVER = new Date('9999-12-31T00:00:00Z');
/** When the clock stops on its way: in the morning, at noon, in the evening, at night. */
const STOPS = ['07:40', '09:50', '12:30', '18:10', '21:50'];

/** What happens in a week: tasks that are issued at some stop of some day, for some days, and how diligent people are. */
const week = fc.record({
  tasks: fc.array(
    fc.record({
      day: fc.integer({ min: 0, max: 6 }),
      stop: fc.integer({ min: 1, max: STOPS.length - 1 }),
      lasts: fc.integer({ min: 1, max: 25 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  diligence: fc.integer({ min: 0, max: 2 }),
});

it('respects everybody of a branch over a quarter', async () => {
  const weeks = fc.sample(week, { numRuns: WEEKS, seed: 20261123 });
  const house = await openHouse({ at: calendar.at(FIRST_DAY, '00:10') });
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  const officer = house.person(SAMPLE_PEOPLE.officer);
  const done = new Map<string, Date>();
  const members = await house.app.db.sql<{ id: string }>`
    SELECT p.id FROM person p JOIN person s ON s."branchId" = p."branchId" WHERE s.id = ${secretary.id} AND p.politics IN ('member', 'probationary')
      AND p.status = 'active' AND p.id NOT IN (SELECT "personId" FROM role_assignment)`;
  const quiet = members.map(({ id }) => id);
  expect(quiet.length).toBeGreaterThan(10);

  const findOpenCard = () =>
    house.emulator.messagesOf(officer.id).findLast(({ content }) => readCard(content).includes('[我已完成]'));

  let issued = 0;
  for (const [index, { tasks, diligence }] of weeks.entries()) {
    for (let day = 0; day < 7; day += 1) {
      const today = addDays(FIRST_DAY, index * 7 + day);
      for (const [stop, time] of STOPS.entries()) {
        await house.clockMovesTo(calendar.at(today, time));
        for (const task of tasks.filter((one) => one.day === day && one.stop === stop)) {
          issued += 1;
          const [, month, date] = addDays(today, task.lasts).split('-').map(Number);
          await secretary.says(`提醒一大队党支部全体党员${month}月${date}日18:00前完成主题党日：第${issued}项`);
          await secretary.presses('确认发布');
          await house.settles();
        }
        if (time !== '12:30' || day % 3 !== diligence) continue;
        for (let card = findOpenCard(); card; card = findOpenCard()) {
          expect((await officer.presses('我已完成')).ok).toBe(true);
          done.set(topicOf(card), now());
          await house.settles();
        }
      }
    }
  }

  // The officer only pressed: nothing came about what was done.
  const late = house.emulator
    .messagesOf(officer.id)
    .filter((message) => !readCard(message.content).startsWith('今天'))
    .filter((message) => (done.get(topicOf(message)) ?? NEVER) < new Date(message.createdAt));
  expect(done.size).toBeGreaterThan(WEEKS);
  expect(late.map(({ content, createdAt }) => `${createdAt}: ${readCard(content)}`)).toEqual([]);

  // Whoever never wrote to the bot asked for nothing: all they got were pushes.
  for (const id of quiet) {
    const messages = house.emulator.messagesOf(id).map(({ createdAt }) => new Date(createdAt));
    const perDay = new Map<string, number>();
    for (const at of messages) perDay.set(calendar.dayOf(at), (perDay.get(calendar.dayOf(at)) ?? 0) + 1);
    expect([...perDay].filter(([, count]) => count > 2)).toEqual([]);
    expect(messages.filter((at) => calendar.timeOf(at) < '07:30' || calendar.timeOf(at) >= '21:30')).toEqual([]);
    expect(messages.filter((at) => !calendar.isWorkday(calendar.dayOf(at)))).toEqual([]);
    expect(messages.length).toBeGreaterThan(WEEKS);
  }
}, 900_000);

function topicOf({ content }: { content: unknown }): string {
  return /第\d+项/.exec(readCard(content))?.[0] ?? '';
}
