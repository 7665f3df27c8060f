/** The leader's decision: on checked deeds, with the opinion and the advice before him; what departs from them is explained. */
import { form } from '../../../cards/form.ts';
import { type PressTurn, type Reply, refuse } from '../../../feature.ts';
import { enterRound } from '../actors.ts';
import { findPassed, updateCandidate } from '../checking/queries.ts';
import { ballotForm, choiceField, reasonFields } from '../forms.ts';
import { findPosts, updateRound } from '../round/queries.ts';
import { beginStep } from '../round/steps.ts';
import { type ReasonNeeded, reasonsNeeded } from '../rules.ts';
import { findResult } from './vote.ts';

const WHY: Record<ReasonNeeded, string> = {
  override: '选了参考票较少的人',
  tie: '参考票相同',
  concern: '选了纪检有意见的人',
};

/** 确认人选: the stars go under public notice. A post may stay empty; all of them may not. */
export async function decideRound(turn: PressTurn): Promise<Reply> {
  const { round, to } = await enterRound(turn, turn.pressed.ref, 'decide', 'leader');
  const { reason } = form(reasonFields).read(turn.form);
  const candidates = await findPassed(turn.db, round.id);
  const votes = await findResult(turn.db, round);
  const needed = new Set<ReasonNeeded>();
  const chosen: string[] = [];
  const posts = await findPosts(turn.db, round.id);
  const said = ballotForm(posts).read(turn.form);
  for (const post of posts) {
    const names = said[choiceField(post)] ?? [];
    const own = candidates.filter(({ postId }) => postId === post.id);
    if (names.some((name) => !own.some(({ id }) => id === name)))
      return { toast: '候选人有变化，请按新的名单重新选择。', kind: 'warning' };
    const contenders = own.map(({ id, postId, opinion }) => ({ id, postId, opinion, votes: votes.get(id) ?? null }));
    if (names.length > 0) for (const one of reasonsNeeded(contenders, names)) needed.add(one);
    chosen.push(...names);
  }
  if (chosen.length === 0) return refuse('请至少选一位。如果本月空缺，请由组织者取消本轮并写明原因。');
  if (needed.size > 0 && !reason)
    return refuse(`请写明理由再确认：${[...needed].map((one) => WHY[one]).join('、')}。理由会留存。`);
  for (const id of chosen) await updateCandidate(turn.db, id, { isChosen: true });
  await updateRound(turn.db, round.id, { decisionReason: reason ?? null });
  await beginStep(turn, round, to, turn.who.id);
  return { toast: `已确认${chosen.length}位，开始公示${round.noticeDays}个工作日。`, kind: 'success' };
}
