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
 * Feishu's codes for a person whom no message of the app reaches: outside its range, gone, or the bot is switched off
 * (https://open.feishu.cn/document/server-docs/im-v1/message/create).
 */
const OUT_OF_REACH = ['230013', '230053', '230050', '230035', '230038', '230034', '230029', '99992351'];

/**
 * One row a person in service. Whom the last message could not reach is out of reach; what is about to go uses up their day as what went.
 */
function readDays(db: Reader, people: string[], today: string, now: Date): Promise<Day[]> {
  return db.sql<Day>`
    SELECT p."isReachable" AND last.failure IS NULL AS "isReachable", COALESCE(u.used, 0) + due.pushes AS pushes, (
      SELECT json_agg(json_build_object('firstDay', "firstDay", 'lastDay', "lastDay")) FROM leave
      WHERE "personId" = p.id AND "lastDay" >= ${today}::date) AS leave
    FROM person p LEFT JOIN daily_push u ON u."personId" = p.id AND u.day = ${today}::date
    LEFT JOIN LATERAL (
      SELECT CASE WHEN d.state = 'failed' THEN d.failure END AS failure FROM delivery d
      WHERE d.recipient = p.id AND (d.state = 'sent' OR d.state = 'failed' AND d.failure = ANY (${OUT_OF_REACH}::text[])) AND NOT d."isChat"
      ORDER BY d."claimedAt" DESC NULLS LAST LIMIT 1) last ON true
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS pushes FROM delivery d
      WHERE d.recipient = p.id AND d.state IN ('pending', 'queued', 'sending') AND d."messageId" IS NULL AND NOT d."isChat"
        AND d.push IN ('quiet', 'work') AND d."dueAt" <= ${now} AND d."pushedOn" IS DISTINCT FROM ${today}::date) due
    WHERE p.id = ANY (${people}::text[]) AND p.status = 'active'`;
}
