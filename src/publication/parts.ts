/** Everybody's part: counted and listed by the database, so that an audience may be of any size; nudged, snoozed, not to be reached. */
import type { Day } from '../calendar/calendar.ts';
import { HOLD_REASONS } from '../delivery.ts';
import type { Audience } from '../people/audience/audience.ts';
import type { Reader, Transaction } from '../storage/database.ts';
import type { PublicationState } from '../storage/generated/enums.ts';
import type { Standing, Tally } from './rules.ts';

const NOBODY: Tally = { done: 0, open: 0, 'on-leave': 0, unreachable: 0, waiting: 0 };

/** How many stand where on `today`. */
export async function countStandings(db: Reader, id: string, today: Day): Promise<Tally> {
  const rows = await db.sql<{ standing: Standing; count: number }>`
    SELECT standing, count(*)::int AS count FROM standings(${id}::uuid, ${today}::date) GROUP BY standing`;
  return { ...NOBODY, ...Object.fromEntries(rows.map(({ standing, count }) => [standing, count])) };
}

/** The same for each unit in which it was published, by the unit's id. */
export async function countByUnit(db: Reader, id: string, today: Day): Promise<Map<string, Tally>> {
  const rows = await db.sql<{ unitId: string; standing: Standing; count: number }>`
    SELECT "unitId", standing, count(*)::int AS count FROM standings(${id}::uuid, ${today}::date)
    WHERE "unitId" IS NOT NULL GROUP BY "unitId", standing`;
  const units = new Map<string, Tally>();
  for (const { unitId, standing, count } of rows) {
    units.set(unitId, { ...(units.get(unitId) ?? NOBODY), [standing]: count });
  }
  return units;
}

/** The first names, in order, of those who stand somewhere. */
export async function findNames(
  db: Reader,
  id: string,
  today: Day,
  standing: Standing,
  limit: number,
): Promise<string[]> {
  const rows = await db.sql<{ name: string }>`
    SELECT name FROM standings(${id}::uuid, ${today}::date) WHERE standing = ${standing} ORDER BY name, "personId" LIMIT ${limit}`;
  return rows.map(({ name }) => name);
}

/**
 * The next people of what is published after `after`, in the order of ids: whoever is not done and can be reached, also on leave;
 * without those who were nudged on the day `exceptNudgedOn`, for they have just been reminded.
 */
export async function findOpenAfter(
  db: Reader,
  id: string,
  after: string,
  limit: number,
  exceptNudgedOn: Day | null = null,
): Promise<string[]> {
  const rows = await db.sql<{ personId: string }>`
    SELECT a."personId" FROM part a JOIN publication b ON b.id = a."publicationId"
    WHERE b.id = ${id}::uuid AND b.state = 'published' AND a."doneAt" IS NULL AND NOT a."isUnreachable" AND a."personId" > ${after}
      AND (${exceptNudgedOn}::date IS NULL OR a."nudgedOn" IS DISTINCT FROM ${exceptNudgedOn}::date)
    ORDER BY a."personId" LIMIT ${limit}`;
  return rows.map(({ personId }) => personId);
}

/** Takes today's nudge of everybody who is open in what is published, `among` these people where it says so, and gives whose it took. */
export async function takeNudges(
  db: Transaction,
  id: string,
  { by, today }: { by: string; today: Day },
  among?: string[],
): Promise<string[]> {
  const rows = await db.sql<{ personId: string }>`
    UPDATE part a SET "nudgedOn" = ${today}::date, "nudgedById" = ${by}
    FROM standings(${id}::uuid, ${today}::date) s, publication b
    WHERE a."publicationId" = ${id}::uuid AND a."personId" = s."personId" AND s.standing = 'open' AND b.id = a."publicationId" AND b.state = 'published'
      AND a."nudgedOn" IS DISTINCT FROM ${today}::date AND (${!among} OR a."personId" IN (SELECT unnest(${among ?? []}::text[])))
    RETURNING a."personId"`;
  return rows.map(({ personId }) => personId);
}

