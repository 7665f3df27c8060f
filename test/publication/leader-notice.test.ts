/** Which leader hears what: by table and by property. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { planLeaderNotices } from '../../src/publication/issuer/leader-notice.ts';
import { countAll, type Tally } from '../../src/publication/rules.ts';

const units = [
  { id: 'top', name: '支队', parentId: null, leaders: ['chief'] },
  { id: 'one', name: '一大队', parentId: 'top', leaders: ['captain'] },
  { id: 'one-a', name: '一中队', parentId: 'one', leaders: [] },
  { id: 'one-b', name: '二中队', parentId: 'one', leaders: ['sergeant', 'deputy'] },
];
const counts = (done: number, open: number, onLeave = 0, unreachable = 0): Tally => ({
  ...{ done, open, 'on-leave': onLeave, unreachable, waiting: 0 },
});
const plan = (said: Record<string, Tally>, share = 0.3) =>
  Object.fromEntries(
    [...planLeaderNotices(units, new Map(Object.entries(said)), share)].map(([leader, lines]) => [
      leader,
      lines.map(({ unit, counts: { done, open } }) => `${unit} ${done}/${open}`),
    ]),
  );

it.each([
  ['nobody when few are open', { one: counts(7, 3) }, {}],
  ['the leader of a unit in which too many are', { one: counts(6, 4) }, { captain: ['一大队 6/4'] }],
  ['every leader of a unit', { 'one-b': counts(0, 5) }, { sergeant: ['二中队 0/5'], deputy: ['二中队 0/5'] }],
  ['the nearest leader above a unit that has none', { 'one-a': counts(0, 5) }, { captain: ['一中队 0/5'] }],
  [
    'one leader with a line for each unit',
    { one: counts(0, 5), 'one-a': counts(1, 5) },
    { captain: ['一大队 0/5', '一中队 1/5'] },
  ],
  [
    'of a small group only within the unit above',
    { one: counts(3, 2), 'one-b': counts(0, 4) },
    { captain: ['一大队 3/6'] },
  ],
  [
    'of small groups up to the top',
    { one: counts(0, 1), 'one-a': counts(0, 2), 'one-b': counts(0, 2) },
    { captain: ['一大队 0/5'] },
  ],
  ['nobody of a group that stays small', { one: counts(0, 2), top: counts(0, 2) }, {}],
  ['nobody when those who are missing are on leave or unreachable', { one: counts(5, 2, 9, 9) }, {}],
  ['whom leave makes the rest of a group too open', { one: counts(1, 1, 3) }, { captain: ['一大队 1/1'] }],
])('tells %s', (_name, said, expected) => {
  expect(plan(said)).toEqual(expected);
});

it('tells nobody at a share of one, and of everybody open at a share of zero', () => {
  expect(plan({ one: counts(0, 9) }, 1)).toEqual({});
  expect(plan({ one: counts(9, 1) }, 0)).toEqual({ captain: ['一大队 9/1'] });
});

it('breaks out no group of fewer than five, counts nobody twice and makes nobody up', () => {
  const few = fc.nat({ max: 6 });
  const tally = fc.record({ done: few, open: few, 'on-leave': few, unreachable: few, waiting: few });
  const said = fc.dictionary(fc.constantFrom(...units.map(({ id }) => id)), tally);
  fc.assert(
    fc.property(said, (by) => {
      const lines = [...planLeaderNotices(units, new Map(Object.entries(by)), 0)].flatMap(([leader, all]) =>
        leader === 'deputy' ? [] : all,
      );
      const whole = Object.values(by).reduce((sum, one) => sum + countAll(one), 0);
      expect(lines.every((line) => countAll(line.counts) >= 5)).toBe(true);
      expect(lines.reduce((sum, line) => sum + countAll(line.counts), 0)).toBeLessThanOrEqual(whole);
      expect(new Set(lines.map(({ unit }) => unit)).size).toBe(lines.length);
    }),
  );
});
