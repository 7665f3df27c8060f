/** What a keeper types about stock, and what keepers are told. */
import { expect, it } from 'vitest';
import { openOffice, stockOf } from './office.ts';
import { findLies } from './store.ts';

it('books receipts, returns, counts, losses, transfers and corrections, each with its entry', async () => {
  const { house, administrator, keeper } = await openOffice(['藿香正气水 200盒 批号A1 有效期2027-05-31']);
  await administrator.says('设置领取点');
  await administrator.presses('保存领取点', { name: '一大队', keeper: await house.nameOf(keeper.id) });

  await keeper.says('入库 藿香正气水 10盒');
  expect(keeper.seesLast()).toContain('请写明领取点');
  await keeper.says('退库 藿香正气水 5盒 多领退回 到政治处');
  await keeper.says('报损 藿香正气水 3盒 到政治处');
  expect(keeper.seesLast()).toContain('请在后面写上原因');
  await keeper.says('报损 藿香正气水 3盒 包装破损 到政治处');
  await keeper.says('调拨 藿香正气水 20盒 从政治处到一大队');
  expect(keeper.seesLast()).toContain('政治处现在在库182盒');
  await keeper.says('盘点 藿香正气水 180盒 到政治处');
  expect(keeper.seesLast()).toContain('政治处现在在库180盒');
  await keeper.says('盘点 藿香正气水 180盒 到政治处');
  expect(keeper.seesLast()).toContain('与账面一致');
  await keeper.says('报损 藿香正气水 500盒 丢失 到政治处');
  expect(keeper.seesLast()).toContain('在库只有180');
  await keeper.says('入库 藿香正气水 2瓶 到政治处');
  expect(keeper.seesLast()).toContain('是按“盒”登记的');

  const [loss] = await house.app.db.sql<{ no: number }>`SELECT no FROM stock_entry WHERE kind = 'written-off'`;
  await keeper.says(`更正 ${loss?.no}`);
  expect(keeper.seesLast()).toContain('请写上流水号和原因');
  await keeper.says(`更正 ${loss?.no} 数量写错`);
  await keeper.says(`更正 ${loss?.no} 数量写错`);
  expect(keeper.seesLast()).toContain('已经更正过');
  expect(await stockOf(house, '藿香正气水')).toEqual({ onHand: 203, reserved: 0 });
  await keeper.says('库存');
  const card = keeper.sees().findLast((one) => one.includes('机关楼一层库房')) ?? '';
  expect(card).toContain('可用183盒（在库183，预留0）');
  expect(card).toContain('最早2027年5月31日（周一）到期');
  expect(card).toContain('报损 藿香正气水-3盒');
  expect(await findLies(house.app.db)).toEqual([]);
});

it('lets nobody else move stock, and no keeper that of another point', async () => {
  const { house, administrator, keeper, officer, secretary } = await openOffice();
  await officer.says('入库 矿泉水 5箱');
  expect(officer.seesLast()).toContain('没有办理这件事的权限');
  // Whoever hands out may know what there is, and books nothing.
  await secretary.says('库存');
  expect(secretary.seesLast()).toMatch(/库存　政治处：.*可用/);
  await secretary.says('入库 矿泉水 5箱');
  expect(secretary.seesLast()).toContain('没有办理这件事的权限');
  await administrator.says('设置领取点');
  await administrator.presses('保存领取点', { name: '二大队库房' });
  await keeper.says('入库 矿泉水 5箱 到二大队库房');
  expect(keeper.seesLast()).toContain('您不是二大队库房的保管员');
  expect(await stockOf(house, '矿泉水')).toEqual({ onHand: 100, reserved: 0 });
});

it('appoints a keeper with 设置角色 and ends it with 结束角色', async () => {
  const { house, administrator, officer } = await openOffice();
  const [point] = await house.app.db.sql<{ id: string }>`SELECT id FROM pickup_point`;
  const name = await house.nameOf(officer.id);
  await administrator.says('设置角色');
  expect(await administrator.presses('确认设置', { person: name, role: 'keeper', scope: 'detachment:' })).toMatchObject(
    {
      toast: { content: '物资保管员的范围要选一个领取点，请重新选择。' },
    },
  );
  await administrator.presses('确认设置', { person: name, role: 'keeper', scope: `point:${point?.id}` });
  await officer.says('库存');
  expect(officer.seesLast()).toContain('机关楼一层库房');
  await administrator.says(`结束角色 ${name}`);
  expect(administrator.seesLast()).toContain('政治处 物资保管员');
  await administrator.presses('结束');
  await officer.says('库存');
  expect(officer.seesLast()).toContain('没有办理这件事的权限');
});

it('tells the keeper once what is low or about to expire, and nobody else', async () => {
  const { house, keeper, secretary, administrator } = await openOffice([
    '藿香正气水 60盒 有效期2026-07-20',
    '矿泉水 12箱',
    '毛巾 100条',
  ]);
  await administrator.says('低库存 矿泉水 12箱');
  await house.clockMovesTo('2026-07-07T09:00:00+08:00');
  expect(keeper.seesLast()).toContain('矿泉水可用只剩12箱');
  expect(keeper.seesLast()).toContain('藿香正气水60盒：7月20日（周一）到期，请尽快发放');
  expect(keeper.seesLast()).not.toContain('毛巾');
  const warnings = () => keeper.sees().filter((card) => card.includes('库存提醒')).length;
  expect(warnings()).toBe(1);
  await house.clockMovesTo('2026-07-08T09:00:00+08:00');
  expect(warnings()).toBe(1);
  await keeper.says('入库 矿泉水 50箱');
  await house.clockMovesTo('2026-07-09T09:00:00+08:00');
  await keeper.says('报损 矿泉水 55箱 漏水');
  await house.clockMovesTo('2026-07-10T09:00:00+08:00');
  expect(warnings()).toBe(2);
  for (const other of [secretary, administrator]) expect(other.seesLast('库存提醒')).toBe('');
  await house.follows();
});