/** Of these parts, those that are open, with the end ahead and the person to be reached. */
export function findRunning(
  db: Reader,
  parts: { ref: string; person: string }[],
  now: Date,
): Promise<{ id: string; person: string; dueAt: Date }[]> {
  return db.sql`
    SELECT DISTINCT b.id::text, p.id AS person, b."dueAt" FROM jsonb_to_recordset(${JSON.stringify(parts)}::jsonb) AS asked (ref uuid, person text)
    JOIN part a ON a."publicationId" = asked.ref AND a."personId" = asked.person JOIN publication b ON b.id = a."publicationId"
    JOIN person p ON p.id = a."personId"
    WHERE b.state = 'published' AND b."dueAt" > ${now} AND a."doneAt" IS NULL AND NOT a."isUnreachable" AND p.status = 'active'`;
}

/** Brings the parts in line with the audience as it is; whoever is done or `staying` keeps theirs. The publication should be held. */
export async function regroup(
  db: Transaction,
  id: string,
  staying: string[],
  now: Date,
): Promise<{ joined: string[]; left: string[] }> {
  const rows = await db.sql<{ personId: string; change: string }>`
    SELECT "personId", change FROM regroup_parts(${id}::uuid, ${now}, ${staying}::text[]) ORDER BY "personId"`;
  const of = (wanted: string) => rows.flatMap(({ personId, change }) => (change === wanted ? [personId] : []));
  return { joined: of('joined'), left: of('left') };
}

/**
 * Who is open, at work, to be reached, and has no card on the way or on the screen: it was dropped for coming too late, and now there is time
 * again, since the end was put off or leave was ended.
 */
export async function findForgotten(db: Reader, id: string, today: Day): Promise<string[]> {
  const rows = await db.sql<{ personId: string }>`
    SELECT a."personId" FROM publication b JOIN part a ON a."publicationId" = b.id JOIN person p ON p.id = a."personId" AND p.status = 'active'
    WHERE b.id = ${id}::uuid AND b."announcedAt" IS NOT NULL AND a."doneAt" IS NULL AND NOT a."isUnreachable"
      AND a."reachedAt" IS NULL AND NOT EXISTS (SELECT FROM leave l WHERE l."personId" = a."personId" AND ${today}::date BETWEEN l."firstDay" AND l."lastDay")
      AND NOT EXISTS (SELECT FROM delivery d LEFT JOIN delivery g ON g.id = d."gatheredInto"
        WHERE d.ref = b.id::text AND d.card = b.card AND d.recipient = a."personId" AND d.feature = b.feature AND COALESCE(g.state, d.state) <> 'dropped')
    ORDER BY a."personId"`;
  return rows.map(({ personId }) => personId);
}

/**
 * Where these people stand has changed without a part being done, as leave does it: the cards that count them follow, and what waits for
 * them, or was dropped for having to wait too long, is asked about again at once.
 */
export async function refreshCounts(db: Transaction, people: string[], now: Date): Promise<void> {
  await db.sql`
    WITH held AS (
      SELECT id FROM delivery
      WHERE recipient = ANY (${people}::text[]) AND NOT "isChat" AND "messageId" IS NULL AND NOT "isRecalled" AND (state = 'pending' AND held IS NOT NULL
        OR state = 'dropped' AND failure = ANY (${[...HOLD_REASONS]}::text[]) AND "notAfter" > ${now})
      ORDER BY key FOR UPDATE)
    UPDATE delivery d SET state = 'pending', "dueAt" = ${now}, failure = NULL FROM held WHERE d.id = held.id`;
  await db.sql`
    INSERT INTO card_mark (feature, card, ref)
    SELECT DISTINCT b.feature, 'progress', b.id::text FROM part a JOIN publication b ON b.id = a."publicationId"
    WHERE a."personId" = ANY (${people}::text[]) AND b."publishedAt" IS NOT NULL AND b."issuedById" IS NOT NULL`;
}

