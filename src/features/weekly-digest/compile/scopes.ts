/** What somebody answers for, by the roles in force, among the units and branches of a run. Pure. */
import type { DigestGroup } from '../../../digest-section.ts';
import type { Scope } from '../../../people/permissions.ts';
import type { Person } from '../../../people/person.ts';

/** A unit or branch as it stood when a run began. */
export type RunGroup = DigestGroup & {
  name: string;
  parentId: string | null;
  sort: number;
  people: number;
  allPeople: number;
};

/** More would not be read on a phone. */
const MAX_SCOPES = 3;

/**
 * A leader's units, a secretary's branches, and the whole detachment for whoever holds either role, or that of administrator, there.
 * A unit within another of the same person is left out. Widest first, so the first is what the card is about.
 */
export function scopesOf(person: Pick<Person, 'roles'>, groups: readonly RunGroup[]): RunGroup[] {
  const held = person.roles.flatMap(({ name, scopeId }) => {
    if (name === 'secretary' && scopeId !== null)
      return groups.filter(({ kind, id }) => kind === 'branch' && id === scopeId);
    if (name !== 'leader' && name !== 'administrator' && name !== 'secretary') return [];
    return groups.filter(
      ({ kind, id, parentId }) => kind === 'unit' && (scopeId === null ? parentId === null : id === scopeId),
    );
  });
  const distinct = [...new Set(held)];
  const isWithin = (group: RunGroup) =>
    distinct.some((other) => other !== group && group.kind === 'unit' && unitsAbove(group, groups).includes(other.id));
  return distinct
    .filter((group) => !isWithin(group))
    .sort((a, b) => Number(a.kind === 'branch') - Number(b.kind === 'branch') || b.allPeople - a.allPeople)
    .slice(0, MAX_SCOPES);
}

/** Where a group stands, as the permission table asks. */
export function permissionScope(group: RunGroup, groups: readonly RunGroup[]): Scope {
  return group.kind === 'branch' ? { branchId: group.id } : { unitIds: [group.id, ...unitsAbove(group, groups)] };
}

/** The group and, of a unit, all units below it. */
export function groupsWithin(group: RunGroup, groups: readonly RunGroup[]): RunGroup[] {
  if (group.kind === 'branch') return [group];
  return groups.filter((one) => one === group || (one.kind === 'unit' && unitsAbove(one, groups).includes(group.id)));
}

/** The units directly below one, in the order of the contacts. */
export function childrenOf(group: RunGroup, groups: readonly RunGroup[]): RunGroup[] {
  return groups
    .filter(({ kind, parentId }) => group.kind === 'unit' && kind === 'unit' && parentId === group.id)
    .sort((a, b) => a.sort - b.sort || (a.name < b.name ? -1 : 1));
}

function unitsAbove(group: RunGroup, groups: readonly RunGroup[]): string[] {
  const above: string[] = [];
  let next = group.parentId;
  while (next !== null && !above.includes(next)) {
    above.push(next);
    next = groups.find(({ kind, id }) => kind === 'unit' && id === next)?.parentId ?? null;
  }
  return above;
}
