/** Reads and writes of the digest; nobody else touches these tables. */
import type { DigestFigure, DigestSection } from '../../digest-section.ts';
import type { Matter } from '../../sight.ts';
import type { Reader, Transaction } from '../../storage/database.ts';
import type { DigestRun } from '../../storage/generated/client.ts';
import { permissionScope, type RunGroup } from './compile/scopes.ts';

export type { DigestRun } from '../../storage/generated/client.ts';

/** A section as a run defined it, and when it was compiled. */
export type Chapter = {
  section: string;
  title: string;
  version: number;
  figures: Record<string, DigestFigure>;
  ratios: NonNullable<DigestSection['ratios']>;
  chart: DigestSection['chart'] | null;
  compiledAt: Date | null;
};

/** A matter as it was told; `due` is an instant in ISO format. */
export type StoredMatter = {
  key: string;
  title: string;
  words: string;
  count: number;
  due: string | null;
  act: { text: string; press: string; value: Record<string, string> } | null;
};

/** What a section counted for one group. */
export type Part = {
  section: string;
  version: number;
  kind: 'unit' | 'branch';
  groupId: string;
  own: Record<string, number>;
  total: Record<string, number>;
  totalBefore: Record<string, number>;
  matters: StoredMatter[];
};

/** Keeps a new run and gives its id; undefined when there is one under this key already. */
export async function createRun(
  db: Transaction,
  run: Pick<DigestRun, 'key' | 'name' | 'from' | 'until' | 'previousFrom' | 'isLate' | 'startedAt'> &
    Partial<Pick<DigestRun, 'previousId' | 'askedById'>>,
): Promise<string | undefined> {
  const [created] = await db.sql<{ id: string }>`
    INSERT INTO digest_run (id, key, name, "from", until, "previousFrom", "previousId", "askedById", "isLate", "startedAt")
    VALUES (gen_random_uuid(), ${run.key}, ${run.name}, ${run.from}, ${run.until}, ${run.previousFrom}, ${run.previousId ?? null}::uuid,
      ${run.askedById ?? null}, ${run.isLate}, ${run.startedAt})
    ON CONFLICT (key) DO NOTHING RETURNING id::text`;
  return created?.id;
}

/** Keeps the units and branches as they stand, with how many serve there. */
export async function keepGroups(db: Transaction, run: string): Promise<void> {
  await db.sql`
    WITH direct AS (SELECT "unitId", count(*)::int AS people FROM person WHERE status = 'active' GROUP BY 1),
    whole AS (SELECT a.id, sum(people) AS people FROM units_above() a JOIN direct ON direct."unitId" = a.unit GROUP BY 1)
    INSERT INTO digest_group ("runId", kind, id, name, "parentId", sort, people, "allPeople")
    SELECT ${run}::uuid, 'unit', u.id, u.name, u."parentId", u.sort, COALESCE(direct.people, 0), COALESCE(whole.people, 0)
    FROM unit u LEFT JOIN direct ON direct."unitId" = u.id LEFT JOIN whole ON whole.id = u.id
    UNION ALL
    SELECT ${run}::uuid, 'branch', b.id::text, b.name, NULL, 0, p.count, p.count
    FROM branch b, LATERAL (SELECT count(*)::int AS count FROM person WHERE "branchId" = b.id AND status = 'active') p`;
}

/** The units and branches of a run. */
export function findGroups(db: Reader, run: string): Promise<RunGroup[]> {
  return db.sql`
    SELECT kind, id, name, "parentId", sort, people, "allPeople" FROM digest_group WHERE "runId" = ${run}::uuid ORDER BY kind, sort, name`;
}

/** Keeps what each section means, still to be compiled. */
export async function keepChapters(db: Transaction, run: string, sections: [string, DigestSection][]): Promise<void> {
  const rows = sections.map(([section, { title, version, figures, ratios = [], chart = null }], sort) => {
    return { section, sort, title, version, figures, ratios, chart };
  });
  await db.sql`
    INSERT INTO digest_chapter ("runId", section, sort, title, version, figures, ratios, chart)
    SELECT ${run}::uuid, section, sort, title, version, figures, ratios, chart FROM json_to_recordset(${JSON.stringify(rows)}::json)
      AS c (section text, sort int, title text, version int, figures json, ratios jsonb, chart json)`;
}

/** The sections of a run in their order. */
export function findChapters(db: Reader, run: string): Promise<Chapter[]> {
  return db.sql`
    SELECT section, title, version, figures, ratios, chart, "compiledAt" FROM digest_chapter WHERE "runId" = ${run}::uuid ORDER BY sort`;
}

/** The run, held until the transaction ends, so that what finishes it does so one after the other. */
export async function holdRun(db: Transaction, run: string): Promise<void> {
  await db.sql`SELECT 1 FROM digest_run WHERE id = ${run}::uuid FOR UPDATE`;
}

/** Keeps what a section counted. What stands there already stays. */
export async function keepParts(db: Transaction, run: string, parts: Part[]): Promise<void> {
  await db.sql`
    INSERT INTO digest_part ("runId", section, version, kind, "groupId", own, total, "totalBefore", matters)
    SELECT ${run}::uuid, section, version, kind, "groupId", own, total, "totalBefore", matters FROM jsonb_to_recordset(${JSON.stringify(parts)}::jsonb)
      AS p (section text, version int, kind text, "groupId" text, own jsonb, total jsonb, "totalBefore" jsonb, matters jsonb)
    ON CONFLICT DO NOTHING`;
}