/** How many came into the audience since it was published, and left it with nothing done. */
export async function countMoves(db: Reader, id: string): Promise<{ joined: number; left: number }> {
  const [row] = await db.sql<{ joined: number; left: number }>`
    SELECT (SELECT count(*)::int FROM part WHERE "publicationId" = ${id}::uuid AND "joinedAt" IS NOT NULL) AS joined,
      (SELECT count(*)::int FROM left_part WHERE "publicationId" = ${id}::uuid) AS left`;
  return row ?? { joined: 0, left: 0 };
}

/** Whether a person had a part that was taken from them because they left the audience. */
export async function hasLeft(db: Reader, id: string, person: string): Promise<boolean> {
  return isOne(db.sql`SELECT "leftAt" FROM left_part WHERE "publicationId"::text = ${id} AND "personId" = ${person}`);
}

/** One person's part with what is said of the whole. */
export type PersonsPart = {
  state: PublicationState;
  opensAt: Date;
  dueAt: Date;
  endedAt: Date | null;
  issuer: string | null;
  audience: Audience;
  doneAt: Date | null;
  snoozedUntil: Date | null;
  /** The day on which somebody urged it last, and who. */
  urgedOn: Day | null;
  urger: string | null;
};

/** A person's part; undefined when they have none. */
export async function findPart(db: Reader, id: string, person: string): Promise<PersonsPart | undefined> {
  const [part] = await db.sql<PersonsPart>`SELECT * FROM part_of(${id}::uuid, ${person})`;
  return part;
}

/** Of these publications, those in which a person has a part. */
export async function findOwn(db: Reader, ids: string[], person: string): Promise<string[]> {
  const rows = await db.sql<{ id: string }>`
    SELECT "publicationId" AS id FROM part WHERE "publicationId" = ANY (${ids}::uuid[]) AND "personId" = ${person}`;
  return rows.map(({ id }) => id);
}

/** A message to this person about the publication did not and will not arrive; false for whom another has reached: they are not out of reach. */
export async function markUnreachable(db: Transaction, id: string, person: string): Promise<boolean> {
  return isOne(db.sql`
    UPDATE part a SET "isUnreachable" = true FROM publication b
    WHERE b.id = a."publicationId" AND b.id = ${id}::uuid AND a."personId" = ${person} AND reached_at(b.feature, b.card, b.id, a."personId") IS NULL
    RETURNING a."personId"`);
}

/** Cards have come to these people: whoever was out of reach is so no more, and is given. */
export async function markReached(db: Transaction, came: { ref: string; person: string }[]): Promise<string[]> {
  const rows = await db.sql<{ personId: string }>`
    UPDATE part a SET "isUnreachable" = false FROM jsonb_to_recordset(${JSON.stringify(came)}::jsonb) AS c (ref text, person text)
    WHERE a."publicationId" = c.ref::uuid AND a."personId" = c.person AND a."isUnreachable" RETURNING a."personId"`;
  return rows.map(({ personId }) => personId);
}

/**
 * Whom the messenger refused and who has an account: to be tried again, since whoever was left out can have been let in; once for each
 * `reason`, with which the keys of these tries end.
 */
export async function findRefused(db: Reader, id: string, reason: string): Promise<string[]> {
  const rows = await db.sql<{ personId: string }>`
    SELECT a."personId" FROM part a JOIN person p ON p.id = a."personId" AND p.status = 'active' AND p."isReachable"
    WHERE a."publicationId" = ${id}::uuid AND a."isUnreachable" AND a."doneAt" IS NULL
      AND NOT EXISTS (SELECT FROM delivery d WHERE d.ref = ${id} AND d.recipient = a."personId" AND d.key LIKE '%' || ${reason}::text)
    ORDER BY a."personId"`;
  return rows.map(({ personId }) => personId);
}

