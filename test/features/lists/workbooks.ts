/** Workbooks as people send them, and what the bot sends, read back as plain texts. */
import { expect } from 'vitest';
import { now } from '../../../src/basics/clock.ts';
import { createCalendar } from '../../../src/calendar/create-calendar.ts';
import { writeSheets } from '../../../src/sheets/write-sheets.ts';
import { openWorkbook } from '../../../src/sheets/xlsx/workbook.ts';
import type { House, TestPerson } from '../../support/house.ts';

export const calendar = createCalendar({ timeZone: 'Asia/Shanghai' });

/** A workbook of texts: `{ 休假: [['姓名', '开始'], ['张伟', '2026-11-24']] }`. */
export function workbook(sheets: Record<string, string[][]>): Promise<Buffer> {
  const written = Object.entries(sheets).map(([name, [header = [], ...rows]]) => ({
    name,
    columns: Object.fromEntries(
      Array.from({ length: Math.max(header.length, ...rows.map((row) => row.length)) }, (_, index) => [
        `c${index}`,
        { header: header[index] ?? '', kind: 'text' as const },
      ]),
    ),
    rows: rows.map((row) => Object.fromEntries(row.map((cell, index) => [`c${index}`, cell]))),
  }));
  return writeSheets(written, { calendar });
}

/** What stands in a workbook, as numbers and texts; empty cells are undefined. */
export async function readTable(bytes: Buffer, sheet: string): Promise<unknown[][]> {
  const found = (await openWorkbook(bytes)).sheets.find(({ name }) => name === sheet);
  const rows: unknown[][] = [];
  for await (const item of found?.rows() ?? []) if ('cells' in item) rows.push(item.cells);
  return rows;
}

/** The names of the sheets of a workbook. */
export async function readSheetNames(bytes: Buffer): Promise<string[]> {
  return (await openWorkbook(bytes)).sheets.map(({ name }) => name);
}

/** The newest file that the bot has sent. */
export async function lastFile(person: TestPerson): Promise<{ name: string; bytes: Buffer }> {
  const file = (await person.files()).at(-1);
  expect(file).toBeDefined();
  return file ?? { name: '', bytes: Buffer.alloc(0) };
}

/** Presses 确认导入 and waits for the result. */
export async function confirmImport(house: House, person: TestPerson): Promise<string> {
  const answer = await person.presses('确认导入');
  expect(answer).toMatchObject({ toast: { content: expect.stringContaining('正在导入') } });
  await house.settles();
  // The result reaches the screen as an edit of the card, which waits for two seconds.
  await house.clockMovesTo(new Date(now().getTime() + 3_000));
  return person.seesLast();
}
