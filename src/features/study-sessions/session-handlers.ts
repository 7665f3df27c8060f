/** What happens to a session: its form opened, recorded, corrected, deleted. */
import { formatDay } from '../../calendar/format.ts';
import { AppError } from '../../errors.ts';
import { type PersonTurn, type PressTurn, type Reply, sendCard } from '../../feature.ts';
import { findOwnHolders, namePerson, requireHolder } from './branches.ts';
import { type Holder, nameKind, type SessionKind } from './kinds.ts';
import { refreshAround } from './refresh-around.ts';
import { SessionForm } from './schema.ts';
import * as seriesQueries from './series-queries.ts';
import * as queries from './session-queries.ts';
import { readSession } from './session-rules.ts';

/** The card behind this refusal is shown anew: its buttons are of the past. */
class OutdatedSession extends AppError {
  override readonly keepsForm = false;
}

/** 登记学习: an empty form, with the writer's only branch and today filled in. */
export async function openNew(turn: PersonTurn): Promise<undefined> {
  const own = await findOwnHolders(turn.db, turn.who, 'sessions.record');
  const only = own.length === 1 ? own[0] : own.find(({ id }) => id !== null && id === turn.who.branchId);
  await openForm(turn, { ...(only && { branchId: only.id }), heldOn: turn.calendar.dayOf(turn.now) });
}

/** 登记学习 on another card: the form with what that card was about. */
export async function openNewFor(
  turn: PressTurn,
  { holder, kind }: { holder?: Holder | undefined; kind?: SessionKind | undefined },
): Promise<Reply> {
  if (holder !== undefined) await requireHolder(turn, 'sessions.record', holder);
  const usual = kind ?? (holder === null ? 'theory-study-center-group' : undefined);
  const heldOn = turn.calendar.dayOf(turn.now);
  await openForm(turn, { ...(holder !== undefined && { branchId: holder }), kind: usual, heldOn });
  return { toast: '登记表已发给您。' };
}

/** 登记学习 on a reminder of a series: the form with its kind, branch and topic; its day, once that has come. */
export async function openNewForOccurrence(
  turn: PressTurn,
  { occurrence: id }: { occurrence: string },
): Promise<Reply> {
  const occurrence = await seriesQueries.findOccurrence(turn.db, id);
  if (!occurrence) throw new OutdatedSession('an occurrence is gone', '这次安排已经没有了，不用再办。');
  await requireHolder(turn, 'sessions.record', occurrence.branchId);
  const today = turn.calendar.dayOf(turn.now);
  const day = turn.calendar.dayOf(occurrence.dueAt);
  const { kind, topic } = seriesQueries.seriesDraftOf(occurrence.series);
  await openForm(turn, {
    branchId: occurrence.branchId,
    kind: kind ?? undefined,
    topic,
    heldOn: day < today ? day : today,
  });
  return { toast: '登记表已发给您。' };
}

/** The filled-in form: recorded, or told what is missing, or that it stands in the ledger already. */
export async function submitSession(turn: PressTurn): Promise<Reply> {
  const row = await queries.findSession(turn.db, turn.pressed.ref);
  if (!row || row.state === 'deleted')
    throw new OutdatedSession('a deleted session', '这条登记已经删除，没有改动任何内容。');
  const isCorrection = row.state === 'recorded';
  if (isCorrection && row.editingById !== turn.who.id)
    throw new OutdatedSession('a session twice', '这次学习已经登记好了，不用再按。');
  if (isCorrection) await requireHolder(turn, 'sessions.record', row.branchId);
  const read = readSession(SessionForm.parse(turn.form), turn.calendar.dayOf(turn.now));
  if ('objection' in read) return { toast: read.objection, kind: 'warning', keepForm: true };
  const { session } = read;
  const holder = await requireHolder(turn, 'sessions.record', session.branchId);
  const same = await queries.findSame(turn.db, row.id, session);
  if (same) return { toast: await tellSame(turn, same), kind: 'warning', keepForm: true };
  if (isCorrection) await queries.correctSession(turn.db, row, session, turn.who.id, turn.now);
  else if (!(await queries.recordSession(turn.db, row.id, session, turn.now)))
    throw new OutdatedSession('a session twice', '这次学习已经登记好了，不用再按。');
  await refreshAround(turn, [row.id], [session, ...(isCorrection ? [queries.sessionOf(row)] : [])]);
  const what = `${formatDay(session.heldOn, turn)}${nameKind(session.kind)}`;
  return { toast: isCorrection ? `已更正：${what}。` : `已登记：${holder.name}${what}。`, kind: 'success' };
}

/** 更正: the card becomes the form, with everything filled in. */
export async function editSession(turn: PressTurn): Promise<Reply> {
  const row = await readRecorded(turn);
  await queries.setEditor(turn.db, row.id, turn.who.id);
  return { toast: '请修改后提交，原来的内容会保留在修改记录里。' };
}

/** 不改了, or 取消 on a form that was never submitted. */
export async function closeForm(turn: PressTurn): Promise<Reply> {
  await queries.setEditor(turn.db, turn.pressed.ref, null);
  return { toast: '没有改动任何内容。' };
}

/** 删除: out of the ledger and every count; kept for whoever asks what stood there. */
export async function deleteSession(turn: PressTurn): Promise<Reply> {
  const row = await readRecorded(turn);
  await queries.deleteSession(turn.db, row, turn.who.id, turn.now);
  await refreshAround(turn, [row.id], [queries.sessionOf(row)]);
  return { toast: '已从台账删除。' };
}

/** 查看 on a row: the session's own card. */
export async function openSession(turn: PressTurn, { session: id }: { session: string }): Promise<Reply> {
  const row = await queries.findSession(turn.db, id);
  if (!row || row.state === 'draft') throw new OutdatedSession('no session', '没有这条登记，请重新发送“学习台账”。');
  await requireHolder(turn, 'sessions.watch', row.branchId);
  if (row.editingById === turn.who.id) await queries.setEditor(turn.db, id, null);
  await sendCard(turn, 'session', id);
  return { toast: '这次学习的登记已发给您。' };
}

async function openForm(turn: PersonTurn, prefill: queries.Prefill): Promise<void> {
  const id = await queries.createDraft(turn.db, prefill, turn.who.id, turn.now);
  await turn.deliver({ key: `session:${id}`, to: { person: turn.who.id }, card: 'session', ref: id, push: 'answer' });
}

/** The recorded session a card is about, if this person may change it. */
async function readRecorded(turn: PressTurn): Promise<queries.StudySession> {
  const row = await queries.findSession(turn.db, turn.pressed.ref);
  if (row?.state !== 'recorded')
    throw new OutdatedSession('no recorded session', '这条登记已经删除，没有改动任何内容。');
  await requireHolder(turn, 'sessions.record', row.branchId);
  return row;
}

async function tellSame(turn: PersonTurn, same: queries.StudySession): Promise<string> {
  const by = await namePerson(turn.db, same.enteredById);
  const day = formatDay(queries.dayOf(same.heldOn), turn);
  return `${day}的这次${nameKind(same.kind)}已由${by}登记过，没有重复登记。要修改请发送“学习台账”，打开这一次后按“更正”。`;
}
