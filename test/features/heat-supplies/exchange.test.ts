/** 库存流水 and 发放记录 as people exchange them with the bot: a file in, a preview, the same file again, a workbook out. */
import { expect, it } from 'vitest';
import { confirmImport, lastFile, readSheetNames, readTable, workbook } from '../lists/workbooks.ts';
import { openHandout, openOffice, stockOf } from './office.ts';
import { findLies } from './store.ts';

const RECEIPTS = {
  库存流水: [
    ['流水号', '单据号', '日期', '类型', '领取点', '物资', '数量', '单位', '批号', '有效期', '原因', '经手人'],
    ['', 'RK-7', '', '入库', '政治处', '藿香正气水', '60', '盒', 'A1', '2027-05-31', '七月第一批', ''],
    ['', 'RK-7', '', '', '政治处', '冰袖', '40', '双', '', '', '', ''],
  ],
};

it('takes received goods from a file once, after a preview, however often it is sent', async () => {
  const { house, keeper, officer } = await openOffice([]);
  const file = await workbook(RECEIPTS);
  await keeper.sends('七月入库.xlsx', file);
  expect(keeper.seesLast()).toContain('新增 2 · 更改 0 · 不变 0 · 有问题 0');
  expect(await stockOf(house, '藿香正气水')).toEqual({ onHand: 0, reserved: 0 });
  await confirmImport(house, keeper);
  expect(await stockOf(house, '藿香正气水')).toEqual({ onHand: 60, reserved: 0 });
  expect(await stockOf(house, '冰袖')).toEqual({ onHand: 40, reserved: 0 });

  await keeper.sends('七月入库.xlsx', file);
  expect(keeper.seesLast()).toContain('新增 0 · 更改 0 · 不变 2 · 有问题 0');
  expect(keeper.seesLast()).not.toContain('[确认导入');
  await officer.sends('七月入库.xlsx', file);
  expect(officer.seesLast()).not.toContain('[确认导入');
  expect(await stockOf(house, '冰袖')).toEqual({ onHand: 40, reserved: 0 });
  expect(await findLies(house.app.db)).toEqual([]);
});

it('gives out the ledger to the keeper and the hand-outs to the secretary, and neither the other', async () => {
  const { house, keeper, secretary, officer } = await openHandout();
  // The keeper of this house leads a unit as well, and a leader hands out.
  await house.app.db.sql`UPDATE role_assignment SET until = "from" WHERE "personId" = ${keeper.id} AND role = 'leader'`;
  await officer.presses('我要领取');
  await officer.presses('已领取');
  await house.follows();

  await keeper.says('导出');
  const ledger = await lastFile(keeper);
  expect(await readSheetNames(ledger.bytes)).toContain('库存流水');
  expect(await readSheetNames(ledger.bytes)).not.toContain('发放记录');
  const kinds = (await readTable(ledger.bytes, '库存流水')).map((cells) => cells[3]);
  expect(kinds.filter((kind) => kind === '入库')).toHaveLength(2);
  expect(kinds.filter((kind) => kind === '发放')).toHaveLength(2);

  await secretary.says('导出');
  const records = await lastFile(secretary);
  expect(await readSheetNames(records.bytes)).toContain('发放记录');
  expect(await readSheetNames(records.bytes)).not.toContain('库存流水');
  const name = await house.nameOf(officer.id);
  const own = (await readTable(records.bytes, '发放记录')).filter((cells) => cells.includes(name));
  expect(own.map((cells) => cells.slice(4, 9))).toEqual([
    ['藿香正气水', 2, 2, '盒', '已领'],
    ['矿泉水', 1, 1, '箱', '已领'],
  ]);

  await keeper.sends(ledger.name, ledger.bytes);
  expect(keeper.seesLast()).toContain('新增 0 · 更改 0 · 不变 4 · 有问题 0');
});
