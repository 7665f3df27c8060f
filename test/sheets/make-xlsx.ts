/** Workbooks made by hand, part by part, so that tests can make what no spreadsheet program would. */
import { crc32, deflateRawSync } from 'node:zlib';

/** A part of a zip; `claims` is the inflated size that the directory states, the real one unless told. */
export type Part = { name: string; content: string | Buffer; claims?: number; flags?: number; isStored?: boolean };

/** A sheet by the XML inside its `sheetData`, and what comes after that. */
export type MadeSheet = { name: string; rows: string; after?: string; state?: string };

const SPREADSHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

/** The zip file of these parts. */
export function makeZip(parts: Part[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, claims, flags = 0, isStored = false } of parts) {
    const raw = Buffer.from(content);
    const packed = isStored ? raw : deflateRawSync(raw);
    const title = Buffer.from(name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(flags, 2);
    fields.writeUInt16LE(isStored ? 0 : 8, 4);
    fields.writeUInt32LE(crc32(raw), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(claims ?? raw.length, 18);
    fields.writeUInt16LE(title.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    files.push(Buffer.from('PK\u0003\u0004'), fields, title, packed);
    directory.push(Buffer.from('PK\u0001\u0002\u0014\u0000'), fields, place, title);
    offset += 4 + fields.length + title.length + packed.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 4);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(list.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...files, list, Buffer.from('PK\u0005\u0006'), end]);
}

/** The parts of a workbook; to be changed before `makeZip`. Number styles: 0 general, 1 `yyyy-mm-dd`, 2 `hh:mm`, 3 a day and time, 4 text. */
export function xlsxParts(
  sheets: MadeSheet[],
  { strings = [], is1904 = false }: { strings?: string[]; is1904?: boolean } = {},
): Part[] {
  const xml = (body: string) => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${body}`;
  const relations = (list: [type: string, target: string][]) =>
    xml(
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list
        .map(
          ([type, target], index) => `<Relationship Id="rId${index + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`,
        )
        .join('')}</Relationships>`,
    );
  return [
    {
      name: '[Content_Types].xml',
      content: xml(
        `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${SPREADSHEET}.sheet.main+xml"/></Types>`,
      ),
    },
    { name: '_rels/.rels', content: relations([['officeDocument', 'xl/workbook.xml']]) },
    {
      name: 'xl/workbook.xml',
      content: xml(
        `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><workbookPr date1904="${is1904 ? 1 : 0}"/><sheets>${sheets
          .map(
            ({ name, state = 'visible' }, index) =>
              `<sheet name="${name}" sheetId="${index + 1}" state="${state}" r:id="rId${index + 1}"/>`,
          )
          .join('')}</sheets></workbook>`,
      ),
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: relations([
        ...sheets.map((_, index): [string, string] => ['worksheet', `/xl/worksheets/part-${index + 1}.xml`]),
        ['sharedStrings', 'sharedStrings.xml'],
        ['styles', 'styles.xml'],
      ]),
    },
    {
      name: 'xl/sharedStrings.xml',
      content: xml(`<sst xmlns="${MAIN}">${strings.map((text) => `<si>${text}</si>`).join('')}</sst>`),
    },
    {
      name: 'xl/styles.xml',
      content: xml(
        `<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot; h:mm;@"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="20"/><xf numFmtId="164"/><xf numFmtId="49"/></cellXfs></styleSheet>`,
      ),
    },
    ...sheets.map(({ rows, after = '' }, index) => ({
      name: `xl/worksheets/part-${index + 1}.xml`,
      content: xml(`<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData>${after}</worksheet>`),
    })),
  ];
}

/** The workbook itself. */
export function makeXlsx(sheets: MadeSheet[], options?: Parameters<typeof xlsxParts>[1]): Buffer {
  return makeZip(xlsxParts(sheets, options));
}

/** Rows of plain cells from row 1: texts, numbers, `{ style, value }`, or XML for a whole cell; what is missing is an empty cell. */
export function rowsOf(
  table: (string | number | { style: number; value: number } | { xml: string } | undefined)[][],
): string {
  return table
    .map((cells, row) => {
      const list = cells.map((cell, column) => {
        const at = `${String.fromCharCode(65 + column)}${row + 1}`;
        if (cell === undefined) return '';
        if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`;
        if (typeof cell === 'string')
          return `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${cell}</t></is></c>`;
        return 'xml' in cell ? cell.xml : `<c r="${at}" s="${cell.style}"><v>${cell.value}</v></c>`;
      });
      return `<row r="${row + 1}">${list.join('')}</row>`;
    })
    .join('');
}
