/** Files that are refused as a whole, each with a sentence that says what to do. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createCalendar } from '../../src/calendar/create-calendar.ts';
import { readSheets } from '../../src/sheets/read-sheets.ts';
import { SheetError } from '../../src/sheets/sheet-error.ts';
import { openZip } from '../../src/sheets/xlsx/zip.ts';
import { makeXlsx, makeZip, type Part, rowsOf, xlsxParts } from './make-xlsx.ts';

const calendar = createCalendar({ timeZone: 'Asia/Shanghai' });
const people = { name: '人员', columns: { name: { header: '姓名', kind: 'name', type: z.string() } } } as const;
const sheet = { name: '人员', rows: rowsOf([['姓名'], ['张伟']]) };

async function refusal(bytes: Buffer, maxRows?: number): Promise<string> {
  const error = await readSheets(bytes, { people }, { calendar, maxRows }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof SheetError ? error.tell : `not refused: ${error}`;
}

/** The parts of a good workbook, one of them changed or added. */
function withPart(changed: Part): Part[] {
  return [...xlsxParts([sheet]).filter(({ name }) => name !== changed.name), changed];
}

function contentOf(name: string): string {
  return String(xlsxParts([sheet]).find((part) => part.name === name)?.content);
}

describe('a file of another kind', () => {
  it('is not refused when it is a workbook', async () => {
    const read = await readSheets(makeXlsx([sheet]), { people }, { calendar });
    expect(read).toEqual({
      rows: { people: [{ number: 2, values: { name: '张伟' } }] },
      found: { people: { name: '人员', columns: { name: { column: 'A', header: '姓名' } } } },
      problems: [],
      notes: [],
    });
  });

  it.each([
    ['nothing', Buffer.alloc(0), '空的'],
    ['a csv', Buffer.from('姓名,部门\n张伟,一大队\n'), 'csv'],
    ['a web page', Buffer.from('<html><table><tr><td>姓名</td></tr></table></html>'), '网页'],
    ['an old xls', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]), '.xls'],
    [
      'a workbook with a password',
      Buffer.concat([
        Buffer.from('d0cf11e0a1b11ae1', 'hex'),
        Buffer.alloc(600),
        Buffer.from('EncryptedPackage', 'utf16le'),
      ]),
      '密码',
    ],
    ['an encrypted zip', makeZip(xlsxParts([sheet]).map((part) => ({ ...part, flags: 1 }))), '密码'],
    ['some other zip', makeZip([{ name: '说明.txt', content: '你好' }]), '不是 Excel 工作簿'],
    [
      'a Word document',
      makeZip(
        withPart({
          name: '[Content_Types].xml',
          content: contentOf('[Content_Types].xml').replace('spreadsheetml.sheet', 'wordprocessingml.document'),
        }),
      ),
      '不是 Excel 工作簿',
    ],
    [
      'a workbook with the content type of macros',
      makeZip(
        withPart({
          name: '[Content_Types].xml',
          content: contentOf('[Content_Types].xml').replace(
            /application[^"]*main\+xml/,
            'application/vnd.ms-excel.sheet.macroEnabled.main+xml',
          ),
        }),
      ),
      '宏',
    ],
    ['a workbook with a macro part', makeZip(withPart({ name: 'xl/vbaProject.bin', content: 'x' })), '宏'],
  ])('%s', async (_, bytes, words) => {
    expect(await refusal(bytes)).toContain(words);
  });
});

describe('a damaged file', () => {
  const good = makeXlsx([sheet]);
  const sheetPart = 'xl/worksheets/part-1.xml';
  const stored = makeZip(
    xlsxParts([{ ...sheet, rows: `${sheet.rows}<row/>` }]).map((part) => ({ ...part, isStored: true })),
  );

  it.each([
    ['cut off in the middle', good.subarray(0, good.length / 2)],
    ['cut off in its directory', good.subarray(0, good.length - 30)],
    [
      'shorter than its directory says',
      makeZip(withPart({ name: sheetPart, content: contentOf(sheetPart), claims: 5_000 })),
    ],
    [
      'with one letter changed on its way',
      Buffer.from(stored.toString('latin1').replace('<row/>', '<rox/>'), 'latin1'),
    ],
    [
      'longer than its directory says',
      makeZip(withPart({ name: sheetPart, content: contentOf(sheetPart), claims: 9 })),
    ],
    ['without its workbook', makeZip(xlsxParts([sheet]).filter(({ name }) => name !== 'xl/workbook.xml'))],
    ['with XML that does not end', makeZip(withPart({ name: sheetPart, content: '<worksheet><sheetData>' }))],
    ['with an empty sheet part', makeZip(withPart({ name: sheetPart, content: '' }))],
    ['with bytes that are no text', makeZip(withPart({ name: sheetPart, content: Buffer.from([0x3c, 0xff, 0xfe]) }))],
    ['with a part twice', makeZip([...xlsxParts([sheet]), { name: sheetPart, content: contentOf(sheetPart) }])],
    ['with a row that does not exist', makeXlsx([{ ...sheet, rows: '<row r="9999999"/>' }])],
    ['with a cell that does not exist', makeXlsx([{ ...sheet, rows: '<row r="1"><c r="ZZZ1"><v>1</v></c></row>' }])],
    ['with endless nesting', makeXlsx([{ ...sheet, rows: `${'<a>'.repeat(90)}${'</a>'.repeat(90)}` }])],
    [
      'with an attribute storm',
      makeXlsx([{ ...sheet, rows: `<row ${Array.from({ length: 500 }, (_, i) => `a${i}="1"`).join(' ')}/>` }]),
    ],
    [
      'with entities of its own',
      makeZip(
        withPart({
          name: sheetPart,
          content: `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>${contentOf(sheetPart).replace(/^<\?xml[^>]*>/, '')}`,
        }),
      ),
    ],
  ])('%s', async (_, bytes) => {
    expect(await refusal(bytes)).toContain('文件已损坏');
  });

  it('with any one byte changed is read or refused, never more', async () => {
    for (let at = 0; at < good.length; at += 7) {
      const changed = Buffer.from(good);
      changed.writeUInt8(changed.readUInt8(at) ^ 0x15, at);
      expect(await refusal(changed)).toMatch(/。$|not refused: undefined/);
    }
  });
});

