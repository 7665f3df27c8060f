/** Who may address whom: every place and every named person must lie within what the permission table gives. */
import { AppError } from '../../basics/errors.ts';
import type { PersonTurn } from '../../feature.ts';
import type { Reader } from '../../storage/database.ts';
import { findNamesOf, findPlaces } from '../find-names.ts';
import { type Action, may, type OneScope } from '../permissions.ts';
import type { Person } from '../person.ts';
import { findPlacedBranches } from '../places/placed-branches.ts';
import type { Audience, Place } from './audience.ts';

const MAX_SHOWN = 5;
/** What has no name, or none any more. */
const NAMELESS: Record<string, string> = {
  detachment: '全支队',
  unit: '已不在的单位',
  branch: '已不在的支部',
  person: '已不在的人员',
};

/**
 * The names of the places and persons of an audience on which the person may not do `action`; empty when all of it lies within. Whom
 * it leaves out may stand anywhere. A branch lies within the units that all its people are in, the detachment within its only top.
 */
export async function findBeyond(db: Reader, person: Person, action: Action, said: Audience): Promise<string[]> {
  if (may(person, action, 'detachment')) return [];
  const beyond = new Set<string>();
  for (const place of said.places)
    if (!may(person, action, await scopeOfPlace(db, place))) beyond.add(`${place.kind}:${place.id}`);
  const scopes = await scopesOfPersons(db, said.persons);
  for (const id of said.persons) {
    const found = scopes.get(id);
    if (!found?.isInService || !may(person, action, found.scope)) beyond.add(`person:${id}`);
  }
  // In the office's order, as they are named elsewhere; then what has no name.
  const names = await findNamesOf(db, said);
  const named = [...names].flatMap(([key, { name }]) => (beyond.has(key) ? [name] : []));
  const nameless = [...beyond].filter((key) => !names.has(key)).map((key) => NAMELESS[key.split(':')[0] ?? ''] ?? '');
  return [...named, ...nameless];
}

/**
 * Where an audience lies, as the permission table asks: in all its places, and where all its named persons stand, or stood last: what was
 * published is not taken from its issuer because one of them leaves.
 */
export async function scopeOf(db: Reader, { places, persons }: Audience): Promise<{ all: OneScope[] }> {
  const all: OneScope[] = [];
  for (const place of places) all.push(await scopeOfPlace(db, place));
  const scopes = await scopesOfPersons(db, persons);
  return { all: [...all, ...persons.map((id) => scopes.get(id)?.scope ?? {})] };
}

/**
 * A secretary speaks to the own branch, a leader to the own unit and those below, an administrator to the detachment. Throws the
 * sentence that names what lies beyond; a form stays as it was filled in.
 */
export async function refuseForeignAudience(turn: PersonTurn, action: Action, said: Audience): Promise<void> {
  const objection = await objectToAudience(turn.db, turn.who, action, said);
  if (objection) throw new AppError('an audience out of scope', objection);
}

/** The same sentence, for a card that shows a draft with all that was said; undefined when all of it lies within. */
export async function objectToAudience(
  db: Reader,
  person: Person | undefined,
  action: Action,
  said: Audience | null,
): Promise<string | undefined> {
  const beyond = person && said ? await findBeyond(db, person, action, said) : [];
  if (beyond.length === 0) return undefined;
  const shown =
    beyond.length > MAX_SHOWN ? `${beyond.slice(0, MAX_SHOWN).join('、')}等${beyond.length}个` : beyond.join('、');
  return `您只能发布给自己的支部或单位，没有发布。不在您范围内的：${shown}。请改选自己的范围，或联系政治处。`;
}

/** The places on which the person may do `action`, in the office's order, the whole detachment first. */
export async function findReachable(db: Reader, person: Person, action: Action): Promise<(Place & { name: string })[]> {
  const whole = { kind: 'detachment', id: null, name: NAMELESS.detachment ?? '' } as const;
  const places = [whole, ...(await findPlaces(db))];
  if (may(person, action, 'detachment')) return places;
  const branches = new Map((await findPlacedBranches(db)).map(({ id, unitIds }) => [id, unitIds]));
  const units = await db.sql<{
    unit: string;
    ids: string[];
  }>`SELECT unit, array_agg(id) AS ids FROM units_above() GROUP BY unit`;
  const chains = new Map(units.map(({ unit, ids }) => [unit, ids]));
  const isWithin = async (place: Place) =>
    place.kind === 'branch'
      ? may(person, action, { branchId: place.id, unitIds: branches.get(place.id) ?? [] })
      : place.kind === 'unit'
        ? may(person, action, { branchId: null, unitIds: chains.get(place.id) ?? [] })
        : may(person, action, await scopeOfPlace(db, place));
  const within: (Place & { name: string })[] = [];
  for (const place of places) if (await isWithin(place)) within.push(place);
  return within;
}

/** Where a place lies, as the permission table asks: a unit with those above it, the nearest first. */
async function scopeOfPlace(db: Reader, { kind, id }: Place): Promise<OneScope> {
  if (kind === 'branch') return { branchId: id, unitIds: (await findPlacedBranches(db, id))[0]?.unitIds ?? [] };
  const units =
    kind === 'unit'
      ? await db.sql<{ id: string }>`SELECT id FROM units_above() WHERE unit = ${id} ORDER BY distance`
      : await db.sql<{ id: string }>`SELECT id FROM unit WHERE "parentId" IS NULL`;
  const isWhole = kind === 'unit' || units.length === 1;
  return { branchId: null, unitIds: isWhole ? units.map((unit) => unit.id) : [] };
}

async function scopesOfPersons(
  db: Reader,
  ids: string[],
): Promise<Map<string, { scope: OneScope; isInService: boolean }>> {
  if (ids.length === 0) return new Map();
  const rows = await db.sql<{ id: string; branchId: string | null; unitIds: string[]; isInService: boolean }>`
    WITH chain AS (SELECT unit, array_agg(id ORDER BY distance) AS ids FROM units_above() GROUP BY unit)
    SELECT p.id, p."branchId"::text, COALESCE(chain.ids, '{}') AS "unitIds", p.status = 'active' AS "isInService"
    FROM person p LEFT JOIN chain ON chain.unit = p."unitId" WHERE p.id = ANY (${ids}::text[])`;
  return new Map(rows.map(({ id, isInService, ...scope }) => [id, { scope, isInService }]));
}
