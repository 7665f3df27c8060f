/** 登记出入库: a form for one movement of stock, for whoever does not remember how it is typed. */
import { randomUUID } from 'node:crypto';
import { AppError } from '../../errors.ts';
import type { Card, PersonTurn, PressTurn, Reply } from '../../feature.ts';
import type { Reader } from '../../storage/database.ts';
import { readItem } from './item-text.ts';
import { describePoint, findPoints } from './points.ts';
import { StockMovementForm } from './schema.ts';
import { Refusal } from './settle.ts';
import { MOVES } from './stock-moves.ts';
import { findItem } from './stock-queries.ts';
import { MOVE_WORDS, type MoveWord } from './stock-rules.ts';

/** A new form for this point, sent to whoever asks. */
export async function openStockForm(turn: PressTurn, { point }: { point: string }): Promise<Reply> {
  refuseForeignPoint(turn, point);
  const id = randomUUID();
  await turn.db
    .sql`INSERT INTO stock_form (id, "pointId", "openedAt") VALUES (${id}::uuid, ${point}::uuid, ${turn.now})`;
  const to = { person: turn.who.id };
  await turn.deliver({ key: `stock-form:${id}`, to, card: 'stock-form', ref: id, push: 'answer' });
  return { toast: '请在新卡片上填写。' };
}

/** The filled-in form, booked as if it had been typed. The form is taken first, so that a second press books nothing. */
export async function submitStockForm(turn: PressTurn): Promise<Reply> {
  const id = turn.pressed.ref;
  const [taken] = await turn.db.sql<{ pointId: string }>`
    UPDATE stock_form SET "bookedAt" = ${turn.now} WHERE id = ${id}::uuid AND "bookedAt" IS NULL RETURNING "pointId"`;
  if (!taken) throw new Refusal('这张表已经登记过，没有重复记账。');
  refuseForeignPoint(turn, taken.pointId);
  const { kind, item, quantity, target, reason, ...rest } = StockMovementForm.parse(turn.form);
  const points = await findPoints(turn.db);
  const nameOf = (pointId: string | undefined) => points.find((point) => point.id === pointId)?.name;
  const unit = /^\d+$/.test(quantity) ? (await findItem(turn.db, item))?.unit : '';
  const written = readItem(`${item} ${quantity}${unit ?? ''}`);
  if (!kind) throw new IncompleteForm('请先选择登记什么。');
  if (!written) throw new IncompleteForm('请写明物资名称、数量和单位，例如：藿香正气水，200盒。');
  if (written.quantity === 0 && !MOVES[kind].mayBeZero) throw new IncompleteForm('数量要大于0。');
  if (kind === '报损' && !reason) throw new IncompleteForm('报损请写上原因，例如：包装破损。');
  if (kind === '调拨' && (!target || target === taken.pointId)) throw new IncompleteForm('调拨请选择调到哪个领取点。');
  const { label, expiresOn, document } = rest;
  const reply = await MOVES[kind].move(turn, {
    item: written,
    reason,
    points: [nameOf(taken.pointId), kind === '调拨' ? nameOf(target) : undefined].filter((name) => name !== undefined),
    ...(label && { label }),
    ...(expiresOn && { expiresOn }),
    ...(document && { document }),
  });
  await turn.db.sql`UPDATE stock_form SET answer = ${reply.toast} WHERE id = ${id}::uuid`;
  return reply;
}

/** The form, and afterwards what was booked with it. */
export const stockForm: Card = {
  load: async (db, id) => {
    const form = await findForm(db, id);
    const points = await findPoints(db);
    const point = points.find((one) => one.id === form?.pointId);
    if (!form || !point) return undefined;
    return {
      point: describePoint(point),
      pointId: point.id,
      answer: form.answer,
      isOpen: form.bookedAt === null,
      kinds: MOVE_WORDS.map((word) => ({ value: word, text: KIND_TEXTS[word] })),
      targets: points.filter((one) => one.id !== point.id).map((one) => ({ value: one.id, text: one.name })),
    };
  },
};

const KIND_TEXTS: Record<MoveWord, string> = {
  入库: '入库（进货）',
  退库: '退库（有人退回）',
  盘点: '盘点（填实际数量）',
  报损: '报损（损坏、过期、丢失）',
  调拨: '调拨（调到别的领取点）',
};

async function findForm(db: Reader, id: string) {
  const [form] = await db.sql<{ pointId: string; bookedAt: Date | null; answer: string }>`
    SELECT "pointId", "bookedAt", answer FROM stock_form WHERE id = ${id}::uuid`;
  return form;
}

function refuseForeignPoint(turn: PersonTurn, pointId: string): void {
  if (!turn.may('supplies.keep', { pointId })) throw new Refusal('您不是这个领取点的保管员，没有记账。');
}

/** Something is missing or wrong; what was filled in stays, and the form is free again. */
class IncompleteForm extends AppError {
  constructor(tell: string) {
    super('a form of stock is incomplete', tell);
  }
}
