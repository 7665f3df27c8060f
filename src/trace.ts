/** What became of deliveries, for whoever asks why nothing came. */
import type { Reader } from './storage/database.ts';

/** More names than a card shows are only counted. */
const MOST_NAMES = 200;

/**
 * One delivery with what is known of its way; `into` is that of the card that stands for it, where it was gathered. `unwanted` is why it is
 * no longer wanted by somebody whom no card about its matter has reached.
 */
export type Traced = Way<Date> & {
  id: string;
  feature: string;
  card: string;
  ref: string;
  recipient: string;
  writtenAt: Date | null;
  into: Way<string> | null;
  unwanted: 'done' | 'ended' | 'withdrawn' | 'recalled' | 'left' | null;
};
/** `held` is why it was last held back, `shownAt` when it came; both may be null. Moments are instants, or texts where they come as JSON. */
export type Way<Moment> = {
  state: string;
  dueAt: Moment;
  held: string | null;
  failure: string | null;
  shownAt: Moment | null;
  isRecalled: boolean;
  /** Its card was refused, and its words came instead. */
  isPlain: boolean;
};

/** The deliveries to a person, the newest first: `size` of them after the first `skip`, and one more where there is one. */
export function traceTo(db: Reader, person: string, skip: number, size: number): Promise<Traced[]> {
  return db.sql<Traced>`
    SELECT d.id, d.feature, d.card, d.ref, d.recipient, d.state, d."writtenAt", d."dueAt", d.held, d.failure, d."shownAt", d."isRecalled", d."isPlain", CASE WHEN g.id IS NOT NULL THEN jsonb_build_object('state', g.state, 'dueAt', g."dueAt", 'held', g.held, 'failure', g.failure, 'shownAt', g."shownAt", 'isRecalled', g."isRecalled", 'isPlain', g."isPlain") END AS into, unwanted(d.feature, d.card, d.ref, d.recipient) AS unwanted
    FROM delivery d LEFT JOIN delivery g ON g.id = d."gatheredInto"
    WHERE d.recipient = ${person} AND d.push <> 'answer'
    ORDER BY COALESCE(d."writtenAt", d."shownAt", d."dueAt") DESC, d.id LIMIT ${size + 1} OFFSET ${skip}`;
}

/** The delivery with this id or key. */
export async function traceOne(db: Reader, wanted: string): Promise<Traced | undefined> {
  const [found] = await db.sql<Traced>`
    SELECT d.id, d.feature, d.card, d.ref, d.recipient, d.state, d."writtenAt", d."dueAt", d.held, d.failure, d."shownAt", d."isRecalled", d."isPlain", CASE WHEN g.id IS NOT NULL THEN jsonb_build_object('state', g.state, 'dueAt', g."dueAt", 'held', g.held, 'failure', g.failure, 'shownAt', g."shownAt", 'isRecalled', g."isRecalled", 'isPlain', g."isPlain") END AS into, unwanted(d.feature, d.card, d.ref, d.recipient) AS unwanted
    FROM delivery d LEFT JOIN delivery g ON g.id = d."gatheredInto" WHERE d.id::text = ${wanted} OR d.key = ${wanted}`;
  return found;
}

/** The cards that people got of something that was sent out: the same card, about one matter or about each one's own. */
export type CardsOf = { feature: string; card: string; refs: string[] };

/** Everybody to whom it was pushed: whether it came, and whether it failed for good. */
export function traceReached(
  db: Reader,
  { feature, card, refs }: CardsOf,
): Promise<{ personId: string; isReached: boolean; isLost: boolean }[]> {
  return db.sql`
    SELECT d.recipient AS "personId", bool_or(COALESCE(d."shownAt", g."shownAt") IS NOT NULL) AS "isReached",
      bool_and(COALESCE(g.state, d.state) = 'failed') AS "isLost"
    FROM delivery d LEFT JOIN delivery g ON g.id = d."gatheredInto"
    WHERE d.ref = ANY (${refs}::text[]) AND d.card = ${card} AND d.feature = ${feature} AND NOT d."isChat"
    GROUP BY d.recipient HAVING bool_or(d.push <> 'answer') ORDER BY d.recipient`;
}

/** People whom something has not reached, alike in why: on its way until then, over and never coming, or not written yet. */
export type Missing = {
  is: 'waiting' | 'over' | 'unwritten';
  until: Date | null;
  why: string | null;
  names: string[];
  count: number;
};

/** Of these people, whom a card has not reached, and why, each group with the first of its names. */
export function traceMissing(db: Reader, { feature, card, refs }: CardsOf, people: string[]): Promise<Missing[]> {
  return db.sql<Missing>`
    WITH newest AS (
      SELECT DISTINCT ON (d.recipient) d.recipient, COALESCE(g.state, d.state) IN ('pending', 'queued', 'sending') AS "isWaiting",
        COALESCE(g."dueAt", d."dueAt") AS "dueAt", COALESCE(g.held, d.held) AS held, CASE WHEN g.id IS NULL THEN d.failure ELSE g.failure END AS failure
      FROM delivery d LEFT JOIN delivery g ON g.id = d."gatheredInto"
      WHERE d.ref = ANY (${refs}::text[]) AND d.card = ${card} AND d.feature = ${feature} AND d.recipient = ANY (${people}::text[])
      ORDER BY d.recipient, (COALESCE(g.state, d.state) IN ('pending', 'queued', 'sending')) DESC, (COALESCE(g.state, d.state) = 'failed') DESC,
        COALESCE(g."dueAt", d."dueAt"))
    SELECT CASE WHEN n.recipient IS NULL THEN 'unwritten' WHEN n."isWaiting" THEN 'waiting' ELSE 'over' END AS is,
      CASE WHEN n."isWaiting" THEN n."dueAt" END AS until,
      CASE WHEN p.status = 'left' THEN 'left' WHEN n.recipient IS NULL AND NOT p."isReachable" THEN 'no-account'
        WHEN n."isWaiting" THEN COALESCE(n.failure, n.held) ELSE n.failure END AS why,
      (array_agg(p.name ORDER BY p.name, p.id))[1:${MOST_NAMES}::int] AS names, count(*)::int AS count
    FROM person p LEFT JOIN newest n ON n.recipient = p.id WHERE p.id = ANY (${people}::text[])
    GROUP BY 1, 2, 3 ORDER BY 2 NULLS LAST, 5 DESC, 3`;
}
