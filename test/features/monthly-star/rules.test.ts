/** The machine of a round: every state × action × role, and what a decision needs a reason for. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ACTIONS,
  ACTORS,
  type Actor,
  type Contender,
  nextState,
  type RoundAction,
  reasonsNeeded,
  STATES,
  type State,
} from '../../../src/features/monthly-star/rules.ts';

/** `state action role → state`, written down apart from the machine; what does not stand here must be refused. */
const ALLOWED = `
  draft      plan              organiser  draft
  draft      confirm           organiser  nominating
  draft      cancel            organiser  cancelled
  nominating nominate          member     nominating
  nominating close-nomination  organiser  checking
  nominating close-nomination  clock      checking
  nominating reschedule        organiser  nominating
  nominating cancel            organiser  cancelled
  checking   check             organiser  checking
  checking   answer-question   member     checking
  checking   finish-checking   organiser  reviewing
  checking   reschedule        organiser  checking
  checking   cancel            organiser  cancelled
  reviewing  review            reviewer   reviewing
  reviewing  finish-review     reviewer   voting|deciding
  reviewing  finish-review     clock      voting|deciding
  reviewing  reschedule        organiser  reviewing
  reviewing  cancel            organiser  cancelled
  voting     vote              member     voting
  voting     close-vote        clock      deciding
  voting     reschedule        organiser  voting
  voting     cancel            organiser  cancelled
  deciding   decide            leader     noticing
  deciding   reschedule        organiser  deciding
  deciding   cancel            organiser  cancelled
  noticing   object            member     noticing
  noticing   answer-objection  reviewer   noticing
  noticing   publish           organiser  published
  noticing   publish           clock      published
  noticing   end-without-star  organiser  cancelled
  noticing   end-without-star  reviewer   cancelled
  noticing   end-without-star  clock      cancelled
  noticing   cancel            organiser  cancelled`;

const expected = new Map(
  ALLOWED.trim()
    .split('\n')
    .map((line) => {
      const [state = '', action = '', actor = '', to = ''] = line.trim().split(/\s+/);
      return [`${state} ${action} ${actor}`, to.split('|')] as const;
    }),
);

const cases = STATES.flatMap((state) =>
  ACTIONS.flatMap((action) => ACTORS.map((actor) => ({ state, action, actor }) as const)),
);

describe('the machine', () => {
  it.each(cases)('$state, $action, $actor', ({ state, action, actor }) => {
    const to = expected.get(`${state} ${action} ${actor}`);
    expect(nextState(state, action, actor, true)).toBe(to?.[0]);
    expect(nextState(state, action, actor, false)).toBe(to?.[1] ?? to?.[0]);
  });

  it('leads nowhere from the end, and every state but the draft is reached', () => {
    const reached = new Set(cases.map(({ state, action, actor }) => nextState(state, action, actor, true)));
    for (const state of STATES) if (state !== 'draft') expect(reached).toContain(state);
    for (const action of ACTIONS)
      for (const actor of ACTORS) {
        expect(nextState('published', action, actor, true)).toBeUndefined();
        expect(nextState('cancelled', action, actor, true)).toBeUndefined();
      }
  });

  it('skips neither checking, opinion, decision nor notice, whatever is tried in whatever order', () => {
    const ends: RoundAction[] = ['cancel', 'end-without-star'];
    const goOn = fc.constantFrom(...ACTIONS.filter((action) => !ends.includes(action)));
    // Ends are tried seldom: most walks would be over before they had begun.
    const action = fc.oneof({ weight: 60, arbitrary: goOn }, { weight: 1, arbitrary: fc.constantFrom(...ends) });
    const attempts = fc.array(fc.record({ action, actor: fc.constantFrom(...ACTORS) }), {
      minLength: 300,
      maxLength: 900,
      size: 'max',
    });
    const last = new Set<State | undefined>();
    fc.assert(
      fc.property(attempts, fc.boolean(), (tried, hasVote) => {
        const path = walk(tried, hasVote);
        last.add(path.at(-1));
        const order: State[] = [
          'draft',
          'nominating',
          'checking',
          'reviewing',
          ...(hasVote ? (['voting'] as const) : []),
        ];
        order.push('deciding', 'noticing', 'published');
        const passed = path.filter((state) => state !== 'cancelled');
        expect(passed).toEqual(order.slice(0, passed.length));
        expect(path.indexOf('cancelled')).toBe(passed.length < path.length ? passed.length : -1);
      }),
    );
    // The walks were long enough to say something.
    expect([...last]).toEqual(expect.arrayContaining(['published', 'cancelled']));
  });

  it.each([true, false])('lets every state but the ends go forward, with a vote: %s', (hasVote) => {
    const ends: State[] = ['published', 'cancelled'];
    const reached: State[] = ['draft'];
    for (const state of reached) {
      const next = ACTIONS.flatMap((action) => ACTORS.map((actor) => nextState(state, action, actor, hasVote)));
      const others = [...new Set(next)].filter((to): to is State => to !== undefined && to !== state);
      if (ends.includes(state)) expect(others).toEqual([]);
      else expect(others.filter((to) => to !== 'cancelled')).toHaveLength(1);
      reached.push(...others.filter((to) => !reached.includes(to)));
    }
    expect([...reached].sort()).toEqual(STATES.filter((state) => hasVote || state !== 'voting').sort());
  });
});

function walk(attempts: { action: RoundAction; actor: Actor }[], hasVote: boolean): State[] {
  const path: State[] = ['draft'];
  for (const { action, actor } of attempts) {
    const now = path.at(-1) ?? 'draft';
    const to = nextState(now, action, actor, hasVote);
    if (to && to !== now) path.push(to);
  }
  return path;
}

describe('a decision needs a reason', () => {
  const one = (id: string, votes: number | null, opinion: string | null = 'clear'): Contender => ({
    id,
    postId: 'p',
    votes,
    opinion,
  });
  it.each([
    { why: 'nothing, when the most votes win', all: [one('a', 9), one('b', 3)], chosen: ['a'], needed: [] },
    { why: 'override', all: [one('a', 9), one('b', 3)], chosen: ['b'], needed: ['override'] },
    { why: 'tie at the edge', all: [one('a', 5), one('b', 5), one('c', 1)], chosen: ['a'], needed: ['tie'] },
    {
      why: 'nothing, when both of a tie are chosen',
      all: [one('a', 5), one('b', 5), one('c', 1)],
      chosen: ['a', 'b'],
      needed: [],
    },
    { why: 'nothing, when nobody voted', all: [one('a', null), one('b', null)], chosen: ['b'], needed: [] },
    { why: 'concern', all: [one('a', null, 'concern'), one('b', null)], chosen: ['a'], needed: ['concern'] },
    {
      why: 'everything at once',
      all: [one('a', 2, 'concern'), one('b', 2), one('c', 8)],
      chosen: ['a'],
      needed: ['override', 'tie', 'concern'],
    },
    { why: 'nothing for an empty post', all: [one('a', 2)], chosen: [], needed: [] },
  ])('$why', ({ all, chosen, needed }) => {
    expect(reasonsNeeded(all, chosen)).toEqual(needed);
  });

  it('never for those with the most votes, when no two have the same', () => {
    const votes = fc.uniqueArray(fc.nat(1000), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(votes, fc.nat(20), (counts, seats) => {
        const all = counts.map((count) => one(String(count), count));
        const best = [...counts].sort((a, b) => b - a).slice(0, seats);
        expect(reasonsNeeded(all, best.map(String))).toEqual([]);
      }),
    );
  });
});
