/** Reads a file by the plans of the lists a person may send in, and lets each list take its rows. */
import { AppError } from '../../basics/errors.ts';
import type { PersonTurn, Turn } from '../../feature.ts';
import type { ListOutcome } from '../../list.ts';
import { may } from '../../people/permissions.ts';
import type { Person } from '../../people/person.ts';
import type { Problem } from '../../sheets/plan.ts';
import { type FoundSheet, readSheets } from '../../sheets/read-sheets.ts';
import { type Catalogue, describeLists, type Entry, findByName } from './catalogue.ts';
import type { Report } from './schema.ts';

/** The same for the preview and for the import, so that one cannot differ from the other but by what happened in between. */
export type FileToTake = { bytes: Buffer; who: Person; eventId: string; saidAt: Date };

/**
 * What the lists did with the file. Throws `AppError` for a file that is refused as a whole, also when it holds no list that the
 * person may send in; whoever previews undoes what was written.
 */
export async function takeFile(
  catalogue: Catalogue,
  turnOf: (feature: string) => Turn,
  { bytes, who, eventId, saidAt }: FileToTake,
): Promise<Report> {
  const entries = catalogue.importable(who);
  const plans = Object.fromEntries(entries.map(({ key, list }) => [key, { ...list.plan, isOptional: true }]));
  const { calendar } = turnOf('lists');
  const read = await readSheets(bytes, plans, { calendar });
  const notes = read.notes.map((note) => explainNote(catalogue, entries, note));
  const report: Report = { lists: [], problems: [], notes };
  for (const { key, feature, list } of entries) {
    const sheet = read.found[key];
    if (!sheet || !list.in) continue;
    const turn: PersonTurn = { ...turnOf(feature), who, eventId, saidAt, may: may.bind(null, who) };
    const outcome = await list.in.take(turn, read.rows[key] ?? []);
    const problems = [
      ...read.problems.filter((problem) => problem.sheet === sheet.name),
      ...outcome.problems.map((problem) => placeProblem(sheet, list.plan.columns, problem)),
    ].sort((a, b) => (a.row ?? 0) - (b.row ?? 0));
    const { added, changed, same } = outcome;
    const left = new Set(problems.map(({ row }) => row)).size;
    report.lists.push({ key, name: list.plan.name, added, changed, same, left });
    report.problems.push(...problems);
  }
  if (report.lists.length === 0) throw nothingFound(entries, notes);
  return report;
}

/** Where in the file a row's problem is. */
function placeProblem(
  { name, columns }: FoundSheet,
  planned: Entry['list']['plan']['columns'],
  { row, column, reason }: ListOutcome['problems'][number],
): Problem {
  if (column === undefined) return { sheet: name, row, reason };
  const header = planned[column]?.header ?? column;
  return { sheet: name, row, ...(columns[column] ?? { header }), reason };
}

/** A sheet that was passed over although there is a list of its name: the person may not send that in, or nobody may. */
function explainNote(catalogue: Catalogue, entries: Entry[], note: Problem): Problem {
  const entry = note.column === undefined ? findByName(catalogue.all, note.sheet) : undefined;
  if (!entry || entries.includes(entry)) return note;
  return { ...note, reason: entry.list.in ? '您没有导入这种名单的权限，没有读取' : '这种名单只能导出，没有读取' };
}

function nothingFound(entries: Entry[], notes: Problem[]): AppError {
  const passedOver = notes.filter(({ row, column }) => row === undefined && column === undefined).slice(0, 5);
  const seen = passedOver.map(({ sheet, reason }) => `“${sheet}”${reason}`).join('；');
  return new AppError(
    'a workbook without any list that the person may send in',
    `没有找到可以导入的工作表${seen && `：${seen}`}。您可以导入：${describeLists(entries)}。发送“导入模板”可以得到空白表格。`,
  );
}
