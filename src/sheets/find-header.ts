/** Finds the header of a sheet under whatever title and notes stand above it, and says which column is which. */
import { cleanText } from '../basics/text.ts';
import { unguardText } from './guard-text.ts';
import type { SheetPlan } from './plan.ts';
import { damaged } from './sheet-error.ts';
import { type Cell, type CellRow, columnLetters, type MergedArea } from './xlsx/cell.ts';

/** The first rows of a sheet, among which the header has to be. */
export const HEADER_ROWS = 10;

/** The rows of a sheet, and the value of a merged area in each of its rows. */
export type Grid = { rows: CellRow[]; merged: Map<string, Cell> };

/** Where a planned column stands: its key in the plan, its place in the file and the header there. */
export type FoundColumn = { key: string; column: number; header: string };
export type FoundHeader = { index: number; columns: FoundColumn[]; missing: string[]; notes: ColumnNote[] };

/** A column that is not read, and why. */
export type ColumnNote = { column: string; header: string; reason: string };

const MAX_MERGED_CELLS = 1_000_000;
/** Longer names are compared, and told, by their beginning. */
const MAX_NAME = 50;

/** A name as it is compared: 部门（必填）* is 部门. */
export function nameKey(name: string): string {
  const plain = unguardText(name.slice(0, MAX_NAME))
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s*:]/g, '');
  return plain.replace(/[([【].*?[)\]】]/g, '') || plain;
}

/**
 * What a merged area says in the rows below its first; people merge 部门 over all who belong to it.
 * Across columns nothing is carried over: a merged 合计 is no name.
 */
export function spreadMerged(rows: CellRow[], areas: MergedArea[]): Grid {
  const byNumber = new Map(rows.map((row) => [row.number, row]));
  const end = rows.at(-1)?.number ?? 0;
  const merged = new Map<string, Cell>();
  let visited = 0;
  for (const { column, firstRow, lastRow } of areas) {
    const value = byNumber.get(firstRow)?.cells[column];
    for (let row = firstRow + 1; row <= Math.min(lastRow, end) && value !== undefined; row += 1) {
      merged.set(`${row}/${column}`, value);
      visited += 1;
      if (visited > MAX_MERGED_CELLS) throw damaged('merged areas');
    }
  }
  return { rows, merged };
}

/** The cell of a row, or what a merged area has for it. */
export function cellAt({ merged }: Grid, { number, cells }: CellRow, column: number): Cell | undefined {
  return cells[column] ?? merged.get(`${number}/${column}`);
}

/**
 * The row among the first ten that names most of the planned columns, counting what is merged over it from above;
 * undefined if no row names any. `missing` are the required headers it lacks, `notes` the columns that nobody asked for.
 */
export function findHeader(grid: Grid, plan: SheetPlan): FoundHeader | undefined {
  const keys = new Map(
    Object.entries(plan.columns).flatMap(([key, { header, synonyms = [] }]) =>
      [header, ...synonyms].map((name) => [nameKey(name), key] as const),
    ),
  );
  const candidates = grid.rows.slice(0, HEADER_ROWS);
  // A merged cell may reach beyond the last cell of its own row.
  const width = Math.max(0, ...candidates.map(({ cells }) => cells.length));
  let best: FoundHeader | undefined;
  for (const [index, row] of candidates.entries()) {
    const found = readHeader(grid, row, width, keys);
    if (found.columns.length > (best?.columns.length ?? 0)) {
      const missing = missingHeaders(plan, found.columns);
      best = { index, columns: found.columns, missing, notes: found.notes };
    }
  }
  return best;
}

function readHeader(grid: Grid, row: CellRow, width: number, keys: Map<string, string>) {
  const columns: FoundColumn[] = [];
  const notes: ColumnNote[] = [];
  for (let column = 0; column < width; column += 1) {
    const cell = cellAt(grid, row, column);
    if (typeof cell !== 'string') continue;
    const header = cleanText(unguardText(cell).slice(0, MAX_NAME));
    const key = keys.get(nameKey(cell));
    const earlier = columns.find((found) => found.key === key);
    if (key !== undefined && !earlier) columns.push({ key, column, header });
    else {
      const reason = earlier ? `与 ${columnLetters(earlier.column)} 列重复，没有读取` : '不认识这一列，没有读取';
      notes.push({ column: columnLetters(column), header, reason });
    }
  }
  return { columns, notes };
}

function missingHeaders(plan: SheetPlan, columns: FoundColumn[]): string[] {
  return Object.entries(plan.columns)
    .filter(([key, { type }]) => !columns.some((found) => found.key === key) && !type.safeParse(undefined).success)
    .map(([, { header }]) => header);
}
