/** Asks the notification policy for each claimed row, and takes what it sends from the person's day. */
import { now as clockNow } from '../basics/clock.ts';
import type { ClaimedDelivery, Outcome, SenderParts } from './delivery.ts';
import { findPressing, GATHERED, gatherAtOnce, showOnToday } from './gather-pushes.ts';
import { decidePush } from './policy.ts';

type Day = { personId: string; pushes: number; leave: { firstDay: string; lastDay: string }[] | null };

/** How pressing a row is: a 今天 card is as pressing as what it stands for. */
type Pressing = { push: ClaimedDelivery['push']; overAt?: Date };

/** The rows that may go now; for the others, what becomes of them. An edit of a message that is out notifies nobody and passes. */
export async function reservePushes(
  { db, policy, calendar, log }: Pick<SenderParts, 'db' | 'policy' | 'calendar' | 'log'>,
  claimed: ClaimedDelivery[],
): Promise<{ allowed: ClaimedDelivery[]; outcomes: Outcome[] }> {
  const now = clockNow();
  const today = calendar.dayOf(now);
  const days = await readDays(db, claimed, today);
  const pressing = await readPressing(db, claimed, now);
  const allowed: ClaimedDelivery[] = [];
  const counting: { row: ClaimedDelivery; allowance: number; asToday: boolean }[] = [];
  const outcomes: Outcome[] = [];
  const crowdedOut: string[] = [];
  for (const row of claimed) {
    const base = { id: row.id, revision: row.revision };
    if (row.messageId !== null) {
      allowed.push(row);
      continue;
    }
    if (row.hasLeft) {
      outcomes.push({ ...base, state: 'failed', failure: 'left' });
      continue;
    }
    const { leave, pushes = 0 } = days.get(row.recipient) ?? {};
    const wasCounted = row.pushedOn === today;
    const decision = decidePush({
      ...{ ...policy, now, calendar, leave: leave ?? [], pushesToday: pushes - (wasCounted ? 1 : 0) },
      ...{ push: row.push, ...(row.notAfter && { notAfter: row.notAfter }), ...pressing.get(row.id) },
    });
    if (!decision.send) {
      if (decision.why === 'budget') crowdedOut.push(row.id);
      if ('drop' in decision) outcomes.push({ ...base, state: 'dropped', failure: decision.why });
      else outcomes.push({ ...base, state: 'pending', dueAt: decision.retryAt, isUncounted: true, held: decision.why });
      continue;
    }
    if (row.push === 'urgent') log.info({ delivery: row.id }, 'an urgent push passes the notification policy');
    if (decision.countsOn === undefined || wasCounted || row.isChat) allowed.push(row);
    else counting.push({ row, ...decision });
  }
  if (crowdedOut.length > 0) await showOnToday(db, crowdedOut, now);
  const own = await gather(db, counting, now);
  const counted = await countPushes(db, own, today);
  for (const { row } of own) {
    if (counted.has(row.id)) allowed.push(row);
    // Another row has just used the last push of the day: ask again, and the policy names the next day.
    else outcomes.push({ id: row.id, revision: row.revision, state: 'pending', dueAt: now, isUncounted: true });
  }
  return { allowed, outcomes };
}

/** What of these goes as it is. Of the third and fourth of a day a 今天 card goes instead, as far as it has a line for them. */
async function gather<Counting extends { row: ClaimedDelivery; asToday: boolean }>(
  db: SenderParts['db'],
  counting: Counting[],
  now: Date,
): Promise<Counting[]> {
  const ids = counting.filter(({ row, asToday }) => asToday && !isGathered(row)).map(({ row }) => row.id);
  if (ids.length === 0) return counting;
  const gathered = new Set((await gatherAtOnce(db, ids, now)).map(({ id }) => id));
  return counting.filter(({ row }) => !gathered.has(row.id));
}

function isGathered({ feature, ref }: ClaimedDelivery): boolean {
  return feature === GATHERED.feature && ref === GATHERED.ref;
}

async function readPressing(
  db: SenderParts['db'],
  claimed: ClaimedDelivery[],
  now: Date,
): Promise<Map<string, Pressing>> {
  const ids = claimed.filter((row) => row.messageId === null && isGathered(row)).map(({ id }) => id);
  const found = ids.length > 0 ? await findPressing(db, ids, now) : [];
  return new Map(
    found.map(({ id, isWork, overAt }) => [id, { push: isWork ? 'work' : 'quiet', ...(overAt && { overAt }) }]),
  );
}

async function readDays(db: SenderParts['db'], claimed: ClaimedDelivery[], today: string): Promise<Map<string, Day>> {
  const people = [
    ...new Set(
      claimed
        .filter((row) => row.messageId === null && (row.push === 'quiet' || row.push === 'work') && !row.isChat)
        .map((row) => row.recipient),
    ),
  ];
  if (people.length === 0) return new Map();
  const days = await db.sql<Day>`
    SELECT whom.id AS "personId",
      COALESCE((SELECT used FROM daily_push WHERE "personId" = whom.id AND day = ${today}::date), 0) AS pushes,
      (SELECT json_agg(json_build_object('firstDay', "firstDay", 'lastDay', "lastDay")) FROM leave
       WHERE "personId" = whom.id AND "lastDay" >= ${today}::date) AS leave
    FROM unnest(${people}::text[]) AS whom (id)`;
  return new Map(days.map((day) => [day.personId, day]));
}

/**
 * Takes one push each from these people's day, unless it is used up: decided by the database, so that workers cannot both take the
 * last. Gives the ids of the rows that were counted; of several rows for one person at most one is.
 */
async function countPushes(
  db: SenderParts['db'],
  counting: { row: ClaimedDelivery; allowance: number }[],
  day: string,
): Promise<Set<string>> {
  const counted: { id: string }[] = [];
  for (const allowance of new Set(counting.map((one) => one.allowance))) {
    const ids = counting.filter((one) => one.allowance === allowance).map(({ row }) => row.id);
    counted.push(...(await countWithin(db, ids, day, allowance)));
  }
  return new Set(counted.map(({ id }) => id));
}

function countWithin(db: SenderParts['db'], ids: string[], day: string, allowance: number): Promise<{ id: string }[]> {
  return db.sql`
    WITH wanted AS (
      SELECT DISTINCT ON (recipient) id, recipient FROM delivery WHERE id = ANY (${ids}::uuid[]) ORDER BY recipient, id),
    counted AS (
      INSERT INTO daily_push AS p ("personId", day, used) SELECT recipient, ${day}::date, 1 FROM wanted
      ON CONFLICT ("personId", day) DO UPDATE SET used = p.used + 1 WHERE p.used < ${allowance} RETURNING "personId")
    UPDATE delivery d SET "pushedOn" = ${day}::date FROM wanted JOIN counted ON counted."personId" = wanted.recipient
    WHERE d.id = wanted.id RETURNING d.id`;
}
