/** Says whom the rows of a list mean: by name, and by unit where several have the same name. Pure. */
import { groupRows } from '../storage/group-rows.ts';
import { isOfUnit, plainOf } from './find-people.ts';
import type { PlacedPerson } from './places/placed-people.ts';

/** The person meant, or in words why it is not clear who; `column` is what has to be mended. */
export type RowMatch = { person: PlacedPerson } | { column: 'name' | 'unit'; reason: string };

/** Finds the person of a row by `name` and, if one is written, `unit`. */
export type MatchRow = (row: { name: string; unit?: string | undefined }) => RowMatch;

/**
 * The matcher over everybody in service. A unit fits if the person's own or one above it has its name, or one name holds the other
 * (大队 for 一大队); where several people fit, those whose own unit is called exactly so come first.
 */
export function createMatcher(people: PlacedPerson[]): MatchRow {
  const inService = people.filter(({ isInService }) => isInService);
  const byName = groupRows(inService, ({ name }) => plainOf(name));
  return ({ name, unit }) => {
    const named = byName.get(plainOf(name)) ?? [];
    if (named.length === 0) return { column: 'name', reason: '通讯录里没有这个人，请核对姓名' };
    const fitting = unit ? named.filter((person) => isOfUnit(person, unit)) : named;
    const exact = fitting.filter((person) => person.unit === unit);
    const [person, ...others] = exact.length > 0 ? exact : fitting;
    if (person && others.length === 0) return { person };
    const units = [...new Set(named.map((one) => one.unit || '没有单位'))];
    if (!person) return { column: 'unit', reason: `通讯录里这个人在${units.join('、')}，请核对单位` };
    if (units.length > 1)
      return { column: 'unit', reason: `同名的有${named.length}位（${units.join('、')}），请写上单位` };
    return { column: 'name', reason: `${units[0]}有${named.length}位同名的人，分不清是哪一位` };
  };
}
