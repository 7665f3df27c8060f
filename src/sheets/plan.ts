/** How a feature declares a sheet: once, for reading it and for writing it. */
import type { z } from 'zod';
import type { Day } from '../calendar/calendar.ts';

/**
 * What a column holds, as a person sees it and as the feature gets it:
 * `text`; `name` and `names` of persons (张 伟 is 张伟; several stand between 、 or lines); `number`; `day`;
 * `time` of day from `00:00` to `24:00`; `instant`, a day and time in the calendar's zone, to the second.
 */
export type KindValues = {
  text: string;
  name: string;
  names: string[];
  number: number;
  day: Day;
  time: string;
  instant: Date;
};
export type Kind = keyof KindValues;

/**
 * A column. `header` is what it is called, `synonyms` what else people call it; spaces, case, and what stands in brackets do
 * not matter. `type` checks and refines what the kind gives; a column is required if `type` refuses `undefined`.
 * `width` is in characters, two for a Chinese one.
 */
export type ColumnPlan = { header: string; synonyms?: string[]; kind: Kind; type: z.ZodType; width?: number };

/** A sheet. An optional one may be missing from the file. `name` is at most 31 characters, none of `[]:*?/\`. */
export type SheetPlan = {
  name: string;
  synonyms?: string[];
  columns: Record<string, ColumnPlan>;
  isOptional?: boolean;
};

/** A row that fits its plan; `number` is the row's as Excel shows it. */
export type SheetRow<P extends SheetPlan> = {
  number: number;
  values: { [K in keyof P['columns']]: z.output<P['columns'][K]['type']> };
};

/** Something in the file that was not read, and why; `column` is in letters, `header` as the file has it. */
export type Problem = { sheet: string; row?: number; column?: string; header?: string; reason: string };

/** `工作表“人员”第 5 行 C 列（入职日期）：没有填写`. */
export function describeProblem({ sheet, row, column, header, reason }: Problem): string {
  const inRow = row === undefined ? '' : `第 ${row} 行`;
  const inColumn = column === undefined ? '' : ` ${column} 列`;
  return `工作表“${sheet}”${inRow}${inColumn}${header ? `（${header}）` : ''}：${reason}`;
}
