/** Which leader hears what of a matter that too many have left open: whole units, with causes, never persons. Pure. */
import type { LedUnit } from '../../people/places/find-leaders.ts';
import { SMALLEST_GROUP } from '../../people/places/smallest-group.ts';
import { countAll, type Tally } from '../rules.ts';

/** One unit in a leader's notice. */
export type UnitLine = { unit: string; counts: Tally };

/**
 * The lines for each leader, by open_id. A unit is concerned when more than `share` of those who could do it (neither on leave nor
 * unreachable) are open. A group of fewer than five counts to the unit above; one that stays that small at the top is left out. A unit
 * without a leader is told to the leader of the nearest unit above that has one.
 */
export function planLeaderNotices(
  units: LedUnit[],
  counts: ReadonlyMap<string, Tally>,
  share: number,
): Map<string, UnitLine[]> {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const grouped = groupUnits(units, byId, counts);
  const notices = new Map<string, UnitLine[]>();
  for (const unit of units) {
    const group = grouped.get(unit.id);
    if (!group || countAll(group) < SMALLEST_GROUP || !isTooOpen(group, share)) continue;
    for (const leader of findLeaders(unit, byId)) {
      notices.set(leader, [...(notices.get(leader) ?? []), { unit: unit.name, counts: group }]);
    }
  }
  return notices;
}

function isTooOpen({ open, done }: Tally, share: number): boolean {
  return open > 0 && open > share * (open + done);
}

/** From the bottom of the tree to its top, small groups join the unit above. */
function groupUnits(
  units: LedUnit[],
  byId: ReadonlyMap<string, LedUnit>,
  counts: ReadonlyMap<string, Tally>,
): Map<string, Tally> {
  const grouped = new Map(counts);
  const deepestFirst = [...units].sort((a, b) => countAbove(b, byId) - countAbove(a, byId));
  for (const { id, parentId } of deepestFirst) {
    const group = grouped.get(id);
    if (!group || !parentId || countAll(group) >= SMALLEST_GROUP) continue;
    const above = grouped.get(parentId);
    grouped.set(parentId, above ? add(above, group) : group);
    grouped.delete(id);
  }
  return grouped;
}

function findLeaders(unit: LedUnit, byId: ReadonlyMap<string, LedUnit>): string[] {
  let at: LedUnit | undefined = unit;
  while (at && at.leaders.length === 0) at = at.parentId ? byId.get(at.parentId) : undefined;
  return at?.leaders ?? [];
}

function countAbove(unit: LedUnit, byId: ReadonlyMap<string, LedUnit>): number {
  let above = 0;
  for (let at = unit.parentId ? byId.get(unit.parentId) : undefined; at; above += 1)
    at = at.parentId ? byId.get(at.parentId) : undefined;
  return above;
}

function add(a: Tally, b: Tally): Tally {
  return {
    done: a.done + b.done,
    open: a.open + b.open,
    'on-leave': a['on-leave'] + b['on-leave'],
    unreachable: a.unreachable + b.unreachable,
    waiting: a.waiting + b.waiting,
  };
}
