/** The hand-out as people have it: a sentence, a preview, one card each, a pick-up that both sides know of. */
import { expect, it } from 'vitest';
import { toastOf } from '../support/persons.ts';
import { openHandout, openOffice, SENTENCE, stockOf } from './heat-supplies/office.ts';
import { findLies } from './heat-supplies/store.ts';

it('shows need against stock with the exact dates, and sends nothing before it is confirmed', async () => {
  const { house, secretary, officer } = await openOffice(['藿香正气水 50盒', '矿泉水 100箱']);
  await secretary.says(SENTENCE);

  const [people] = await house.app.db.sql<{ count: number }>`
    SELECT count(*)::int AS count FROM person p JOIN branch b ON b.id = p."branchId" WHERE b.name = '一大队党支部'`;
  const count = people?.count ?? 0;
  const preview = secretary.seesLast();
  expect(preview).toContain('每人 藿香正气水2盒、矿泉水1箱');
  expect(preview).toContain('政治处（机关楼一层库房，工作日9:00至11:30）');
  expect(preview).toContain('7月7日（周二）08:00起');
  expect(preview).toContain('7月14日（周二）18:00');
  expect(preview).toContain(`一大队党支部全体人员，共${count}人`);
  expect(preview).toContain(`藿香正气水：需要${count * 2}盒，可用50盒，还差${count * 2 - 50}盒`);
  expect(preview).toContain(`矿泉水：需要${count}箱，可用100箱，够发`);
  expect(officer.sees()).toEqual([]);

  await secretary.picks('2026-07-01 18:00 +0800');
  expect(secretary.seesLast()).toContain('7月14日（周二）18:00');
  await secretary.picks('2026-07-10 18:00 +0800');
  expect(secretary.seesLast()).toContain('7月10日（周五）18:00');
  await secretary.presses('取消');
  expect(secretary.seesLast()).toContain('已取消，没有发给任何人。');
  await house.follows();
  expect(officer.sees()).toEqual([]);
});

it('asks with a form for what is missing, and takes other kinds of hand-out', async () => {
  const { house, secretary, officer } = await openOffice(['棉手套 100双']);
  await secretary.says('发放物资');
  expect(secretary.seesLast()).toContain('还差：发放内容、发放范围、截止时间。');
  expect(await secretary.presses('下一步', { itemsText: '' })).toMatchObject({ toast: { type: 'warning' } });
  const [branch] = await house.app.db.sql<{ id: string }>`SELECT id FROM branch WHERE name = '一大队党支部'`;
  const [point] = await house.app.db.sql<{ id: string }>`SELECT id FROM pickup_point`;
  await secretary.presses('下一步', {
    kind: 'winter-kit',
    itemsText: '棉手套1双',
    audience: `branch:everyone:${branch?.id}`,
    points: [point?.id],
  });
  expect(secretary.seesLast()).toContain('冬季执勤装备 · 请核对');
  await secretary.presses('确认发放');
  await house.follows();
  expect(officer.seesLast()).toContain('冬季执勤装备 · 请领取');
});

it('refuses an unknown item, another unit and a foreign branch in words, and changes nothing', async () => {
  const { house, secretary } = await openOffice();
  await secretary.says('给一大队党支部每人发冰袖1双，到政治处领');
  expect(secretary.seesLast()).toContain('冰袖：需要');
  expect(await secretary.presses('确认发放')).toMatchObject({
    toast: { content: expect.stringContaining('还没有登记过“冰袖”') },
  });
  await secretary.says('给一大队党支部每人发矿泉水2瓶，到政治处领');
  expect(await secretary.presses('确认发放')).toMatchObject({
    toast: { content: expect.stringContaining('是按“箱”登记的') },
  });
  await secretary.says('给二大队党支部每人发矿泉水1箱，到政治处领');
  expect(secretary.seesLast()).toContain('您只能发布给自己的支部');
  expect(await house.app.db.sql`SELECT 1 FROM supply_claim`).toEqual([]);
});

it('promises on 我要领取 and hands over on 已领取, on every card and in the stock', async () => {
  const { house, secretary, keeper, officer } = await openHandout();
  expect(officer.seesLast()).toContain('请于 7月14日（周二）18:00 前领取');
  expect(officer.seesLast()).toContain('藿香正气水2盒、矿泉水1箱');
  await officer.says('今天');
  expect(officer.seesLast()).toContain('领取防暑物资：政治处');

  expect(await officer.presses('我要领取')).toMatchObject({ toast: { content: '已为您预留，领到后请按“已领取”。' } });
  expect(await stockOf(house, '藿香正气水')).toEqual({ onHand: 200, reserved: 2 });
  await house.follows();
  expect(keeper.seesLast('待领名单')).toContain(await house.nameOf(officer.id));
  expect(secretary.seesLast('领取进度')).toContain('藿香正气水：已办理2盒 = 已领0盒 + 待领2盒');

  expect(await officer.presses('已领取')).toMatchObject({ toast: { content: '已记为领取。' } });
  await house.follows();
  expect(await stockOf(house, '藿香正气水')).toEqual({ onHand: 198, reserved: 0 });
  expect(await stockOf(house, '矿泉水')).toEqual({ onHand: 99, reserved: 0 });
  expect(officer.seesLast('已领 ')).toContain('已领 藿香正气水2盒、矿泉水1箱');
  expect(secretary.seesLast('领取进度')).toContain('藿香正气水：已办理2盒 = 已领2盒 + 待领0盒');
  await officer.says('今天');
  expect(officer.seesLast()).not.toContain('领取防暑物资');
  expect(await findLies(house.app.db)).toEqual([]);
});

