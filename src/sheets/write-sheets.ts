/**
 * Writes rows as an xlsx file that people can sort, edit and send back.
 *
 * By ExcelJS, though its last release is of 2023: it writes row by row, and gives a whole column its number format, so that what is
 * typed below the last row, or into a template, is a text where it should be one. The kept `write-excel-file` (4.1) is an eighth of its
 * size with one dependency for a hundred, but knows formats of cells alone and holds every cell in memory; the forks of ExcelJS carry
 * the same dependencies. It writes our own rows and never reads a file that somebody sent.
 */
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import ExcelJS from 'exceljs';
import type { Calendar } from '../calendar/calendar.ts';
import { dayToSerial, instantToSerial, timeToSerial } from './date-serial.ts';
import { guardText } from './guard-text.ts';
import type { ColumnPlan, Kind, KindValues } from './plan.ts';
import { SheetError } from './sheet-error.ts';

/** A column to be written; a `ColumnPlan` is one. */
export type WriteColumn = Pick<ColumnPlan, 'header' | 'kind' | 'width'>;

/** A sheet to be written, its rows by the columns' keys; what is missing is an empty cell. `note` stands above the header. */
export type WriteSheet<C extends Record<string, WriteColumn> = Record<string, WriteColumn>> = {
  name: string;
  columns: C;
  rows: Iterable<{ [K in keyof C]?: KindValues[C[K]['kind']] | null }>;
  note?: string;
};

const FORMATS: Record<Kind, string> = {
  text: '@',
  name: '@',
  names: '@',
  number: 'General',
  day: 'yyyy-mm-dd',
  time: '[hh]:mm',
  instant: 'yyyy-mm-dd hh:mm',
};
const WIDTHS: Record<Kind, number> = { text: 24, name: 12, names: 32, number: 10, day: 13, time: 9, instant: 18 };

/** The most that a cell holds (Microsoft, Excel specifications and limits). */
const MAX_TEXT = 32_767;
const NOTE_HEIGHT = 48;
const ROWS_AT_A_STRETCH = 200;

/**
 * The xlsx file with these sheets: header in bold and frozen, days and times as real ones in the calendar's zone, texts
 * that look like formulas guarded (`guardText`). Columns and rows of a `SheetPlan` read back by that plan are the same rows.
 * Throws `SheetError` for a text of more than 32,767 characters, naming its place; `Error` for a sheet name that Excel does not take.
 */
export async function writeSheets<C extends Record<string, WriteColumn>[]>(
  sheets: { [I in keyof C]: WriteSheet<C[I]> },
  { calendar }: { calendar: Calendar },
): Promise<Buffer> {
  const stream = new PassThrough();
  const bytes = buffer(stream);
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: true });
  for (const sheet of sheets) await writeSheet(workbook, sheet, calendar);
  await workbook.commit();
  return bytes;
}

async function writeSheet(workbook: ExcelJS.stream.xlsx.WorkbookWriter, sheet: WriteSheet, calendar: Calendar) {
  const columns = Object.entries(sheet.columns);
  const headerRow = sheet.note === undefined ? 1 : 2;
  const worksheet = workbook.addWorksheet(sheet.name, { views: [{ state: 'frozen', ySplit: headerRow }] });
  worksheet.columns = columns.map(([, { kind, width = WIDTHS[kind] }]) => ({
    width,
    style: { numFmt: FORMATS[kind], alignment: { vertical: 'top', wrapText: kind === 'text' || kind === 'names' } },
  }));
  if (sheet.note !== undefined) writeNote(worksheet, sheet.note, columns.length);
  writeHeader(
    worksheet.getRow(headerRow),
    columns.map(([, { header }]) => header),
  );
  let number = headerRow;
  for (const values of sheet.rows) {
    number += 1;
    const row = worksheet.getRow(number);
    for (const [index, [key, { kind, header }]] of columns.entries()) {
      const value = toCellValue(kind, values[key], calendar);
      if (typeof value === 'string' && value.length > MAX_TEXT) throw tooLong(sheet.name, number, header);
      if (value !== undefined) row.getCell(index + 1).value = value;
    }
    row.commit();
    if (number % ROWS_AT_A_STRETCH === 0) await setImmediate();
  }
  worksheet.commit();
}

function writeNote(worksheet: ExcelJS.Worksheet, note: string, width: number): void {
  const row = worksheet.getRow(1);
  row.getCell(1).value = encodeText(guardText(note));
  row.getCell(1).alignment = { vertical: 'top', wrapText: true };
  row.height = NOTE_HEIGHT;
  if (width > 1) worksheet.mergeCells(1, 1, 1, width);
  row.commit();
}

function writeHeader(row: ExcelJS.Row, headers: string[]): void {
  for (const [index, header] of headers.entries()) {
    const cell = row.getCell(index + 1);
    cell.value = encodeText(guardText(header));
    cell.style = {
      numFmt: '@',
      font: { bold: true },
      fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFDCE6F1' } },
      border: { bottom: { style: 'thin' } },
      alignment: { vertical: 'middle', wrapText: true },
    };
  }
  row.commit();
}

function toCellValue(kind: Kind, value: unknown, calendar: Calendar): string | number | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (value instanceof Date) return instantToSerial(value, calendar);
  if (typeof value === 'number') return value;
  if (Array.isArray(value)) return encodeText(guardText(value.join('、')));
  const text = String(value);
  if (kind === 'day') return dayToSerial(text) ?? text;
  if (kind === 'time') return timeToSerial(text);
  return encodeText(guardText(text));
}

/** Characters that XML cannot hold as `_x000B_`, as Excel writes them, and a text that looks like that itself likewise. */
function encodeText(text: string): string {
  return (
    text
      .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what cannot be written.
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f\ufffe\uffff]|\p{Surrogate}/gu, (sign) => {
        return `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
      })
  );
}

function tooLong(sheet: string, row: number, header: string): SheetError {
  return new SheetError(
    'text too long for a cell',
    `导出没有完成：工作表“${sheet}”第 ${row} 行的“${header}”超过 ${MAX_TEXT} 个字，表格放不下。请缩短后再导出。`,
  );
}
