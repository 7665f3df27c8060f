/** The permission table: role × action × scope. Its rows are declared by the features; what does not stand here is refused. */
import type { Person, RoleName } from './person.ts';

/**
 * The names of all actions: every `actions.ts` adds its own, so that a name which nobody declares does not compile. `self` is what
 * everybody in service may do for themselves.
 */
export interface Declared {
  self: true;
}
/** What somebody can do. */
export type Action = keyof Declared;

/** Where it is done: a branch with its unit, a unit with the units above it, a pick-up point, the whole detachment; or in several places. */
export type Scope = OneScope | 'detachment' | { all: OneScope[] };
export type OneScope = { branchId?: string | null; unitIds?: string[]; pointId?: string };

/** How far a role reaches. */
export type Reach = 'detachment' | 'own branch' | 'own unit and below' | 'own point';
/** By action, which roles may do it and how far; a role that is not named may not. */
export type Actions = Record<string, Partial<Record<RoleName, Reach>>>;

const table = new Map<string, Actions[string]>();

/**
 * Enters what one part of the product declares, at the start (`turn/registry.ts`). Entered again, nothing changes. Throws when two parts
 * declare one action.
 */
export function enterActions(actions: Actions): void {
  for (const [action, reaches] of Object.entries(actions)) {
    if ((table.get(action) ?? reaches) !== reaches) throw new Error(`the action ${action} is declared twice`);
    table.set(action, reaches);
  }
}

/** Whether an action has been entered. */
export function isDeclared(action: Action): boolean {
  return action === 'self' || table.has(action);
}

function reachesOf(action: Action): Actions[string] {
  const reaches = table.get(action);
  if (!reaches) throw new Error(`no feature declares the action ${action}`);
  return reaches;
}

/**
 * Whether the person may do `action` within `scope`; the narrowest question decides, deny by default. Of several places it must be
 * allowed in each; what lies nowhere is the detachment's.
 */
export function may(person: Person, action: Action, scope: Scope): boolean {
  if (action === 'self') return true;
  if (typeof scope === 'object' && 'all' in scope)
    return scope.all.length > 0
      ? scope.all.every((one) => may(person, action, one))
      : may(person, action, 'detachment');
  const reaches = reachesOf(action);
  return person.roles.some((role) => {
    const reach = reaches[role.name];
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
  if (action === 'self') return true;
  const reaches = reachesOf(action);
  return person.roles.some((role) => reaches[role.name] !== undefined);
}