it('gives the last box to one of two people who press at once', async () => {
  const { house, officer, auxiliary } = await openHandout(['藿香正气水 2盒', '矿泉水 100箱']);
  const answers = await Promise.all([officer.presses('我要领取'), auxiliary.presses('我要领取')]);
  const words = answers.map((answer) => toastOf(answer)).sort();
  expect(words[0]).toContain('已为您预留');
  expect(words[1]).toContain('这个领取点的藿香正气水已经领完，没有预留');
  expect(await stockOf(house, '藿香正气水')).toEqual({ onHand: 2, reserved: 2 });
  expect(await stockOf(house, '矿泉水')).toEqual({ onHand: 100, reserved: 1 });
});

it('counts once what keeper and person confirm at the same moment', async () => {
  const { house, keeper, officer } = await openHandout();
  await officer.presses('我要领取');
  await house.follows();
  const answers = await Promise.all([officer.presses('已领取'), keeper.presses('已发')]);
  const words = answers.map((answer) => toastOf(answer));
  expect(words.filter((one) => one.startsWith('已记为'))).toHaveLength(1);
  expect(words.filter((one) => one.includes('不用再按'))).toHaveLength(1);
  expect(await stockOf(house, '藿香正气水')).toEqual({ onHand: 198, reserved: 0 });
});

it('tells the person what the keeper confirmed, and takes it back when the objection is true', async () => {
  const { house, keeper, officer, secretary } = await openHandout();
  const name = await house.nameOf(officer.id);
  expect(await keeper.presses('确认发给他', { name: '查无此人' })).toMatchObject({ toast: { type: 'warning' } });
  await keeper.presses('确认发给他', { name: `${name} 一大队` });
  await house.follows();
  expect(await stockOf(house, '藿香正气水')).toEqual({ onHand: 198, reserved: 0 });
  expect(officer.seesLast()).toContain('替您确认的');

  await officer.presses('没有领到，有异议');
  await house.follows();
  expect(keeper.seesLast()).toContain(`${name}说没有领到`);
  expect(secretary.seesLast('领取进度')).toContain('1人对领取记录有异议');
  await keeper.presses('属实，退回库存');
  await house.follows();
  expect(await stockOf(house, '藿香正气水')).toEqual({ onHand: 200, reserved: 0 });
  expect(officer.seesLast()).toContain('[我要领取]');
  expect(await findLies(house.app.db)).toEqual([]);
});

it('takes a part, or nothing, with a reason, and gives the rest back to the stock', async () => {
  const { house, secretary, officer, auxiliary } = await openHandout();
  await officer.presses('我要领取');
  await officer.presses('没领到或没领全');
  await house.follows();
  const items = await house.app.db.sql<{ id: string; name: string }>`SELECT id, name FROM supply_item`;
  const field = (name: string) => `q-${items.find((item) => item.name === name)?.id}`;
  expect(await officer.presses('提交', { [field('矿泉水')]: '9' })).toMatchObject({
    toast: { content: expect.stringContaining('0到1的整数') },
  });
  expect(await officer.presses('提交', { [field('矿泉水')]: '0' })).toMatchObject({
    toast: { content: '请写一句原因，方便保管员核对。' },
  });
  // With a reason and all quantities as they were filled in, it is not clear what was meant.
  const before = await stockOf(house, '藿香正气水');
  expect(toastOf(await officer.presses('提交', { reason: '没人在' }))).toContain('没领到的请把数量改成0');
  expect(await stockOf(house, '藿香正气水')).toEqual(before);
  await officer.presses('提交', { [field('矿泉水')]: '0', reason: '矿泉水没到货' });
  expect(await stockOf(house, '藿香正气水')).toEqual({ onHand: 198, reserved: 0 });
  expect(await stockOf(house, '矿泉水')).toEqual({ onHand: 100, reserved: 0 });

  await auxiliary.presses('我要领取');
  await auxiliary.presses('没领到或没领全');
  await house.follows();
  const said = await auxiliary.presses('提交', {
    [field('矿泉水')]: '0',
    [field('藿香正气水')]: '0',
    reason: '去的时候没人',
  });
  expect(toastOf(said)).toContain('已记下');
  await house.follows();
  expect(secretary.seesLast('领取进度')).toContain('部分领取 1 · 没领到 1');
  await secretary.presses('查看未领取');
  await house.follows();
  expect(secretary.seesLast()).toContain('（矿泉水没到货）');
  expect(secretary.seesLast()).toContain('（去的时候没人）');
  expect(await auxiliary.presses('我要领取')).toMatchObject({ toast: { type: 'success' } });
});

it('lets a colleague who was asked confirm, and nobody who was not', async () => {
  const { house, officer, auxiliary, keeper } = await openHandout();
  await officer.presses('我要领取');
  await officer.presses('请人代领');
  await house.follows();
  await officer.presses('请他代领', { name: `${await house.nameOf(auxiliary.id)} 一大队` });
  await house.follows();
  expect(auxiliary.seesLast()).toContain(`请代领防暑物资`);
  await officer.presses('请人代领');
  await house.follows();
  await officer.presses('请他代领', { name: `${await house.nameOf(keeper.id)}` });
  expect(await auxiliary.presses('已代领')).toMatchObject({ toast: { content: '对方已经改请别人代领，没有改动。' } });
  await house.follows();
  expect(auxiliary.sees().join('\n')).not.toContain(await house.nameOf(officer.id));
  expect(auxiliary.seesLast('请代领')).toContain('无需代领');
  expect(await keeper.presses('已代领')).toMatchObject({ toast: { type: 'success' } });
  await house.follows();
  expect(await stockOf(house, '藿香正气水')).toEqual({ onHand: 198, reserved: 0 });
  expect(officer.seesLast()).toContain('替您确认的');
});
