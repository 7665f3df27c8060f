/** Pictures that speak for a nominee: asked for on the nomination, sent in the chat, seen by those who judge and nobody else. */
import { AppError, Outdated } from '../../../basics/errors.ts';
import {
  CLOSED,
  card,
  fileMaker,
  type NamedFile,
  type PersonTurn,
  type PressTurn,
  type Reply,
  type Upload,
} from '../../../feature.ts';
import type { Person } from '../../../people/person.ts';
import { Id } from '../../../sight.ts';
import type { Reader } from '../../../storage/database.ts';
import { partOf } from '../actors.ts';
import { findCandidates } from '../checking/queries.ts';
import { findRound } from '../round/queries.ts';
import { enterNominating, keepDraft, readOwn } from './draft.ts';
import * as queries from './picture-queries.ts';
import { describePerson, findNomination, type Nomination } from './queries.ts';

export const MAX_PICTURES = 3;
/** What Feishu takes for a picture. Source: /uAjLw4CM/ukTMukTMukTM/reference/im-v1/image/create */
const MAX_BYTES = 10 * 1024 * 1024;
const EXPECTED_FOR_MS = 30 * 60_000;

/** 加照片: what stands in the form is kept, and what this person sends in the next half hour belongs to the nomination. */
export async function askForPictures(turn: PressTurn): Promise<Reply> {
  const { nomination, round } = await readOwn(turn);
  if (nomination.state === 'withdrawn') throw new Outdated('这份提名已经撤回。发送“提名”可以重新写一份。');
  if (nomination.state === 'draft') await keepDraft(turn, nomination, round);
  await queries.expectPictures(turn.db, nomination, new Date(turn.now.getTime() + EXPECTED_FOR_MS));
  return { toast: `请在30分钟内把照片发到这里，最多${MAX_PICTURES}张。` };
}

/** A picture that was sent to be seen with a nomination. */
export const pictureUpload: Upload = {
  accepts: ({ isPicture }) => isPicture,
  expects: async (db, who, at) => (await queries.findExpecting(db, who.id, at)) !== undefined,
  help: '提名用的照片（先在提名卡片上按“加照片”，再以图片发来）',
  action: 'self',
  handle: receivePicture,
};

async function receivePicture(turn: PersonTurn, { bytes }: NamedFile): Promise<undefined> {
  const nomination = await queries.findExpecting(turn.db, turn.who.id, turn.saidAt);
  if (!nomination) throw new AppError('a picture for no nomination', '请先在提名卡片上按“加照片”，再发送照片。');
  await enterNominating(turn, nomination.roundId);
  if (bytes.length === 0 || bytes.length > MAX_BYTES)
    throw new AppError('a picture of the wrong size', '照片最大 10 MB，没有保存。请压缩后重新发送。');
  const id = await queries.addPicture(turn.db, nomination.id, bytes, MAX_PICTURES, turn.now);
  if (!id)
    throw new AppError(
      'one picture too many',
      `已经有${MAX_PICTURES}张照片，这张没有保存。要换的话，先在照片卡片上按“不要这张”。`,
    );
  await turn.deliver({ key: `picture:${id}`, to: { person: turn.who.id }, card: 'picture', ref: id, push: 'answer' });
  await refreshHandedIn(turn, nomination);
}

/** 不要这张. */
export async function removePicture(turn: PressTurn): Promise<Reply> {
  const picture = await queries.findPicture(turn.db, turn.pressed.ref);
  const nomination = picture && (await findNomination(turn.db, picture.nominationId));
  if (!picture || nomination?.nominatorId !== turn.who.id) throw new Outdated('没有找到您的这张照片。');
  await enterNominating(turn, nomination.roundId);
  if (!(await queries.dropPicture(turn.db, picture.id))) return { toast: '这张照片已经删除，不用再按。' };
  await refreshHandedIn(turn, nomination);
  return { toast: '照片已删除。', kind: 'success' };
}

/** The picture as its sender sees it: to which nomination it went. */
export const picture = card({
  ref: Id,
  action: 'self',
  load: async (db, id, viewer) => {
    const found = await queries.findPicture(db, id);
    const nomination = found && (await findNomination(db, found.nominationId));
    const round = nomination && (await findRound(db, nomination.roundId));
    if (!found || !nomination || !round) return undefined;
    if (nomination.nominatorId !== viewer.person) return CLOSED;
    const nominee = nomination.nomineeId ? (await describePerson(db, nomination.nomineeId)).name : '';
    const isOpen = found.isKept && round.state === 'nominating' && round.nominateUntil > viewer.now;
    return {
      title: round.title,
      line: found.isKept ? `照片已加到您${nominee && `对${nominee}`}的提名` : '照片已删除',
      state: found.isKept ? { is: 'done', word: '已保存' } : { is: 'over', word: '已删除' },
      most: MAX_PICTURES,
      isOpen,
    };
  },
});

/** 看照片: the pictures of one nomination, to whoever judges its nominee. */
export async function sendPictures(turn: PressTurn, { nomination: id }: { nomination: string }): Promise<Reply> {
  const nomination = await findNomination(turn.db, id);
  if (!nomination || !(await maySee(turn.db, nomination, turn))) throw new Outdated('您不能查看这份提名的照片。');
  const ids = await queries.findPictures(turn.db, nomination.id);
  if (ids.length === 0) return { toast: '这份提名的照片已经删除。', kind: 'warning' };
  await turn.deliver(
    ...ids.map((ref) => ({
      ...{ key: `picture:${ref}:${turn.eventId}`, to: { person: turn.who.id } },
      ...{ file: 'picture', ref, push: 'answer' as const },
    })),
  );
  return { toast: `${ids.length}张照片已单独发给您，请勿转发。` };
}

/** The picture itself, for whoever may still see it when it is sent. */
export const pictureFile = fileMaker({
  ref: Id,
  action: 'self',
  make: async (db, id, viewer) => {
    const found = await queries.findPicture(db, id);
    const nomination = found && (await findNomination(db, found.nominationId));
    const bytes = await queries.findPictureBytes(db, id);
    if (!bytes || !nomination || !(await maySee(db, nomination, viewer))) return undefined;
    return { name: '照片.jpg', bytes, isPicture: true };
  },
});

/** Whoever has a part in judging the nominee of what was handed in. */
async function maySee(db: Reader, nomination: Nomination, viewer: { who?: Person; now: Date }): Promise<boolean> {
  const round = await findRound(db, nomination.roundId);
  const candidates = await findCandidates(db, nomination.roundId);
  const candidate = candidates.find(({ nomineeId }) => nomineeId === nomination.nomineeId);
  if (!round || !candidate || nomination.state !== 'submitted') return false;
  return (await partOf(db, round, candidate, viewer)) !== undefined;
}

/** What was handed in shows how many pictures it has. A draft does when it is pressed next: until then people write in its form. */
async function refreshHandedIn(turn: PersonTurn, { id, state }: Nomination): Promise<void> {
  if (state === 'submitted') await turn.refresh({ card: 'nomination', ref: id });
}
