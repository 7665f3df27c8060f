/** A voter's card: the ballot in an order of its own, then only that it was given. It never shows what was chosen, nor any result. */

import { shuffle } from '../../../basics/shuffle.ts';
import { formatDeadline } from '../../../calendar/format.ts';
import type { Option } from '../../../cards/fields.ts';
import { CLOSED, card } from '../../../feature.ts';
import { Id } from '../../../sight.ts';
import { isConcerned } from '../actors.ts';
import { PagedRef } from '../card-ref.ts';
import { type Candidate, findPassed } from '../checking/queries.ts';
import { excerptLength, excerptOf } from '../checking/statement.ts';
import { type BallotPost, ballotForm, choiceField } from '../forms.ts';
import { findPosts, findRound, type StarPost } from '../round/queries.ts';
import { findTurnout, findVoter } from './vote.ts';

/** Whole statements that fit on one card. */
const STATEMENTS_PER_PAGE = 6;

/** What is left of the card when there is nothing to press any more. */
const GIVEN = { state: { is: 'done', word: '已投票' }, line: '已收到您的投票' };
const ENDED = { state: { is: 'over', word: '已截止' }, line: '投票已经截止' };
const CANCELLED = { state: { is: 'over', word: '已取消' }, line: '本轮已取消，投票不再进行' };

/** One voter's card of a round. What was voted or closed before it was sent is not sent any more. */
export const vote = card({
  ref: Id,
  action: 'self',
  form: ({ posts }) => ballotForm(posts as BallotPost[]),
  load: async (db, id, viewer) => {
    const round = await findRound(db, id);
    const voter = round && (await findVoter(db, id, viewer.person ?? ''));
    if (!round?.voteUntil || !voter) return undefined;
    const isOpen = round.state === 'voting' && round.voteUntil > viewer.now;
    if (!viewer.isSent && (!isOpen || voter.hasVoted)) return undefined;
    const turnout = await findTurnout(db, id);
    const common = {
      title: round.title,
      turnout: `已投票 ${turnout.voted}人（共${turnout.all}人）`,
      due: formatDeadline(round.voteUntil, viewer),
    };
    // Its end has not come, and does not matter any more.
    if (round.state === 'cancelled') return { template: 'vote-done', ...common, due: '', isOpen, ...CANCELLED };
    if (voter.hasVoted || !isOpen)
      return { template: 'vote-done', ...common, isOpen, ...(voter.hasVoted ? GIVEN : ENDED) };
    const candidates = shuffle(await findPassed(db, id), `${round.orderSeed}/${viewer.person ?? ''}`, ({ id }) => id);
    const own = (post: StarPost) => candidates.filter(({ postId }) => postId === post.id);
    const posts = (await findPosts(db, id)).filter((post) => own(post).length > 0);
    const excerpt = excerptLength(candidates.length, 1);
    const introduce = (one: Candidate) => `${nameOf(one)}\n${excerptOf(one, excerpt)}`;
    return {
      ...common,
      posts: posts.map((post) => ({ ...post, about: own(post).map(introduce).join('\n\n') })),
      holds: {},
      options: optionsOf(posts, candidates),
    };
  },
});

/** The deeds of candidates or stars in full, some to a page: `ref` is the round and the page. For everybody of the round. */
export const statements = card({
  ref: PagedRef,
  action: 'self',
  load: async (db, { id, page }, viewer) => {
    const round = await findRound(db, id);
    if (!round || !(['voting', 'deciding', 'noticing', 'published'] as string[]).includes(round.state))
      return undefined;
    if (!(await isConcerned(db, round, viewer.who))) return CLOSED;
    const isSecret = round.state === 'voting' || round.state === 'deciding';
    const passed = (await findPassed(db, id)).filter(({ isChosen }) => isSecret || isChosen);
    const all = isSecret ? shuffle(passed, `${round.orderSeed}/${viewer.person ?? ''}`, ({ id }) => id) : passed;
    const shown = all.slice(page * STATEMENTS_PER_PAGE, (page + 1) * STATEMENTS_PER_PAGE);
    if (shown.length === 0) return undefined;
    return {
      title: round.title,
      count: all.length,
      items: shown.map((one) => ({ title: `${nameOf(one)}（${one.post}）`, text: one.statement ?? '' })),
      round: id,
      next: (page + 1) * STATEMENTS_PER_PAGE < all.length ? page + 1 : 0,
    };
  },
});

/** The candidates of each post, as its field offers them. */
export function optionsOf(posts: StarPost[], candidates: Candidate[]): Record<string, Option[]> {
  const offered = (post: StarPost) => candidates.filter(({ postId }) => postId === post.id);
  const asOption = (one: Candidate) => ({ value: one.id, text: nameOf(one) });
  return Object.fromEntries(posts.map((post) => [choiceField(post), offered(post).map(asOption)]));
}

function nameOf({ name, unit }: Candidate): string {
  return [name, unit].filter(Boolean).join(' · ');
}
