/** How a hand-out ends: on time, early, or withdrawn with half of it collected; and what comes too late. */
import { expect, it } from 'vitest';
import { openHandout, SENTENCE, stockOf } from './office.ts';
import { findLies } from './store.ts';

it('keeps what was collected and takes every promise back when it is withdrawn half way', async () => {
  const { house, secretary, officer, auxiliary } = await openHandout();
  await officer.presses('我要领取');
  await officer.presses('已领取');
  await auxiliary.presses('我要领取');
  await house.follows();
  expect(await stockOf(house, '藿香正气水')).toEqual({ onHand: 198, reserved: 2 });

  await secretary.presses('撤回');
  await house.follows();
  expect(await stockOf(house, '藿香正气水')).toEqual({ onHand: 198, reserved: 0 });
  expect(officer.seesLast('防暑物资')).toContain('已领 藿香正气水2盒、矿泉水1箱');
  expect(auxiliary.seesLast('防暑物资')).toContain('撤回，无需领取');
  expect(secretary.seesLast('领取进度')).toContain('已撤回');
  expect(secretary.seesLast('领取进度')).toContain('藿香正气水：应发80盒，实领2盒，未领78盒留在库存');
  expect(await findLies(house.app.db)).toEqual([]);
});

it('refuses a claim and a confirmation after the end, and reconciles on time by itself', async () => {
  const { house, secretary, officer, auxiliary, keeper } = await openHandout();
  const old = house.emulator.messagesOf(auxiliary.id).at(-1);
  await officer.presses('我要领取');
  const press = { tag: 'button', value: pressValueOf(old?.content, '我要领取') };
  await house.clockMovesTo('2026-07-14T18:00:30+08:00');
  await house.follows();

  const late = await house.emulator.press(auxiliary.id, old?.id ?? '', press);
  expect(late).toMatchObject({ toast: { type: 'warning', content: expect.stringContaining('这次发放已经结束') } });
  expect(await keeper.presses('确认发给他', { name: await house.nameOf(officer.id) })).toMatchObject({
    toast: { content: expect.stringContaining('没有待领的物资') },
  });
  expect(await stockOf(house, '藿香正气水')).toEqual({ onHand: 200, reserved: 0 });
  expect(secretary.seesLast('领取进度')).toContain('已结束');
  expect(secretary.seesLast('领取进度')).toContain('实领0盒，未领80盒留在库存');
  expect(await findLies(house.app.db)).toEqual([]);
});

it('gives a person in two hand-outs two parts, once each, and says so beforehand', async () => {
  const { house, secretary, officer } = await openHandout();
  await secretary.says(SENTENCE);
  expect(secretary.seesLast()).toContain('其中40人已在另一次正在进行的防暑物资发放里');
  await secretary.presses('确认发放');
  await house.follows();
  await officer.presses('我要领取');
  await officer.presses('已领取');
  await house.follows();
  expect(await stockOf(house, '藿香正气水')).toEqual({ onHand: 198, reserved: 0 });
  await officer.says('今天');
  expect(officer.seesLast()).toContain('待办1件');
  await officer.presses('去办理');
  await house.follows();
  expect(officer.seesLast()).toContain('[我要领取]');
  const parts = await house.app.db.sql<{
    count: number;
  }>`SELECT count(*)::int AS count FROM supply_claim WHERE "personId" = ${officer.id}`;
  expect(parts).toEqual([{ count: 2 }]);
});

it('reminds each person once a day, and ends early when asked', async () => {
  const { house, secretary, officer } = await openHandout();
  await secretary.presses('提醒未领取');
  expect(await secretary.presses('提醒未领取')).toMatchObject({
    toast: { content: expect.stringContaining('没有需要提醒的人') },
  });
  await house.settles();
  await house.clockMovesTo('2026-07-07T10:00:00+08:00');
  const cards = officer.sees().filter((card) => card.includes('请领取'));
  expect(cards.length).toBe(2);
  await secretary.presses('结束并对账');
  await house.follows();
  expect(secretary.seesLast('领取进度')).toContain('已结束');
});

it('counts whoever cannot be reached apart, and shows units only in groups of five', async () => {
  const { house, secretary } = await openHandout();
  await house.follows();
  const card = secretary.seesLast('领取进度');
  expect(card).toContain('联系不上 2（共40人）');
  expect(card).toContain('一大队（40人）');
});

/** The value behind a button of a card that is not the newest any more. */
function pressValueOf(content: unknown, words: string): Record<string, unknown> {
  const text = JSON.stringify(content);
  const at = text.indexOf(`"content":"${words}"`);
  const found = /"value":(\{[^}]*\})/.exec(text.slice(at));
  return JSON.parse(found?.[1] ?? '{}');
}
