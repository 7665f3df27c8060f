/** Reads and writes of logged deeds. */
import { DAY_MS } from '../../../basics/durations.ts';
import type { Day } from '../../../calendar/calendar.ts';
import type { Period } from '../../../list.ts';
import type { Reader, Transaction } from '../../../storage/database.ts';

/** So far back a deed is offered at nomination, and so many of them. */
const OFFERED_DAYS = 92;
const MAX_OFFERED = 20;

export type Deed = { id: string; text: string; doneOn: Day };
/** A deed with whose it is, and whether a nomination that was handed in refers to it. */
export type OwnedDeed = Deed & { personId: string; isEvidence: boolean };

/** The deeds a person logged within the last quarter, the newest first. */
export function findOwnDeeds(db: Reader, person: string, now: Date): Promise<Deed[]> {
  return db.sql<Deed>`
    SELECT id, text, to_char("doneOn", 'YYYY-MM-DD') AS "doneOn" FROM star_deed
    WHERE "personId" = ${person} AND "loggedAt" > ${new Date(now.getTime() - OFFERED_DAYS * DAY_MS)} ORDER BY "doneOn" DESC, "loggedAt" DESC, id LIMIT ${MAX_OFFERED}`;
}

/** How many there are, also those that are too many to be offered. */
export function countOwnDeeds(db: Reader, person: string, now: Date): Promise<number> {
  const loggedAt = { gt: new Date(now.getTime() - OFFERED_DAYS * DAY_MS) };
  return db.models.starDeed.count({ where: { personId: person, loggedAt } });
}

/** The deeds of these people, and those of these ids, whosever they are. */
export function findDeedsOf(db: Reader, people: string[], ids: string[]): Promise<OwnedDeed[]> {
  return db.sql<OwnedDeed>`
    SELECT d.id, d."personId", d.text, to_char(d."doneOn", 'YYYY-MM-DD') AS "doneOn",
      EXISTS (SELECT 1 FROM star_nomination n WHERE n.state = 'submitted' AND d.id = ANY (n."deedIds")) AS "isEvidence"
    FROM star_deed d WHERE d."personId" = ANY (${people}::text[]) OR d.id = ANY (${ids}::uuid[])`;
}

/** The deeds that were done within a period, by day. */
export function findDeedsWithin(db: Reader, { firstDay, lastDay }: Period): Promise<(Deed & { personId: string })[]> {
  return db.sql`
    SELECT id, "personId", text, to_char("doneOn", 'YYYY-MM-DD') AS "doneOn" FROM star_deed
    WHERE "doneOn" BETWEEN ${firstDay}::date AND ${lastDay}::date ORDER BY star_deed."doneOn", "loggedAt", id`;
}

/** Lets nobody else write a deed, or hand in a nomination that refers to one, until the transaction ends. */
export async function lockDeeds(db: Transaction): Promise<void> {
  await db.sql`LOCK TABLE star_deed IN EXCLUSIVE MODE`;
}

/** Keeps these as new deeds, or with other words and days. */
export async function writeDeeds(
  db: Transaction,
  deeds: Pick<OwnedDeed, 'id' | 'personId' | 'text' | 'doneOn'>[],
  now: Date,
): Promise<void> {
  await db.sql`
    INSERT INTO star_deed (id, "personId", text, "doneOn", "loggedAt")
    SELECT r.id, r."personId", r.text, r."doneOn", ${now} FROM jsonb_to_recordset(${JSON.stringify(deeds)}::jsonb) AS r (id uuid, "personId" text, text text, "doneOn" date)
    ON CONFLICT (id) DO UPDATE SET text = excluded.text, "doneOn" = excluded."doneOn"`;
}

/** The same deed on the same day is kept once: a form may be sent twice. */
export async function keepDeed(
  db: Transaction,
  person: string,
  text: string,
  doneOn: Day,
  now: Date,
): Promise<boolean> {
  const rows = await db.sql`
    INSERT INTO star_deed (id, "personId", text, "doneOn", "loggedAt") SELECT gen_random_uuid(), ${person}, ${text}, ${doneOn}::date, ${now}
    WHERE NOT EXISTS (SELECT 1 FROM star_deed WHERE "personId" = ${person} AND text = ${text} AND "doneOn" = ${doneOn}::date) RETURNING id`;
  return rows.length === 1;
}

/** Holds deeds that a nomination is about to refer to, so that none vanishes meanwhile; gives those that are still there. */
export async function holdDeeds(db: Transaction, ids: string[]): Promise<string[]> {
  const rows = await db.sql<{ id: string }>`
    SELECT id FROM star_deed WHERE id = ANY (${ids}::uuid[]) ORDER BY id FOR SHARE`;
  return rows.map(({ id }) => id);
}

/** Deletes a deed of a person's own; drafts, and what was withdrawn, forget it. One that a nomination refers to is evidence, and stays. */
export async function deleteDeed(
  db: Transaction,
  person: string,
  id: string,
): Promise<'deleted' | 'missing' | 'evidence'> {
  const held = await db.sql`SELECT 1 FROM star_deed WHERE id = ${id}::uuid AND "personId" = ${person} FOR UPDATE`;
  if (held.length === 0) return 'missing';
  const [deed] = await findDeedsOf(db, [], [id]);
  if (deed?.isEvidence) return 'evidence';
  await db.sql`
    UPDATE star_nomination SET "deedIds" = array_remove("deedIds", ${id}::uuid) WHERE state <> 'submitted' AND ${id}::uuid = ANY ("deedIds")`;
  await db.sql`DELETE FROM star_deed WHERE id = ${id}::uuid`;
  return 'deleted';
}
