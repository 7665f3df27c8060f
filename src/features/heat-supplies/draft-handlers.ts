/** What happens to the draft of a hand-out: written, filled in, corrected, cancelled, confirmed. */
import { formatInstant } from '../../calendar/format.ts';
import { PickedInstant } from '../../cards/form-values.ts';
import { AppError } from '../../errors.ts';
import type { PersonTurn, PressTurn, Reply } from '../../feature.ts';
import { findNames, refuseForeignAudience } from '../../people/audience.ts';
import * as queries from './handout-queries.ts';
import { readItems } from './item-text.ts';
import { findKeepers, findPoints } from './points.ts';
import { type Draft, findMissing, findObjection, findReminder, usualEnd } from './rules.ts';
import { DraftForm } from './schema.ts';
import { readSentence } from './sentence.ts';
import { findItems } from './stock-queries.ts';
import type { Share } from './stock-rules.ts';

const EMPTY: Draft = { kind: 'heat', itemsText: '', points: [], audience: null, opensAt: null, closesAt: null };

/** The card behind this refusal is shown anew: its buttons are of the past. */
export class OutdatedHandout extends AppError {
  override readonly keepsForm = false;

  constructor(tell: string) {
    super('a hand-out is in another state', tell);
  }
}

/** 发放防暑物资, or a sentence that says it: a draft with what was understood, shown to its writer only. */
export async function draftHandout(turn: PersonTurn, { rest }: { rest: string }): Promise<undefined> {
  const [names, points] = [await findNames(turn.db), await findPoints(turn.db)];
  const viewpoint = { now: turn.saidAt, calendar: turn.calendar };
  const said = readSentence(rest, viewpoint, names, points, turn.who.branchId);
  const draft: Draft = { ...EMPTY, ...said };
  if (draft.audience) refuseForeignAudience(turn, 'supplies.hand-out', draft.audience);
  const objection = findObjection(draft, turn.now);
  if (objection) throw new AppError('a draft was objected to', objection);
  const id = await queries.createDraft(turn.db, draft, turn.who.id, turn.now);
  await turn.deliver({ key: `draft:${id}`, to: { person: turn.who.id }, card: 'draft', ref: id, push: 'answer' });
}

/** The form of a draft: what it says replaces what was understood. */
export async function fillDraft(turn: PressTurn): Promise<Reply> {
  const row = await readDraft(turn);
  const form = DraftForm.parse(turn.form);
  const opensAt = form.opensAt ?? null;
  const draft: Draft = {
    kind: form.kind ?? 'other',
    itemsText: form.items ?? '',
    points: form.points,
    audience: form.audience ?? null,
    opensAt,
    closesAt: form.closesAt ?? usualEnd(opensAt ?? turn.now, turn.calendar),
  };
  if (draft.audience) refuseForeignAudience(turn, 'supplies.hand-out', draft.audience);
  const missing = findMissing(draft);
  if (missing.length > 0)
    return { toast: `还差：${missing.join('、')}。请补上后再提交。`, kind: 'warning', keepForm: true };
  const objection = findObjection(draft, turn.now);
  if (objection) return { toast: objection, kind: 'warning', keepForm: true };
  await queries.updateDraft(turn.db, row.id, draft);
  return { toast: '请核对后确认发放。' };
}

/** The picker on the preview: the end is corrected at once. */
export async function setEnd(turn: PressTurn): Promise<Reply> {
  const row = await readDraft(turn);
  const draft = { ...queries.draftOf(row), closesAt: PickedInstant.parse(turn.option) };
  const objection = findObjection(draft, turn.now);
  if (objection) return { toast: objection, kind: 'warning' };
  await queries.updateDraft(turn.db, row.id, draft);
  return { toast: `截止时间改为${formatInstant(draft.closesAt, turn)}。` };
}

