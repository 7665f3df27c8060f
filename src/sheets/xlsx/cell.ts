/** What a cell of an xlsx file holds, as far as anybody here asks. */

/** A number shown as a date or time: days since 1899-12-30, whatever the file counts from. `hasTime`: hours are shown too. */
export type DateCell = { serial: number; hasTime: boolean };

/** A cell without a usable value; `reason` says in Chinese why. */
export type UnreadableCell = { reason: string };

export type Cell = string | number | boolean | DateCell | UnreadableCell;

/** A row with its number as Excel shows it, and its cells by column, A being 0. */
export type CellRow = { number: number; cells: (Cell | undefined)[] };

/** A merged area by its first column and its first and last row. Only the first cell of it holds a value. */
export type MergedArea = { column: number; firstRow: number; lastRow: number };

/** The days between the two date systems of Excel, the one from 1900 and the one from 1904 (ECMA-376 part 1, 18.17.4.1). */
export const DAYS_1904 = 1462;

/** The letters of a column: A for 0, AA for 26. */
export function columnLetters(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : columnLetters(Math.floor(column / 26) - 1) + last;
}

/** The column and row of a reference such as `AB12`, the column from 0 and the row from 1; undefined for anything else. */
export function parseReference(reference: string): { column: number; row: number } | undefined {
  const [, letters, digits] = /^\$?([A-Z]{1,3})\$?([1-9]\d{0,6})$/.exec(reference) ?? [];
  if (letters === undefined) return undefined;
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { column, row: Number(digits) };
}
