/** A message twice, late, out of order: one effect, one card. */
import { expect, it } from 'vitest';
import { moveTo } from '../../src/basics/clock.ts';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { openHouse } from '../support/house.ts';
import { countTasks, openOffice, SENTENCE } from './support/office.ts';
import { openTap } from './support/tap.ts';

it('a message that is pushed twice at the same time makes one draft and one card', async () => {
  const { house, secretary } = await openOffice();
  const tap = await openTap(house);
  tap.copies = 2;
  await secretary.says(SENTENCE);
  expect(tap.answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(await countTasks(house)).toBe(1);
  expect(secretary.sees()).toHaveLength(1);
});

it('a message that comes under two event ids makes one draft and one card', async () => {
  const { house, secretary } = await openOffice();
  house.emulator.faults.pushTwice = true;
  await secretary.says(SENTENCE);
  expect(await countTasks(house)).toBe(1);
  expect(secretary.sees()).toHaveLength(1);
});

it('a message that is refused is refused in one card, however often it is pushed', async () => {
  const { house, secretary } = await openOffice();
  const tap = await openTap(house);
  tap.copies = 3;
  await secretary.says('提醒二大队党支部全体党员下周五18:00前完成第一议题学习：学习纪律处分条例');
  expect(tap.answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect((await tap.recordNewest()()).status).toBe(200);
  await house.settles();
  expect(secretary.sees()).toHaveLength(1);
  expect(secretary.seesLast()).toContain('没有发布');
});

it('a message that comes again after its draft was published changes nothing', async () => {
  const { house, secretary, officer } = await openOffice();
  const tap = await openTap(house);
  await secretary.says(SENTENCE);
  const repeat = tap.recordNewest();
  await secretary.presses('确认发布');
  await house.settles();
  const seen = secretary.sees();
  expect((await repeat()).status).toBe(200);
  await house.settles();
  expect(await countTasks(house)).toBe(1);
  expect(secretary.sees()).toEqual(seen);
  expect(officer.sees()).toHaveLength(1);
});

it('a message that arrives six hours late means the day on which it was written', async () => {
  const house = await openHouse({ at: new Date('2026-11-29T22:00:00+08:00') }); // a Sunday: six hours later another week has begun
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  house.emulator.pushTo(undefined);
  house.emulator.say(secretary.id, SENTENCE);
  moveTo(new Date('2026-11-30T04:00:00+08:00'));
  house.emulator.pushTo(`${house.app.url}/webhook/event`);
  await house.settles();
  expect(secretary.seesLast()).toContain('12月4日（周五）18:00');
  expect(secretary.sees()).toHaveLength(1);
});

it('a message that arrives after its own deadline loses nothing: its draft stays and says what to change', async () => {
  const { house, secretary } = await openOffice();
  house.emulator.pushTo(undefined);
  house.emulator.say(secretary.id, '提醒本支部全体党员今天12:00前完成第一议题学习：学习党章');
  moveTo(new Date('2026-11-23T16:00:00+08:00'));
  house.emulator.pushTo(`${house.app.url}/webhook/event`);
  await house.settles();
  expect(secretary.sees()).toHaveLength(1);
  expect(secretary.seesLast()).toContain('（已经过去）');
  expect(secretary.seesLast()).not.toContain('[确认发布');
  expect(await countTasks(house)).toBe(1);
});

it('a message that is overtaken by the next one is understood all the same, each once', async () => {
  const { house, secretary } = await openOffice();
  house.emulator.faults.pushReordered = true;
  house.emulator.say(secretary.id, SENTENCE);
  await secretary.says('提醒本支部全体党员明天18:00前完成专题学习：学习交通安全法');
  expect(await countTasks(house)).toBe(2);
  expect(secretary.sees()).toHaveLength(2);
  expect(secretary.sees().join()).toMatch(/四中全会.*交通安全法|交通安全法.*四中全会/s);
});
