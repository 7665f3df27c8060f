/** The opinion of the discipline officer on each candidate; after the last one the round goes on by itself. */
import { AppError, Outdated } from '../../../basics/errors.ts';
import { type PressTurn, type Reply, refuse } from '../../../feature.ts';
import { allow, refreshLists, reviewersOf } from '../actors.ts';
import { idOf } from '../card-ref.ts';
import { candidateForm } from '../forms.ts';
import { findOfficeHolders, holdRound } from '../round/queries.ts';
import { beginStep } from '../round/steps.ts';
import { findCandidate, findPassed, updateCandidate } from './queries.ts';

/** 无异议 and 有意见; a concern needs its words. Until the step is over, an opinion may be given anew. */
export async function giveOpinion(turn: PressTurn, { opinion }: { opinion: 'clear' | 'concern' }): Promise<Reply> {
  const candidate = await findCandidate(turn.db, idOf(turn.pressed.ref));
  const round = candidate && (await holdRound(turn.db, candidate.roundId, 'moving'));
  if (!candidate || !round) throw new Outdated('这位候选人已经不在了。');
  const holders = await findOfficeHolders(turn.db, turn.now);
  if (!reviewersOf(holders, candidate).includes(turn.who.id))
    throw new AppError('not a reviewer', '这位候选人由其所在支部的纪检委员提出意见，没有改动任何内容。');
  allow(round, 'review', 'reviewer');
  if (candidate.state !== 'passed' || !candidate.isActive) throw new Outdated('这位候选人已经退出，不用再提意见。');
  const { opinion: text } = candidateForm.pick('opinion').read(turn.form);
  if (opinion === 'concern' && !text) return refuse('请写明意见的内容，再按“有意见”。');
  await updateCandidate(turn.db, candidate.id, { opinion, opinionText: text ?? null, opinionById: turn.who.id });
  await turn.refresh({ card: 'candidate', ref: `${candidate.id}:0` });
  await refreshLists(turn, round.id);
  const open = (await findPassed(turn.db, round.id)).filter((one) => !one.opinion);
  if (open.length > 0) return { toast: `已记录。还有${open.length}位候选人等待纪检意见。`, kind: 'success' };
  await beginStep(turn, round, allow(round, 'finish-review', 'reviewer'), turn.who.id);
  return { toast: '已记录，纪检意见已齐，进入下一步。', kind: 'success' };
}
