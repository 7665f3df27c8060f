/** Reads and writes of one person's part in a hand-out. */
import type { Reader, Transaction } from '../../../storage/database.ts';
import type { ClaimState } from '../rules.ts';
import type { Share } from '../stock/rules.ts';

/** One person's part with its hand-out, as handlers decide on it. */
export type Claim = {
  handoutId: string;
  personId: string;
  state: ClaimState;
  pointId: string | null;
  proxyId: string | null;
  settledAt: Date | null;
  settledById: string | null;
  objectedAt: Date | null;
  handoutState: string;
  kind: string;
  pointIds: string[];
  issuedById: string;
  closesAt: Date;
  share: Share[];
};

/**
 * Locks one person's part, so that keeper and person wait for one another, and holds the hand-out's state as it is until the
 * transaction ends: whoever closes it waits for the claims being made and then sees them all. The crowd shares that second lock.
 */
export async function lockClaim(db: Transaction, handout: string, person: string): Promise<Claim | undefined> {
  const [claim] = await db.sql<Claim>`
    SELECT c."handoutId", c."personId", c.state, c."pointId", c."proxyId", c."settledAt", c."settledById", c."objectedAt",
      h.state AS "handoutState", h.kind, h."pointIds"::text[] AS "pointIds", h."issuedById", h."closesAt",
      (SELECT json_agg(json_build_object('itemId', i.id, 'name', i.name, 'unit', i.unit, 'each', s."each") ORDER BY s.sort, i.name)
       FROM supply_handout_item s JOIN supply_item i ON i.id = s."itemId" WHERE s."handoutId" = h.id) AS share
    FROM supply_claim c JOIN handout_run h ON h.id = c."handoutId"
    WHERE c."handoutId" = ${handout}::uuid AND c."personId" = ${person} FOR UPDATE OF c FOR SHARE OF h`;
  return claim;
}

/** Writes what became of a claim that is locked: the part is done when it is settled. */
export async function updateClaim(
  db: Transaction,
  { handoutId, personId }: Pick<Claim, 'handoutId' | 'personId'>,
  {
    state,
    pointId,
    proxyId,
    settledAt,
    settledById,
    reason,
  }: {
    state: ClaimState;
    pointId: string | null;
    proxyId: string | null;
    settledAt: Date | null;
    settledById: string | null;
    reason: string;
  },
): Promise<void> {
  await db.sql`
    WITH kept AS (
      UPDATE supply_claim SET state = ${state}, "pointId" = ${pointId}::uuid, "proxyId" = ${proxyId}, "settledAt" = ${settledAt},
      "settledById" = ${settledById}, reason = ${reason}, "objectedAt" = NULL
      WHERE "handoutId" = ${handoutId}::uuid AND "personId" = ${personId})
    SELECT CASE WHEN ${settledAt !== null} THEN finish_part(${handoutId}::uuid, ${personId}, ${settledAt}) ELSE reopen_part(${handoutId}::uuid, ${personId}) END`;
}

/** Names who may collect for the person; null takes it back. */
export async function setProxy(db: Transaction, { handoutId, personId }: Claim, proxy: string | null): Promise<void> {
  await db.sql`UPDATE supply_claim SET "proxyId" = ${proxy} WHERE "handoutId" = ${handoutId}::uuid AND "personId" = ${personId}`;
}

/** Notes or clears that the person objects to what was confirmed for them. */
export async function setObjection(db: Transaction, { handoutId, personId }: Claim, at: Date | null): Promise<void> {
  await db.sql`UPDATE supply_claim SET "objectedAt" = ${at} WHERE "handoutId" = ${handoutId}::uuid AND "personId" = ${personId}`;
}

/** What a person, a colleague or a keeper sees of a part. */
export type Part = {
  handoutId: string;
  personId: string;
  name: string;
  state: ClaimState;
  handoutState: string;
  kind: string;
  issuer: string;
  opensAt: Date | null;
  closesAt: Date;
  endedAt: Date | null;
  pointId: string | null;
  points: { id: string; name: string; place: string; hours: string }[];
  items: { itemId: string; name: string; unit: string; each: number; issued: number }[];
  proxyId: string | null;
  proxy: string | null;
  settledAt: Date | null;
  settledById: string | null;
  settledBy: string | null;
  objectedAt: Date | null;
  reason: string;
  snoozedUntil: Date | null;
};

