/** What readSheets makes of the tables that people send: headers, titles, merged cells, sheets, and what it says of bad rows. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createCalendar } from '../../src/calendar/create-calendar.ts';
import { describeProblem, type SheetPlan } from '../../src/sheets/plan.ts';
import { readSheets } from '../../src/sheets/read-sheets.ts';
import { makeXlsx, makeZip, rowsOf, xlsxParts } from './make-xlsx.ts';

const calendar = createCalendar({ timeZone: 'Asia/Shanghai' });
const people = {
  name: '人员',
  synonyms: ['花名册'],
  columns: {
    name: { header: '姓名', synonyms: ['名字'], kind: 'name', type: z.string().max(10) },
    unit: { header: '部门', synonyms: ['单位'], kind: 'text', type: z.string() },
    joined: { header: '入职日期', kind: 'day', type: z.string().optional() },
    count: { header: '人数', kind: 'number', type: z.number().int('应是整数').min(0).default(0) },
  },
} as const satisfies SheetPlan;

type Cells = Parameters<typeof rowsOf>[0];

async function read(table: Cells, { after, name = '人员' }: { after?: string; name?: string } = {}) {
  const bytes = makeXlsx([{ name, rows: rowsOf(table), after }]);
  const { rows, problems, notes } = await readSheets(bytes, { people }, { calendar });
  return { rows: rows.people, problems: problems.map(describeProblem), notes: notes.map(describeProblem) };
}

describe('a table', () => {
  it('gives its rows with their numbers and types', async () => {
    const found = await read([
      ['姓名', '部门', '入职日期', '人数'],
      ['张伟', '一大队', { style: 1, value: 46353 }, 3],
      [],
      ['李娜', '二大队'],
    ]);
    expect(found).toEqual({
      rows: [
        { number: 2, values: { name: '张伟', unit: '一大队', joined: '2026-11-27', count: 3 } },
        { number: 4, values: { name: '李娜', unit: '二大队', joined: undefined, count: 0 } },
      ],
      problems: [],
      notes: [],
    });
  });

  it('may have a title above, other words and another order in its header, and columns nobody asked for', async () => {
    const found = await read([
      ['交警支队花名册'],
      ['填表人：张伟'],
      ['序号', '单 位（全称）', ' 名字*', '备注'],
      [1, '一大队', '张伟', '新来的'],
      [2],
    ]);
    expect(found.rows).toEqual([{ number: 4, values: { name: '张伟', unit: '一大队', joined: undefined, count: 0 } }]);
    expect(found.problems).toEqual([]);
    expect(found.notes).toEqual([
      '工作表“人员” A 列（序号）：不认识这一列，没有读取',
      '工作表“人员” D 列（备注）：不认识这一列，没有读取',
    ]);
  });

  it('carries a merged department down to its people, also when the header takes two rows', async () => {
    const found = await read(
      [
        ['部门', '人员情况'],
        [undefined, '姓名', '人数'],
        ['一大队', '张伟', 1],
        [undefined, '李娜', 2],
        [undefined],
        ['二大队', '王芳'],
      ],
      {
        after:
          '<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:C1"/><mergeCell ref="A3:A5"/><mergeCell ref="A6:A900000"/></mergeCells>',
      },
    );
    expect(found.problems).toEqual([]);
    expect(found.rows.map(({ number, values }) => [number, values.unit, values.name, values.count])).toEqual([
      [3, '一大队', '张伟', 1],
      [4, '一大队', '李娜', 2],
      [6, '二大队', '王芳', 0],
    ]);
  });

  it('names every bad cell by sheet, row, column and reason, and keeps the good rows', async () => {
    const found = await read([
      ['姓名', '部门', '入职日期', '人数'],
      ['张伟', undefined, '不详', 1.5],
      ['李娜', '二大队', '2026年2月30日', -1],
      ['阿卜杜热西提·阿卜杜拉'.repeat(2), '三大队', '11月27日', '许多'],
      ['王芳', '四大队', { xml: '<c r="C5" t="e"><v>#N/A</v></c>' }, { xml: '<c r="D5"><f>1+1</f></c>' }],
      ['赵敏', '五大队'],
    ]);
    expect(found.rows.map(({ number }) => number)).toEqual([6]);
    expect(found.problems).toEqual([
      '工作表“人员”第 2 行 B 列（部门）：没有填写',
      '工作表“人员”第 2 行 C 列（入职日期）：不是完整的日期，请写成 2026-11-27 的样子',
      '工作表“人员”第 2 行 D 列（人数）：应是整数',
      '工作表“人员”第 3 行 C 列（入职日期）：不是完整的日期，请写成 2026-11-27 的样子',
      '工作表“人员”第 3 行 D 列（人数）：不能小于 0',
      '工作表“人员”第 4 行 A 列（姓名）：太长，最多 10 个字',
      '工作表“人员”第 4 行 C 列（入职日期）：不是完整的日期，请写成 2026-11-27 的样子',
      '工作表“人员”第 4 行 D 列（人数）：不是数字',
      '工作表“人员”第 5 行 C 列（入职日期）：公式出错（#N/A）',
      '工作表“人员”第 5 行 D 列（人数）：公式没有保存结果，请改为直接填写内容',
    ]);
  });

  it('without a required column, or without any header, is named and not read', async () => {
    expect((await read([['姓名'], ['张伟']])).problems).toEqual(['工作表“人员”：缺少这些列：部门']);
    expect((await read([['甲'], ['乙']])).problems).toEqual([
      '工作表“人员”：前 10 行里没有表头，应有：姓名、部门、入职日期、人数',
    ]);
    expect((await read([])).problems).toHaveLength(1);
  });

  it('reads the first of two columns of one meaning and says so', async () => {
    const found = await read([
      ['姓名', '部门', '名字'],
      ['张伟', '一大队', '李娜'],
    ]);
    expect(found.rows[0]?.values.name).toBe('张伟');
    expect(found.notes).toEqual(['工作表“人员” C 列（名字）：与 A 列重复，没有读取']);
  });
});

describe('the sheets of a file', () => {
  const leave = { name: '请假', columns: { who: { header: '请假人', kind: 'name', type: z.string() } } } as const;
  const good = rowsOf([
    ['姓名', '部门'],
    ['张伟', '一大队'],
  ]);

  it('are found by name, by another name, or by their header; hidden and unknown ones are named', async () => {
    const bytes = makeXlsx([
      { name: '说明', rows: rowsOf([['怎样填写']]) },
      { name: 'Sheet2', rows: rowsOf([['请假人'], ['李娜']]) },
      { name: '人员', rows: good, state: 'hidden' },
      { name: '花名册', rows: good },
      { name: ' 人员 ', rows: good },
    ]);
    const { rows, problems, notes } = await readSheets(bytes, { people, leave }, { calendar });
    expect([rows.people.length, rows.leave.length, problems]).toEqual([1, 1, []]);
    expect(notes.map(describeProblem)).toEqual([
      '工作表“人员”：是隐藏的工作表，没有读取',
      '工作表“ 人员 ”：与前面的工作表重复，没有读取',
      '工作表“说明”：不认识这个工作表，没有读取',
    ]);
  });

  it('are missed unless they are optional', async () => {
    const bytes = makeXlsx([{ name: '人员', rows: good }]);
    const read = await readSheets(bytes, { people, leave }, { calendar });
    expect([read.rows.leave, read.problems.map(describeProblem)]).toEqual([[], ['工作表“请假”：文件里没有这个工作表']]);
    const optional = await readSheets(bytes, { people, leave: { ...leave, isOptional: true } }, { calendar });
    expect(optional.problems).toEqual([]);
  });

  it('never lead outside the file', async () => {
    const parts = xlsxParts([{ name: '人员', rows: good }]).map((part) =>
      part.name === 'xl/_rels/workbook.xml.rels'
        ? {
            ...part,
            content: String(part.content).replace(
              'Target="/xl/',
              'TargetMode="External" Target="http://example.invalid/',
            ),
          }
        : part,
    );
    const { problems } = await readSheets(makeZip(parts), { people }, { calendar });
    expect(problems.map(describeProblem)).toEqual(['工作表“人员”：文件里没有这个工作表']);
  });

  it('may share strings, rich and with readings, keep formulas, prefix their tags, and leave out references', async () => {
    const plain = xlsxParts(
      [
        {
          name: '人员',
          rows:
            '<x:row><x:c t="s"><x:v>0</x:v></x:c><x:c t="s"><x:v>1</x:v></x:c></x:row>' +
            '<x:row><x:c t="str"><x:f>HYPERLINK("http://example.invalid","x")</x:f><x:v>张伟</x:v></x:c><x:c t="s"><x:v>2</x:v></x:c></x:row>',
        },
      ],
      {
        strings: [
          '<r><t>姓</t></r><r><t>名</t></r><rPh><t>xing ming</t></rPh>',
          '<t>部门</t>',
          '<t>一_x0041_&amp;lt;队</t>',
        ],
      },
    );
    const bytes = makeZip(
      plain.map((part) =>
        part.name.includes('worksheets')
          ? { ...part, content: String(part.content).replace('<worksheet xmlns=', '<worksheet xmlns:x="x" xmlns=') }
          : part,
      ),
    );
    const { rows } = await readSheets(bytes, { people }, { calendar });
    expect(rows.people[0]).toMatchObject({ number: 2, values: { name: '张伟', unit: '一A&lt;队' } });
  });
});

describe('characters that cannot be kept', () => {
  it.each([
    ['U+0000', '张_x0000_伟'],
    ['half of a pair', '张_xD840_伟'],
    ['the other half', '_xDC00_'],
  ])('%s: the cell is reported, and the other rows are read', async (_what, name) => {
    const found = await read([
      ['姓名', '部门'],
      [name, '一大队'],
      ['李娜', '二大队'],
    ]);
    expect(found.rows).toMatchObject([{ number: 3, values: { name: '李娜' } }]);
    expect(found.problems).toEqual(['工作表“人员”第 2 行 A 列（姓名）：有损坏的字符，请重新填写']);
  });

  it('are none where both halves of a pair stand, and nobody asks for those of other columns', async () => {
    const found = await read([
      ['姓名', '部门', '备_x0000_注'],
      ['张_xD842__xDFB7_', '一_x202E_大队', '_x0000_'],
    ]);
    expect(found).toMatchObject({ rows: [{ values: { name: '张𠮷', unit: '一大队' } }], problems: [], notes: [] });
  });

  it('are not made where a name is cut', async () => {
    const long = `${'页'.repeat(30)}😀`;
    const error = { xml: `<c r="B2" t="e"><v>${'错'.repeat(19)}😀</v></c>` };
    const found = await read(
      [
        ['姓名', '部门', `${'列'.repeat(49)}😀`],
        ['张伟', error],
      ],
      { name: long },
    );
    const said = [...found.problems, ...found.notes];
    expect(said).toHaveLength(2);
    expect(said.filter((text) => !text.isWellFormed())).toEqual([]);
  });
});
