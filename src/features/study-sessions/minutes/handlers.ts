/** Minutes as a file: sent to the bot, given to a session, sent back to whoever asks, replaced, deleted. */

import { DAY_MS } from '../../../basics/durations.ts';
import { AppError } from '../../../basics/errors.ts';
import { formatDay } from '../../../calendar/format.ts';
import {
  fileMaker,
  type NamedFile,
  type PersonTurn,
  type PressTurn,
  type Reply,
  sendCard,
  type Turn,
} from '../../../feature.ts';
import { Id } from '../../../sight.ts';
import { findOwnHolders, requireHolder } from '../branches.ts';
import { minutesForm } from '../forms.ts';
import { nameKind } from '../kinds.ts';
import { findSessionMatter } from '../ledger/matter.ts';
import { dayOf, findRecent, findSession, keepFileChange } from '../ledger/queries.ts';
import * as queries from './queries.ts';

/** What minutes are written in, or photographed as. */
export const MINUTES_NAME = /\.(docx?|wps|pdf|ofd|rtf|txt|md|jpe?g|png|heic|webp|bmp)$/i;
const MAX_BYTES = 20 * 1024 * 1024;
const PENDING_DAYS = 7;

const GONE: Record<queries.MinutesFile['state'], string> = {
  pending: '',
  kept: '这个文件已经存入，不用再按。',
  discarded: '这个文件没有存入，需要时请重新发送。',
  replaced: '这个文件已由新的文件替换。',
  deleted: '这个文件已经删除。',
};

/** A file that was sent: kept until its sender says to which session it belongs. */
export async function receiveMinutes(turn: PersonTurn, file: NamedFile): Promise<undefined> {
  if (file.bytes.length === 0) throw new AppError('empty minutes', '文件是空的，没有保存。请检查后重新发送。');
  if (file.bytes.length > MAX_BYTES) {
    throw new AppError('minutes too large', '纪要文件最大 20 MB，没有保存。请压缩图片或拆分后重新发送。');
  }
  const own = await findOwnHolders(turn.db, turn.who, 'sessions.record');
  const ids = own.map(({ id }) => id);
  if ((await findRecent(turn.db, ids)).length === 0) {
    const tell = '还没有可以存放纪要的学习登记。请先发送“登记学习”，登记后再发送这个文件。';
    throw new AppError('minutes without a session', tell);
  }
  const id = await queries.createMinutes(turn.db, file, turn.who.id, turn.now);
  await turn.deliver({ key: `minutes:${id}`, to: { person: turn.who.id }, card: 'minutes', ref: id, push: 'answer' });
}

/** 存入: the file belongs to the chosen session from now on; the one it had is let go. */
export async function keepMinutes(turn: PressTurn): Promise<Reply> {
  const file = await findPending(turn);
  if ('toast' in file) return file;
  const { session: id } = minutesForm.read(turn.form);
  const session = await findSession(turn.db, id);
  if (session?.state !== 'recorded') return { toast: '这次学习的登记已经删除，请选择另一次。', kind: 'warning' };
  await requireHolder(turn, 'sessions.record', session.branchId);
  const before = await queries.findMinutesOf(turn.db, id);
  if (!(await queries.keepMinutes(turn.db, file.id, id))) return { toast: GONE.kept };
  if (before) await keepFileChange(turn.db, id, before.name, turn.who.id, turn.now);
  await turn.refresh({ card: 'session', ref: id }, ...(before ? [{ card: 'minutes', ref: before.id }] : []));
  const what = `${formatDay(dayOf(session.heldOn), turn)}${nameKind(session.kind)}`;
  return { toast: `已存入：${what}${before ? '，原来的文件已替换' : ''}。`, kind: 'success' };
}

/** 去办理 on 今天. */
export async function openMinutes(turn: PressTurn, { file: id }: { file: string }): Promise<Reply> {
  const file = await queries.findMinutes(turn.db, id);
  if (file?.sentById !== turn.who.id || file.state !== 'pending')
    return { toast: '这个文件已经处理过，不用再办。', kind: 'warning' };
  await sendCard(turn, 'minutes', id);
  return { toast: '请在新卡片上选择存入哪次学习。' };
}

/** 不存了. */
export async function discardMinutes(turn: PressTurn): Promise<Reply> {
  const file = await findPending(turn);
  if ('toast' in file) return file;
  if (!(await queries.dropMinutes(turn.db, file.id, 'pending', 'discarded')))
    return { toast: '这个文件已经处理过，没有改动任何内容。', kind: 'warning' };
  return { toast: '没有存入，文件已删除。' };
}

/** 查看纪要文件 on a session: the file is sent to whoever asks. */
export async function sendMinutes(turn: PressTurn): Promise<Reply> {
  const session = await findSession(turn.db, turn.pressed.ref);
  const file = await queries.findMinutesOf(turn.db, turn.pressed.ref);
  if (session?.state !== 'recorded' || !file) return { toast: '这次学习没有纪要文件了。', kind: 'warning' };
  const to = { person: turn.who.id };
  await turn.deliver({
    key: `minutes:${session.id}:${turn.eventId}`,
    to,
    file: 'minutes',
    ref: session.id,
    push: 'answer',
  });
  return { toast: '纪要文件已发给您。' };
}

/** 删除纪要文件 on a session. */
export async function deleteMinutes(turn: PressTurn): Promise<Reply> {
  const session = await findSession(turn.db, turn.pressed.ref);
  const file = await queries.findMinutesOf(turn.db, turn.pressed.ref);
  if (session?.state !== 'recorded' || !file) return { toast: '这次学习没有纪要文件了。', kind: 'warning' };
  if (!(await queries.dropMinutes(turn.db, file.id, 'kept', 'deleted')))
    return { toast: '这个纪要文件已经删除或替换，没有改动任何内容。', kind: 'warning' };
  await keepFileChange(turn.db, session.id, file.name, turn.who.id, turn.now);
  await turn.refresh({ card: 'session', ref: session.id }, { card: 'minutes', ref: file.id });
  return { toast: '纪要文件已删除。' };
}

/** Files that nobody gave to a session are let go. */
export async function forgetMinutes(turn: Turn): Promise<void> {
  const ids = await queries.discardPending(turn.db, new Date(turn.now.getTime() - PENDING_DAYS * DAY_MS));
  await turn.refresh(...ids.map((ref) => ({ card: 'minutes', ref })));
}

/** The file of a session, for whoever may see the session when it is sent. */
export const minutesFile = fileMaker({
  ref: Id,
  action: 'sessions.watch',
  matter: findSessionMatter,
  make: async (db, id) =>
    (await findSession(db, id))?.state === 'recorded' ? queries.findMinutesBytes(db, id) : undefined,
});

/** The file on the pressed card, if it is still to be given to a session; else what to say. */
async function findPending(turn: PressTurn): Promise<queries.MinutesFile | Reply> {
  const file = await queries.findMinutes(turn.db, turn.pressed.ref);
  if (!file) return { toast: GONE.discarded, kind: 'warning' };
  return file.state === 'pending' ? file : { toast: GONE[file.state], kind: 'warning' };
}
