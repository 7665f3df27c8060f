/** Everybody with the place they stand in, for lists that speak of many people at once. */
import type { Reader } from '../../storage/database.ts';
import type { Scope } from '../permissions.ts';
import type { Person } from '../person.ts';

/** A person with branch and units; `unitNames` and `unitIds` begin with the own unit and go up to the detachment, `unitNames` with the aliases. */
export type PlacedPerson = Pick<Person, 'id' | 'name' | 'kind' | 'politics' | 'branchId'> & {
  branch: string;
  unit: string;
  unitNames: string[];
  unitIds: string[];
  isInService: boolean;
};

/** Everybody, leavers too, unit by unit and by name. A few thousand rows at most: nobody asks this for one person. */
export function findPlacedPeople(db: Reader): Promise<PlacedPerson[]> {
  return db.sql<PlacedPerson>`
    SELECT p.id, p.name, p.kind, p.politics, p."branchId"::text, COALESCE(b.name, '') AS branch, COALESCE(u.name, '') AS unit,
      COALESCE(path.names, '{}') AS "unitNames", COALESCE(path.ids, '{}') AS "unitIds", p.status = 'active' AS "isInService"
    FROM person p LEFT JOIN unit u ON u.id = p."unitId" LEFT JOIN unit_names() path ON path.unit = u.id LEFT JOIN branch b ON b.id = p."branchId"
    ORDER BY u.sort, u.name, p.name, p.id`;
}

/** Where a person stands, as the permission table asks. */
export function scopeOfPerson({ branchId, unitIds }: Pick<PlacedPerson, 'branchId' | 'unitIds'>): Scope {
  return { branchId, unitIds };
}
