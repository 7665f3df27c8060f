/** A messenger that fails a third of the calls, in each of its ways: everything arrives, nothing twice. */
import { describe, expect, it } from 'vitest';
import { now } from '../../src/basics/clock.ts';
import type { FaultsPost } from '../../src/emulator/site/page-api.ts';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { findPressable } from '../support/card-reader.ts';
import { openHouse } from '../support/house.ts';
import { REACHABLE } from './support/detachment.ts';
import { watchTaskCards } from './support/task-cards.ts';

const SENTENCE = '提醒全支队全体人员下周五18:00前完成第一议题学习：学习党的二十届四中全会精神';
/** Within this time a message's uuid protects from a second one, so that even a lost answer does no harm. */
const OUTAGE_MS = 30 * 60_000;

describe('400 cards, and the messenger', () => {
  const third = 1 / 3;
  it.each<[string, FaultsPost, RegExp]>([
    ['says 429 to a third of the calls', { rateLimitedShare: third }, /99991400/],
    ['says 230020 to a third of the calls', { chatLimitedShare: third }, /230020/],
    ['says 500 to a third of the calls', { errorShare: third }, /2200/],
    ['does not answer a third of the calls', { silentShare: third }, /timeout/],
    ['carries a third of the calls out and does not answer', { lostAnswerShare: third }, /timeout/],
    [
      'does all of this at once',
      { rateLimitedShare: 0.07, chatLimitedShare: 0.07, errorShare: 0.07, silentShare: 0.07, lostAnswerShare: 0.07 },
      /timeout/,
    ],
  ])('%s', async (_name, faults, failure) => {
    const house = await openHouse({ tuning: { callTimeoutMs: 1000 } });
    const administrator = house.person(SAMPLE_PEOPLE.administrator);
    await administrator.says(SENTENCE);
    const cards = watchTaskCards(house.emulator);
    Object.assign(house.emulator.faults, faults);
    await administrator.presses('确认发布');
    await house.settles();
    const failures = await house.app.db.sql<{
      failure: string;
    }>`SELECT DISTINCT failure FROM delivery WHERE failure IS NOT NULL`;
    expect(failures.map((row) => row.failure).join()).toMatch(failure); // the fault was there to be borne

    await house.timePassesUntil(new Date(now().getTime() + OUTAGE_MS));
    Object.assign(house.emulator.faults, Object.fromEntries(Object.keys(faults).map((share) => [share, 0])));
    await house.timePassesUntil(new Date(now().getTime() + 3 * OUTAGE_MS));

    expect([...cards.byPerson.keys()].sort()).toEqual(REACHABLE.toSorted());
    expect([...cards.byPerson.values()].filter((ids) => ids.length !== 1)).toEqual([]);
    const states = await house.app.db
      .sql`SELECT state, count(*)::int AS count FROM delivery WHERE card = 'task' GROUP BY state`;
    expect(states).toEqual([{ state: 'sent', count: REACHABLE.length }]);
    expect(administrator.sees().filter((card) => card.includes('联系不上'))).toHaveLength(1);
  });
});

it('an edit that fails is made up for: in the end everybody sees the task withdrawn', async () => {
  const house = await openHouse({ tuning: { callTimeoutMs: 1000 } });
  const administrator = house.person(SAMPLE_PEOPLE.administrator);
  await administrator.says(SENTENCE);
  await administrator.presses('确认发布');
  await house.settles();
  Object.assign(house.emulator.faults, { rateLimitedShare: 0.1, errorShare: 0.1, lostAnswerShare: 0.1 });
  await administrator.presses('撤销');
  await house.timePassesUntil(new Date(now().getTime() + OUTAGE_MS));
  Object.assign(house.emulator.faults, { rateLimitedShare: 0, errorShare: 0, lostAnswerShare: 0 });
  await house.timePassesUntil(new Date(now().getTime() + 3 * OUTAGE_MS));
  const stale = REACHABLE.filter((person) =>
    house.emulator.messagesOf(person).some(({ content }) => findPressable(content, '我已完成')),
  );
  expect(stale).toEqual([]);
});
