/** Reads one sheet of a workbook: its cells row by row as they come, formulas by the results kept with them. */
import { cleanText } from '../../basics/text.ts';
import { damaged } from '../sheet-error.ts';
import { type Cell, type CellRow, DAYS_1904, type MergedArea, parseReference } from './cell.ts';
import type { NumberMeaning } from './number-format.ts';
import { feedXml } from './xml.ts';

/** What the sheets of one workbook share. */
export type Shared = { strings: string[]; meanings: NumberMeaning[]; is1904: boolean };

type OpenCell = { column: number; type: string; style: number; text: string; hasValue: boolean; hasFormula: boolean };

const MAX_ROW = 1_048_576;
const MAX_COLUMN = 16_383;
/** The most that a cell holds; no spreadsheet program writes more. */
const MAX_TEXT = 32_767;

/**
 * Yields the rows that hold anything, in the order of the file, then the merged areas. Stopping early stops the inflating.
 * Throws `SheetError` for what is no sheet.
 */
export async function* readSheetRows(
  pieces: AsyncIterable<Uint8Array>,
  shared: Shared,
): AsyncGenerator<CellRow | MergedArea> {
  let found: (CellRow | MergedArea)[] = [];
  let row: CellRow = { number: 0, cells: [] };
  let cell: OpenCell | undefined;
  let nextColumn = 0;
  // `v` and `t` hold text; `rPh` holds how to pronounce it.
  let isInValue = false;
  let isInPhonetic = false;

  const open = (name: string, attributes: Record<string, string>) => {
    if (name === 'row') {
      row = { number: attributes.r === undefined ? row.number + 1 : Number(attributes.r), cells: [] };
      if (!(row.number >= 1 && row.number <= MAX_ROW)) throw damaged('row number');
      nextColumn = 0;
    } else if (name === 'c') {
      const column = attributes.r === undefined ? nextColumn : parseReference(attributes.r)?.column;
      if (column === undefined || column > MAX_COLUMN) throw damaged('cell reference');
      nextColumn = column + 1;
      const { t: type = 'n', s: style = '0' } = attributes;
      cell = { column, type, style: Number(style), text: '', hasValue: false, hasFormula: false };
    } else if (name === 'f' && cell) {
      cell.hasFormula = true;
    } else if ((name === 'v' || name === 't') && cell) {
      isInValue = !isInPhonetic;
      cell.hasValue = true;
    } else if (name === 'rPh') {
      isInPhonetic = true;
    } else if (name === 'mergeCell') {
      found.push(parseArea(attributes.ref ?? ''));
    }
  };
  const close = (name: string) => {
    if (name === 'v' || name === 't') isInValue = false;
    else if (name === 'rPh') isInPhonetic = false;
    else if (name === 'c' && cell) {
      const value = readCell(cell, shared);
      if (value !== undefined) row.cells[cell.column] = value;
      cell = undefined;
    } else if (name === 'row' && row.cells.length > 0) found.push(row);
  };
  const text = (piece: string) => {
    if (isInValue && cell) cell.text += piece;
  };

  for await (const _ of feedXml(pieces, { open, close, text })) {
    yield* found;
    found = [];
  }
}

/** The text of a shared or inline string: what XML cannot hold is written `_x000D_` (ECMA-376 part 1, 22.9.2.19). */
export function decodeString(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;
}

function readCell(cell: OpenCell, { strings, meanings, is1904 }: Shared): Cell | undefined {
  const { type, text, hasValue, hasFormula } = cell;
  if (!hasValue) return hasFormula ? { reason: '公式没有保存结果，请改为直接填写内容' } : undefined;
  if (type === 'e') return { reason: `公式出错（${cleanText(text.slice(0, 20))}）` };
  if (type === 'b') return text === '1';
  if (type === 's') return fullText(strings[Number(text)]);
  if (type !== 'n') return fullText(decodeString(text));
  if (text.trim() === '') return undefined;
  const number = Number(text);
  if (!Number.isFinite(number)) return { reason: '数字读不出来' };
  const meaning = meanings[cell.style] ?? 'number';
  if (meaning === 'number') return number;
  return { serial: number + (is1904 ? DAYS_1904 : 0), hasTime: meaning === 'time' };
}

/** A text as it is; one that could not be kept as it is has to be typed again. */
function fullText(text: string | undefined): Cell | undefined {
  if (text && (text.includes('\u0000') || !text.isWellFormed())) return { reason: '有损坏的字符，请重新填写' };
  if (text && text.length > MAX_TEXT) return { reason: `内容太长，超过 ${MAX_TEXT} 个字` };
  return text === undefined || text.trim() === '' ? undefined : text;
}

function parseArea(reference: string): MergedArea {
  const [from = '', to = from] = reference.split(':');
  const [first, last] = [parseReference(from), parseReference(to)];
  if (!first || !last) throw damaged('merged area');
  return { column: first.column, firstRow: first.row, lastRow: last.row };
}
