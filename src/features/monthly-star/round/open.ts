/** From 今天 and from other cards: a card sent anew to whoever asks; each card decides for itself what its reader may see. */
import { CLOSED, type PressTurn, type Reply, sendCard } from '../../../feature.ts';
import { idOf } from '../card-ref.ts';
import { candidate, candidates, question } from '../checking/cards.ts';
import { objection } from '../notice/cards.ts';
import { statements, vote } from '../vote/cards.ts';
import { decision } from '../vote/decision-cards.ts';
import { round } from './cards.ts';

const CARDS = { round, candidates, candidate, vote, statements, decision, question, objection };

/** 去办理 on 今天, and what else opens a card: refused where that card would show this person nothing. */
export async function openCard(
  turn: PressTurn,
  { card, ref }: { card: keyof typeof CARDS; ref: string },
): Promise<Reply> {
  const { who, now, calendar, policy, settings } = turn;
  const viewer = {
    person: who.id,
    who,
    now,
    calendar,
    policy,
    settings,
    isSent: false,
    isUnasked: false,
    isRetired: false,
  };
  const shown = await CARDS[card].load(turn.db, ref, viewer);
  if (!shown || shown === CLOSED)
    return { toast: '这件事现在没有需要您看的内容。发送“每月一星”可以看到进展。', kind: 'warning' };
  await sendCard(turn, card, ref);
  return { toast: '卡片已发给您。' };
}

/** 查看事迹: the deeds of all candidates or stars, a page at a time, to the person alone. */
export async function openStatements(turn: PressTurn, { page }: { page: number }): Promise<Reply> {
  return openCard(turn, { card: 'statements', ref: `${idOf(turn.pressed.ref)}:${page}` });
}
