/** How a hand-out stands: persons by their part, items by the ledger. */
import type { Day } from '../../calendar/calendar.ts';
import type { Reader } from '../../storage/database.ts';
import type { ClaimState, UnitCount } from './rules.ts';

/** Everybody's part as it counts on `today`, by name. */
export type Participant = {
  personId: string;
  name: string;
  unit: string;
  state: ClaimState;
  reason: string;
  isOnLeave: boolean;
  isUnreachable: boolean;
  isObjected: boolean;
};

export function findParticipants(db: Reader, handout: string, today: Day): Promise<Participant[]> {
  return db.sql<Participant>`
    SELECT p.id AS "personId", p.name, COALESCE(u.name, '') AS unit, c.state, c.reason, c."isUnreachable" OR p.status = 'left' AS "isUnreachable",
      c."objectedAt" IS NOT NULL AS "isObjected",
      EXISTS (SELECT 1 FROM leave l WHERE l."personId" = p.id AND ${today}::date BETWEEN l."firstDay" AND l."lastDay") AS "isOnLeave"
    FROM supply_claim c JOIN person p ON p.id = c."personId" LEFT JOIN unit u ON u.id = p."unitId"
    WHERE c."handoutId" = ${handout}::uuid ORDER BY p.name, p.id`;
}

/**
 * What was issued of each item, unit by unit: `confirmed` was handed over, `open` is promised and waits. Both are sums over the same
 * ledger, so issued = confirmed + open holds for every unit and every item.
 */
export async function findUnitCounts(db: Reader, handout: string): Promise<UnitCount[]> {
  const rows = await db.sql<{ unit: string; people: number; item: string; confirmed: number; open: number }>`
    WITH part AS (
      SELECT c."personId", COALESCE(u.name, '未分单位') AS unit FROM supply_claim c JOIN person p ON p.id = c."personId" LEFT JOIN unit u ON u.id = p."unitId"
      WHERE c."handoutId" = ${handout}::uuid),
    moved AS (
      SELECT part.unit, e."itemId", -sum(e."onHand")::int AS confirmed, sum(e.reserved)::int AS open
      FROM stock_entry e JOIN part USING ("personId") WHERE e."handoutId" = ${handout}::uuid GROUP BY 1, 2)
    SELECT n.unit, n.people, i.name AS item, COALESCE(m.confirmed, 0) AS confirmed, COALESCE(m.open, 0) AS open
    FROM (SELECT unit, count(*)::int AS people FROM part GROUP BY unit) n
    CROSS JOIN supply_handout_item h JOIN supply_item i ON i.id = h."itemId"
    LEFT JOIN moved m ON m.unit = n.unit AND m."itemId" = h."itemId"
    WHERE h."handoutId" = ${handout}::uuid ORDER BY n.unit, i.name`;
  const units = new Map<string, UnitCount>();
  for (const { unit, people, item, confirmed, open } of rows) {
    const count = units.get(unit) ?? { unit, people, items: {} };
    count.items[item] = { confirmed, open };
    units.set(unit, count);
  }
  return [...units.values()];
}
