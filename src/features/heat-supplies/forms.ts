/** What people fill in about stock, points and pick-ups. */
import { z } from 'zod';
import { choice, day, type Field, instant, option, options, text, whole } from '../../cards/fields.ts';
import { form } from '../../cards/form.ts';
import { audienceField } from '../../people/audience/audience-form.ts';
import { nameKinds } from './kinds.ts';
import type { MoveWord } from './stock/rules.ts';

export const draftFields = {
  kind: choice('类别', nameKinds()),
  itemsText: text('每人发什么、发多少', { max: 200, called: '发放内容', example: '例如：藿香正气水2盒、矿泉水1箱' }),
  audience: audienceField('发放范围'),
  points: options('领取点', { is: z.uuid() }),
  opensAt: instant('从什么时候起', { optional: true, note: '不填就是现在', example: '选择开始时间' }),
  dueAt: instant('领到什么时候', { note: '不填就是一周', called: '截止时间', example: '选择截止时间' }),
};

const personName = { max: 60, note: '同名时加空格写单位', example: '例如：程立山 一大队' };

const moves: Record<MoveWord, string> = {
  入库: '入库（进货）',
  退库: '退库（有人退回）',
  盘点: '盘点（填实际数量）',
  报损: '报损（损坏、过期、丢失）',
  调拨: '调拨（调到别的领取点）',
};
export const ASK_GOODS = '请写明物资名称、数量和单位，例如：藿香正气水，200盒。';
/** One movement of stock; `load` offers the other points. */
export const stockForm = form({
  kind: choice('登记什么', moves, { example: '选择类型', ask: '请先选择登记什么。' }),
  item: text('物资', { max: 30, example: '例如：藿香正气水', ask: ASK_GOODS }),
  quantity: text('数量和单位', { max: 12, example: '例如：200盒', ask: ASK_GOODS }),
  target: option('调到哪里', { is: z.uuid(), optional: true, note: '只有调拨要选', example: '选择领取点' }),
  reason: text('原因', { max: 200, optional: true, note: '报损必填', example: '例如：包装破损' }),
  label: text('批号', { max: 30, optional: true, note: '没有就不填', example: '例如：A1' }),
  expiresOn: day('有效期至', { optional: true, note: '入库时填，没有就不填', example: '选择日期' }),
  document: text('单据号', { max: 40, optional: true, note: '填了就不会重复入库', example: '例如：RK-20260706' }),
});

export const pointForm = form({
  name: text('领取点名称', { max: 20, note: '填现有名称就是修改', example: '例如：政治处' }),
  place: text('地点', { max: 60, optional: true, example: '例如：机关楼一层库房' }),
  hours: text('领取时间', { max: 60, optional: true, example: '例如：工作日9:00至11:30' }),
  keeper: text('保管员姓名', { ...personName, optional: true }),
});

/** For a claim that may be collected at several points. */
export const claimForm = form({
  point: option('', { is: z.uuid(), example: '选择到哪里领', ask: '请先选择领取点。' }),
});
export const proxyForm = form({ name: text('姓名', { ...personName, ask: '请写上同事的姓名。' }) });
export const walkInForm = form({
  name: text('没有预留、人已经来了：写姓名直接发', { ...personName, note: '', called: '姓名', ask: '请写上姓名。' }),
});

/** One item of a share: how much of it is due. */
export type DueItem = { itemId: string; name: string; unit: string; each: number };
/** The field of an item. */
export const countField = ({ itemId }: Pick<DueItem, 'itemId'>) => `q-${itemId}`;
/** How much of each item was really handed over. */
export const countsForm = (due: DueItem[]) => form(counts(due));
const why = {
  reason: text('原因', { max: 200, optional: true, note: '没领全时填写', example: '例如：去的时候没人、矿泉水没到货' }),
};
export const whyForm = form(why);
export const shortfallForm = (due: DueItem[]) => form({ ...counts(due), ...why });

function counts(due: DueItem[]): Record<string, Field<number>> {
  return Object.fromEntries(
    due.map((item) => {
      const ask = `请填写${item.name}实际领到几${item.unit}：0到${item.each}的整数。`;
      const words = { note: `应领${item.each}${item.unit}`, example: '实际数量', ask, wrong: ask };
      return [countField(item), whole(item.name, { from: 0, to: item.each, ...words })];
    }),
  );
}
