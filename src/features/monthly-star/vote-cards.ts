/** A voter's card: the ballot in an order of its own, then only that it was given. It never shows what was chosen, nor any result. */
import { formatDeadline } from '../../calendar/format.ts';
import type { Card } from '../../feature.ts';
import { type Candidate, findPassed } from './candidate-queries.ts';
import { idOf, pageOf } from './card-ref.ts';
import { findPosts, findRound, type StarPost } from './round-queries.ts';
import { choiceField } from './schema.ts';
import { shuffle } from './shuffle.ts';
import { excerptLength, excerptOf } from './statement.ts';
import { findTurnout, findVoter } from './vote.ts';

/** Whole statements that fit on one card. */
const STATEMENTS_PER_PAGE = 6;

/** What is left of the card when there is nothing to press any more. */
const GIVEN = { state: { is: 'done', word: '已投票' }, line: '已收到您的投票' };
const CLOSED = { state: { is: 'over', word: '已截止' }, line: '投票已经截止' };
const CANCELLED = { state: { is: 'over', word: '已取消' }, line: '本轮已取消，投票不再进行' };

/** One voter's card of a round. What was voted or closed before it was sent is not sent any more. */
export const vote: Card = {
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
      return { template: 'vote-done', ...common, isOpen, ...(voter.hasVoted ? GIVEN : CLOSED) };
    const candidates = shuffle(await findPassed(db, id), `${round.orderSeed}/${viewer.person ?? ''}`);
    const posts = (await findPosts(db, id))
      .map((post) => ballotOf(post, candidates))
      .filter(({ options }) => options.length > 0);
    return { ...common, posts };
  },
};

/** The deeds of candidates or stars in full, some to a page: `ref` is the round and the page. For everybody of the round. */
export const statements: Card = {
  load: async (db, ref, viewer) => {
    const id = idOf(ref);
    const round = await findRound(db, id);
    if (!round || !(['voting', 'deciding', 'noticing', 'published'] as string[]).includes(round.state))
      return undefined;
    const isSecret = round.state === 'voting' || round.state === 'deciding';
    const passed = (await findPassed(db, id)).filter(({ isChosen }) => isSecret || isChosen);
    const all = isSecret ? shuffle(passed, `${round.orderSeed}/${viewer.person ?? ''}`) : passed;
    const page = pageOf(ref);
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
};

function ballotOf(post: StarPost, candidates: Candidate[]) {
  const excerpt = excerptLength(candidates.length, 1);
  const own = candidates.filter(({ postId }) => postId === post.id);
  return {
    field: choiceField(post.sort),
    label: `${post.name}（最多选${post.seats}位）`,
    isSingle: post.seats === 1,
    options: own.map((one) => ({ value: one.id, text: nameOf(one) })),
    about: own.map((one) => `${nameOf(one)}\n${excerptOf(one, excerpt)}`).join('\n\n'),
  };
}

function nameOf({ name, unit }: Candidate): string {
  return [name, unit].filter(Boolean).join(' · ');
}
