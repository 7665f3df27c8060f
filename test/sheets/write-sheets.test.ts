/** What is written opens elsewhere as it should, and what is written comes back the same. */
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { cleanText } from '../../src/basics/text.ts';
import { createCalendar } from '../../src/calendar/create-calendar.ts';
import { guardText, unguardText } from '../../src/sheets/guard-text.ts';
import { describeProblem, type SheetPlan } from '../../src/sheets/plan.ts';
import { readSheets } from '../../src/sheets/read-sheets.ts';
import { SheetError } from '../../src/sheets/sheet-error.ts';
import { writeSheets } from '../../src/sheets/write-sheets.ts';

const calendar = createCalendar({ timeZone: 'Asia/Shanghai' });
const plan = {
  name: '学习台账',
  columns: {
    topic: { header: '主题', kind: 'text', type: z.string() },
    host: { header: '主持人', kind: 'name', type: z.string().optional() },
    attending: { header: '参加人员', kind: 'names', type: z.array(z.string()).optional() },
    count: { header: '人数', kind: 'number', type: z.number().optional() },
    day: { header: '日期', kind: 'day', type: z.string().optional() },
    from: { header: '开始', kind: 'time', type: z.string().optional() },
    entered: { header: '登记时间', kind: 'instant', type: z.date().optional() },
  },
} as const satisfies SheetPlan;

const row = {
  topic: '=HYPERLINK("http://example.invalid")',
  host: '张伟',
  attending: ['李娜', '王芳'],
  count: 12,
  day: '2026-11-27',
  from: '08:30',
  entered: new Date('2026-11-27T10:15:42Z'),
};

/** The written file as another program reads it. */
async function openElsewhere(bytes: Buffer): Promise<ExcelJS.Worksheet | undefined> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(new Uint8Array(bytes).buffer);
  return workbook.worksheets[0];
}

