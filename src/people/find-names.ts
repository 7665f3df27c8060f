/** The names by which places and people are called, in the office's order. */
import type { Reader } from '../storage/database.ts';
import type { Audience, Place } from './audience/audience.ts';

/** A place, or a person, by a name that may stand in a sentence. */
export type Named = { kind: 'branch' | 'unit' | 'person'; id: string; name: string };
/** A place by its name. */
export type NamedPlace = Named & { kind: 'branch' | 'unit' };

/** All units, then all branches. */
export function findPlaces(db: Reader): Promise<NamedPlace[]> {
  return db.sql<NamedPlace>`
    SELECT kind, id, name FROM (SELECT 'unit' AS kind, id, name, sort, 0 AS rank FROM unit UNION ALL SELECT 'branch', id::text, name, 0, 1 FROM branch) AS place
    ORDER BY rank, sort, name, id`;
}

/** The names of what an audience names, by `unit:<id>`, `branch:<id>` and `person:<id>`, in the office's order. */
export async function findNamesOf(db: Reader, { places, persons, except }: Audience): Promise<Map<string, Named>> {
  const idsOf = (kind: Place['kind']) =>
    [...places, ...except.places].flatMap((place) => (place.kind === kind && place.id !== null ? [place.id] : []));
  const rows = await db.sql<Named>`
    SELECT kind, id, name FROM (
      SELECT 'unit' AS kind, id, name, 0 AS rank, sort, name AS place FROM unit WHERE id = ANY (${idsOf('unit')}::text[])
      UNION ALL SELECT 'branch', id::text, name, 1, 0, name FROM branch WHERE id = ANY (${idsOf('branch')}::uuid[])
      UNION ALL SELECT 'person', p.id, p.name, 2, COALESCE(u.sort, 0), COALESCE(u.name, '') FROM person p LEFT JOIN unit u ON u.id = p."unitId"
      WHERE p.id = ANY (${[...persons, ...except.persons]}::text[])) AS named
    ORDER BY rank, sort, place, name, id`;
  return new Map(rows.map((row) => [`${row.kind}:${row.id}`, row]));
}
