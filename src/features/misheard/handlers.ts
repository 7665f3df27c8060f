/** What happens on the list of what was not understood. */
import type { PersonTurn, PressTurn, Reply } from '../../feature.ts';
import { markDone } from '../../misheard/told-texts.ts';
import { PagedRef, turnPage } from '../../pager.ts';

/** 没听懂. */
export async function showList(turn: PersonTurn): Promise<undefined> {
  const key = turn.eventId;
  const ref = PagedRef.write({ page: 0, key });
  await turn.deliver({ key: `list:${key}`, to: { person: turn.who.id }, card: 'list', ref, push: 'answer' });
}

/** Another page, on the same card. */
export async function turnListPage(turn: PressTurn, { page }: { page: number }): Promise<Reply> {
  const { key } = PagedRef.parse(turn.pressed.ref);
  return turnPage(turn, `list:${key}`, 'list', PagedRef.write({ page, key }), page);
}

/** 已处理 beside a text. */
export async function dealWith(turn: PressTurn, { text }: { text: string }): Promise<Reply> {
  const isFirst = await markDone(turn.db, text, turn.now);
  return isFirst ? { toast: '已记为处理过。', kind: 'success' } : { toast: '这句话已经处理过，或已到期删除。' };
}
