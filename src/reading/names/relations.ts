/** The tree of units as the writer stands in it: which place 本大队, 我们支部 or 一中队 means to them. */
import type { Place } from '../audience-type.ts';
import type { Lexicon, NamedUnit } from '../lexicon.ts';
import { placeOfUnit } from './place-names.ts';

type Writer = { unitId: string | null; branchId: string | null } | undefined;

/** Answers questions about the tree. */
export type Relations = {
  /** The units above a unit, itself first. */
  chain: (unitId: string | null) => NamedUnit[];
  /** The writer's own unit whose name ends so: the nearest. */
  ownUnit: (writer: Writer, ending: RegExp) => Place | undefined;
  /** Every unit below the top whose name ends so, none of them below another. */
  everyUnit: (ending: RegExp) => Place[];
  /** Of several places those that lie with the writer, if only some do. */
  near: (places: Place[], writer: Writer) => Place[];
  /** Whether a unit is the place or lies below it. */
  isWithin: (unitId: string | null, place: Place) => boolean;
};

export function relate({ units, branches }: Lexicon): Relations {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const unitOfBranch = new Map(branches.map(({ id, unitId }) => [id, unitId]));
  const chain = (unitId: string | null): NamedUnit[] => {
    const found: NamedUnit[] = [];
    for (let unit = byId.get(unitId ?? ''); unit && !found.includes(unit); unit = byId.get(unit.parentId ?? ''))
      found.push(unit);
    return found;
  };
  const unitOf = ({ kind, id }: Place) =>
    kind === 'unit' ? id : kind === 'branch' ? (unitOfBranch.get(id) ?? null) : null;
  /** The writer's unit directly below the top. */
  const home = (writer: Writer) =>
    chain(writer?.unitId ?? null)
      .filter(({ parentId }) => parentId !== null)
      .at(-1);
  return {
    chain,
    ownUnit: (writer, ending) => {
      const unit = chain(writer?.unitId ?? null).find(({ name }) => ending.test(name));
      return unit && placeOfUnit(unit.id, unit.parentId);
    },
    everyUnit: (ending) =>
      units
        .filter(({ name, parentId }) => parentId !== null && ending.test(name))
        .filter(
          ({ parentId }) => !chain(parentId).some(({ name, parentId: above }) => above !== null && ending.test(name)),
        )
        .map(({ id, parentId }) => placeOfUnit(id, parentId)),
    near: (places, writer) => {
      const top = home(writer);
      const close = top ? places.filter((place) => chain(unitOf(place)).includes(top)) : [];
      return close.length > 0 ? close : places;
    },
    isWithin: (unitId, { kind, id }) =>
      kind === 'detachment' || (kind === 'unit' && chain(unitId).some((unit) => unit.id === id)),
  };
}
