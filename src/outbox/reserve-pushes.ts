/** Asks the notification policy for each claimed row, and takes what it sends from the person's day. */
import { now as clockNow } from '../clock.ts';
import { decidePush } from './policy.ts';
import type { ClaimedDelivery, Outcome, SenderParts } from './send.ts';

type Day = { personId: string; pushes: number; leave: { firstDay: string; lastDay: string }[] | null };

/** The rows that may go now; for the others, what becomes of them. An edit of a message that is out notifies nobody and passes. */
export async function reservePushes(
  { db, policy, calendar, log }: Pick<SenderParts, 'db' | 'policy' | 'calendar' | 'log'>,
  claimed: ClaimedDelivery[],
): Promise<{ allowed: ClaimedDelivery[]; outcomes: Outcome[] }> {
  const now = clockNow();
  const today = calendar.dayOf(now);
  const days = await readDays(db, claimed, today);
  const allowed: ClaimedDelivery[] = [];
  const counting: ClaimedDelivery[] = [];
  const outcomes: Outcome[] = [];
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
    const day = days.get(row.recipient);
    const wasCounted = row.pushedOn === today;
    const decision = decidePush({
      ...policy,
      now,
      calendar,
      push: row.push,
      leave: day?.leave ?? [],
      pushesToday: (day?.pushes ?? 0) - (wasCounted ? 1 : 0),
      ...(row.notAfter ? { notAfter: row.notAfter } : {}),
    });
    if (!decision.send) {
      if ('drop' in decision) outcomes.push({ ...base, state: 'dropped', failure: decision.why });
      else outcomes.push({ ...base, state: 'pending', dueAt: decision.retryAt, isUncounted: true });
      continue;
    }
    if (row.push === 'urgent') log.info({ delivery: row.id }, 'an urgent push passes the notification policy');
    (decision.countsOn === undefined || wasCounted || row.isChat ? allowed : counting).push(row);
  }
  const counted = await countPushes(db, counting, today, policy.dailyBudget);
  for (const row of counting) {
    if (counted.has(row.id)) allowed.push(row);
    // Another row has just used the last push of the day: ask again, and the policy names the next day.
    else outcomes.push({ id: row.id, revision: row.revision, state: 'pending', dueAt: now, isUncounted: true });
  }
  return { allowed, outcomes };
}

async function readDays(db: SenderParts['db'], claimed: ClaimedDelivery[], today: string): Promise<Map<string, Day>> {
  const people = [
    ...new Set(
      claimed
        .filter((row) => row.messageId === null && row.push === 'quiet' && !row.isChat)
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
  rows: ClaimedDelivery[],
  day: string,
  budget: number,
): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const counted = await db.sql<{ id: string }>`
    WITH wanted AS (
      SELECT DISTINCT ON (recipient) id, recipient FROM delivery WHERE id = ANY (${rows.map(({ id }) => id)}::uuid[]) ORDER BY recipient, id),
    counted AS (
      INSERT INTO daily_push AS p ("personId", day, used) SELECT recipient, ${day}::date, 1 FROM wanted
      ON CONFLICT ("personId", day) DO UPDATE SET used = p.used + 1 WHERE p.used < ${budget} RETURNING "personId")
    UPDATE delivery d SET "pushedOn" = ${day}::date FROM wanted JOIN counted ON counted."personId" = wanted.recipient
    WHERE d.id = wanted.id RETURNING d.id`;
  return new Set(counted.map(({ id }) => id));
}
