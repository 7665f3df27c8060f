/** What will become of a push to many people, by the policy that will decide it. */
import type { Calendar } from '../calendar/calendar.ts';
import type { Forecast, HoldReason, PushPolicy } from '../delivery.ts';
import { OUT_OF_REACH } from '../messenger/error-kinds.ts';
import type { Reader } from '../storage/database.ts';
import { decidePush, nextQuietPush, type PushSettings } from './policy.ts';

type Day = { isReachable: boolean; pushes: number; leave: { firstDay: string; lastDay: string }[] | null };

/** The policy as features may ask it. */
export function createPolicy(settings: PushSettings & { calendar: Calendar }): PushPolicy {
  return {
    nextQuietPush: (from) => nextQuietPush(from, settings),
    forecast: async (db, people, { now, push, notAfter }) => {
      const found: Forecast = { now: 0, later: [], tooLate: 0, unreachable: 0 };
      const later = new Map<string, { at: Date; why: HoldReason; count: number }>();
      for (const { isReachable, pushes, leave } of await readDays(db, people, settings.calendar.dayOf(now), now)) {
        const question = { ...settings, now, push, pushesToday: pushes, leave: leave ?? [] };
        const decision = decidePush({ ...question, ...(notAfter && { notAfter }) });
        if (!isReachable) found.unreachable += 1;
        else if (decision.send) found.now += 1;
        else if ('drop' in decision) found.tooLate += 1;
        else {
          const key = `${decision.why} ${decision.retryAt.getTime()}`;
          const group = later.get(key) ?? { at: decision.retryAt, why: decision.why, count: 0 };
          later.set(key, { ...group, count: group.count + 1 });
        }
      }
      found.later = [...later.values()].sort((a, b) => a.at.getTime() - b.at.getTime());
      return found;
    },
  };
}

/**
 * One row a person in service. Whom a message could not reach since one did is out of reach; what is about to go uses up their day as what
 * went, and what becomes one 今天 card as one.
 */
function readDays(db: Reader, people: string[], today: string, now: Date): Promise<Day[]> {
  return db.sql<Day>`
    SELECT p."isReachable" AND refused.id IS NULL AS "isReachable", COALESCE(u.used, 0) + due.pushes AS pushes, (
      SELECT json_agg(json_build_object('firstDay', "firstDay", 'lastDay', "lastDay")) FROM leave
      WHERE "personId" = p.id AND "lastDay" >= ${today}::date) AS leave
    FROM person p LEFT JOIN daily_push u ON u."personId" = p.id AND u.day = ${today}::date
    LEFT JOIN LATERAL (
      SELECT f.id FROM delivery f
      WHERE f.recipient = p.id AND f.state = 'failed' AND f."messageId" IS NULL AND NOT f."isChat" AND f.failure = ANY (${OUT_OF_REACH.map(String)}::text[])
        AND NOT EXISTS (SELECT FROM delivery s WHERE s.recipient = p.id AND s.state = 'sent' AND s."shownAt" > f."claimedAt") LIMIT 1) refused ON true
    CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE NOT gathers)::int + LEAST(1, count(*) FILTER (WHERE gathers))::int AS pushes FROM delivery d
      WHERE d.recipient = p.id AND d.state IN ('pending', 'queued', 'sending') AND d."messageId" IS NULL AND NOT d."isChat"
        AND d.push IN ('quiet', 'work') AND d."dueAt" <= ${now} AND (d."notAfter" IS NULL OR d."notAfter" > ${now}) AND d."pushedOn" IS DISTINCT FROM ${today}::date) due
    WHERE p.id = ANY (${people}::text[]) AND p.status = 'active'`;
}
