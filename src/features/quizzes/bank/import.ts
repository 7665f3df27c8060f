/** Takes the rows of a bank file: new questions are added, changed ones go the way that a change in chat goes. */
import type { PersonTurn } from '../../../feature.ts';
import type { ListOutcome, ListProblem, ListRow } from '../../../list.ts';
import { groupRows } from '../../../storage/group-rows.ts';
import { changeKey } from '../dispute/changed-key.ts';
import { isRight } from '../rules.ts';
import { findOwnOpen, ON_OWN_PAPER } from '../secrets.ts';
import * as bank from './queries.ts';
import { compareQuestions, type Question } from './question.ts';
import { type BankRow, idOf, readBankRow } from './rows.ts';
import { bringShippedBank } from './shipped-bank.ts';

type ReadRow = { row: number; question: Question; compared: boolean | undefined };
/** What a row means for the bank. `wanted` has the id under which it will stand there. */
type Step = {
  what: 'added' | 'corrected' | 'replaced' | 'same';
  row: ReadRow;
  wanted: Question;
  known?: bank.BankQuestion;
};

const RETIRED = '这道题已经停用或改过，没有导入。要重新使用，请把编号留空';

/**
 * Brings the rows into the bank. What was asked never changes: other words or options make a new question that retires the old one;
 * another key grades everybody anew; the rest is written over. The ids follow from the rows, so the same file again changes nothing.
 */
export async function takeBank(turn: PersonTurn, rows: ListRow<BankRow>[]): Promise<ListOutcome> {
  await bringShippedBank(turn);
  const problems: ListProblem[] = [];
  const read: ReadRow[] = [];
  for (const { number, values } of rows) {
    const found = readBankRow(values);
    if ('problems' in found) problems.push(...found.problems.map((problem) => ({ row: number, ...problem })));
    else read.push({ row: number, question: found.question, compared: found.compared });
  }
  const single = dropRepeated(read, problems);
  const known = await findKnown(turn, single);
  const byStem = await findStems(turn, single);
  const ownOpen = await findOwnOpen(turn.db, turn.now, turn.who.id);
  const steps: Step[] = [];
  for (const row of single) {
    const step = decide(row, known);
    const twin =
      step && byStem.get(row.question.stem)?.find(({ id }) => id !== step.wanted.id && id !== step.known?.id);
    // Whether a row changes anything tells the key.
    if (step?.known && ownOpen.has(step.known.id))
      problems.push({ row: row.row, column: 'id', reason: ON_OWN_PAPER.replace('。', '') });
    else if (!step) problems.push({ row: row.row, column: 'id', reason: RETIRED });
    else if (twin && step.what !== 'same')
      problems.push({ row: row.row, column: 'stem', reason: `题库里已有这道题，编号是${twin.id}` });
    else steps.push(step);
  }
  const remarked = await write(turn, steps);
  const isChanged = ({ what, wanted }: Step) => what === 'corrected' || what === 'replaced' || remarked.has(wanted.id);
  const added = steps.filter(({ what }) => what === 'added').length;
  const changed = steps.filter((step) => step.what !== 'added' && isChanged(step)).length;
  problems.sort((one, other) => one.row - other.row);
  return { added, changed, same: steps.length - added - changed, problems };
}

/** One row for one question: whoever repeats a number or its words is told where the first stands. */
function dropRepeated(rows: ReadRow[], problems: ListProblem[]): ReadRow[] {
  const byId = new Map<string, number>();
  const byStem = new Map<string, number>();
  return rows.filter(({ row, question: { id, stem } }) => {
    const [sameId, sameStem] = [byId.get(id), byStem.get(stem)];
    if (sameId !== undefined) problems.push({ row, column: 'id', reason: `与第${sameId}行编号重复` });
    else if (sameStem !== undefined) problems.push({ row, column: 'stem', reason: `与第${sameStem}行题干重复` });
    if (sameId !== undefined || sameStem !== undefined) return false;
    byId.set(id, row);
    byStem.set(stem, row);
    return true;
  });
}

/** What the rows' numbers mean in the bank, held, and what would stand there after an earlier import of the same rows. */
async function findKnown(turn: PersonTurn, rows: ReadRow[]): Promise<Map<string, bank.BankQuestion>> {
  const ids = rows.flatMap(({ question }) => [question.id, idOf(question.id, question)]);
  return new Map((await bank.holdQuestions(turn.db, ids)).map((one) => [one.id, one]));
}

/** The questions in use by their words. */
async function findStems(turn: PersonTurn, rows: ReadRow[]): Promise<Map<string, { id: string }[]>> {
  const stems = rows.map(({ question }) => question.stem);
  return groupRows(await bank.findByStem(turn.db, stems), ({ stem }) => stem);
}

/** What becomes of one row; undefined for a question that is not asked any more. */
function decide(row: ReadRow, known: Map<string, bank.BankQuestion>): Step | undefined {
  const { question } = row;
  const successor = idOf(question.id, question);
  const [own, next] = [known.get(question.id), known.get(successor)];
  if (!own) return { what: 'added', row, wanted: question };
  const stands = own.state === 'retired' ? next : own;
  if (!stands || stands.state === 'retired') return undefined;
  const wanted = { ...question, id: stands.id };
  const what = compareQuestions(stands, wanted);
  if (what !== 'replaced') return { what, row, wanted, known: stands };
  return next ? undefined : { what, row, wanted: { ...question, id: successor }, known: stands };
}

/** Writes the steps and gives the ids whose 已核对 is now another. */
async function write(turn: PersonTurn, steps: Step[]): Promise<Set<string>> {
  const those = (...what: Step['what'][]) => steps.filter((step) => what.includes(step.what));
  await bank.insertQuestions(
    turn.db,
    those('added', 'replaced').map(({ wanted }) => wanted),
  );
  for (const { known } of those('replaced')) if (known) insist(await bank.retireQuestion(turn.db, known.id));
  await bank.updateQuestions(
    turn.db,
    those('corrected').map(({ wanted }) => wanted),
  );
  for (const { known, wanted } of those('corrected'))
    if (known && !isRight(wanted.key, known.key))
      await changeKey(turn, {
        change: `${turn.eventId}:${known.id}`,
        question: known.id,
        before: known.key,
        after: wanted.key,
      });
  const wasCompared = ({ what, known }: Step) =>
    what === 'added' || what === 'replaced' ? false : !!known?.comparedAt;
  const remarked = steps.filter((step) => step.row.compared !== undefined && step.row.compared !== wasCompared(step));
  for (const { row, wanted } of remarked)
    if (row.compared) insist(await bank.markCompared(turn.db, wanted.id, turn.who.id, turn.now));
  await bank.unmarkCompared(
    turn.db,
    remarked.filter(({ row }) => !row.compared).map(({ wanted }) => wanted.id),
  );
  return new Set(remarked.map(({ wanted }) => wanted.id));
}

/** What is held stays as it was read. Anything else undoes the import. */
function insist(isDone: boolean): void {
  if (!isDone) throw new Error('a question changed while an import held it');
}
