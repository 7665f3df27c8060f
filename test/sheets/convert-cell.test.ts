/** What a cell means in a column of each kind, in all the forms in which people and programs write it. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createCalendar } from '../../src/calendar/create-calendar.ts';
import type { Kind, SheetPlan } from '../../src/sheets/plan.ts';
import { readSheets } from '../../src/sheets/read-sheets.ts';
import { makeXlsx, rowsOf } from './make-xlsx.ts';

const calendar = createCalendar({ timeZone: 'Asia/Shanghai' });

type Cell = Parameters<typeof rowsOf>[0][number][number];

/** What one cell means in a column of that kind, or the reason why it means nothing. */
async function readCell(kind: Kind, cell: Cell, is1904 = false): Promise<unknown> {
  const plan = {
    name: '表',
    columns: { value: { header: '值', kind, type: z.unknown() } },
  } as const satisfies SheetPlan;
  const bytes = makeXlsx([{ name: '表', rows: rowsOf([['值'], [cell]]) }], { is1904 });
  const { rows, problems } = await readSheets(bytes, { plan }, { calendar });
  return problems[0]?.reason ?? rows.plan[0]?.values.value;
}

describe('a day', () => {
  it.each([
    '2026-11-27',
    '2026/11/27',
    '2026.11.27',
    '20261127',
    '2026年11月27日',
    '2026年11月27号（周五）',
    '２０２６年１１月２７日',
    '２０２６－１１－２７',
    '二〇二六年十一月二十七日',
    '二○二六年十一月廿七日',
    ' 2026-11-27 00:00:00 ',
    '2026-11-27T08:30:00',
    '46353',
    46353,
    20261127,
    { style: 1, value: 46353 },
    { style: 3, value: 46353.75 },
  ])('is %j', async (cell) => {
    expect(await readCell('day', cell)).toBe('2026-11-27');
  });

  it('counts from 1904 in such a file, shown as a date or bare', async () => {
    expect(await readCell('day', { style: 1, value: 46353 - 1462 }, true)).toBe('2026-11-27');
    expect(await readCell('day', 46353 - 1462, true)).toBe('2026-11-27');
  });

  it.each([
    '11月27日',
    '26-11-27',
    '2026-13-01',
    '2026-02-29',
    '2026-11',
    '明天',
    '2026-11-27 也许',
    2026,
    3.5,
    '20260230',
    { style: 1, value: 5 },
  ])('is not %j', async (cell) => {
    expect(await readCell('day', cell)).toBe('不是完整的日期，请写成 2026-11-27 的样子');
  });
});

describe('a time and an instant', () => {
  it.each([
    ['8:30', '08:30'],
    ['８：３０', '08:30'],
    ['08:30:00', '08:30'],
    ['上午8点半', '08:30'],
    ['下午5点', '17:00'],
    ['24:00', '24:00'],
    [{ style: 2, value: 8.5 / 24 }, '08:30'],
    [8.5 / 24, '08:30'],
    [{ style: 2, value: 1 }, '24:00'],
    [{ style: 3, value: 46353.75 }, '18:00'],
    ['25:00', '不是时间，请写成 08:30 的样子'],
    ['下班', '不是时间，请写成 08:30 的样子'],
    [8, '不是时间，请写成 08:30 的样子'],
  ])('%j is the time %s', async (cell, time) => {
    expect(await readCell('time', cell)).toBe(time);
  });

  it.each([
    '2026-11-27 18:00',
    '2026年11月27日18:00',
    '2026/11/27 下午6点',
    '２０２６－１１－２７　１８：００',
    '2026-11-27（周五）18:00',
    '2026-11-27T18:00:00',
    { style: 3, value: 46353.75 },
  ])('%j is an instant in the time zone of the calendar', async (cell) => {
    expect(await readCell('instant', cell)).toEqual(new Date('2026-11-27T10:00:00Z'));
  });

  it.each(['2026-11-27', { style: 1, value: 46353 }, 46353.75, '18:00'])('%j is no instant', async (cell) => {
    expect(await readCell('instant', cell)).toBe('请写上日期和时间，如 2026-11-27 18:00');
  });
});

describe('numbers, names and texts', () => {
  it.each([
    ['number', 12, 12],
    ['number', '12', 12],
    ['number', ' １，２３４.50 ', 1234.5],
    ['number', '-3', -3],
    ['number', '十二', '不是数字'],
    ['number', '1e5', '不是数字'],
    ['number', { style: 1, value: 46353 }, '不是数字'],
    ['text', 13800000000, '13800000000'],
    ['text', 0.30000000000000004, '0.3'],
    ['text', '007 ', '007'],
    ['text', { style: 1, value: 46353 }, '2026-11-27'],
    ['text', { style: 3, value: 46353.75 }, '2026-11-27 18:00'],
    ['text', 140101199001011200, '数字太长，末尾几位已被表格软件改掉，请把这一列设为文本格式后重新填写'],
    ['text', { xml: '<c r="A2" t="b"><v>1</v></c>' }, '是'],
    ['text', '长'.repeat(32_768), '内容太长，超过 32767 个字'],
    [
      'text',
      { xml: '<c r="A2" t="inlineStr"><is><r><t>姓</t></r><r><t>名</t></r><rPh><t>xing ming</t></rPh></is></c>' },
      '姓名',
    ],
    ['name', ' 张　伟 ', '张伟'],
    ['name', '阿依古丽 • 买买提', '阿依古丽·买买提'],
    ['name', 'Anna  Li', 'Anna Li'],
    ['names', '张 伟、李娜，王芳\n赵敏；', ['张伟', '李娜', '王芳', '赵敏']],
  ] as const)('%s %j', async (kind, cell, value) => {
    expect(await readCell(kind, cell)).toEqual(value);
  });
});
