/** What a keeper types about stock: movements, corrections, thresholds, a look at it. */
import { AppError } from '../../../basics/errors.ts';
import type { PersonTurn, Reply, Typed } from '../../../feature.ts';
import { listen } from '../../../reading/listen.ts';
import type { Reading } from '../../../reading/reading.ts';
import { describeStock } from './cards.ts';
import { giveStockForm } from './form.ts';
import { MOVES, readItemOf } from './moves.ts';
import { findKept, findPoints } from './points.ts';
import * as queries from './queries.ts';
import { ENTRY_WORDS, type MoveWord } from './rules.ts';
import { readMovement, type WrittenMovement } from './sentence.ts';
import { moveStock } from './stock.ts';

/** More cards at once are not looked at. */
const MAX_CARDS = 5;

/** 入库, 退库, 盘点, 报损 or 调拨 with what follows the word. */
export function bookTyped(word: MoveWord): (turn: PersonTurn, typed: Typed) => Promise<Reply | undefined> {
  const { example, mayBeZero, move } = MOVES[word];
  return async (turn, typed) =>
    isInOtherWords(typed)
      ? showHeard(turn, word, typed)
      : move(turn, await readExactly(turn, typed, example, mayBeZero));
}

/** Whether goods are spoken of otherwise than 入库 藿香正气水 200盒: without the word, several, or with their name among other words. */
function isInOtherWords({ rest, reading }: Typed): boolean {
  const [item, ...more] = reading.of('item');
  if (!item) return false;
  return rest === '' || more.length > 0 || readMovement(rest, [])?.item.name !== item.name;
}

/** Said in other words than the command's: a form for each kind of goods, with everything filled in that was understood. */
async function showHeard(turn: PersonTurn, word: MoveWord, { text, reading }: Typed): Promise<Reply | undefined> {
  const kept = await findKept(turn);
  const points = (await findPoints(turn.db)).filter(({ name }) => text.includes(name));
  const from =
    kept.find(({ id }) => points.some((point) => point.id === id)) ?? (kept.length === 1 ? kept[0] : undefined);
  if (!from) return { toast: `请写明在哪个领取点，例如：${MOVES[word].example}`, kind: 'warning' };
  const to = points.find(({ id }) => id !== from.id);
  const listening = listen(reading);
  const items = reading.of('item');
  const [expiry, ...expiries] = reading.of('expiry');
  const labelled = (kind: 'batch' | 'document') => reading.slots.flatMap((slot) => (slot.kind === kind ? [slot] : []));
  const [batch] = labelled('batch');
  const [paper] = labelled('document');
  if (expiry?.day && expiries.length === 0) listening.use(expiry);
  listening.use(...items, ...(batch ? [batch] : []), ...(paper ? [paper] : []));
  listening.use(
    ...reading.of('place').filter((place) => points.some(({ name }) => reading.quote(place).includes(name))),
  );
  const unused = listening.left();
  const reason = reading.residue
    .map((piece) => piece.text.trim())
    .filter(Boolean)
    .join('，');
  for (const { name, quantity, unit } of items) {
    const holds = {
      ...{ kind: word, item: name, quantity: `${quantity}${unit}` },
      ...(to && word === '调拨' && { target: to.id }),
      ...(reason && word !== '入库' && { reason: reason.slice(0, 200) }),
      ...(batch && { label: batch.label }),
      ...(paper && { document: paper.label }),
      ...(expiry?.day && expiries.length === 0 && { expiresOn: expiry.day }),
    };
    await giveStockForm(turn, from.id, { holds, unused });
  }
  return undefined;
}

