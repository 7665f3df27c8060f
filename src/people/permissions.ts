/** The permission table: role × action × scope. What does not stand here is refused. */
import type { Person, RoleName } from './person.ts';

/** What somebody can do, by feature. `self` is what everybody in service may do for themselves. */
export type Action =
  | 'self'
  | 'study.publish'
  | 'study.watch'
  | 'study.nudge'
  | 'sessions.record'
  | 'sessions.watch'
  | 'sessions.plan'
  | 'sessions.direct'
  | 'quiz.publish'
  | 'quiz.watch'
  | 'quiz.review'
  | 'supplies.hand-out'
  | 'supplies.watch'
  | 'supplies.keep'
  | 'supplies.points'
  | 'star.organise'
  | 'star.review'
  | 'star.decide'
  | 'roles.assign'
  | 'leave.record'
  | 'feedback.read'
  | 'roster.keep'
  | 'lists.import'
  | 'lists.export'
  | 'digest.read'
  | 'digest.run';

/** Where it is done: a branch with its unit, a unit with the units above it, a pick-up point, or the whole detachment. */
export type Scope = { branchId?: string | null; unitIds?: string[]; pointId?: string } | 'detachment';

type Reach = 'detachment' | 'own branch' | 'own unit and below' | 'own point';

const TABLE: Record<RoleName, Partial<Record<Action, Reach>>> = {
  administrator: {
    'study.publish': 'detachment',
    'study.watch': 'detachment',
    'study.nudge': 'detachment',
    'sessions.record': 'detachment',
    'sessions.watch': 'detachment',
    'sessions.plan': 'detachment',
    'sessions.direct': 'detachment',
    'quiz.publish': 'detachment',
    'quiz.watch': 'detachment',
    'quiz.review': 'detachment',
    'supplies.hand-out': 'detachment',
    'supplies.watch': 'detachment',
    'supplies.keep': 'detachment',
    'supplies.points': 'detachment',
    'star.organise': 'detachment',
    'star.review': 'detachment',
    'roles.assign': 'detachment',
    'leave.record': 'detachment',
    'feedback.read': 'detachment',
    'roster.keep': 'detachment',
    'lists.import': 'detachment',
    'lists.export': 'detachment',
    'digest.read': 'detachment',
    'digest.run': 'detachment',
  },
  secretary: {
    'study.publish': 'own branch',
    'study.watch': 'own branch',
    'study.nudge': 'own branch',
    'sessions.record': 'own branch',
    'sessions.watch': 'own branch',
    'sessions.plan': 'own branch',
    'quiz.publish': 'own branch',
    'quiz.watch': 'own branch',
    'supplies.hand-out': 'own branch',
    'supplies.watch': 'own branch',
    'star.organise': 'own branch',
    'leave.record': 'own branch',
    'lists.import': 'own branch',
    'lists.export': 'own branch',
    'digest.read': 'own branch',
  },
  leader: {
    'study.publish': 'own unit and below',
    'study.watch': 'own unit and below',
    'study.nudge': 'own unit and below',
    'sessions.watch': 'own unit and below',
    'quiz.watch': 'own unit and below',
    'lists.export': 'own unit and below',
    'supplies.watch': 'own unit and below',
    'star.decide': 'own unit and below',
    'digest.read': 'own unit and below',
  },
  'discipline-commissioner': {
    'study.watch': 'own branch',
    'sessions.watch': 'own branch',
    'quiz.watch': 'own branch',
    'lists.export': 'own branch',
    'star.review': 'own branch',
  },
  keeper: {
    'supplies.keep': 'own point',
    'lists.import': 'own point',
    'lists.export': 'own point',
  },
};

/** Whether the person may do `action` within `scope`; the narrowest question decides, deny by default. */
export function may(person: Person, action: Action, scope: Scope): boolean {
  if (action === 'self') return true;
  return person.roles.some((role) => {
    const reach = TABLE[role.name][action];
    if (!reach) return false;
    if (reach === 'detachment' || role.scopeId === null) return true;
    if (scope === 'detachment') return false;
    if (reach === 'own point') return scope.pointId === role.scopeId;
    if (reach === 'own branch') return scope.branchId === role.scopeId;
    return scope.unitIds?.includes(role.scopeId) ?? false;
  });
}

/** Whether the person may do `action` anywhere at all. */
export function mayAnywhere(person: Person, action: Action): boolean {
  return action === 'self' || person.roles.some((role) => TABLE[role.name][action] !== undefined);
}
