/** The service is off over a weekend: what was missed is caught up with on Monday, once, in working hours, as one message. */
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { openHouse } from '../support/house.ts';

it('catches up on Monday with every missed reminder, once and merged', async () => {
  const house = await openHouse({ at: new Date('2026-11-26T10:00:00+08:00') });
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  for (const sentence of [
    '提醒一大队党支部全体党员11月30日18:00前完成第一议题学习：学习讲话', // reminders on Friday and on Monday morning
    '提醒一大队党支部全体党员12月1日18:00前完成主题党日：参观基地', // a reminder on Monday, one still to come
  ]) {
    await secretary.says(sentence);
    await secretary.presses('确认发布');
    await house.settles();
  }
  const officer = house.person(SAMPLE_PEOPLE.officer);
  expect(officer.sees()).toHaveLength(2);

  await house.isOffUntil('2026-11-30T10:00:00+08:00');
  expect(officer.sees()).toHaveLength(3);
  expect(officer.seesLast()).toContain('待办2件');
  expect(officer.seesLast()).toContain('第一议题学习：学习讲话\n11月30日（周一，今天）18:00前');

  await house.clockMovesTo('2026-12-01T12:00:00+08:00');
  expect(officer.sees()).toHaveLength(4); // the morning of the second deadline
});
