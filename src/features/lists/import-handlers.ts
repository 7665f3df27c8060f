/** What happens to a file that was sent: taken in, previewed, confirmed or cancelled, imported, forgotten. */
import { DAY_MS } from '../../basics/durations.ts';
import { AppError } from '../../basics/errors.ts';
import type { NamedFile, PersonTurn, PressTurn, Reply, Turn } from '../../feature.ts';
import { findPerson } from '../../people/find-person.ts';
import type { Person } from '../../people/person.ts';
import { type Catalogue, nameLists } from './catalogue.ts';
import * as queries from './queries.ts';
import type { Report } from './schema.ts';
import { takeFile } from './take-file.ts';

/** A preview that nobody decided on is of the past after so long. */
const PREVIEW_DAYS = 7;
const KEEP_FILES_DAYS = 3;
const KEEP_ROWS_DAYS = 60;

/** More problems than this are sent as a list of their own. */
export const PROBLEMS_ON_CARD = 20;

/** What other tables people send are called; they are refused with what to do, instead of not at all. */
export const TABLE_NAME = /\.(xlsx|xlsm|xls|xlsb|xltx|csv|tsv|et|ett|ods|numbers)$/i;

const FAILED = '没有办成，内容没有改动。请稍后重新发送文件；如果还是不行，请联系政治处管理员。';
const OUTDATED: Record<queries.ImportState, string> = {
  reading: '这个文件还在读取，请稍候。',
  preview: '',
  importing: '已经在导入了，不用再按。完成后这张卡片会显示结果。',
  imported: '这个文件已经导入，不用再按。',
  cancelled: '已经取消，没有导入。需要时请重新发送文件。',
  refused: '这个文件没有导入，请看卡片上的说明。',
  expired: '这次预览已经过期，没有导入。请重新发送文件。',
};

/** A table that was sent: kept, and read by a job. Refuses what is no .xlsx by its name. */
export async function receiveTable(turn: PersonTurn, { name, bytes }: NamedFile): Promise<undefined> {
  if (!/\.xlsx$/i.test(name)) {
    throw new AppError(
      'a table that is no xlsx',
      '只能导入 .xlsx 文件，没有读取。请用 Excel 或 WPS 打开，另存为 .xlsx 后重新发送。',
    );
  }
  const row = { personId: turn.who.id, fileName: name, bytes, sentAt: turn.now };
  await turn.later('read', { import: await queries.createImport(turn.db, row) });
}

/** Shows what an import would do, by doing it and undoing it. */
export async function readImport(
  catalogue: Catalogue,
  turn: Turn,
  turnOf: (feature: string) => Turn,
  id: string,
): Promise<void> {
  const row = await queries.findImport(turn.db, id);
  if (row?.state !== 'reading') return;
  const { now } = turn;
  const report = await attempt(catalogue, turn, turnOf, row, 'undo');
  const refusal = typeof report === 'string' ? report : objectToReport(report);
  const state = refusal ? ({ state: 'refused', refusal } as const) : ({ state: 'preview' } as const);
  if (!(await queries.moveImport(turn.db, id, 'reading', { ...state, now }))) return;
  if (typeof report !== 'string') {
    await queries.keepPreview(turn.db, id, report);
    await sendProblems(turn, row, report, 'preview');
  }
  const to = { person: row.personId };
  await turn.deliver({ key: `import:${id}`, to, card: 'import', ref: id, push: 'answer' });
}

/** 确认导入: plans the import, once. */
export async function confirmImport(catalogue: Catalogue, turn: PressTurn): Promise<Reply> {
  const row = await findOpen(turn);
  if ('toast' in row) return row;
  const withdrawn = findWithdrawn(catalogue, turn.who, row);
  const to = withdrawn
    ? ({ state: 'refused', now: turn.now, refusal: withdrawn } as const)
    : ({ state: 'importing', now: turn.now } as const);
  if (!(await queries.moveImport(turn.db, row.id, 'preview', to))) return { toast: OUTDATED.importing };
  if (withdrawn) return { toast: withdrawn, kind: 'warning' };
  await turn.later('import', { import: row.id }, { key: `import:${row.id}` });
  return { toast: '正在导入，完成后这张卡片会显示结果。' };
}

/** 取消. */
export async function cancelImport(turn: PressTurn): Promise<Reply> {
  const row = await findOpen(turn);
  if ('toast' in row) return row;
  if (!(await queries.moveImport(turn.db, row.id, 'preview', { state: 'cancelled', now: turn.now })))
    return { toast: OUTDATED.importing };
  return { toast: '已取消，没有导入。' };
}

