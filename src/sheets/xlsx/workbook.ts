/** Opens an xlsx file: refuses what is none or could act, and finds its sheets. */
import { posix } from 'node:path';
import { cleanText } from '../../basics/text.ts';
import { damaged, SheetError } from '../sheet-error.ts';
import type { CellRow, MergedArea } from './cell.ts';
import { type NumberMeaning, readNumberFormat } from './number-format.ts';
import { decodeString, readSheetRows, type Shared } from './sheet-rows.ts';
import { readXml } from './xml.ts';
import { openZip, type Zip } from './zip.ts';

/** A sheet of the file; `rows` can be asked for again, and costs the reading each time. */
export type WorkbookSheet = { name: string; isHidden: boolean; rows: () => AsyncIterable<CellRow | MergedArea> };
export type Workbook = { sheets: WorkbookSheet[]; is1904: boolean };

type Relation = { type: string; target: string };

const ZIP_START = 'PK\u0003\u0004';
const OLE_START = 'd0cf11e0a1b11ae1';
const CONTENT_TYPES = '[Content_Types].xml';
const WORKBOOK_TYPE = /spreadsheetml\.(sheet|template)\.main\+xml$/;
const MAX_SHEETS = 200;
const MAX_NAME = 31;
const MAX_STRINGS = 1_000_000;

/**
 * The sheets of the xlsx file in `bytes`, in the file's order. Parts that hold no cells (links to other files, pictures,
 * queries) are never opened. Throws `SheetError` for another kind of file, macros, a password, damage, and for a zip over its limits.
 */
export async function openWorkbook(bytes: Buffer): Promise<Workbook> {
  refuseOtherFiles(bytes);
  const zip = openZip(bytes);
  const workbookPart = await findWorkbookPart(zip);
  const relations = await readRelations(zip, workbookPart);
  const partOf = (type: string) => relations.find((relation) => relation.type === type)?.target ?? '';
  const { sheets, is1904 } = await readWorkbookPart(zip, workbookPart);
  const shared: Shared = {
    strings: await readStrings(zip, partOf('sharedStrings')),
    meanings: await readMeanings(zip, partOf('styles')),
    is1904,
  };
  return {
    is1904,
    sheets: sheets.flatMap(({ id, ...sheet }) => {
      const relation = relations.find((one) => one.id === id);
      // Charts and dialogs stand among the sheets and hold no cells.
      if (relation?.type !== 'worksheet') return [];
      return [{ ...sheet, rows: () => readSheetRows(zip.read(relation.target), shared) }];
    }),
  };
}

function refuseOtherFiles(bytes: Buffer): void {
  const start = bytes.toString('latin1', 0, 4);
  if (bytes.length === 0) throw new SheetError('empty file', '文件是空的。请重新发送。');
  if (bytes.toString('hex', 0, 8) === OLE_START) {
    const isEncrypted = bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'));
    throw isEncrypted
      ? new SheetError('encrypted workbook', '文件加了密码，读不出来。请去掉密码后重新发送。')
      : new SheetError('old xls', '这是旧版的 .xls 文件。请用 Excel 或 WPS 另存为 .xlsx 后重新发送。');
  }
  if (start !== ZIP_START) {
    throw new SheetError(
      'not a zip',
      '这不是 Excel 文件，可能是 csv 或网页改了名。请用 Excel 或 WPS 打开，另存为 .xlsx 后重新发送。',
    );
  }
}

/** The part with the list of sheets, if by its declared type this is a workbook, and one without macros. */
async function findWorkbookPart(zip: Zip): Promise<string> {
  const types = new Map<string, string>();
  const isPackage = zip.names.includes(CONTENT_TYPES) && zip.names.includes('_rels/.rels');
  if (!isPackage) throw notAWorkbook();
  await readXml(zip.read(CONTENT_TYPES), {
    open: (name, { PartName, Extension, ContentType = '' }) => {
      if (name === 'Override' && PartName) types.set(PartName.slice(1), ContentType);
      if (name === 'Default' && Extension) types.set(`*.${Extension}`, ContentType);
    },
  });
  const hasMacros = [...zip.names, ...types.values()].some((text) => /vbaProject|macroEnabled|macrosheet/i.test(text));
  if (hasMacros) throw new SheetError('macros', '文件带有宏，为安全起见没有读取。请另存为不带宏的 .xlsx 后重新发送。');
  const part = (await readRelations(zip, '')).find(({ type }) => type === 'officeDocument')?.target ?? '';
  const type = types.get(part) ?? types.get(`*${posix.extname(part)}`) ?? '';
  if (!WORKBOOK_TYPE.test(type)) throw notAWorkbook();
  return part;
}

