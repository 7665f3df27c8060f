/** The leader's card: every candidate with opinion and advice, and the choice for each post. */
import { formatDeadline } from '../../../calendar/format.ts';
import { type CardVariables, CLOSED, card } from '../../../feature.ts';
import { Id } from '../../../sight.ts';
import { isActor } from '../actors.ts';
import { warnOfPrivateMarks } from '../checking/private-marks.ts';
import { type Candidate, findPassed } from '../checking/queries.ts';
import { cutText, excerptLength, excerptOf } from '../checking/statement.ts';
import { type BallotPost, decisionForm } from '../forms.ts';
import { findPosts, findRound, type Round } from '../round/queries.ts';
import { optionsOf } from './cards.ts';
import { findResult, findTurnout } from './vote.ts';

const OPINIONS: Record<string, string> = { clear: '纪检无异议', concern: '纪检有意见' };

/** The decision of a round, for a leader who is no candidate in it. */
export const decision = card({
  ref: Id,
  action: 'self',
  templates: ['decided'],
  form: ({ posts }) => decisionForm(posts as BallotPost[]),
  load: async (db, id, viewer) => {
    const round = await findRound(db, id);
    if (!round) return undefined;
    if (!(await isActor(db, round, viewer.who, 'leader'))) return CLOSED;
    const passed = await findPassed(db, id);
    if (round.state !== 'deciding') return viewer.isSent ? describeDecided(round, passed) : undefined;
    const votes = await findResult(db, round);
    const turnout = await findTurnout(db, id);
    const excerpt = excerptLength(passed.length, 2);
    const describe = (some: Candidate[]) =>
      some.map((one) => describeCandidate(one, votes.get(one.id), excerpt)).join('\n\n');
    const posts = (await findPosts(db, id)).filter((post) => passed.some(({ postId }) => postId === post.id));
    return {
      title: round.title,
      due: formatDeadline(round.decideUntil, viewer),
      advice: !round.voteUntil
        ? '本轮没有进行参考投票'
        : `参考投票 ${turnout.voted}人（共${turnout.all}人），只供参考；可能不足5人投票的岗位不显示票数`,
      posts: posts.map((post) => ({ ...post, about: describe(passed.filter(({ postId }) => postId === post.id)) })),
      holds: {},
      options: optionsOf(posts, passed),
      warning: passed
        .map(({ name, statement }) => {
          const warning = warnOfPrivateMarks(statement ?? '');
          return warning && `${name}：${warning}`;
        })
        .filter(Boolean)
        .join('\n'),
    };
  },
});

/** What became of it; nothing to show for a round that never came to a decision. */
function describeDecided(round: Round, passed: Candidate[]): CardVariables | undefined {
  const isCancelled = round.state === 'cancelled';
  if (!isCancelled && round.state !== 'noticing' && round.state !== 'published') return undefined;
  const chosen = passed.filter(({ isChosen }) => isChosen).map(({ name, post }) => `${name}（${post}）`);
  // Cancelled before the decision, or after everybody who was chosen had been taken back.
  const nobody = isCancelled ? '本轮已取消，没有入选的同志' : '入选的同志都已退出';
  return {
    template: 'decided',
    title: round.title,
    line: chosen.length > 0 ? `人选：${chosen.join('、')}` : nobody,
    reason: round.decisionReason ?? '',
    state: isCancelled ? { is: 'over', word: '已取消' } : { is: 'done', word: '已确认' },
  };
}

/** Opinion, advice where it may be shown, and the beginning of the deeds. */
function describeCandidate(one: Candidate, votes: number | undefined, excerpt: number): string {
  const facts = [one.name, OPINIONS[one.opinion ?? ''], votes !== undefined && `参考票 ${votes}`];
  const concern = one.opinion === 'concern' && `意见：${cutText(one.opinionText ?? '', excerpt)}`;
  const deeds = excerptOf(one, excerpt);
  return [facts.filter(Boolean).join(' · '), concern, deeds].filter((line) => line !== false).join('\n');
}
