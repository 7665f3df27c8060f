/** 登记出入库: one movement of stock in a form, booked as if it had been typed. */
import { expect, it } from 'vitest';
import { toastOf } from '../../support/persons.ts';
import { openOffice, stockOf } from './office.ts';
import { findLies } from './store.ts';

const FORM = { kind: '入库', item: '', quantity: '', label: '', expiresOn: '', target: '', document: '', reason: '' };

async function openForm() {
  const office = await openOffice(['矿泉水 100箱']);
  await office.keeper.says('库存');
  await office.keeper.presses('登记出入库');
  await office.house.follows();
  return office;
}

it('says what is missing, books once however often it is pressed, and offers the next one', async () => {
  const { house, keeper } = await openForm();
  const submit = (form: object) => keeper.presses('登记', { ...FORM, ...form });
  expect(toastOf(await submit({}))).toContain('请写明物资名称、数量和单位');
  expect(toastOf(await submit({ item: '藿香正气水', quantity: '60' }))).toContain('请写明物资名称、数量和单位');
  expect(toastOf(await submit({ item: '矿泉水', quantity: '0箱' }))).toContain('数量要大于0');
  expect(toastOf(await submit({ kind: '报损', item: '矿泉水', quantity: '2' }))).toContain('报损请写上原因');
  expect(toastOf(await submit({ kind: '调拨', item: '矿泉水', quantity: '2' }))).toContain('调拨请选择');
  expect(toastOf(await submit({ item: '矿泉水', quantity: '2瓶' }))).toContain('是按“箱”登记的');
  expect(toastOf(await submit({ kind: '报损', item: '矿泉水', quantity: '900', reason: '丢失' }))).toContain(
    '在库只有100',
  );
  expect(await stockOf(house, '矿泉水')).toEqual({ onHand: 100, reserved: 0 });

  const goods = { item: '藿香正气水', quantity: '60盒', label: 'A1', expiresOn: '2027-05-31 +0800', document: 'RK-1' };
  const answers = await Promise.all([submit(goods), submit(goods)]);
  expect(answers.map(toastOf).filter((words) => words.startsWith('已记账：藿香正气水60盒'))).toHaveLength(1);
  expect(answers.map(toastOf).filter((words) => words.includes('已经登记过'))).toHaveLength(1);
  expect(await stockOf(house, '藿香正气水')).toEqual({ onHand: 60, reserved: 0 });
  const [entry] = await house.app.db.sql`
    SELECT e.document, b.label, b."expiresOn"::text FROM stock_entry e JOIN supply_batch b ON b.id = e."batchId" WHERE e.document IS NOT NULL`;
  expect(entry).toEqual({ document: 'RK-1', label: 'A1', expiresOn: '2027-05-31' });
  await house.follows();
  expect(keeper.seesLast('登记出入库')).toContain('已记账：藿香正气水60盒');
  await keeper.presses('再登记一笔');
  await house.follows();
  expect(toastOf(await submit(goods))).toContain('没有重复记账');
  expect(await findLies(house.app.db)).toEqual([]);
});

it('books losses, counts and transfers with a bare number, in the unit that the item has', async () => {
  const { house, administrator, keeper } = await openForm();
  await administrator.says('设置领取点');
  await administrator.presses('保存领取点', { name: '一大队库房', keeper: await house.nameOf(keeper.id) });
  const points = await house.app.db.sql<{ id: string; name: string }>`SELECT id, name FROM pickup_point`;
  const target = points.find(({ name }) => name === '一大队库房')?.id;
  const book = async (form: object) => {
    const answer = await keeper.presses('登记', { ...FORM, item: '矿泉水', ...form });
    await keeper.presses('再登记一笔');
    await house.follows();
    return toastOf(answer);
  };
  expect(await book({ kind: '报损', quantity: '3', reason: '漏水' })).toContain('政治处现在在库97箱');
  expect(await book({ kind: '盘点', quantity: '95' })).toContain('政治处现在在库95箱');
  expect(await book({ kind: '退库', quantity: '1', reason: '多领' })).toContain('政治处现在在库96箱');
  expect(await book({ kind: '调拨', quantity: '20', target })).toContain('政治处现在在库76箱');
  expect(await stockOf(house, '矿泉水')).toEqual({ onHand: 96, reserved: 0 });
  expect(await findLies(house.app.db)).toEqual([]);
});

it('is of no use to whoever keeps the point no more', async () => {
  const { house, administrator, officer } = await openOffice(['矿泉水 100箱']);
  const name = await house.nameOf(officer.id);
  await administrator.says('设置领取点');
  await administrator.presses('保存领取点', { name: '政治处', keeper: name });
  await officer.says('库存');
  await officer.presses('登记出入库');
  await house.follows();
  await administrator.says(`结束角色 ${name}`);
  await administrator.presses('结束');
  expect(await officer.presses('登记', { ...FORM, item: '矿泉水', quantity: '5箱' })).toMatchObject({
    toast: { content: expect.stringContaining('权限') },
  });
  expect(await stockOf(house, '矿泉水')).toEqual({ onHand: 100, reserved: 0 });
});
