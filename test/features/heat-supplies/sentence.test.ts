/** What is read from sentences: items, hand-outs, movements of stock, temperatures. */

import { describe, expect, it } from 'vitest';
import { readItems } from '../../../src/features/heat-supplies/stock/item-text.ts';
import { readMovement } from '../../../src/features/heat-supplies/stock/sentence.ts';
import { readTemperature } from '../../../src/features/heat-supplies/weather/rules.ts';

describe('items', () => {
  it.each([
    ['藿香正气水2盒、矿泉水1箱', ['藿香正气水2盒', '矿泉水1箱']],
    ['藿香正气水 2 盒，矿泉水一箱', ['藿香正气水2盒', '矿泉水1箱']],
    ['2盒藿香正气水和1箱矿泉水', ['藿香正气水2盒', '矿泉水1箱']],
    ['每人发毛巾两条', ['毛巾2条']],
    ['和田枣1袋', ['和田枣1袋']],
    ['米和油各1份', ['米和油各1份']],
    ['5%葡萄糖2瓶', []],
    ['绿豆0袋', []],
    ['7月10日前领完', []],
    ['明天起到政治处领', []],
    ['矿泉水1箱，矿泉水2箱', ['矿泉水2箱']],
    ['<at id=all></at>1盒', []],
  ])('%s', (text, items) => {
    expect(readItems(text).map(({ name, quantity, unit }) => `${name}${quantity}${unit}`)).toEqual(items);
  });
});

describe('a movement', () => {
  it.each([
    ['藿香正气水 200盒', { item: { name: '藿香正气水', quantity: 200, unit: '盒' }, points: [], reason: '' }],
    [
      '藿香正气水 200盒 批号A1 有效期2027-05-31 到政治处',
      {
        item: { name: '藿香正气水', quantity: 200, unit: '盒' },
        label: 'A1',
        expiresOn: '2027-05-31',
        points: ['政治处'],
        reason: '',
      },
    ],
    [
      '矿泉水100箱，有效期至2027年2月，单据号：RK-001',
      {
        item: { name: '矿泉水', quantity: 100, unit: '箱' },
        expiresOn: '2027-02-28',
        document: 'RK-001',
        points: [],
        reason: '',
      },
    ],
    [
      '藿香正气水 3盒 包装破损',
      { item: { name: '藿香正气水', quantity: 3, unit: '盒' }, points: [], reason: '包装破损' },
    ],
    [
      '藿香正气水 20盒 从政治处到一大队库房',
      { item: { name: '藿香正气水', quantity: 20, unit: '盒' }, points: ['政治处', '一大队库房'], reason: '' },
    ],
    ['矿泉水 1箱 有效期2027-13-40', { item: { name: '矿泉水', quantity: 1, unit: '箱' }, points: [], reason: '' }],
  ])('%s', (text, expected) => {
    expect(readMovement(text, ['政治处', '一大队', '一大队库房'])).toEqual(expected);
  });
  it('is not a text without a quantity', () => expect(readMovement('藿香正气水', [])).toBeUndefined());
});

describe('a temperature', () => {
  it.each([
    ['今日最高38度', 380],
    ['今天最高气温36.5℃', 365],
    ['今日最高温度 -3 度', -30],
    ['今日最高380度', undefined],
    ['今日最高57度', undefined],
  ])('%s', (text, tenths) => {
    expect(readTemperature(text)).toBe(tenths);
  });
});