describe('a file that would take too much', () => {
  const many = Buffer.alloc(30 * 1024 * 1024, '<row/>');

  it('is refused by its size', async () => {
    const noise = Buffer.alloc(10 * 1024 * 1024 + 1, 'x');
    expect(
      await refusal(makeZip([...xlsxParts([sheet]), { name: 'xl/media/a.png', content: noise, isStored: true }])),
    ).toContain('10 MB');
  });

  it('is refused when a part shrinks beyond belief', async () => {
    expect(await refusal(makeZip(withPart({ name: 'xl/worksheets/part-1.xml', content: many })))).toContain(
      '解压后过大',
    );
  });

  it('is refused when its parts together are too large', async () => {
    const parts = Array.from({ length: 30 }, (_, i) => ({
      name: `xl/a${i}.xml`,
      content: 'x',
      claims: 4 * 1024 * 1024,
    }));
    expect(await refusal(makeZip([...xlsxParts([sheet]), ...parts]))).toContain('解压后过大');
  });

  it('is stopped while inflating when it claims to be small', async () => {
    const bomb = makeZip(withPart({ name: 'xl/worksheets/part-1.xml', content: many, claims: 1000 }));
    expect(await refusal(bomb)).toContain('文件已损坏');
    let taken = 0;
    const taking = async () => {
      for await (const piece of openZip(bomb).read('xl/worksheets/part-1.xml')) taken += piece.length;
    };
    await expect(taking()).rejects.toThrow(SheetError);
    expect(taken).toBe(0);
  });

  it('is refused by the number of rows, and one row fewer is read', async () => {
    const table = [['姓名'], ...Array.from({ length: 31 }, (_, i) => [`张${i}`])];
    expect(await refusal(makeXlsx([{ name: '人员', rows: rowsOf(table) }]), 30)).toBe(
      '工作表“人员”超过 30 行，没有读取。请拆成几个文件，分别发送。',
    );
    const read = await readSheets(
      makeXlsx([{ name: '人员', rows: rowsOf(table.slice(0, -1)) }]),
      { people },
      { calendar, maxRows: 30 },
    );
    expect(read.rows.people).toHaveLength(30);
  });

  it('may have texts that are slow to search', async () => {
    const gap = ' '.repeat(32_000);
    const table = [['姓名', '('.repeat(32_000)], ...Array.from({ length: 300 }, () => [`张${gap}伟`])];
    const stored = xlsxParts([{ name: '人员', rows: rowsOf(table) }]).map((part) => ({ ...part, isStored: true }));
    const read = await readSheets(makeZip(stored), { people }, { calendar });
    expect(read.rows.people[299]?.values.name).toBe('张伟');
  });

  it('may have many empty rows behind the last one', async () => {
    const empty = Array.from({ length: 100_000 }, (_, i) => `<row r="${i + 3}"><c r="A${i + 3}" s="1"/></row>`).join(
      '',
    );
    const read = await readSheets(makeXlsx([{ ...sheet, rows: sheet.rows + empty }]), { people }, { calendar });
    expect(read.rows.people).toHaveLength(1);
  });

  it('may have merged areas only up to a limit, in number and in size', async () => {
    const last = '<row r="1048576"><c r="A1048576"><v>1</v></c></row>';
    const merge = (areas: string) =>
      makeXlsx([{ ...sheet, rows: sheet.rows + last, after: `<mergeCells>${areas}</mergeCells>` }]);
    expect(await refusal(merge('<mergeCell ref="A9:A10"/>'.repeat(120_000)))).toContain('文件已损坏');
    expect(await refusal(merge('<mergeCell ref="A2:A1048576"/>'))).toContain('文件已损坏');
    expect(await refusal(merge('<mergeCell ref="A2:A500000"/>'))).toBe('not refused: undefined');
  });
});

describe('reading lets others work', () => {
  /** How many turns of the event loop pass, told again at each call, until it is stopped. */
  function countTurns() {
    let turns = 0;
    let isCounting = true;
    const count = () => {
      turns += 1;
      if (isCounting) setImmediate(count);
    };
    setImmediate(count);
    return { turns: () => turns, stop: () => (isCounting = false) };
  }

  it('while a stored part is read', async () => {
    const seen = new Set<number>();
    const { turns, stop } = countTurns();
    const zip = openZip(makeZip([{ name: 'a', content: Buffer.alloc(2 * 1024 * 1024), isStored: true }]));
    for await (const _ of zip.read('a')) seen.add(turns());
    stop();
    expect(seen.size).toBeGreaterThan(20);
  });

  it('while rows are converted', async () => {
    const seen = new Set<number>();
    const { turns, stop } = countTurns();
    const type = z.string().refine(() => seen.add(turns()));
    const plan = { ...people, columns: { name: { ...people.columns.name, type } } };
    const table = [['姓名'], ...Array.from({ length: 20_000 }, (_, i) => [`张${i}`])];
    await readSheets(makeXlsx([{ name: '人员', rows: rowsOf(table) }]), { plan }, { calendar });
    stop();
    expect(seen.size).toBeGreaterThan(50);
  });
});
