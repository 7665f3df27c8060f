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
    if (
      decision.countsOn === undefined ||
      wasCounted ||
      row.isChat ||
      (await countPush(db, row, today, policy.dailyBudget))
    ) {
      allowed.push(row);
      if (day && decision.countsOn !== undefined) day.pushes += 1;
    } else {
      // Another worker has just used the last push of the day: ask again, and the policy names the next day.
      outcomes.push({ ...base, state: 'pending', dueAt: now, isUncounted: true });
    }
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

/** Takes one push from the person's day, unless the day is used up: decided by the database, so that workers cannot both take the last. */
async function countPush(db: SenderParts['db'], row: ClaimedDelivery, day: string, budget: number): Promise<boolean> {
  const counted = await db.sql`
    WITH counted AS (
      INSERT INTO daily_push AS p ("personId", day, used) VALUES (${row.recipient}, ${day}::date, 1)
      ON CONFLICT ("personId", day) DO UPDATE SET used = p.used + 1 WHERE p.used < ${budget} RETURNING "personId")
    UPDATE delivery SET "pushedOn" = ${day}::date WHERE id = ${row.id}::uuid AND EXISTS (SELECT 1 FROM counted) RETURNING id`;
  return counted.length > 0;
}
