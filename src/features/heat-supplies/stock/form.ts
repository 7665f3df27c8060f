/** 登记出入库: a form for one movement of stock, for whoever does not remember how it is typed. */

import { randomUUID } from 'node:crypto';
import { Outdated } from '../../../basics/errors.ts';
import { FormRefusal } from '../../../cards/form.ts';
import { card, type PersonTurn, type PressTurn, type Reply } from '../../../feature.ts';
import { Id } from '../../../sight.ts';
import type { Reader } from '../../../storage/database.ts';
import { ASK_GOODS, stockForm } from '../forms.ts';
import { readItem } from './item-text.ts';
import { MOVES } from './moves.ts';
import { describePoint, findPoints } from './points.ts';
import { findItem } from './queries.ts';

/** What a sentence says of one movement, and what of it was not used. */
export type StockSaid = { holds: Record<string, string>; unused: string[] };

/** A new form for this point, sent to whoever asks. */
export async function openStockForm(turn: PressTurn, { point }: { point: string }): Promise<Reply> {
  if (!turn.may('supplies.keep', { pointId: point })) throw new Outdated('您不是这个领取点的保管员，没有记账。');
  await giveStockForm(turn, point, null);
  return { toast: '请在新卡片上填写。' };
}

/** A form with what a sentence said; nothing is booked before it is submitted. */
export async function giveStockForm(turn: PersonTurn, point: string, said: StockSaid | null): Promise<void> {
  const id = randomUUID();
  await turn.db.sql`
    INSERT INTO stock_form (id, "pointId", "openedAt", said) VALUES (${id}::uuid, ${point}::uuid, ${turn.now}, ${said && JSON.stringify(said)}::jsonb)`;
  const to = { person: turn.who.id };
  await turn.deliver({ key: `stock-form:${id}`, to, card: 'stock-form', ref: id, push: 'answer' });
}

/** The filled-in form, booked as if it had been typed. The form is taken first, so that a second press books nothing. */
export async function submitStockForm(turn: PressTurn): Promise<Reply> {
  const id = turn.pressed.ref;
  const [taken] = await turn.db.sql<{ pointId: string }>`
    UPDATE stock_form SET "bookedAt" = ${turn.now} WHERE id = ${id}::uuid AND "bookedAt" IS NULL RETURNING "pointId"`;
  if (!taken) throw new Outdated('这张表已经登记过，没有重复记账。');
  const { kind, item, quantity, target, reason = '', ...rest } = stockForm.read(turn.form);
  const points = await findPoints(turn.db);
  const nameOf = (pointId: string | undefined) => points.find((point) => point.id === pointId)?.name;
  const unit = /^\d+$/.test(quantity) ? (await findItem(turn.db, item))?.unit : '';
  const written = readItem(`${item} ${quantity}${unit ?? ''}`);
  if (!written) throw new FormRefusal(ASK_GOODS);
  if (written.quantity === 0 && !MOVES[kind].mayBeZero) throw new FormRefusal('数量要大于0。');
  if (kind === '报损' && !reason) throw new FormRefusal('报损请写上原因，例如：包装破损。');
  if (kind === '调拨' && (!target || target === taken.pointId)) throw new FormRefusal('调拨请选择调到哪个领取点。');
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
export const stockFormCard = card({
  ref: Id,
  action: 'supplies.keep',
  matter: async (db, id) => {
    const form = await findForm(db, id);
    return form && { scope: { pointId: form.pointId } };
  },
  form: stockForm,
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
      holds: form.said?.holds ?? { kind: '入库' },
      unused: (form.said?.unused ?? []).map((one) => `“${one}”`).join('、'),
      options: {
        target: points.filter((one) => one.id !== point.id).map((one) => ({ value: one.id, text: one.name })),
      },
    };
  },
});

async function findForm(db: Reader, id: string) {
  const [form] = await db.sql<{ pointId: string; bookedAt: Date | null; answer: string; said: StockSaid | null }>`
    SELECT "pointId", "bookedAt", answer, said FROM stock_form WHERE id = ${id}::uuid`;
  return form;
}
