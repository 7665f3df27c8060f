/** Adds up what groups counted along the tree of units. Pure. */
import type { DigestCount, DigestGroup } from '../../../digest-section.ts';
import { groupRows } from '../../../storage/group-rows.ts';

/** Counts by figure, and within a figure by matter; what is about no matter stands under an empty one. */
export type Counts = ReadonlyMap<string, ReadonlyMap<string, number>>;
export type TreeGroup = DigestGroup & { parentId: string | null };

/** The text under which a group is found. */
export function groupKey({ kind, id }: DigestGroup): string {
  return `${kind}:${id}`;
}

/** What each group counted itself. */
export function countsByGroup(counts: readonly DigestCount[]): Map<string, Counts> {
  const all = new Map<string, Map<string, Map<string, number>>>();
  for (const count of counts) {
    const figures = reach(all, groupKey(count), () => new Map<string, Map<string, number>>());
    const matters = reach(figures, count.figure, () => new Map<string, number>());
    const matter = count.matter ?? '';
    matters.set(matter, (matters.get(matter) ?? 0) + count.count);
  }
  return all;
}

/** Each group's own counts with those of all groups below it. A branch has none below. */
export function rollUp(groups: readonly TreeGroup[], own: ReadonlyMap<string, Counts>): Map<string, Counts> {
  const units = groups.filter(({ kind }) => kind === 'unit');
  const children = groupRows(units, ({ parentId }) => parentId);
  const totals = new Map<string, Counts>();
  const total = (group: TreeGroup): Counts => {
    const known = totals.get(groupKey(group));
    if (known) return known;
    const below = group.kind === 'unit' ? (children.get(group.id) ?? []) : [];
    const sum = addCounts([own.get(groupKey(group)) ?? new Map(), ...below.map(total)]);
    totals.set(groupKey(group), sum);
    return sum;
  };
  for (const group of groups) total(group);
  return totals;
}

/** The figures of some counts, matters added up. */
export function figuresOf(counts: Counts | undefined): Record<string, number> {
  return Object.fromEntries(
    [...(counts ?? [])].map(([figure, matters]) => [figure, [...matters.values()].reduce((sum, one) => sum + one, 0)]),
  );
}

function addCounts(all: Counts[]): Counts {
  const sum = new Map<string, Map<string, number>>();
  for (const counts of all) {
    for (const [figure, matters] of counts) {
      const into = reach(sum, figure, () => new Map<string, number>());
      for (const [matter, count] of matters) into.set(matter, (into.get(matter) ?? 0) + count);
    }
  }
  return sum;
}

function reach<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
