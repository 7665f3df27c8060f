/** Reads an xlsx file by a plan: typed rows, and by sheet, row and column whatever does not fit. */
import { setImmediate } from 'node:timers/promises';
import type { Calendar } from '../calendar/calendar.ts';
import { type CellContext, convertCell } from './convert-cell.ts';
import { explainIssue } from './explain-issue.ts';
import { cellAt, type FoundColumn, findHeader, type Grid, HEADER_ROWS, nameKey, spreadMerged } from './find-header.ts';
import type { ColumnPlan, Problem, SheetPlan, SheetRow } from './plan.ts';
import { damaged, SheetError } from './sheet-error.ts';
import { type CellRow, columnLetters, type MergedArea } from './xlsx/cell.ts';
import { openWorkbook, type WorkbookSheet } from './xlsx/workbook.ts';

/** `maxRows` a sheet, 20,000 unless told: more is refused. */
export type ReadOptions = { calendar: Calendar; maxRows?: number };

/** Where a planned sheet stands in the file: its name there, and its columns by the plan's keys, as `Problem` names them. */
export type FoundSheet = { name: string; columns: Record<string, { column: string; header: string }> };

/**
 * The good rows of each planned sheet, under the plan's keys, and which sheets those are. `problems` are what a person has to mend: rows that were left out,
 * sheets and columns that are missing. `notes` are what nobody asked for and was passed over.
 */
export type SheetsRead<P extends Record<string, SheetPlan>> = {
  rows: { [K in keyof P]: SheetRow<P[K]>[] };
  found: { [K in keyof P]?: FoundSheet };
  problems: Problem[];
  notes: Problem[];
};

const DEFAULT_MAX_ROWS = 20_000;
const MAX_AREAS = 100_000;
/** So many rows are converted in a few milliseconds; then others get their turn. */
const ROWS_AT_A_STRETCH = 200;

/**
 * Reads the planned sheets of the xlsx file in `bytes`. A sheet is found by its name or, if no name fits, by its header;
 * hidden sheets, empty rows and unknown columns are passed over. Nothing in the file is executed or fetched: a formula counts as its kept result.
 * Throws `SheetError` for a file that is refused as a whole: no xlsx, macros, a password, damage, too large, too many rows.
 */
export async function readSheets<P extends Record<string, SheetPlan>>(
  bytes: Buffer,
  plans: P,
  { calendar, maxRows = DEFAULT_MAX_ROWS }: ReadOptions,
): Promise<SheetsRead<P>> {
  const workbook = await openWorkbook(bytes);
  const { found, notes } = await matchSheets(workbook.sheets, plans);
  const problems: Problem[] = [];
  const rows: Record<string, SheetRow<SheetPlan>[]> = {};
  const places: Record<string, FoundSheet> = {};
  for (const [key, plan] of Object.entries(plans)) {
    const sheet = found.get(key);
    if (sheet) {
      const read = await readSheet(sheet, plan, maxRows, { calendar, is1904: workbook.is1904 });
      rows[key] = read.rows;
      places[key] = { name: sheet.name, columns: read.columns };
      problems.push(...read.problems);
      notes.push(...read.notes);
    } else {
      rows[key] = [];
      if (!plan.isOptional) problems.push({ sheet: plan.name, reason: '文件里没有这个工作表' });
    }
  }
  return { rows: rows as SheetsRead<P>['rows'], found: places as SheetsRead<P>['found'], problems, notes };
}

/** Which sheet answers which plan: by name first, then a sheet of any other name that has all required columns. */
async function matchSheets(sheets: WorkbookSheet[], plans: Record<string, SheetPlan>) {
  const found = new Map<string, WorkbookSheet>();
  const notes: Problem[] = [];
  const unnamed: WorkbookSheet[] = [];
  for (const sheet of sheets) {
    const key = Object.keys(plans).find((one) => isNamed(sheet, plans[one]));
    if (sheet.isHidden) notes.push({ sheet: sheet.name, reason: '是隐藏的工作表，没有读取' });
    else if (key === undefined) unnamed.push(sheet);
    else if (found.has(key)) notes.push({ sheet: sheet.name, reason: '与前面的工作表重复，没有读取' });
    else found.set(key, sheet);
  }
  for (const sheet of unnamed) {
    const open = Object.entries(plans).filter(([key]) => !found.has(key));
    const grid = open.length > 0 ? await gather(sheet, HEADER_ROWS) : undefined;
    const fits = open
      .map(([key, plan]) => ({ key, header: grid && findHeader(grid, plan) }))
      .filter(({ header }) => header?.missing.length === 0)
      .sort((a, b) => (b.header?.columns.length ?? 0) - (a.header?.columns.length ?? 0));
    if (fits[0]) found.set(fits[0].key, sheet);
    else notes.push({ sheet: sheet.name, reason: '不认识这个工作表，没有读取' });
  }
  return { found, notes };
}

