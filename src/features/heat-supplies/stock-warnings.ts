/** Tells the keepers of a point, and nobody else, what is low or about to expire: once for each, until it is no longer so. */
import { formatDay } from '../../calendar/format.ts';
import type { Card, Turn } from '../../feature.ts';
import { describePoint, findKeepers, findPoints } from './points.ts';

/** So long before its last day a batch is told of: time to hand it out. */
const EXPIRY_NOTICE_DAYS = 30;

/** On every workday: what has become low or is about to expire. */
export async function warnKeepers(turn: Turn): Promise<void> {
  const today = turn.calendar.dayOf(turn.now);
  const horizon = turn.calendar.addDays(today, EXPIRY_NOTICE_DAYS);
  await turn.db.sql`
    DELETE FROM stock_warning w WHERE NOT EXISTS (SELECT 1 FROM stock_concerns(${today}::date, ${horizon}::date) c
      WHERE c."pointId" = w."pointId" AND c.kind = w.kind AND c.what = w.what)`;
  const fresh = await turn.db.sql<{ pointId: string }>`
    INSERT INTO stock_warning ("pointId", kind, what)
    SELECT "pointId", kind, what FROM stock_concerns(${today}::date, ${horizon}::date) ON CONFLICT DO NOTHING RETURNING "pointId"`;
  const points = [...new Set(fresh.map(({ pointId }) => pointId))];
  const keepers = await findKeepers(turn.db, points, turn.now);
  await turn.deliver(
    ...keepers.map(({ pointId, id }) => ({
      key: `warning:${pointId}:${id}:${today}`,
      to: { person: id },
      card: 'stock-warning',
      ref: pointId,
      push: 'quiet' as const,
    })),
  );
}

/** What is low or about to expire at a point, as it stands now; nothing is said when nothing is left to say. */
export const stockWarning: Card = {
  load: async (db, id, viewer) => {
    const point = (await findPoints(db)).find((one) => one.id === id);
    const today = viewer.calendar.dayOf(viewer.now);
    const horizon = viewer.calendar.addDays(today, EXPIRY_NOTICE_DAYS);
    const concerns = await db.sql<{
      kind: string;
      item: string;
      unit: string;
      available: number;
      expiresOn: string;
      label: string;
    }>`
      SELECT c.kind, i.name AS item, i.unit, c.available, to_char(c."expiresOn", 'YYYY-MM-DD') AS "expiresOn", c.label
      FROM stock_concerns(${today}::date, ${horizon}::date) c JOIN supply_item i ON i.id = c."itemId"
      WHERE c."pointId" = ${id}::uuid ORDER BY c.kind DESC, i.name, c."expiresOn"`;
    if (!point || (concerns.length === 0 && !viewer.isSent)) return undefined;
    return {
      point: describePoint(point),
      count: concerns.length,
      lines: concerns
        .map(({ kind, item, unit, available, expiresOn, label }) => {
          if (kind === 'low') return `${item}可用只剩${available}${unit}`;
          const batch = label ? `批号${label}，` : '';
          const word = expiresOn < today ? '已过期，请报损' : '到期，请尽快发放';
          return `${item}${available}${unit}：${batch}${formatDay(expiresOn, viewer)}${word}`;
        })
        .join('\n'),
    };
  },
};
