/** What this tenant says for its units, branches and people besides their names: the one table that all who look for names read. */
import type { Reader, Transaction } from '../../storage/database.ts';
import type { Named } from '../find-names.ts';

/** An alias with what it stands for. */
export type Alias = { id: string; said: string; kind: Named['kind']; targetId: string };

/** All aliases by their words, with the name of what each stands for; null where that is there no more. */
export function findAliases(db: Reader): Promise<(Alias & { name: string | null })[]> {
  return db.sql<Alias & { name: string | null }>`
    SELECT a.id, a.said, a.kind, a."targetId", COALESCE(u.name, b.name, p.name) AS name FROM alias a
    LEFT JOIN unit u ON a.kind = 'unit' AND u.id = a."targetId"
    LEFT JOIN branch b ON a.kind = 'branch' AND b.id::text = a."targetId"
    LEFT JOIN person p ON a.kind = 'person' AND p.id = a."targetId" AND p.status = 'active'
    ORDER BY a.said`;
}

/** Adds an alias; false when its words are one already. */
export async function addAlias(
  db: Transaction,
  { said, kind, targetId }: Omit<Alias, 'id'>,
  by: string,
  now: Date,
): Promise<boolean> {
  const added = await db.sql`
    INSERT INTO alias (id, said, kind, "targetId", "addedById", "addedAt") VALUES (gen_random_uuid(), ${said}, ${kind}, ${targetId}, ${by}, ${now})
    ON CONFLICT DO NOTHING RETURNING id`;
  return added.length > 0;
}

/** Deletes an alias; its words, or undefined when it was deleted before. */
export async function removeAlias(db: Transaction, id: string): Promise<string | undefined> {
  const [removed] = await db.sql<{ said: string }>`DELETE FROM alias WHERE id = ${id}::uuid RETURNING said`;
  return removed?.said;
}
