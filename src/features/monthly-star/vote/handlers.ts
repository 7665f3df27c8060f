/** What happens to a ballot. Nothing here may say, log or deliver what was chosen; see `vote.ts`. */
import { formatInstant } from '../../../calendar/format.ts';
import { type PressTurn, type Reply, refuse } from '../../../feature.ts';
import { findPassed } from '../checking/queries.ts';
import { ballotForm, choiceField } from '../forms.ts';
import { findPosts, findRound } from '../round/queries.ts';
import { castBallot } from './vote.ts';

/** 投票: one ballot a person, with at most as many names a post as it has stars; a post may be left open. */
export async function castVote(turn: PressTurn): Promise<Reply> {
  const id = turn.pressed.ref;
  const round = await findRound(turn.db, id);
  if (!round) return { toast: '这次投票已经不在了。', kind: 'warning' };
  const candidates = await findPassed(turn.db, id);
  const chosen: string[] = [];
  const posts = await findPosts(turn.db, id);
  const ballot = ballotForm(posts).read(turn.form);
  for (const post of posts) {
    const names = ballot[choiceField(post)] ?? [];
    const known = names.filter((name) => candidates.some((one) => one.id === name && one.postId === post.id));
    if (known.length < names.length) return { toast: '候选人有变化，请按新的名单重新选择。', kind: 'warning' };
    chosen.push(...names);
  }
  if (chosen.length === 0) return refuse('请至少选一位，再提交。不想投票可以不交。');
  const casting = await castBallot(turn.db, id, turn.who.id, chosen, turn.now);
  if (casting === 'closed' && round.state === 'cancelled')
    return { toast: '本轮已取消，投票不再进行，这一票没有计入。', kind: 'warning' };
  if (casting === 'closed')
    return {
      toast: `投票已经截止${round.voteUntil ? `（${formatInstant(round.voteUntil, turn)}）` : ''}，这一票没有计入。`,
      kind: 'warning',
    };
  if (casting === 'not-entitled') return { toast: '您不在这次投票的范围内，没有计入。', kind: 'warning' };
  if (casting === 'given-before') return { toast: '您已经投过票，每人一票，不能再改。', kind: 'warning' };
  // Only the organiser's card counts along: a card for everybody is not rendered anew for each vote.
  if (round.openedById) await turn.refresh({ card: 'round', ref: id, person: round.openedById });
  return { toast: '已收到您的投票，谢谢。', kind: 'success' };
}
