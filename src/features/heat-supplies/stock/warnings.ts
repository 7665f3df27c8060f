/** Tells the keepers of a point, and nobody else, what is low or about to expire: once for each, until it is no longer so. */
import { formatDay } from '../../../calendar/format.ts';
import {
  card,
  type OpenItem,
  type PressTurn,
  type Reply,
  sendCard,
  type Turn,
  type Viewpoint,
} from '../../../feature.ts';
import type { Person } from '../../../people/person.ts';
import { Id } from '../../../sight.ts';
import type { Reader } from '../../../storage/database.ts';
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
      push: 'work' as const,
      gathers: true,
    })),
  );
}

/** A line on 今天 for each point that a person keeps and where something is low or about to expire. */
export async function findConcerns(db: Reader, who: Person, { now, calendar }: Viewpoint): Promise<OpenItem[]> {
  const kept = who.roles.flatMap(({ name, scopeId }) => (name === 'keeper' && scopeId ? [scopeId] : []));
  if (kept.length === 0) return [];
  const today = calendar.dayOf(now);
  const rows = await db.sql<{ id: string; name: string; count: number }>`
    SELECT p.id::text, p.name, count(*)::int AS count
    FROM stock_concerns(${today}::date, ${calendar.addDays(today, EXPIRY_NOTICE_DAYS)}::date) c JOIN pickup_point p ON p.id = c."pointId"
    WHERE p.id = ANY (${kept}::uuid[]) GROUP BY p.id, p.name ORDER BY p.name`;
  return rows.map(({ id, name, count }) => ({
    title: `${name}有${count}项库存要处理`,
    open: { button: 'heat-supplies/open-warning', value: { point: id } },
  }));
}

/** 去办理 on 今天. */
export async function openWarning(turn: PressTurn, { point }: { point: string }): Promise<Reply> {
  if (!turn.may('supplies.keep', { pointId: point })) return { toast: '您现在不保管这个领取点。', kind: 'warning' };
  await sendCard(turn, 'stock-warning', point);
  return { toast: '库存提醒已发给您。' };
}

/** What is low or about to expire at a point, as it stands now; nothing is said when nothing is left to say. */
export const stockWarning = card({
  ref: Id,
  action: 'supplies.keep',
  matter: async (_db, pointId) => ({ scope: { pointId } }),
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
});