/** One part in words of the database; undefined when the person has none. */
export async function findPart(db: Reader, handout: string, person: string): Promise<Part | undefined> {
  const [part] = await db.sql<Omit<Part, 'closesAt'> & { closesAt: Date }>`
    SELECT c."handoutId", c."personId", p.name, c.state, h.state AS "handoutState", h.kind, i.name AS issuer, h."opensAt", h."closesAt", h."endedAt", c."pointId",
      (SELECT json_agg(json_build_object('id', o.id, 'name', o.name, 'place', o.place, 'hours', o.hours) ORDER BY o.name)
       FROM pickup_point o WHERE o.id = ANY (h."pointIds")) AS points,
      (SELECT json_agg(json_build_object('itemId', t.id, 'name', t.name, 'unit', t.unit, 'each', s."each", 'issued', COALESCE((
          SELECT -sum(e."onHand") FROM stock_entry e WHERE e."handoutId" = h.id AND e."personId" = c."personId" AND e."itemId" = t.id), 0)) ORDER BY s.sort, t.name)
       FROM supply_handout_item s JOIN supply_item t ON t.id = s."itemId" WHERE s."handoutId" = h.id) AS items,
      c."proxyId", x.name AS proxy, c."settledAt", c."settledById", b.name AS "settledBy", c."objectedAt", c.reason, a."snoozedUntil"
    FROM supply_claim c JOIN handout_run h ON h.id = c."handoutId" JOIN person p ON p.id = c."personId" JOIN person i ON i.id = h."issuedById"
    JOIN published_part a ON a."publicationId" = c."handoutId" AND a."personId" = c."personId"
    LEFT JOIN person x ON x.id = c."proxyId" LEFT JOIN person b ON b.id = c."settledById"
    WHERE c."handoutId" = ${handout}::uuid AND c."personId" = ${person}`;
  return part;
}

/** The next people after `after` to whom something is still promised. */
export async function findReservedAfter(db: Reader, handout: string, after: string, limit: number): Promise<string[]> {
  const rows = await db.sql<{ personId: string }>`
    SELECT "personId" FROM supply_claim WHERE "handoutId" = ${handout}::uuid AND state = 'reserved' AND "personId" > ${after}
    ORDER BY "personId" LIMIT ${limit}`;
  return rows.map(({ personId }) => personId);
}

/** What a person has yet to collect, the most urgent first. */
export function findOpenClaims(
  db: Reader,
  person: string,
): Promise<{ id: string; kind: string; closesAt: Date; state: ClaimState; points: string }[]> {
  return db.sql`
    SELECT h.id, h.kind, h."closesAt", c.state,
      (SELECT string_agg(o.name, '、' ORDER BY o.name) FROM pickup_point o WHERE o.id = COALESCE(c."pointId", o.id) AND o.id = ANY (h."pointIds")) AS points
    FROM supply_claim c JOIN handout_run h ON h.id = c."handoutId"
    WHERE c."personId" = ${person} AND c.state IN ('open', 'reserved') AND h.state = 'open' ORDER BY h."closesAt" LIMIT 30`;
}

/** What colleagues have asked a person to collect for them. */
export function findAsked(
  db: Reader,
  person: string,
): Promise<{ id: string; person: string; name: string; kind: string; closesAt: Date }[]> {
  return db.sql`
    SELECT h.id, p.id AS person, p.name, h.kind, h."closesAt"
    FROM supply_claim c JOIN handout_run h ON h.id = c."handoutId" JOIN person p ON p.id = c."personId"
    WHERE c."proxyId" = ${person} AND c.state = 'reserved' AND h.state = 'open' ORDER BY h."closesAt" LIMIT 30`;
}

/** Somebody who waits at a point: what is promised to them, or what they could still claim there. */
export type Waiting = {
  handoutId: string;
  personId: string;
  name: string;
  kind: string;
  items: string;
  proxy: string | null;
  reservedAt: Date | null;
};

/** Who has reserved at a point and waits to collect, the longest waiting first. */
export function findQueue(db: Reader, point: string, limit: number): Promise<(Waiting & { all: number })[]> {
  return db.sql`
    SELECT c."handoutId", c."personId", p.name, h.kind, x.name AS proxy, c."reservedAt", count(*) OVER ()::int AS all,
      (SELECT string_agg(i.name || s."each" || i.unit, '、' ORDER BY s.sort, i.name)
       FROM supply_handout_item s JOIN supply_item i ON i.id = s."itemId" WHERE s."handoutId" = h.id) AS items
    FROM supply_claim c JOIN handout_run h ON h.id = c."handoutId" JOIN person p ON p.id = c."personId" LEFT JOIN person x ON x.id = c."proxyId"
    WHERE c."pointId" = ${point}::uuid AND c.state = 'reserved' AND h.state = 'open' ORDER BY c."reservedAt", p.name LIMIT ${limit}`;
}

/** Whether anything is handed out at a point, or will be. */
export async function hasHandouts(db: Reader, point: string, now: Date): Promise<boolean> {
  const rows = await db.sql`
    SELECT 1 FROM handout_run WHERE state = 'open' AND "closesAt" > ${now} AND ${point}::uuid = ANY ("pointIds") LIMIT 1`;
  return rows.length > 0;
}

/** What a person could collect at a point now, whether reserved there or not claimed yet. */
export async function findCollectable(db: Reader, point: string, person: string): Promise<string[]> {
  const rows = await db.sql<{ id: string }>`
    SELECT h.id FROM supply_claim c JOIN handout_run h ON h.id = c."handoutId"
    WHERE c."personId" = ${person} AND h.state = 'open' AND ${point}::uuid = ANY (h."pointIds")
      AND (c.state IN ('open', 'missed') OR c.state = 'reserved' AND c."pointId" = ${point}::uuid) ORDER BY h."closesAt", h.id`;
  return rows.map(({ id }) => id);
}
