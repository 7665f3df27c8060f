/** What lies at a point, as its keeper sees it. */
import type { Day } from '../../../calendar/calendar.ts';
import { formatDay, formatInstant } from '../../../calendar/format.ts';
import { card, type Viewer } from '../../../feature.ts';
import { Id } from '../../../sight.ts';
import type { Reader } from '../../../storage/database.ts';
import { describePoint, findPoints } from './points.ts';
import { findIssued, findRecentEntries, findStock, type StockLine } from './queries.ts';
import { daysOfCover, ENTRY_WORDS, NEVER } from './rules.ts';

/** More lines than fit on a card are left to the list 库存流水. */
const MAX_LINES = 20;
const MAX_ENTRIES = 10;

/** 库存 of one point: what is there, promised, about to expire, and the newest entries. */
export const stock = card({
  ref: Id,
  action: 'supplies.keep',
  matter: async (_db, pointId) => ({ scope: { pointId } }),
  load: async (db, id, viewer) => {
    const point = (await findPoints(db)).find((one) => one.id === id);
    if (!point) return undefined;
    const lines = await describeStock(db, [id], viewer);
    const entries = await findRecentEntries(db, id, MAX_ENTRIES);
    return {
      point: describePoint(point),
      pointId: point.id,
      count: lines.length,
      lines: lines.slice(0, MAX_LINES).map(({ item, text, detail }) => ({ item, text, detail })),
      entries: entries
        .map((entry) => {
          const change = `${entry.onHand > 0 ? '+' : ''}${entry.onHand}${entry.unit}`;
          const reason = entry.reason ? `，${entry.reason}` : '';
          const corrected = entry.isCorrected ? '，已更正' : '';
          return `${entry.no}　${formatInstant(entry.at, viewer)}　${ENTRY_WORDS[entry.kind]} ${entry.item}${change}　${entry.actor}${reason}${corrected}`;
        })
        .join('\n'),
    };
  },
});

/** What lies at these points in words, with how long it lasts at the pace of the last seven days. */
export async function describeStock(
  db: Reader,
  points: string[],
  viewer: Pick<Viewer, 'now' | 'calendar'>,
): Promise<{ pointId: string; item: string; text: string; cover: string; detail: string; line: StockLine }[]> {
  const today = viewer.calendar.dayOf(viewer.now);
  const since = viewer.calendar.at(viewer.calendar.addDays(today, -6), '00:00');
  const issued = await findIssued(db, points, since);
  return (await findStock(db, points, today)).map((line) => {
    const available = line.onHand - line.reserved - line.expired;
    const pace = issued.find(({ pointId, itemId }) => pointId === line.pointId && itemId === line.id)?.issued ?? 0;
    const days = daysOfCover(available, pace);
    const cover = days === undefined ? '近7天没有发放，无法估算天数' : `按近7天的发放约够${days}天`;
    return {
      pointId: line.pointId,
      item: line.name,
      text: `可用${available}${line.unit}（在库${line.onHand}，预留${line.reserved}${line.expired > 0 ? `，过期${line.expired}` : ''}）`,
      cover,
      detail: [cover, describeExpiry(line, today, viewer)].filter(Boolean).join(' · '),
      line,
    };
  });
}

function describeExpiry(
  { expiresOn, onHand }: StockLine,
  today: Day,
  viewer: Pick<Viewer, 'now' | 'calendar'>,
): string {
  if (expiresOn === NEVER || onHand === 0) return '';
  return expiresOn < today ? '有过期的，请报损' : `最早${formatDay(expiresOn, viewer)}到期`;
}
