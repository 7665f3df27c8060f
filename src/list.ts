/** Lists that people send in or get out as xlsx: what a feature declares of one. The feature `lists` reads and writes the files. */
import type { z } from 'zod';
import type { Day } from './calendar/calendar.ts';
import type { PersonTurn } from './feature.ts';
import type { Action } from './people/permissions.ts';
import type { SheetPlan } from './sheets/plan.ts';

/**
 * A list that people send in or get out as xlsx; make it with `list`. One plan serves both ways, so that a file that came out can
 * be edited and sent back in.
 */
export type List = {
  plan: SheetPlan;
  /** Missing: the list only comes out. */
  in?: { action: Action; take: (turn: PersonTurn, rows: ListRow<Record<string, unknown>>[]) => Promise<ListOutcome> };
  /** Missing: the list is only sent in. */
  out?: {
    action: Action;
    /** What the person may see of the list; a list without dates ignores the period. */
    rows: (turn: PersonTurn, period: Period) => Promise<Record<string, unknown>[]>;
  };
};

/** A row that fits its plan; `number` is the row's as Excel shows it. */
export type ListRow<V> = { number: number; values: V };
/** From the first day to the last, both included. */
export type Period = { firstDay: Day; lastDay: Day };

/**
 * What `take` did: rows written anew, written differently, found as they are, and those it left out, each with the reason in words;
 * `column` is the key of a column. It is called twice: for the preview, after which everything it wrote is undone, and after
 * 确认导入. The same rows again change nothing.
 */
export type ListOutcome = { added: number; changed: number; same: number; problems: ListProblem[] };
export type ListProblem = { row: number; column?: string; reason: string };

/** A list whose rows have the types of its plan. */
export function list<P extends SheetPlan>(declared: {
  plan: P;
  in?: { action: Action; take: (turn: PersonTurn, rows: ListRow<ListValues<P>>[]) => Promise<ListOutcome> };
  out?: { action: Action; rows: (turn: PersonTurn, period: Period) => Promise<Partial<ListValues<P>>[]> };
}): List {
  return declared as List;
}
export type ListValues<P extends SheetPlan> = { [K in keyof P['columns']]: z.output<P['columns'][K]['type']> };