describe('a written file', () => {
  it('has a bold frozen header, widths, real dates in the time zone, and no formula', async () => {
    const sheet = await openElsewhere(await writeSheets([{ ...plan, rows: [row] }], { calendar }));
    expect(sheet?.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
    expect(sheet?.getCell('A1').font?.bold).toBe(true);
    expect(sheet?.getColumn(5).width).toBe(13);
    const values = ['A2', 'B2', 'C2', 'D2', 'E2', 'G2'].map((at) => sheet?.getCell(at).value);
    expect(values.slice(0, 4)).toEqual([`'${row.topic}`, '张伟', '李娜、王芳', 12]);
    expect(values[4]).toEqual(new Date('2026-11-27T00:00:00Z'));
    // Without a zone of its own an xlsx keeps the clock on the wall: 18:15:42 in Shanghai.
    expect((values[5] as Date).toISOString().slice(0, 19)).toBe('2026-11-27T18:15:42');
    expect(sheet?.getCell('E2').numFmt).toBe('yyyy-mm-dd');
    expect(sheet?.getCell('F2').numFmt).toBe('[hh]:mm');
    // An empty cell below keeps the format, so that a number that somebody adds stays a text.
    expect(sheet?.getColumn(1).numFmt).toBe('@');
  });

  it('has its note above the header and is read past it', async () => {
    const bytes = await writeSheets([{ ...plan, rows: [row], note: '请勿改动表头。' }], { calendar });
    expect((await openElsewhere(bytes))?.getCell('A1').value).toBe('请勿改动表头。');
    const read = await readSheets(bytes, { plan }, { calendar });
    expect(read).toMatchObject({ rows: { plan: [{ number: 3, values: row }] }, problems: [], notes: [] });
  });

  it('without rows is a template that reads as no rows', async () => {
    const read = await readSheets(await writeSheets([{ ...plan, rows: [] }], { calendar }), { plan }, { calendar });
    expect(read).toMatchObject({
      rows: { plan: [] },
      found: { plan: { name: expect.any(String) } },
      problems: [],
      notes: [],
    });
  });

  it('is refused by name where a text does not fit into a cell', async () => {
    const writing = writeSheets([{ ...plan, rows: [row, { topic: '长'.repeat(32_768) }] }], { calendar });
    const error = await writing.catch((thrown: unknown) => thrown);
    expect(error instanceof SheetError && error.tell).toContain('工作表“学习台账”第 3 行的“主题”超过 32767 个字');
  });

  it('may be edited by another program and sent back', async () => {
    const workbook = new ExcelJS.Workbook();
    const bytes = await writeSheets([{ ...plan, rows: [row] }], { calendar });
    await workbook.xlsx.load(new Uint8Array(bytes).buffer);
    const sheet = workbook.worksheets[0];
    sheet?.addRow(['新主题', '赵敏', '', 3, new Date('2026-12-01T00:00:00Z')]);
    const edited = Buffer.from(await workbook.xlsx.writeBuffer());
    const { rows, problems } = await readSheets(edited, { plan }, { calendar });
    expect(problems.map(describeProblem)).toEqual([]);
    expect(rows.plan).toMatchObject([
      { number: 2, values: row },
      { number: 3, values: { topic: '新主题', host: '赵敏', count: 3, day: '2026-12-01' } },
    ]);
  });
});

describe('what is written comes back', () => {
  // Signs that formulas, XML and escapes are made of, and any other character.
  const sign = fc.oneof(
    fc.constantFrom(...'=+-@＝＋－＠\'"<>&;\t\n\r _x'),
    fc.constantFrom(
      '\u0000',
      '\u0008',
      '\u001f',
      '\u007f',
      '\ufffe',
      '\ud800',
      '\u3000',
      '\ufeff',
      '&lt;',
      ']]>',
      '_x0041_',
      '_x005F_',
    ),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    fc.constantFrom(...'学习党日张伟'),
  );
  const text = fc
    .array(sign, { minLength: 1, maxLength: 12 })
    // Nothing else was let in, so nothing else is written.
    .map((signs) => cleanText(signs.join('')))
    .filter((signs) => signs !== '');
  const name = fc
    .array(fc.constantFrom(...'张伟李娜王芳·'), { minLength: 1, maxLength: 4 })
    .map((signs) => signs.join(''));
  const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
  const seconds = (from: string, to: string) =>
    fc.integer({ min: Date.parse(from) / 1000, max: Date.parse(to) / 1000 }).map((second) => new Date(second * 1000));
  const rows = fc.array(
    fc.record({
      topic: text,
      host: optional(name),
      attending: optional(fc.array(name, { minLength: 1, maxLength: 3 })),
      count: optional(fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))),
      day: optional(seconds('1900-03-01', '2199-12-31').map((date) => date.toISOString().slice(0, 10))),
      from: optional(
        fc.oneof(
          fc.constant('24:00'),
          seconds('2026-01-01', '2026-01-02').map((date) => date.toISOString().slice(11, 16)),
        ),
      ),
      entered: optional(seconds('2000-01-01', '2099-12-31')),
    }),
    { maxLength: 30 },
  );

  it('row by row, whatever the texts, by the same plan', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (written) => {
        const bytes = await writeSheets([{ ...plan, rows: written }], { calendar });
        const read = await readSheets(bytes, { plan }, { calendar });
        expect(read.problems).toEqual([]);
        expect(read.rows.plan).toEqual(
          written.map((values, index) => ({ number: index + 2, values: noMinusZero(values) })),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('with no text that a spreadsheet takes for a formula, and each one unchanged', () => {
    fc.assert(
      fc.property(text, (original) => {
        const guarded = guardText(original);
        expect(unguardText(guarded)).toBe(original);
        expect(guarded).not.toMatch(/^[=+\-@＝＋－＠\t\r\n]/);
      }),
    );
  });

  /** A cell has no minus zero. */
  function noMinusZero<T extends { count: number | undefined }>(values: T): T {
    return Object.is(values.count, -0) ? { ...values, count: 0 } : values;
  }
});
