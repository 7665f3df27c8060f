/** The leader's decision: on checked deeds, with the opinion and the advice before him; what departs from them is explained. */
import type { PressTurn, Reply } from '../../feature.ts';
import { enterRound } from './actors.ts';
import { findPassed, updateCandidate } from './candidate-queries.ts';
import { refuseLong } from './refuse-long.ts';
import { findPosts, updateRound } from './round-queries.ts';
import { type ReasonNeeded, reasonsNeeded } from './rules.ts';
import { Chosen, choiceField, ReasonForm } from './schema.ts';
import { beginStep } from './steps.ts';
import { findResult } from './vote.ts';

const WHY: Record<ReasonNeeded, string> = {
  override: '选了参考票较少的人',
  tie: '参考票相同',
  concern: '选了纪检有意见的人',
};

/** 确认人选: the stars go under public notice. A post may stay empty; all of them may not. */
export async function decideRound(turn: PressTurn): Promise<Reply> {
  const { round, to } = await enterRound(turn, turn.pressed.ref, 'decide', 'leader');
  const refuse = (toast: string): Reply => ({ toast, kind: 'warning', keepForm: true });
  const { reason } = ReasonForm.parse(turn.form);
  const tooLong = refuseLong('理由', reason);
  if (tooLong) return tooLong;
  const candidates = await findPassed(turn.db, round.id);
  const votes = await findResult(turn.db, round);
  const needed = new Set<ReasonNeeded>();
  const chosen: string[] = [];
  for (const post of await findPosts(turn.db, round.id)) {
    const names = [...new Set(Chosen.parse(turn.form[choiceField(post.sort)]))];
    const own = candidates.filter(({ postId }) => postId === post.id);
    if (names.length > post.seats) return refuse(`“${post.name}”名额是${post.seats}位，请减少后再提交。`);
    if (names.some((name) => !own.some(({ id }) => id === name)))
      return { toast: '候选人有变化，请按新的名单重新选择。', kind: 'warning' };
    const contenders = own.map(({ id, postId, opinion }) => ({ id, postId, opinion, votes: votes.get(id) ?? null }));
    if (names.length > 0) for (const one of reasonsNeeded(contenders, names)) needed.add(one);
    chosen.push(...names);
  }
  if (chosen.length === 0) return refuse('请至少选一位。如果本月空缺，请由组织者取消本轮并写明原因。');
  if (needed.size > 0 && reason === '')
    return refuse(`请写明理由再确认：${[...needed].map((one) => WHY[one]).join('、')}。理由会留存。`);
  for (const id of chosen) await updateCandidate(turn.db, id, { isChosen: true });
  await updateRound(turn.db, round.id, { decisionReason: reason || null });
  await beginStep(turn, round, to, turn.who.id);
  return { toast: `已确认${chosen.length}位，开始公示${round.noticeDays}个工作日。`, kind: 'success' };
}
