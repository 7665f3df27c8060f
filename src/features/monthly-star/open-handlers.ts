/** From 今天 and from other cards: a card sent anew to whoever asks; each card decides for itself what its reader may see. */
import { type PressTurn, type Reply, sendCard } from '../../feature.ts';
import { idOf } from './card-ref.ts';

/** 去办理 on 今天. */
export async function openCard(turn: PressTurn, { card, ref }: { card: string; ref: string }): Promise<Reply> {
  await sendCard(turn, card, ref);
  return { toast: '卡片已发给您。' };
}

/** 查看事迹: the deeds of all candidates or stars, a page at a time, to the person alone. */
export async function openStatements(turn: PressTurn, { page }: { page: number }): Promise<Reply> {
  const ref = `${idOf(turn.pressed.ref)}:${page}`;
  return openCard(turn, { card: 'statements', ref });
}