/** Imports what was confirmed, as the state is now. It takes its time, so it does not hold what somebody may press meanwhile. */
export async function runImport(
  catalogue: Catalogue,
  turn: Turn,
  turnOf: (feature: string) => Turn,
  id: string,
): Promise<void> {
  // One import after the other: two that touch the same rows would wait for each other.
  await turn.db.sql`SELECT pg_advisory_xact_lock(hashtext('lists-import'))`;
  const row = await queries.findImport(turn.db, id);
  if (row?.state !== 'importing') return;
  const { now } = turn;
  const report = await attempt(catalogue, turn, turnOf, row, 'keep');
  const state =
    typeof report === 'string' ? ({ state: 'refused', refusal: report } as const) : ({ state: 'imported' } as const);
  // What was imported is undone with the rest of the transaction.
  if (!(await queries.moveImport(turn.db, id, 'importing', { ...state, now })))
    throw new Error('an import was decided while it ran');
  if (typeof report !== 'string') {
    await queries.keepResult(turn.db, id, report);
    const isNew = JSON.stringify(report.problems) !== JSON.stringify(row.preview?.problems);
    if (isNew) await sendProblems(turn, row, report, 'result');
  }
  await turn.refresh({ card: 'import', ref: id });
}

/** Ends old previews, and forgets files and rows that nobody needs any more. */
export async function forgetImports(turn: Turn): Promise<void> {
  const before = (days: number) => new Date(turn.now.getTime() - days * DAY_MS);
  const expired = await queries.expireImports(turn.db, before(PREVIEW_DAYS), turn.now);
  await turn.refresh(...expired.map((ref) => ({ card: 'import', ref })));
  await queries.forgetOld(turn.db, before(KEEP_FILES_DAYS), before(KEEP_ROWS_DAYS));
}

/** The report, or in words why there is none; then nothing is written either. */
async function attempt(
  catalogue: Catalogue,
  { db, log, now }: Turn,
  turnOf: (feature: string) => Turn,
  row: queries.Import,
  what: 'undo' | 'keep',
): Promise<Report | string> {
  const who = await findPerson(db, row.personId, now);
  const bytes = await queries.findImportBytes(db, row.id);
  if (!who || !bytes) return FAILED;
  const withdrawn = findWithdrawn(catalogue, who, row);
  if (withdrawn) return withdrawn;
  await db.sql`SAVEPOINT before_import`;
  try {
    const report = await takeFile(catalogue, turnOf, { bytes, who, eventId: `import:${row.id}`, saidAt: row.sentAt });
    if (what === 'undo') await db.sql`ROLLBACK TO SAVEPOINT before_import`;
    return report;
  } catch (error) {
    await db.sql`ROLLBACK TO SAVEPOINT before_import`;
    if (error instanceof AppError) {
      log.info({ import: row.id, err: error.message }, 'an import was refused');
      return error.tell;
    }
    log.error({ import: row.id, err: error }, 'an import failed');
    return FAILED;
  }
}

/** The preview that was pressed, held, or what to say instead. */
async function findOpen(turn: PressTurn): Promise<queries.Import | Reply> {
  const row = await queries.holdImport(turn.db, turn.pressed.ref);
  if (!row) return { toast: OUTDATED.expired, kind: 'warning' };
  if (row.state !== 'preview') return { toast: OUTDATED[row.state], kind: 'warning' };
  if (turn.now.getTime() - row.sentAt.getTime() < PREVIEW_DAYS * DAY_MS) return row;
  const isExpired = await queries.moveImport(turn.db, row.id, 'preview', { state: 'expired', now: turn.now });
  return { toast: isExpired ? OUTDATED.expired : OUTDATED.importing, kind: 'warning' };
}

/** The sentence for a preview that holds a list which the person may no longer send in. */
function findWithdrawn(catalogue: Catalogue, who: Person, { lists }: queries.Import): string | undefined {
  const allowed = catalogue.importable(who);
  const withdrawn = catalogue.all.filter((entry) => lists.includes(entry.key) && !allowed.includes(entry));
  if (withdrawn.length === 0) return undefined;
  return `您现在没有导入${nameLists(withdrawn)}的权限，没有导入。如有疑问请联系政治处。`;
}

/** Why there is nothing to confirm, or undefined when there is something. */
function objectToReport({ lists }: Report): string | undefined {
  if (lists.some(({ added, changed }) => added + changed > 0)) return undefined;
  if (lists.some(({ left }) => left > 0)) return '没有可以导入的行，请按下面的说明改好后重新发送。';
  if (lists.some(({ same }) => same > 0)) return '和现有的内容完全一样，不用导入。';
  return '表格里没有填写内容，没有导入。';
}

async function sendProblems(turn: Turn, row: queries.Import, report: Report, moment: string): Promise<void> {
  if (report.problems.length <= PROBLEMS_ON_CARD) return;
  const to = { person: row.personId };
  await turn.deliver({ key: `problems:${moment}:${row.id}`, to, file: 'problems', ref: row.id, push: 'answer' });
}
