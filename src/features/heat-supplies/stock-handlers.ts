/** What a keeper does to stock: received, returned, counted, written off, transferred, corrected, looked at. */
import { AppError } from '../../errors.ts';
import type { PersonTurn, Reply } from '../../feature.ts';
import { choosePoint, findKept, findPoints, type Point } from './points.ts';
import { ensureBatch, type Level, type Movement, moveStock } from './stock.ts';
import * as queries from './stock-queries.ts';
import { countStock, ENTRY_WORDS, NEVER, removeStock, transferStock } from './stock-rules.ts';
import { readMovement, type WrittenMovement } from './stock-text.ts';

type Typed = { rest: string };
/** More cards at once are not looked at. */
const MAX_CARDS = 5;

/** 入库: what came in, as a batch of its own where a batch number or a last day is said. */
export async function receiveStock(turn: PersonTurn, { rest }: Typed): Promise<Reply> {
  const written = await readTyped(turn, rest, '入库 藿香正气水 200盒 批号A1 有效期2027-05-31 到政治处');
  const point = await choosePoint(turn, written.points[0]);
  const item = await queries.ensureItem(turn.db, written.item.name, written.item.unit);
  refuseOtherUnit(item, written);
  const expiresOn = written.expiresOn ?? NEVER;
  if (expiresOn < turn.calendar.dayOf(turn.now))
    throw new AppError('expired goods', '有效期已经过了，没有入库。请核对有效期。');
  const batchId = await ensureBatch(turn.db, item.id, written.label ?? '', expiresOn);
  const { document } = written;
  if (document && (await isBooked(turn, document, point.id, batchId)))
    return { toast: `单据${document}的这批${item.name}已经入库过，没有重复记账。` };
  const received = {
    kind: 'received',
    pointId: point.id,
    batchId,
    itemId: item.id,
    onHand: written.item.quantity,
  } as const;
  return move(turn, point, item, written, () => [{ ...received, ...(document && { document }) }]);
}

/** 退库: somebody brings back what was handed out; it goes to the batch that is named, or the last one. */
export async function returnStock(turn: PersonTurn, { rest }: Typed): Promise<Reply> {
  const { written, point, item } = await readKnown(turn, rest, '退库 藿香正气水 5盒 多领退回');
  return move(turn, point, item, written, (levels) => {
    const last = levels.at(-1);
    if (!last) throw new AppError('a return to nowhere', '这个领取点还没有这种物资，请用“入库”登记。');
    const { pointId, batchId, itemId } = last;
    return [{ kind: 'returned', pointId, batchId, itemId, onHand: written.item.quantity }];
  });
}

/** 报损: broken, expired or lost. */
export async function writeOffStock(turn: PersonTurn, { rest }: Typed): Promise<Reply> {
  const { written, point, item } = await readKnown(turn, rest, '报损 藿香正气水 3盒 包装破损');
  if (!written.reason)
    throw new AppError('a loss without a reason', '请在后面写上原因，例如：报损 藿香正气水 3盒 包装破损');
  return move(turn, point, item, written, (levels) => removeStock(levels, 'written-off', written.item.quantity));
}

/** 盘点: what was counted is what there is; the difference is an entry. */
export async function recordCount(turn: PersonTurn, { rest }: Typed): Promise<Reply> {
  const { written, point, item } = await readKnown(turn, rest, '盘点 藿香正气水 195盒', true);
  return move(turn, point, item, written, (levels) => countStock(levels, written.item.quantity));
}

