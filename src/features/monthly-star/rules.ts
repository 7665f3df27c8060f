/** The round of 每月一星 as one table: states × actions × roles. What does not stand in it is refused. */

/** Where a round is, in this order; a cancelled one may have come from any state before `published`. */
export const STATES = [
  ...(['draft', 'nominating', 'checking', 'reviewing', 'voting', 'deciding', 'noticing'] as const),
  ...(['published', 'cancelled'] as const),
] as const;
export type State = (typeof STATES)[number];

/** As whom somebody acts; `clock` is the timetable, `member` is everybody whom the round is for. */
export const ACTORS = ['organiser', 'reviewer', 'leader', 'member', 'clock'] as const;
export type Actor = (typeof ACTORS)[number];

export const ACTIONS = [
  ...(['plan', 'confirm', 'reschedule', 'cancel'] as const),
  ...([
    'nominate',
    'close-nomination',
    'check',
    'answer-question',
    'finish-checking',
    'review',
    'finish-review',
  ] as const),
  ...(['vote', 'close-vote', 'decide', 'object', 'answer-objection', 'publish', 'end-without-star'] as const),
] as const;
export type RoundAction = (typeof ACTIONS)[number];

/** Who may do it, and where: `stay`, or the state it leads to (with and without an advisory vote, where that matters). */
type Rule = { by: Actor[]; from: Partial<Record<State, State | 'stay' | { withVote: State; without: State }>> };

export const MACHINE: Record<RoundAction, Rule> = {
  plan: { by: ['organiser'], from: { draft: 'stay' } },
  confirm: { by: ['organiser'], from: { draft: 'nominating' } },
  reschedule: {
    by: ['organiser'],
    from: { nominating: 'stay', checking: 'stay', reviewing: 'stay', voting: 'stay', deciding: 'stay' },
  },
  cancel: {
    by: ['organiser'],
    from: {
      ...{ draft: 'cancelled', nominating: 'cancelled', checking: 'cancelled', reviewing: 'cancelled' },
      ...{ voting: 'cancelled', deciding: 'cancelled', noticing: 'cancelled' },
    },
  },
  nominate: { by: ['member'], from: { nominating: 'stay' } },
  'close-nomination': { by: ['organiser', 'clock'], from: { nominating: 'checking' } },
  check: { by: ['organiser'], from: { checking: 'stay' } },
  'answer-question': { by: ['member'], from: { checking: 'stay' } },
  'finish-checking': { by: ['organiser'], from: { checking: 'reviewing' } },
  review: { by: ['reviewer'], from: { reviewing: 'stay' } },
  'finish-review': { by: ['reviewer', 'clock'], from: { reviewing: { withVote: 'voting', without: 'deciding' } } },
  vote: { by: ['member'], from: { voting: 'stay' } },
  'close-vote': { by: ['clock'], from: { voting: 'deciding' } },
  decide: { by: ['leader'], from: { deciding: 'noticing' } },
  object: { by: ['member'], from: { noticing: 'stay' } },
  'answer-objection': { by: ['reviewer'], from: { noticing: 'stay' } },
  publish: { by: ['organiser', 'clock'], from: { noticing: 'published' } },
  'end-without-star': { by: ['organiser', 'reviewer', 'clock'], from: { noticing: 'cancelled' } },
};

/** The state after an action, or undefined when this actor may not do it here. */
export function nextState(state: State, action: RoundAction, actor: Actor, hasVote: boolean): State | undefined {
  const rule = MACHINE[action];
  const to = rule.by.includes(actor) ? rule.from[state] : undefined;
  if (to === undefined || to === 'stay') return to && state;
  if (typeof to === 'string') return to;
  return hasVote ? to.withVote : to.without;
}

/** A candidate as a decision sees one. `votes` is null where no vote was held or too few voted. */
export type Contender = { id: string; postId: string; votes: number | null; opinion: string | null };

/** The leader may follow the advice without a word; everything else is explained. */
export type ReasonNeeded = 'override' | 'tie' | 'concern';

/**
 * Why a choice for one post needs a reason: somebody with fewer votes was preferred, votes are equal at the edge, or the discipline
 * officer had a concern about somebody chosen. Empty: none.
 */
export function reasonsNeeded(contenders: Contender[], chosen: string[]): ReasonNeeded[] {
  const picked = contenders.filter(({ id }) => chosen.includes(id));
  const passedOver = contenders.filter(({ id }) => !chosen.includes(id));
  const compare = (is: (taken: number, left: number) => boolean) =>
    picked.some((one) => passedOver.some((other) => isCounted(one) && isCounted(other) && is(one.votes, other.votes)));
  return [
    ...(compare((taken, left) => taken < left) ? (['override'] as const) : []),
    ...(compare((taken, left) => taken === left) ? (['tie'] as const) : []),
    ...(picked.some(({ opinion }) => opinion === 'concern') ? (['concern'] as const) : []),
  ];
}

function isCounted<T extends { votes: number | null }>(one: T): one is T & { votes: number } {
  return one.votes !== null;
}
