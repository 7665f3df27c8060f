/** The permission table, every role × action × scope. */
import { expect, it } from 'vitest';
import { type Action, may, mayAnywhere, type Scope } from '../../src/people/permissions.ts';
import type { Person, RoleName } from '../../src/people/person.ts';

const ACTIONS: Action[] = [
  'study.publish',
  'study.watch',
  'study.nudge',
  'sessions.record',
  'sessions.watch',
  'sessions.plan',
  'sessions.direct',
  'quiz.publish',
  'quiz.watch',
  'quiz.review',
  'supplies.hand-out',
  'supplies.watch',
  'supplies.keep',
  'supplies.points',
  'star.organise',
  'star.review',
  'star.decide',
  'roles.assign',
  'leave.record',
  'feedback.read',
  'roster.keep',
  'lists.import',
  'lists.export',
  'digest.read',
  'digest.run',
];
const SCOPES: Record<string, Scope> = {
  'own branch': { branchId: 'own-branch' },
  'other branch': { branchId: 'other-branch' },
  'no branch': { branchId: null },
  'own unit': { unitIds: ['own-unit'] },
  'unit below': { unitIds: ['below', 'own-unit', 'root'] },
  'other unit': { unitIds: ['other', 'root'] },
  'own point': { pointId: 'own-point' },
  'other point': { pointId: 'other-point' },
  detachment: 'detachment',
};
const EVERYWHERE = Object.keys(SCOPES);

/** Where each role may do what; everything that does not stand here is refused. */
const EXPECTED: Record<RoleName, Partial<Record<Action, string[]>>> = {
  // The political office runs everything but what a leader decides.
  administrator: Object.fromEntries(
    ACTIONS.filter((action) => action !== 'star.decide').map((action) => [action, EVERYWHERE]),
  ),
  secretary: {
    'study.publish': ['own branch'],
    'study.watch': ['own branch'],
    'study.nudge': ['own branch'],
    'sessions.record': ['own branch'],
    'sessions.watch': ['own branch'],
    'sessions.plan': ['own branch'],
    'quiz.publish': ['own branch'],
    'quiz.watch': ['own branch'],
    'supplies.hand-out': ['own branch'],
    'supplies.watch': ['own branch'],
    'star.organise': ['own branch'],
    'leave.record': ['own branch'],
    'lists.import': ['own branch'],
    'lists.export': ['own branch'],
    'digest.read': ['own branch'],
  },
  leader: {
    'study.publish': ['own unit', 'unit below'],
    'study.nudge': ['own unit', 'unit below'],
    'digest.read': ['own unit', 'unit below'],
    'study.watch': ['own unit', 'unit below'],
    'sessions.watch': ['own unit', 'unit below'],
    'quiz.watch': ['own unit', 'unit below'],
    'lists.export': ['own unit', 'unit below'],
    'supplies.watch': ['own unit', 'unit below'],
    'star.decide': ['own unit', 'unit below'],
  },
  'discipline-commissioner': {
    'study.watch': ['own branch'],
    'sessions.watch': ['own branch'],
    'quiz.watch': ['own branch'],
    'lists.export': ['own branch'],
    'star.review': ['own branch'],
  },
  keeper: { 'supplies.keep': ['own point'], 'lists.import': ['own point'], 'lists.export': ['own point'] },
};
const SCOPE_OF: Record<RoleName, string | null> = {
  administrator: null,
  secretary: 'own-branch',
  leader: 'own-unit',
  'discipline-commissioner': 'own-branch',
  keeper: 'own-point',
};

const cases = (Object.keys(EXPECTED) as RoleName[]).flatMap((role) =>
  ACTIONS.flatMap((action) =>
    EVERYWHERE.map((scope) => ({ role, action, scope, is: EXPECTED[role][action]?.includes(scope) ?? false })),
  ),
);

it.each(cases)('$role, $action, $scope: $is', ({ role, action, scope, is }) => {
  expect(may(personWith(role), action, SCOPES[scope] ?? 'detachment')).toBe(is);
});

it('gives nobody without a role more than what is their own', () => {
  const person: Person = { ...personWith('leader'), roles: [] };
  for (const action of ACTIONS) expect(mayAnywhere(person, action)).toBe(false);
  expect(mayAnywhere(person, 'self')).toBe(true);
});

function personWith(name: RoleName): Person {
  return {
    id: 'ou_1',
    name: '',
    kind: 'officer',
    politics: 'member',
    unitId: null,
    branchId: null,
    roles: [{ name, scopeId: SCOPE_OF[name] }],
  };
}
