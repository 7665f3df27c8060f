/** Reads units and people from the messenger's contacts, page by page; leavers lose access, unit leaders get their role. */
import { now as clockNow } from '../basics/clock.ts';
import type { Logger } from '../basics/log.ts';
import type { ContactPerson, ContactUnit, Messenger } from '../messenger/port.ts';
import type { Transaction } from '../storage/database.ts';
import { isHeavyLoss } from './heavy-loss.ts';

/** The contact fields that Feishu does not have of its own: the Party branch by name, and the politics status in words. */
export type ContactFields = { branch?: string | undefined; politics?: string | undefined };

const POLITICS: Record<string, string> = {
  中共党员: 'member',
  党员: 'member',
  中共预备党员: 'probationary',
  预备党员: 'probationary',
  入党积极分子: 'applicant',
};
const ROOT = '0';

/** Everything the contacts hold; people by their id. */
export type Contacts = { units: ContactUnit[]; people: Map<string, ContactPerson> };

/** All pages of the contacts, which takes a while. Throws `MessengerError` when one of them cannot be read. */
export async function readContacts(messenger: Messenger): Promise<Contacts> {
  const units: ContactUnit[] = [];
  for await (const unit of messenger.units()) units.push(unit);
  const people = new Map<string, ContactPerson>();
  for (const unitId of [ROOT, ...units.map(({ id }) => id)]) {
    for await (const person of messenger.members(unitId)) people.set(person.id, person);
  }
  return { units, people };
}

/**
 * Makes units, branches and people equal to the contacts as they were read. Safe to run again at any time. Kind, politics and branch
 * count when the contacts say something new of them: what an import says stands until then, and for good where the contacts have no
 * field for it.
 */
export async function synchronisePeople(
  db: Transaction,
  { units, people }: Contacts,
  fields: ContactFields,
  log: Logger,
): Promise<void> {
  const now = clockNow();
  await lockPeople(db);
  await writeUnits(db, units);
  await writePeople(db, [...people.values()], fields, now, log);
  await endLeavers(db, [...people.keys()], now);
  await assignLeaders(db, now);
  log.info({ units: units.length, people: people.size }, 'the contacts were read');
}

/** One at a time: until the transaction ends, nobody else makes the people equal to the contacts. */
export async function lockPeople(db: Transaction): Promise<void> {
  await db.sql`SELECT pg_advisory_xact_lock(hashtext('synchronise-people'))`;
}

async function writeUnits(db: Transaction, units: ContactUnit[]): Promise<void> {
  const known = new Set(units.map(({ id }) => id));
  const rows = units.map((unit) => ({ ...unit, parentId: known.has(unit.parentId) ? unit.parentId : null }));
  // Parents may come after their children: the tree is tied together once all are there.
  await db.sql`
    INSERT INTO unit (id, name, "leaderId", sort)
    SELECT id, name, "leaderId", sort FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS u (id text, name text, "leaderId" text, sort int)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, "leaderId" = excluded."leaderId", sort = excluded.sort`;
  await db.sql`
    UPDATE unit SET "parentId" = u."parentId" FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS u (id text, "parentId" text)
    WHERE unit.id = u.id`;
}

async function writePeople(
  db: Transaction,
  people: ContactPerson[],
  fields: ContactFields,
  now: Date,
  log: Logger,
): Promise<void> {
  const said = people.map((person) => ({
    id: person.id,
    name: person.name,
    kind: person.employeeType === undefined || person.employeeType === 1 ? 'officer' : 'auxiliary',
    employeeNo: person.employeeNo?.trim() || null,
    saidKind: String(person.employeeType ?? ''),
    saidPolitics: fields.politics ? (person.fields[fields.politics] ?? '') : null,
    saidBranch: fields.branch ? (person.fields[fields.branch]?.trim() ?? '') : null,
    politics: POLITICS[person.fields[fields.politics ?? ''] ?? ''] ?? 'none',
    unitId: person.unitIds[0] ?? null,
    branch: person.fields[fields.branch ?? '']?.trim() || null,
    status: person.hasLeft ? 'left' : 'active',
    isReachable: person.isActivated && !person.isFrozen && !person.hasLeft,
  }));
  const rows = await keepWhatIsUnsaid(db, said, log);
  const names = [...new Set(rows.flatMap(({ branch }) => branch ?? []))];
  await db.sql`INSERT INTO branch (id, name) SELECT gen_random_uuid(), unnest(${names}::text[]) ON CONFLICT (name) DO NOTHING`;
  await db.sql`
    INSERT INTO person AS known (id, name, "employeeNo", kind, politics, "unitId", "branchId", status, "isReachable", "saidKind", "saidPolitics", "saidBranch")
    SELECT p.id, p.name, p."employeeNo", p.kind, p.politics, unit.id, branch.id, p.status, p."isReachable", p."saidKind", p."saidPolitics", p."saidBranch"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS p (id text, name text, "employeeNo" text, kind text, politics text, "unitId" text, branch text,
      status text, "isReachable" boolean, "saidKind" text, "saidPolitics" text, "saidBranch" text)
    LEFT JOIN unit ON unit.id = p."unitId" LEFT JOIN branch ON branch.name = p.branch
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, "employeeNo" = excluded."employeeNo", "unitId" = excluded."unitId", status = excluded.status, "isReachable" = excluded."isReachable",
      "leftAt" = CASE WHEN excluded.status = 'active' THEN NULL WHEN known.status = 'active' THEN ${now}::timestamptz ELSE known."leftAt" END,
      kind = CASE WHEN excluded."saidKind" IS NULL OR excluded."saidKind" = known."saidKind" THEN known.kind ELSE excluded.kind END,
      politics = CASE WHEN excluded."saidPolitics" IS NULL OR excluded."saidPolitics" = known."saidPolitics" THEN known.politics ELSE excluded.politics END,
      "branchId" = CASE WHEN excluded."saidBranch" IS NULL OR excluded."saidBranch" = known."saidBranch" THEN known."branchId" ELSE excluded."branchId" END,
      "saidKind" = COALESCE(excluded."saidKind", known."saidKind"), "saidPolitics" = COALESCE(excluded."saidPolitics", known."saidPolitics"),
      "saidBranch" = COALESCE(excluded."saidBranch", known."saidBranch")`;
}