function notAWorkbook(): SheetError {
  return new SheetError('not a workbook', '这不是 Excel 工作簿。请用 Excel 或 WPS 另存为 .xlsx 后重新发送。');
}

/** What a part refers to inside the file, with full part names; `''` is the file itself. What lies outside is left out. */
async function readRelations(zip: Zip, part: string): Promise<(Relation & { id: string })[]> {
  const { dir, base } = posix.parse(part);
  const relations: (Relation & { id: string })[] = [];
  await readXml(readPart(zip, posix.join(dir, '_rels', `${base}.rels`)), {
    open: (name, { Id = '', Type = '', Target = '', TargetMode }) => {
      if (name !== 'Relationship' || TargetMode === 'External') return;
      const target = posix.resolve('/', dir, Target).slice(1);
      relations.push({ id: Id, type: posix.basename(Type), target });
    },
  });
  return relations;
}

async function readWorkbookPart(zip: Zip, part: string) {
  const sheets: { name: string; isHidden: boolean; id: string }[] = [];
  let is1904 = false;
  await readXml(readPart(zip, part), {
    open: (tag, attributes) => {
      if (tag === 'workbookPr') is1904 = /^(1|true)$/.test(attributes.date1904 ?? '');
      if (tag !== 'sheet') return;
      const { name = '', state = 'visible' } = attributes;
      const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? '';
      sheets.push({ name: cleanText(name.slice(0, MAX_NAME)), isHidden: state !== 'visible', id });
      if (sheets.length > MAX_SHEETS) throw damaged('too many sheets');
    },
  });
  return { sheets, is1904 };
}

async function readStrings(zip: Zip, part: string): Promise<string[]> {
  const strings: string[] = [];
  let text = '';
  let isInText = false;
  let isInPhonetic = false;
  if (!zip.names.includes(part)) return [];
  await readXml(zip.read(part), {
    open: (name) => {
      if (name === 'si') text = '';
      else if (name === 'rPh') isInPhonetic = true;
      else if (name === 't') isInText = !isInPhonetic;
    },
    text: (piece) => {
      if (isInText) text += piece;
    },
    close: (name) => {
      if (name === 't') isInText = false;
      else if (name === 'rPh') isInPhonetic = false;
      else if (name === 'si') strings.push(decodeString(text));
      if (strings.length > MAX_STRINGS) throw damaged('too many strings');
    },
  });
  return strings;
}

/** What numbers mean, by the style index that a cell names. */
async function readMeanings(zip: Zip, part: string): Promise<NumberMeaning[]> {
  const codes = new Map<number, string>();
  const meanings: NumberMeaning[] = [];
  let isInCellStyles = false;
  if (!zip.names.includes(part)) return [];
  await readXml(zip.read(part), {
    open: (name, { numFmtId, formatCode }) => {
      if (name === 'numFmt' && formatCode !== undefined) codes.set(Number(numFmtId), formatCode);
      else if (name === 'cellXfs') isInCellStyles = true;
      else if (name === 'xf' && isInCellStyles) {
        meanings.push(readNumberFormat(Number(numFmtId ?? 0), codes.get(Number(numFmtId))));
      }
    },
    close: (name) => {
      if (name === 'cellXfs') isInCellStyles = false;
    },
  });
  return meanings;
}

function readPart(zip: Zip, name: string): AsyncIterable<Uint8Array> {
  if (!zip.names.includes(name)) throw damaged('a part is missing');
  return zip.read(name);
}