/** How many 催办 would remind on that day. */
export async function countNudges(db: Reader, id: string, today: Day): Promise<number> {
  const [row] = await db.sql<{ count: number }>`
    SELECT count(*)::int AS count FROM standings(${id}::uuid, ${today}::date) s JOIN part a ON a."publicationId" = ${id}::uuid AND a."personId" = s."personId"
    WHERE s.standing = 'open' AND a."nudgedOn" IS DISTINCT FROM ${today}::date`;
  return row?.count ?? 0;
}

/** Who still waits for the card. */
export async function findWaiting(db: Reader, id: string, today: Day): Promise<string[]> {
  const rows = await db.sql<{ personId: string }>`
    SELECT "personId" FROM standings(${id}::uuid, ${today}::date) WHERE standing = 'waiting' ORDER BY "personId"`;
  return rows.map(({ personId }) => personId);
}

/** A person has opened it: notes the yes where somebody is counting, and gives whose card counts. Undefined when nothing changes. */
export async function noteRead(db: Transaction, id: string, person: string): Promise<string | undefined> {
  const [row] = await db.sql<{ issuer: string }>`
    WITH counting AS (
      SELECT id, "issuedById" FROM publication
      WHERE id = ${id}::uuid AND state = 'published' AND "countsReads" AND "issuedById" IS NOT NULL FOR SHARE)
    UPDATE part a SET "isRead" = true FROM counting
    WHERE a."publicationId" = counting.id AND a."personId" = ${person} AND NOT a."isRead" RETURNING counting."issuedById" AS issuer`;
  return row?.issuer;
}

/** It is over: who had read it is forgotten, and nobody is counted any more, whatever follows. */
export async function forgetReads(db: Transaction, id: string): Promise<void> {
  await db.sql`
    WITH over AS (UPDATE publication SET "countsReads" = false WHERE id = ${id}::uuid)
    UPDATE part SET "isRead" = false WHERE "publicationId" = ${id}::uuid AND "isRead"`;
}

/** How many it has reached, and how many of them have opened it. */
export async function countReads(db: Reader, id: string): Promise<{ reached: number; read: number }> {
  const [row] = await db.sql<{ reached: number; read: number }>`
    SELECT count(*) FILTER (WHERE reached_at(b.feature, b.card, b.id, a."personId") IS NOT NULL)::int AS reached,
      count(*) FILTER (WHERE a."isRead")::int AS read
    FROM publication b JOIN part a ON a."publicationId" = b.id WHERE b.id = ${id}::uuid`;
  return row ?? { reached: 0, read: 0 };
}

/** A person takes back that they are done, which they may until the end; false when there is nothing to take back any more. */
export async function reopenPart(db: Transaction, id: string, person: string, now: Date): Promise<boolean> {
  return isOne(db.sql`
    UPDATE part a SET "doneAt" = NULL FROM publication b
    WHERE b.id = a."publicationId" AND b.state = 'published' AND b.id = ${id}::uuid AND b."dueAt" > ${now}
      AND a."personId" = ${person} AND a."doneAt" IS NOT NULL
    RETURNING a."personId"`);
}

/** Keeps when an open part should come again; false when there is nothing open. */
export async function snooze(db: Transaction, id: string, person: string, until: Date): Promise<boolean> {
  return isOne(db.sql`
    UPDATE part a SET "snoozedUntil" = ${until} FROM publication b
    WHERE b.id = a."publicationId" AND b.state = 'published' AND b.id = ${id}::uuid AND a."personId" = ${person} AND a."doneAt" IS NULL
    RETURNING a."personId"`);
}

/** Ends a snooze; whether the part is still open, and the person still in service. */
export async function endSnooze(db: Transaction, id: string, person: string): Promise<boolean> {
  return isOne(db.sql`
    UPDATE part a SET "snoozedUntil" = NULL FROM publication b, person p
    WHERE b.id = a."publicationId" AND b.state = 'published' AND p.id = a."personId" AND p.status = 'active'
      AND b.id = ${id}::uuid AND a."personId" = ${person} AND a."doneAt" IS NULL RETURNING a."personId"`);
}

async function isOne(rows: Promise<unknown[]>): Promise<boolean> {
  return (await rows).length === 1;
}
