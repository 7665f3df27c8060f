/** What people are told without asking: the one reminder before the end, what keepers confirmed, what somebody objects to. */
import { expect, it } from 'vitest';
import { JULY_MORNING, openHandout, openOffice, SENTENCE } from './office.ts';

const countWith = (person: { sees: () => string[] }, words: string) =>
  person.sees().filter((card) => card.includes(words)).length;

it('reminds whoever has yet to collect once, on the workday before the end, and then shows the end', async () => {
  const { house, officer, auxiliary } = await openHandout();
  await officer.presses('我要领取');
  await officer.presses('已领取');
  await house.follows();
  expect(countWith(auxiliary, '防暑物资 · 请领取')).toBe(1);
  await house.clockMovesTo('2026-07-10T09:30:00+08:00');
  expect(countWith(auxiliary, '防暑物资 · 请领取')).toBe(1);
  await house.clockMovesTo('2026-07-13T09:30:00+08:00');
  expect(countWith(auxiliary, '防暑物资 · 请领取')).toBe(2);
  expect(auxiliary.seesLast()).toContain('7月14日（周二，明天）18:00');
  expect(countWith(officer, '防暑物资')).toBe(1);
  await house.clockMovesTo('2026-07-14T10:00:00+08:00');
  expect(countWith(auxiliary, '防暑物资')).toBe(2);

  await house.clockMovesTo('2026-07-14T18:00:30+08:00');
  await house.follows();
  expect(countWith(auxiliary, '防暑物资 · 已结束')).toBe(2);
  expect(auxiliary.seesLast()).toContain('已于7月14日（周二）18:00结束');
  expect(auxiliary.seesLast()).not.toContain('[我要领取]');
});

it('reminds nobody of what has ended', async () => {
  const { house, secretary, auxiliary } = await openHandout();
  await auxiliary.says('今天');
  await secretary.presses('结束并对账');
  await house.clockMovesTo('2026-07-13T09:30:00+08:00');
  expect(countWith(auxiliary, '防暑物资 · 请领取')).toBe(0);
  expect(countWith(auxiliary, '防暑物资 · 已结束')).toBe(1);
  expect(await auxiliary.presses('去办理')).toMatchObject({
    toast: { content: '这次发放已经结束。如还需要，请联系发放人。' },
  });
});

it('says only that it was confirmed to whom the keeper gave it before the notice arrived', async () => {
  const evening = new Date(JULY_MORNING.getTime() + 12 * 3_600_000);
  const { house, secretary, keeper, officer } = await openOffice(undefined, { at: evening });
  await secretary.says(SENTENCE);
  await secretary.presses('确认发放');
  await keeper.says('待领名单');
  await keeper.presses('确认发给他', { name: `${await house.nameOf(officer.id)} 一大队` });
  await house.follows();
  expect(officer.sees()).toEqual([]);
  await house.clockMovesTo('2026-07-07T10:00:00+08:00');
  expect(officer.sees()).toHaveLength(1);
  expect(officer.seesLast()).toContain('替您确认的');
});

it('keeps an objection on 今天 of the keeper, and of nobody else, until it is answered', async () => {
  const { house, secretary, keeper, officer } = await openHandout();
  const name = await house.nameOf(officer.id);
  await keeper.presses('确认发给他', { name: `${name} 一大队` });
  await house.follows();
  await officer.presses('没有领到，有异议');
  await house.follows();
  await keeper.says('今天');
  expect(keeper.seesLast()).toContain(`请核实：${name}说没有领到防暑物资`);
  await keeper.presses('去办理');
  await house.follows();
  expect(keeper.seesLast()).toContain('[核实无误]');
  await secretary.says('今天');
  expect(secretary.seesLast()).not.toContain('请核实');
  await keeper.presses('核实无误');
  await keeper.says('今天');
  expect(keeper.seesLast()).not.toContain('请核实');
  await house.follows();
  expect(officer.seesLast('领取记录')).toContain('有异议');
});