/** 更正: an entry that takes another one back; both stay in the ledger. */
export async function correctEntry(turn: PersonTurn, { rest }: Typed): Promise<Reply> {
  const [, digits = '', reason = ''] = /^(?:流水号?)?\s*(\d{1,9})\s*[，,]?\s*(.*)$/su.exec(rest) ?? [];
  if (!digits || !reason) return { toast: '请写上流水号和原因，例如：更正 12 数量写错', kind: 'warning' };
  const entry = await queries.findEntry(turn.db, Number(digits));
  if (!entry || !turn.may('supplies.keep', { pointId: entry.pointId }))
    return { toast: '您管的领取点没有这个流水号。发送“库存”可以看到最近的流水。', kind: 'warning' };
  if (entry.isCorrected) return { toast: `流水${entry.no}已经更正过，没有再改。` };
  if (!['received', 'returned', 'counted', 'written-off'].includes(entry.kind))
    return { toast: `“${ENTRY_WORDS[entry.kind]}”不能直接更正。请用“退库”“盘点”或反向“调拨”记一笔。`, kind: 'warning' };
  const { no, pointId, batchId, itemId, onHand } = entry;
  await moveStock(
    turn.db,
    { points: [pointId], items: [itemId] },
    { actorId: turn.who.id, at: turn.now, reason },
    (levels) => {
      const level = levels.find((one) => one.batchId === batchId);
      if ((level?.onHand ?? 0) - (level?.reserved ?? 0) < onHand)
        throw new AppError(
          'a correction below what is promised',
          '这批已经发放或预留，不能全部冲回。请用“盘点”把数量记对。',
        );
      return [{ kind: 'corrected', pointId, batchId, itemId, onHand: -onHand, corrects: no }];
    },
  );
  await turn.refresh({ card: 'stock', ref: pointId });
  return {
    toast: `已更正流水${no}：${entry.item}${-onHand > 0 ? '加回' : '冲减'}${Math.abs(onHand)}${entry.unit}。`,
    kind: 'success',
  };
}

/** 低库存: from which quantity on the keepers are told. */
export async function setLow(turn: PersonTurn, { rest }: Typed): Promise<Reply> {
  const written = await readTyped(turn, rest, '低库存 藿香正气水 50盒', true);
  const item = await readItemOf(turn, written);
  await turn.db.sql`UPDATE supply_item SET "lowAt" = ${written.item.quantity} WHERE id = ${item.id}::uuid`;
  return { toast: `${item.name}剩${written.item.quantity}${item.unit}或更少时会提醒保管员。`, kind: 'success' };
}

/** 库存: one card for each point the person keeps; for whoever keeps none, what can be handed out where, in words. */
export async function showStock(turn: PersonTurn, { reading }: Typed): Promise<Reply | undefined> {
  const kept = await findKept(turn);
  if (kept.length === 0) return { toast: await tellStock(turn, reading) };
  const common = { to: { person: turn.who.id }, card: 'stock', push: 'answer' } as const;
  await turn.deliver(
    ...kept.slice(0, MAX_CARDS).map(({ id }) => ({ key: `stock:${id}:${turn.eventId}`, ref: id, ...common })),
  );
  return undefined;
}

/** 一大队：矿泉水可用300箱: all points, as far as they have what was asked about, if anything was. */
async function tellStock(turn: PersonTurn, reading: Reading): Promise<string> {
  const points = await findPoints(turn.db);
  if (points.length === 0) return '还没有领取点。请管理员先发送“设置领取点”。';
  const ids = points.map(({ id }) => id);
  const lines = await describeStock(turn.db, ids, turn);
  const { text } = reading.plain;
  const named = lines.filter(({ item }) => text.includes(item));
  const asked = named.length > 0 ? named : lines;
  if (asked.length === 0) return '各领取点现在都没有库存。';
  const told = points.flatMap(({ id, name }) => {
    const own = asked.filter(({ pointId }) => pointId === id).map((line) => `${line.item}${line.text}`);
    return own.length > 0 ? [`${name}：${own.join('、')}`] : [];
  });
  return `库存　${told.slice(0, MAX_CARDS).join('；')}。${told.length > MAX_CARDS ? `另有${told.length - MAX_CARDS}个领取点，请问保管员。` : ''}`;
}

/** Booked at once: one kind of goods, whose last day of use is understood if any is said. */
async function readExactly(
  turn: PersonTurn,
  typed: Typed,
  example: string,
  mayBeZero: boolean,
): Promise<WrittenMovement> {
  const { text, rest, reading } = typed;
  const [expiry, ...more] = reading.of('expiry');
  if (more.length > 0 || (expiry ? !expiry.day : /效期|保质期|到期/u.test(text)))
    throw new AppError('an expiry was not understood', '有效期没有看懂，没有记账。请写成“有效期2027-05-31”。');
  const written = await readTyped(turn, rest, example, mayBeZero);
  return expiry?.day ? { ...written, expiresOn: expiry.day } : written;
}

async function readTyped(turn: PersonTurn, rest: string, example: string, mayBeZero = false): Promise<WrittenMovement> {
  const names = (await findPoints(turn.db)).map(({ name }) => name);
  const written = readMovement(rest, names);
  if (written && (written.item.quantity > 0 || mayBeZero)) return written;
  throw new AppError('a movement was not understood', `请写明物资和数量，例如：${example}`);
}
