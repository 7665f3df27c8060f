/** From 今天 and from other cards: a card sent anew to whoever asks; each card decides for itself what its reader may see. */
import { type PressTurn, type Reply, sendCard } from '../../feature.ts';
import { findCandidate } from './candidate-queries.ts';
import { idOf } from './card-ref.ts';
import { findRound } from './round-queries.ts';

/** 去办理 on 今天. */
export async function openCard(turn: PressTurn, { card, ref }: { card: string; ref: string }): Promise<Reply> {
  if (card === 'question' && !(await isWaiting(turn, ref))) return { toast: '这个问题已经答复或已过时，不用再办。' };
  await sendCard(turn, card, ref);
  return { toast: '卡片已发给您。' };
}

/** 查看事迹: the deeds of all candidates or stars, a page at a time, to the person alone. */
export async function openStatements(turn: PressTurn, { page }: { page: number }): Promise<Reply> {
  const ref = `${idOf(turn.pressed.ref)}:${page}`;
  return openCard(turn, { card: 'statements', ref });
}

async function isWaiting(turn: PressTurn, id: string): Promise<boolean> {
  const question = await turn.db.models.starQuestion.findUnique({ where: { id } });
  const candidate = question && (await findCandidate(turn.db, question.candidacyId));
  const round = candidate && (await findRound(turn.db, candidate.roundId));
  return question?.answer === null && round?.state === 'checking';
}
