/** 学习台账: the counts of a year, and the rows behind each of them. */

import { AppError } from '../../../basics/errors.ts';
import { type PersonTurn, type PressTurn, type Reply, sendCard } from '../../../feature.ts';
import { turnPage } from '../../../pager.ts';
import { findOwnHolders, requireHolder } from '../branches.ts';
import { CENTRE_GROUP, type Holder } from '../kinds.ts';
import { HolderRef, LedgerRef, RowsRef } from '../schema.ts';

/** 学习台账, or 学习台账 2025年: what the person may see; a secretary's own branch at once. */
export async function showLedger(turn: PersonTurn, { text: rest }: { text: string }): Promise<undefined> {
  const today = turn.calendar.dayOf(turn.saidAt);
  const year = Number(/20\d\d/.exec(rest)?.[0] ?? today.slice(0, 4)) - (/去年|上年/.test(rest) ? 1 : 0);
  const own = await findOwnHolders(turn.db, turn.who, 'sessions.watch');
  const [only] = own;
  if (!only) throw new AppError('no branch to look at', '您名下没有可以查看的支部，请联系政治处核对您的角色。');
  if (own.length === 1) return deliverHolder(turn, only.id, year);
  const key = `ledger:${turn.eventId}`;
  await turn.deliver({
    key,
    to: { person: turn.who.id },
    card: 'ledger',
    ref: LedgerRef.write({ year, page: 0, key: turn.eventId }),
    push: 'answer',
  });
}

/** 查看 beside a holder: its year, by kind. */
export async function openHolder(turn: PressTurn, { holder, year }: { holder: Holder; year: number }): Promise<Reply> {
  await requireHolder(turn, 'sessions.watch', holder);
  await deliverHolder(turn, holder, year);
  return { toast: '明细已发给您。' };
}

/** 查看 beside a kind, or 全部记录: the rows. */
export async function openRows(turn: PressTurn, value: { holder: Holder; year: number; kind: string }): Promise<Reply> {
  await requireHolder(turn, 'sessions.watch', value.holder);
  const ref = RowsRef.write({ ...value, holder: value.holder ?? CENTRE_GROUP, page: 0, key: turn.eventId });
  await turn.deliver({ key: `rows:${turn.eventId}`, to: { person: turn.who.id }, card: 'rows', ref, push: 'answer' });
  return { toast: '记录已发给您。' };
}

/** Another page of the rows, on the same card. */
export async function turnRowsPage(turn: PressTurn, { page }: { page: number }): Promise<Reply> {
  const { year, holder, kind, key } = RowsRef.parse(turn.pressed.ref);
  const ref = RowsRef.write({ year, holder: holder ?? CENTRE_GROUP, kind, page, key });
  return turnPage(turn, `rows:${key}`, 'rows', ref, page);
}

/** Another page of the ledger, on the same card. */
export async function turnLedgerPage(turn: PressTurn, { page }: { page: number }): Promise<Reply> {
  const { year, key } = LedgerRef.parse(turn.pressed.ref);
  return turnPage(turn, `ledger:${key}`, 'ledger', LedgerRef.write({ year, page, key }), page);
}

async function deliverHolder(turn: PersonTurn, holder: Holder, year: number): Promise<undefined> {
  await sendCard(turn, 'holder', HolderRef.write({ year, holder: holder ?? CENTRE_GROUP }));
}