/** Back from the preview to the form, with everything filled in. */
export async function editDraft(turn: PressTurn): Promise<Reply> {
  await queries.reopenDraft(turn.db, (await readDraft(turn)).id);
  return { toast: '请修改后提交。' };
}

/** 取消 on a draft. */
export async function cancelDraft(turn: PressTurn): Promise<Reply> {
  await queries.moveHandout(turn.db, (await readDraft(turn)).id, 'draft', { state: 'cancelled' });
  return { toast: '已取消，没有发给任何人。' };
}

/**
 * 确认发放: everybody of the audience gets their part and the end is set, in one transaction. The cards follow in rounds. Nothing is
 * set aside: what is promised is promised to the person who claims it.
 */
export async function publishHandout(turn: PressTurn): Promise<Reply> {
  const row = await readDraft(turn);
  const draft = queries.draftOf(row);
  const { audience, closesAt } = draft;
  const objection = findObjection(draft, turn.now);
  if (objection || findMissing(draft).length > 0 || !audience || !closesAt)
    return { toast: objection ?? '还有内容没有填，请按“修改”补上。', kind: 'warning' };
  refuseForeignAudience(turn, 'supplies.hand-out', audience);
  const share = await resolveShare(turn, draft.itemsText);
  if (!(await queries.moveHandout(turn.db, row.id, 'draft', { state: 'open', publishedAt: turn.now })))
    throw new OutdatedHandout('这次发放已经确认，不用再按。');
  const count = await queries.assignShares(turn.db, row.id, share, audience);
  if (count === 0)
    throw new AppError('an audience of nobody', '这个范围里现在没有人，没有发放。请按“修改”换一个范围。');
  await turn.later('announce', { handout: row.id, after: '' });
  const reminder = findReminder(draft.opensAt ?? turn.now, closesAt, turn.calendar);
  if (reminder && reminder > turn.now)
    await turn.later('remind', { handout: row.id, after: '' }, { at: reminder, key: `remind:${row.id}` });
  await turn.later('close', { handout: row.id }, { at: closesAt, key: `close:${row.id}` });
  const to = { person: turn.who.id };
  await turn.deliver({ key: `progress:${row.id}`, to, card: 'progress', ref: row.id, push: 'answer' });
  await turn.deliver(
    ...(await findKeepers(turn.db, draft.points, turn.now)).map(({ pointId, id }) => ({
      key: `queue:${row.id}:${pointId}:${id}`,
      to: { person: id },
      card: 'queue',
      ref: pointId,
      push: 'quiet' as const,
    })),
  );
  return { toast: `已通知${count}人领取，进展会显示在进度卡片上。`, kind: 'success' };
}

/** The items of a draft as they are known in stock. Throws the sentence that says which is not. */
async function resolveShare(turn: PressTurn, itemsText: string): Promise<Share[]> {
  const written = readItems(itemsText);
  const known = await findItems(
    turn.db,
    written.map(({ name }) => name),
  );
  return written.map(({ name, unit, quantity }) => {
    const item = known.find((one) => one.name === name);
    if (!item)
      throw new AppError('an unknown item', `还没有登记过“${name}”，没有发放。请保管员先发送“入库 ${name} 数量”。`);
    if (item.unit !== unit)
      throw new AppError(
        'another unit than the item has',
        `${name}是按“${item.unit}”登记的，没有发放。请按“修改”换成“${item.unit}”。`,
      );
    return { itemId: item.id, name, unit, each: quantity };
  });
}

/** The draft a card is about; a draft that is none any more is refused in words. */
async function readDraft(turn: PressTurn): Promise<queries.SupplyHandout> {
  const row = await queries.findHandout(turn.db, turn.pressed.ref);
  if (row?.state === 'draft' && row.issuedById === turn.who.id) return row;
  throw new OutdatedHandout(
    row?.state === 'cancelled' ? '这份草稿已经取消。发送“发放防暑物资”可以重新开始。' : '这次发放已经确认，不用再按。',
  );
}
