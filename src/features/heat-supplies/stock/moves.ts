/** The movements that a keeper books, whether typed or filled in: received, returned, counted, written off, transferred. */
import { AppError } from '../../../basics/errors.ts';
import type { PersonTurn, Reply } from '../../../feature.ts';
import { choosePoint, findPoints, type Point } from './points.ts';
import * as queries from './queries.ts';
import { countStock, type MoveWord, NEVER, removeStock, transferStock } from './rules.ts';
import type { WrittenMovement } from './sentence.ts';
import { ensureBatch, type Level, type Movement, moveStock } from './stock.ts';

/** Books one movement in one transaction, or throws the sentence that says what is wrong with it. */
type Move = (turn: PersonTurn, written: WrittenMovement) => Promise<Reply>;

/** Every movement by its word; `example` is how it is typed. */
export const MOVES: Record<MoveWord, { example: string; mayBeZero: boolean; move: Move }> = {
  入库: { example: '入库 藿香正气水 200盒 批号A1 有效期2027-05-31 到政治处', mayBeZero: false, move: receive },
  退库: { example: '退库 藿香正气水 5盒 多领退回', mayBeZero: false, move: putBack },
  盘点: { example: '盘点 藿香正气水 195盒', mayBeZero: true, move: count },
  报损: { example: '报损 藿香正气水 3盒 包装破损', mayBeZero: false, move: writeOff },
  调拨: { example: '调拨 藿香正气水 20盒 从政治处到一大队', mayBeZero: false, move: transfer },
};
/** 入库: what came in, as a batch of its own where a batch number or a last day is said. */
async function receive(turn: PersonTurn, written: WrittenMovement): Promise<Reply> {
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
async function putBack(turn: PersonTurn, written: WrittenMovement): Promise<Reply> {
  const { point, item } = await readKnown(turn, written);
  return move(turn, point, item, written, (levels) => {
    const last = levels.at(-1);
    if (!last) throw new AppError('a return to nowhere', '这个领取点还没有这种物资，请用“入库”登记。');
    const { pointId, batchId, itemId } = last;
    return [{ kind: 'returned', pointId, batchId, itemId, onHand: written.item.quantity }];
  });
}

/** 报损: broken, expired or lost. */
async function writeOff(turn: PersonTurn, written: WrittenMovement): Promise<Reply> {
  const { point, item } = await readKnown(turn, written);
  if (!written.reason)
    throw new AppError('a loss without a reason', '请在后面写上原因，例如：报损 藿香正气水 3盒 包装破损');
  return move(turn, point, item, written, (levels) => removeStock(levels, 'written-off', written.item.quantity));
}

/** 盘点: what was counted is what there is; the difference is an entry. */
async function count(turn: PersonTurn, written: WrittenMovement): Promise<Reply> {
  const { point, item } = await readKnown(turn, written);
  return move(turn, point, item, written, (levels) => countStock(levels, written.item.quantity));
}

/** 调拨: from one point to another; whoever keeps the first may send. */
async function transfer(turn: PersonTurn, written: WrittenMovement): Promise<Reply> {
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

async function readKnown(turn: PersonTurn, written: WrittenMovement) {
  return { point: await choosePoint(turn, written.points[0]), item: await readItemOf(turn, written) };
}

/** The item that is meant. Throws the sentence for an unknown one, or for another unit than it is counted in. */
export async function readItemOf(turn: PersonTurn, written: WrittenMovement): Promise<queries.Item> {
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