/** 调拨: from one point to another; whoever keeps the first may send. */
export async function transferBetween(turn: PersonTurn, { rest }: Typed): Promise<Reply> {
  const written = await readTyped(turn, rest, '调拨 藿香正气水 20盒 从政治处到一大队');
  const [from, to] = written.points;
  if (!from || !to)
    throw new AppError(
      'a transfer without two points',
      '请写明从哪里到哪里，例如：调拨 藿香正气水 20盒 从政治处到一大队',
    );
  const point = await choosePoint(turn, from);
  const target = (await findPoints(turn.db)).find(({ name }) => name === to);
  const item = await readItemOf(turn, written);
  return move(
    turn,
    point,
    item,
    written,
    (levels) => transferStock(levels, target?.id ?? '', written.item.quantity),
    target,
  );
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

/** 库存: one card for each point the person keeps. */
export async function showStock(turn: PersonTurn): Promise<Reply | undefined> {
  const kept = await findKept(turn);
  if (kept.length === 0) return { toast: '还没有领取点。请管理员先发送“设置领取点”。' };
  const common = { to: { person: turn.who.id }, card: 'stock', push: 'answer' } as const;
  await turn.deliver(
    ...kept.slice(0, MAX_CARDS).map(({ id }) => ({ key: `stock:${id}:${turn.eventId}`, ref: id, ...common })),
  );
  return undefined;
}

async function move(
  turn: PersonTurn,
  point: Point,
  item: queries.Item,
  written: WrittenMovement,
  decide: (levels: Level[]) => Movement[],
  target?: Point,
): Promise<Reply> {
  const points = [point.id, ...(target ? [target.id] : [])];
  const { label } = written;
  const by = { actorId: turn.who.id, at: turn.now, reason: written.reason };
  const entries = await moveStock(turn.db, { points, items: [item.id] }, by, (levels) =>
    decide(levels.filter((level) => level.pointId === point.id && (!label || level.label === label))),
  );
  await turn.refresh(...points.map((ref) => ({ card: 'stock', ref })));
  const [line] = (await queries.findStock(turn.db, [point.id], turn.calendar.dayOf(turn.now))).filter(
    ({ id }) => id === item.id,
  );
  const now = `${point.name}现在在库${line?.onHand ?? 0}${item.unit}，其中已预留${line?.reserved ?? 0}${item.unit}。`;
  if (entries.length === 0) return { toast: `与账面一致，没有变动。${now}` };
  const numbers = entries.length === 1 ? `${entries[0]}` : `${entries[0]}至${entries.at(-1)}`;
  return {
    toast: `已记账：${item.name}${written.item.quantity}${item.unit}（流水${numbers}）。${now}记错了可发送“更正 ${entries[0]} 原因”。`,
    kind: 'success',
  };
}

async function readTyped(turn: PersonTurn, rest: string, example: string, mayBeZero = false): Promise<WrittenMovement> {
  const names = (await findPoints(turn.db)).map(({ name }) => name);
  const written = readMovement(rest, names);
  if (written && (written.item.quantity > 0 || mayBeZero)) return written;
  throw new AppError('a movement was not understood', `请写明物资和数量，例如：${example}`);
}

async function readKnown(turn: PersonTurn, rest: string, example: string, mayBeZero = false) {
  const written = await readTyped(turn, rest, example, mayBeZero);
  return { written, point: await choosePoint(turn, written.points[0]), item: await readItemOf(turn, written) };
}

async function readItemOf(turn: PersonTurn, written: WrittenMovement): Promise<queries.Item> {
  const item = await queries.findItem(turn.db, written.item.name);
  if (!item) throw new AppError('an unknown item', `还没有登记过“${written.item.name}”。发送“库存”可以看到现有物资。`);
  refuseOtherUnit(item, written);
  return item;
}

function refuseOtherUnit(item: queries.Item, { item: { unit } }: WrittenMovement): void {
  if (item.unit !== unit)
    throw new AppError(
      'another unit than the item has',
      `${item.name}是按“${item.unit}”登记的，没有记账。请换算成“${item.unit}”再发一次。`,
    );
}

async function isBooked(turn: PersonTurn, document: string, point: string, batch: string): Promise<boolean> {
  const rows = await turn.db.sql`
    SELECT 1 FROM stock_entry WHERE document = ${document} AND "pointId" = ${point}::uuid AND "batchId" = ${batch}::uuid`;
  return rows.length > 0;
}
