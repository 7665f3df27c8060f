/** Reads and writes of imports and exports; nobody else touches these tables. */
import type { Period } from '../../list.ts';
import type { Person } from '../../people/person.ts';
import type { Matter } from '../../sight.ts';
import type { Reader, Transaction } from '../../storage/database.ts';
import { Report } from './schema.ts';

export type ImportState = 'reading' | 'preview' | 'importing' | 'imported' | 'cancelled' | 'refused' | 'expired';

/** An import without its bytes. */
export type Import = {
  id: string;
  personId: string;
  fileName: string;
  state: ImportState;
  lists: string[];
  preview: Report | null;
  result: Report | null;
  refusal: string | null;
  sentAt: Date;
};

/** Keeps a file that was sent, and gives its id. */
export async function createImport(
  db: Transaction,
  { personId, fileName, bytes, sentAt }: { personId: string; fileName: string; bytes: Buffer; sentAt: Date },
): Promise<string> {
  const [row] = await db.sql<{ id: string }>`
    INSERT INTO list_import (id, "personId", "fileName", bytes, "sentAt")
    VALUES (gen_random_uuid(), ${personId}, ${fileName}, ${bytes}, ${sentAt}) RETURNING id`;
  return row?.id ?? '';
}

/** An import is its sender's own. */
export async function findImportMatter(db: Reader, id: string): Promise<Matter | undefined> {
  const row = await db.models.listImport.findUnique({ where: { id }, select: { personId: true } });
  return row ? { owner: row.personId } : undefined;
}

/** An export is the own of whoever asked for it. */
export async function findExportMatter(db: Reader, id: string): Promise<Matter | undefined> {
  const row = await db.models.listExport.findUnique({ where: { id }, select: { personId: true } });
  return row ? { owner: row.personId } : undefined;
}

/** The import, or undefined. */
export async function findImport(db: Reader, id: string): Promise<Import | undefined> {
  const row = await db.models.listImport.findUnique({ where: { id }, omit: { bytes: true } });
  if (!row) return undefined;
  const state = row.state as ImportState;
  return { ...row, state, preview: Report.nullable().parse(row.preview), result: Report.nullable().parse(row.result) };
}

/** The import as it will stay until the transaction ends, or undefined: whoever decides on it reads it so, and whoever comes next waits. */
export async function holdImport(db: Transaction, id: string): Promise<Import | undefined> {
  await db.sql`SELECT 1 FROM list_import WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  return findImport(db, id);
}

/** The file of an import that is still to be decided. */
export async function findImportBytes(db: Reader, id: string): Promise<Buffer | undefined> {
  const [row] = await db.sql<{ bytes: Buffer | null }>`SELECT bytes FROM list_import WHERE id = ${id}::uuid`;
  return row?.bytes ?? undefined;
}

/** Moves an import from one state to another, once; false when somebody else did. The file is kept only for what is still open. */
export async function moveImport(
  db: Transaction,
  id: string,
  from: ImportState,
  to: { state: ImportState; now: Date; refusal?: string },
): Promise<boolean> {
  const isOpen = to.state === 'preview' || to.state === 'importing';
  const moved = await db.sql`
    UPDATE list_import SET state = ${to.state}, refusal = ${to.refusal ?? null}, "decidedAt" = ${to.now},
      bytes = CASE WHEN ${isOpen} THEN bytes END
    WHERE id = ${id}::uuid AND state = ${from} RETURNING id`;
  return moved.length === 1;
}

/** Keeps what the preview of an import says. */
export async function keepPreview(db: Transaction, id: string, preview: Report): Promise<void> {
  await db.sql`
    UPDATE list_import SET preview = ${JSON.stringify(preview)}::jsonb, lists = ${preview.lists.map(({ key }) => key)}::text[]
    WHERE id = ${id}::uuid`;
}

/** Keeps what an import did. */
export async function keepResult(db: Transaction, id: string, result: Report): Promise<void> {
  await db.sql`UPDATE list_import SET result = ${JSON.stringify(result)}::jsonb WHERE id = ${id}::uuid`;
}

/** Ends the previews of before `before`, and gives their ids. */
export async function expireImports(db: Transaction, before: Date, now: Date): Promise<string[]> {
  const rows = await db.sql<{ id: string }>`
    UPDATE list_import SET state = 'expired', bytes = NULL, "decidedAt" = ${now} WHERE state = 'preview' AND "sentAt" < ${before} RETURNING id`;
  return rows.map(({ id }) => id);
}

/** An export without its bytes. */
export type Export = {
  id: string;
  personId: string;
  lists: string[];
  standing: string | null;
  refusal: string | null;
  askedAt: Date;
} & Period;

/** Keeps what somebody asked for, and gives its id. */
export async function createExport(
  db: Transaction,
  { personId, lists, firstDay, lastDay, askedAt }: Omit<Export, 'id' | 'standing' | 'refusal'>,
): Promise<string> {
  const [row] = await db.sql<{ id: string }>`
    INSERT INTO list_export (id, "personId", lists, "firstDay", "lastDay", "askedAt")
    VALUES (gen_random_uuid(), ${personId}, ${lists}::text[], ${firstDay}::date, ${lastDay}::date, ${askedAt}) RETURNING id`;
  return row?.id ?? '';
}

/** The export, or undefined. */
export async function findExport(db: Reader, id: string): Promise<Export | undefined> {
  const [row] = await db.sql<Export>`
    SELECT id, "personId", lists, "firstDay"::text, "lastDay"::text, standing, refusal, "askedAt" FROM list_export WHERE id = ${id}::uuid`;
  return row;
}

/** The file of an export, once it is made and until it is forgotten. */
export async function findExportBytes(db: Reader, id: string): Promise<Buffer | undefined> {
  const [row] = await db.sql<{ bytes: Buffer | null }>`SELECT bytes FROM list_export WHERE id = ${id}::uuid`;
  return row?.bytes ?? undefined;
}

/** Keeps the file of an export, with the standing of whoever it was made for. */
export async function keepExport(db: Transaction, id: string, bytes: Buffer, standing: string): Promise<void> {
  await db.sql`UPDATE list_export SET bytes = ${bytes}, standing = ${standing} WHERE id = ${id}::uuid`;
}

/** What decides on what somebody may see, as one text: a file that was made for another standing holds what is not theirs. */
export function standingOf({ unitId, branchId, roles }: Person): string {
  return JSON.stringify([unitId, branchId, roles.map(({ name, scopeId }) => `${name} ${scopeId}`).sort()]);
}

/** Keeps why an export could not be made. */
export async function refuseExport(db: Transaction, id: string, refusal: string): Promise<void> {
  await db.sql`UPDATE list_export SET refusal = ${refusal} WHERE id = ${id}::uuid`;
}

/** Forgets the files of exports asked for before `filesBefore`, and all that is older than `rowsBefore`. */
export async function forgetOld(db: Transaction, filesBefore: Date, rowsBefore: Date): Promise<void> {
  await db.sql`UPDATE list_export SET bytes = NULL WHERE bytes IS NOT NULL AND "askedAt" < ${filesBefore}`;
  await db.sql`DELETE FROM list_export WHERE "askedAt" < ${rowsBefore}`;
  await db.sql`DELETE FROM list_import WHERE "sentAt" < ${rowsBefore} AND state NOT IN ('reading', 'importing')`;
}
