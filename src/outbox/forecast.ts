/** What will become of a push to many people, by the policy that will decide it. */
import type { Calendar } from '../calendar/calendar.ts';
import type { Forecast, HoldReason, PushPolicy } from '../delivery.ts';
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
      for (const { isReachable, pushes, leave } of await readDays(db, people, settings.calendar.dayOf(now))) {
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

/** One row a person in service. */
function readDays(db: Reader, people: string[], today: string): Promise<Day[]> {
  return db.sql<Day>`
    SELECT p."isReachable", COALESCE(u.used, 0) AS pushes, (
      SELECT json_agg(json_build_object('firstDay', "firstDay", 'lastDay', "lastDay")) FROM leave
      WHERE "personId" = p.id AND "lastDay" >= ${today}::date) AS leave
    FROM person p LEFT JOIN daily_push u ON u."personId" = p.id AND u.day = ${today}::date
    WHERE p.id = ANY (${people}::text[]) AND p.status = 'active'`;
}
