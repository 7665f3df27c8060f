/** What an administrator keeps of people besides the contacts: kind, politics status and Party branch. */
import type { Reader, Transaction } from '../storage/database.ts';
import type { Person } from './person.ts';

/** The branches by name. */
export async function findBranchIds(db: Reader): Promise<Map<string, string>> {
  const rows = await db.sql<{ id: string; name: string }>`SELECT id::text, name FROM branch`;
  return new Map(rows.map(({ id, name }) => [name, id]));
}

/** Makes branches of these names where there are none. */
export async function createBranches(db: Transaction, names: string[]): Promise<void> {
  await db.sql`INSERT INTO branch (id, name) SELECT gen_random_uuid(), unnest(${names}::text[]) ON CONFLICT (name) DO NOTHING`;
}

/** Writes what the roster says of people. It stands until the contacts say something new: see `synchronisePeople`. */
export async function writeRoster(
  db: Transaction,
  rows: Pick<Person, 'id' | 'kind' | 'politics' | 'branchId'>[],
): Promise<void> {
  await db.sql`
    UPDATE person SET kind = r.kind, politics = r.politics, "branchId" = r."branchId"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (id text, kind text, politics text, "branchId" uuid) WHERE person.id = r.id`;
}