function isNamed(sheet: WorkbookSheet, plan: SheetPlan | undefined): boolean {
  return [plan?.name, ...(plan?.synonyms ?? [])].some(
    (name) => name !== undefined && nameKey(name) === nameKey(sheet.name),
  );
}

async function readSheet(sheet: WorkbookSheet, plan: SheetPlan, maxRows: number, context: CellContext) {
  const grid = await gather(sheet, maxRows + HEADER_ROWS + 1);
  const header = findHeader(grid, plan);
  const notes: Problem[] = (header?.notes ?? []).map((note) => ({ sheet: sheet.name, ...note }));
  const rows: SheetRow<SheetPlan>[] = [];
  const problems: Problem[] = [];
  if (!header) {
    const headers = Object.values(plan.columns).map((column) => column.header);
    problems.push({ sheet: sheet.name, reason: `前 ${HEADER_ROWS} 行里没有表头，应有：${headers.join('、')}` });
  } else if (header.missing.length > 0) {
    problems.push({ sheet: sheet.name, reason: `缺少这些列：${header.missing.join('、')}` });
  } else {
    const below = grid.rows.slice(header.index + 1);
    if (below.length > maxRows) {
      throw new SheetError(
        'too many rows',
        `工作表“${sheet.name}”超过 ${maxRows} 行，没有读取。请拆成几个文件，分别发送。`,
      );
    }
    // A row that holds nothing of its own but a running number, or what was merged over it, is empty.
    const filled = below.filter(({ cells }) => header.columns.some(({ column }) => cells[column] !== undefined));
    for (const [index, row] of filled.entries()) {
      if (index % ROWS_AT_A_STRETCH === 0) await setImmediate();
      const read = readRow(grid, row, plan, header.columns, context);
      if (read.problems.length === 0) rows.push({ number: row.number, values: read.values });
      problems.push(...read.problems.map((problem) => ({ sheet: sheet.name, row: row.number, ...problem })));
    }
  }
  const columns = (header?.columns ?? []).map(({ key, column, header: title }) => {
    return [key, { column: columnLetters(column), header: title }] as const;
  });
  return { rows, columns: Object.fromEntries(columns), problems, notes };
}

function readRow(grid: Grid, row: CellRow, plan: SheetPlan, columns: FoundColumn[], context: CellContext) {
  const values: Record<string, unknown> = {};
  const problems: Omit<Problem, 'sheet' | 'row'>[] = [];
  for (const [key, column] of Object.entries(plan.columns)) {
    const found = columns.find((one) => one.key === key);
    const read = readValue(column, found && cellAt(grid, row, found.column), context);
    if ('value' in read) values[key] = read.value;
    else if (found) problems.push({ column: columnLetters(found.column), header: found.header, reason: read.reason });
    else problems.push({ header: column.header, reason: read.reason });
  }
  return { values, problems };
}

function readValue({ kind, type }: ColumnPlan, cell: CellRow['cells'][number], context: CellContext) {
  const converted = cell === undefined ? { value: undefined } : convertCell(kind, cell, context);
  if ('reason' in converted) return converted;
  const parsed = type.safeParse(converted.value, { error: explainIssue });
  return parsed.success ? { value: parsed.data } : { reason: parsed.error.issues[0]?.message ?? '填写有误' };
}

/** The first rows of a sheet that hold anything, at most `limit`; the merged areas stand behind the last row. */
async function gather(sheet: WorkbookSheet, limit: number): Promise<Grid> {
  const rows: CellRow[] = [];
  const areas: MergedArea[] = [];
  for await (const item of sheet.rows()) {
    if ('cells' in item) rows.push(item);
    else areas.push(item);
    if (areas.length > MAX_AREAS) throw damaged('merged areas');
    if (rows.length >= limit) break;
  }
  return spreadMerged(rows, areas);
}