/** What the contacts may say of a person: empty where they say nothing, null where they were not asked. */
type Said = { id: string; status: string } & Record<(typeof SAID)[number], string | null>;
const SAID = ['saidKind', 'saidPolitics', 'saidBranch'] as const;

/**
 * The rows, with a field not asked for where the contacts have fallen silent on many people at once: one that the app may no longer read
 * looks just like one that was emptied, and what stands is not given up for that.
 */
async function keepWhatIsUnsaid<Row extends Said>(db: Transaction, rows: Row[], log: Logger): Promise<Row[]> {
  const before = await db.sql<Said>`
    SELECT id, status, "saidKind", "saidPolitics", "saidBranch" FROM person WHERE status = 'active'`;
  const known = new Map(before.map((person) => [person.id, person]));
  const silent = SAID.filter((field) => {
    const told = rows.filter(({ id, status }) => status === 'active' && known.get(id)?.[field]);
    const lacking = told.filter((row) => row[field] === '').length;
    const isSilent = isHeavyLoss(lacking, told.length);
    if (isSilent) log.warn({ field, lacking, known: told.length }, 'the contacts say nothing of many people');
    return isSilent;
  });
  return rows.map((row) => {
    const unsaid = silent.filter((field) => row[field] === '').map((field) => [field, null]);
    return { ...row, ...Object.fromEntries(unsaid) };
  });
}

/** Whoever is no longer in the contacts has left: no access, and no role from now on. */
async function endLeavers(db: Transaction, present: string[], now: Date): Promise<void> {
  await db.sql`UPDATE person SET status = 'left', "leftAt" = ${now}, "isReachable" = false WHERE status = 'active' AND id <> ALL (${present}::text[])`;
  await db.sql`
    UPDATE role_assignment r SET until = ${now} FROM person p
    WHERE p.id = r."personId" AND p.status = 'left' AND (r.until IS NULL OR r.until > ${now})`;
}

/** A unit's leader in the contacts is its leader here, unless somebody was given that role in chat. */
async function assignLeaders(db: Transaction, now: Date): Promise<void> {
  await db.sql`
    UPDATE role_assignment r SET until = ${now}
    WHERE r.role = 'leader' AND r.source = 'contacts' AND r.until IS NULL AND NOT EXISTS (
      SELECT 1 FROM unit u JOIN person p ON p.id = u."leaderId" AND p.status = 'active'
      WHERE u.id = r."scopeId" AND u."leaderId" = r."personId" AND NOT EXISTS (SELECT 1 FROM role_assignment said
        WHERE said.role = 'leader' AND said."scopeId" = u.id AND said.source = 'chat' AND said."from" <= ${now}
          AND (said.until IS NULL OR said.until > ${now})))`;
  await db.sql`
    INSERT INTO role_assignment (id, "personId", role, "scopeId", "from", source)
    SELECT gen_random_uuid(), u."leaderId", 'leader', u.id, ${now}, 'contacts'
    FROM unit u JOIN person p ON p.id = u."leaderId" AND p.status = 'active'
    WHERE NOT EXISTS (SELECT 1 FROM role_assignment r WHERE r.role = 'leader' AND r."scopeId" = u.id AND r."from" <= ${now}
      AND (r.until IS NULL OR r.until > ${now}) AND (r.source = 'chat' OR r."personId" = u."leaderId"))`;
}

/** Makes the people of `ADMIN_IDS` administrators, and those who no longer stand there none by configuration. */
export async function appointConfiguredAdministrators(db: Transaction, ids: string[]): Promise<void> {
  const now = clockNow();
  await db.sql`
    UPDATE role_assignment SET until = ${now} WHERE source = 'configuration' AND until IS NULL AND "personId" <> ALL (${ids}::text[])`;
  await db.sql`
      INSERT INTO role_assignment (id, "personId", role, "from", source)
      SELECT gen_random_uuid(), p.id, 'administrator', ${now}, 'configuration' FROM person p
      WHERE p.id = ANY (${ids}::text[]) AND p.status = 'active' AND NOT EXISTS (SELECT 1 FROM role_assignment r
        WHERE r."personId" = p.id AND r.role = 'administrator' AND r.source = 'configuration' AND r.until IS NULL)`;
}