/** Marks a section as compiled; false when it was before. */
export async function markCompiled(db: Transaction, run: string, section: string, now: Date): Promise<boolean> {
  const marked = await db.sql`
    UPDATE digest_chapter SET "compiledAt" = ${now} WHERE "runId" = ${run}::uuid AND section = ${section} AND "compiledAt" IS NULL RETURNING section`;
  return marked.length === 1;
}

/** What a run's sections counted for these groups, or for all; only of the versions the run was told in. */
export function findParts(db: Reader, run: string, groupIds?: string[]): Promise<Part[]> {
  return db.sql`
    SELECT p.section, p.version, p.kind, p."groupId", p.own, p.total, p."totalBefore", p.matters
    FROM digest_part p JOIN digest_chapter c ON c."runId" = p."runId" AND c.section = p.section AND c.version = p.version
    WHERE p."runId" = ${run}::uuid AND (${groupIds === undefined} OR p."groupId" = ANY (${groupIds ?? []}::text[])) ORDER BY c.sort`;
}

export function findRun(db: Reader, id: string): Promise<DigestRun | null> {
  return db.models.digestRun.findUnique({ where: { id } });
}

/** The newest run of a week, or of the week with this name, once its cards are written. */
export function findWeekRun(db: Reader, name?: string): Promise<DigestRun | null> {
  const where = { askedById: null, deliveredAt: { not: null }, ...(name && { name }) };
  return db.models.digestRun.findFirst({ where, orderBy: { until: 'desc' } });
}

/** The last runs of weeks that ended before this instant, the newest first, whether their cards are written or not. */
export function findRunsBefore(db: Reader, until: Date, take: number): Promise<DigestRun[]> {
  return db.models.digestRun.findMany({
    where: { askedById: null, until: { lt: until } },
    orderBy: { until: 'desc' },
    take,
  });
}

/** The last runs as an administrator sees them. */
export function findRecentRuns(db: Reader, take: number): Promise<DigestRun[]> {
  return db.models.digestRun.findMany({ orderBy: { startedAt: 'desc' }, take });
}

/** Every card of a run is written; said again, the first time stands. */
export async function markDelivered(db: Transaction, run: string, now: Date): Promise<void> {
  await db.sql`UPDATE digest_run SET "deliveredAt" = COALESCE("deliveredAt", ${now}) WHERE id = ${run}::uuid`;
}

export type Outcome = 'written' | 'nothing-to-say' | 'undeliverable';

/** Keeps to whom a run went; what was written stays written. */
export async function keepLetters(
  db: Transaction,
  run: string,
  letters: { personId: string; outcome: Outcome }[],
  now: Date,
): Promise<void> {
  await db.sql`
    INSERT INTO digest_letter ("runId", "personId", outcome, at)
    SELECT ${run}::uuid, "personId", outcome, ${now} FROM jsonb_to_recordset(${JSON.stringify(letters)}::jsonb) AS l ("personId" text, outcome text)
    ON CONFLICT ("runId", "personId") DO UPDATE SET outcome = excluded.outcome, at = excluded.at WHERE digest_letter.outcome = 'nothing-to-say'`;
}

/** What became of one letter since. */
export async function setOutcome(
  db: Transaction,
  run: string,
  personId: string,
  outcome: Outcome,
  now: Date,
): Promise<void> {
  await db.sql`
    INSERT INTO digest_letter ("runId", "personId", outcome, at) VALUES (${run}::uuid, ${personId}, ${outcome}, ${now})
    ON CONFLICT ("runId", "personId") DO UPDATE SET outcome = excluded.outcome`;
}

/** To whom a run went, by name. */
export function findLetters(db: Reader, run: string): Promise<{ name: string; outcome: Outcome }[]> {
  return db.sql`
    SELECT p.name, l.outcome FROM digest_letter l JOIN person p ON p.id = l."personId" WHERE l."runId" = ${run}::uuid ORDER BY p.name, p.id`;
}

/** The next leaders and secretaries in office after `after`, in the order of ids; `only` is one person whatever the office. */
export async function findReadersAfter(
  db: Reader,
  { after, only, now, limit }: { after: string; only: string | null; now: Date; limit: number },
): Promise<string[]> {
  const rows = await db.sql<{ id: string }>`
    SELECT DISTINCT p.id FROM person p LEFT JOIN role_assignment r ON r."personId" = p.id AND r."from" <= ${now} AND (r.until IS NULL OR r.until > ${now})
    WHERE p.status = 'active' AND p.id > ${after} AND CASE WHEN ${only}::text IS NULL THEN r.role IN ('leader', 'secretary') ELSE p.id = ${only} END
    ORDER BY p.id LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}

/** Where a unit or branch of a run stands, for whoever may read its numbers. */
export async function findScopeMatter(
  db: Reader,
  { run, kind, id }: { run: string; kind: string; id: string },
): Promise<Matter | undefined> {
  const groups = await findGroups(db, run);
  const group = groups.find((one) => one.kind === kind && one.id === id);
  return group && { scope: permissionScope(group, groups) };
}
