/** The names by which a tenant's places and people are called in sentences. */
import { findAliases } from '../people/places/aliases.ts';
import { findPlacedBranches } from '../people/places/placed-branches.ts';
import type { Lexicon, NamedPerson, NamedUnit } from '../reading/lexicon.ts';
import { placeOfUnit } from '../reading/names/place-names.ts';
import type { Reader } from '../storage/database.ts';

/** Changes whenever a name, or where somebody stands, does. */
export async function findFingerprint(db: Reader): Promise<string> {
  const [row] = await db.sql<{ names: string }>`
    SELECT md5(COALESCE((SELECT string_agg(id || name || COALESCE("parentId", ''), ',' ORDER BY id) FROM unit), '')
      || COALESCE((SELECT string_agg(id::text || name, ',' ORDER BY id) FROM branch), '')
      || COALESCE((SELECT string_agg(id || name || COALESCE("unitId", '') || COALESCE("branchId"::text, ''), ',' ORDER BY id)
        FROM person WHERE status = 'active'), '')
      || COALESCE((SELECT string_agg(said || kind || "targetId", ',' ORDER BY said) FROM alias), '')) AS names`;
  return row?.names ?? '';
}

/** Units, branches and whoever is in service, with what this tenant says for them. */
export async function readLexicon(db: Reader): Promise<Lexicon> {
  const units = await db.sql<NamedUnit>`SELECT id, name, "parentId" FROM unit ORDER BY sort, name, id`;
  const people = await db.sql<NamedPerson & { branchId: string | null }>`
    SELECT id, name, "unitId", "branchId"::text FROM person WHERE status = 'active' ORDER BY id`;
  const branches = (await findPlacedBranches(db)).map(({ id, name, unitIds: [unitId = null] }) => ({
    id,
    name,
    unitId,
  }));
  return { units, branches, people, aliases: await readAliases(db, units) };
}

/** The aliases of what is still there. */
async function readAliases(db: Reader, units: NamedUnit[]): Promise<Lexicon['aliases']> {
  const aliases = (await findAliases(db)).filter(({ name }) => name !== null);
  return aliases.map(({ said, kind, targetId: id }) => {
    if (kind === 'person') return { said, person: id };
    if (kind === 'branch') return { said, place: { kind, id } };
    return { said, place: placeOfUnit(id, units.find((unit) => unit.id === id)?.parentId ?? null) };
  });
}
