/** The heat in words: the last believable value with its age, what a level means, and how long the stock lasts. */

import { z } from 'zod';
import { HOUR_MS } from '../../../basics/durations.ts';
import { formatInstant } from '../../../calendar/format.ts';
import { card, type Viewer } from '../../../feature.ts';
import type { Reader } from '../../../storage/database.ts';
import { describeStock } from '../stock/cards.ts';
import { findPoints } from '../stock/points.ts';
import { explainLevel, HEAT_LEVELS } from './heat-levels.ts';
import { levelOfReading, type Reading } from './rules.ts';

type Kept = Reading & { readAt: Date; day: string };

const SOURCES = { service: '天气服务', file: '天气文件', typed: '人工填写' } as const;
const FAILURES = {
  unreachable: '天气来源连不上',
  unreadable: '天气来源的内容读不懂',
  implausible: '天气来源给的温度不可能，没有采用',
  missing: '天气来源没有给出今天的温度',
} as const;

/** What a draft says of the alert it was made for; a draft that outlives its day says so by the date. */
export async function describeAlert(
  db: Reader,
  alertId: string,
  viewer: Viewer,
): Promise<{ alert: string; meaning: string; stock: string }> {
  const [alert] = await db.sql<Kept & { level: number }>`
    SELECT a.level, r.source, r."maxTenths", r.alert, r."alertColor", r.failure, r."readAt", to_char(r.day, 'YYYY-MM-DD') AS day
    FROM heat_alert a JOIN weather_reading r ON r.id = a."readingId" WHERE a.id = ${alertId}::uuid`;
  if (!alert) return { alert: '', meaning: '', stock: '' };
  return {
    alert: describeReading(alert, viewer),
    meaning: explainLevel(alert.level),
    stock: await describeCover(db, viewer),
  };
}

/** 高温: the last value that could be believed, its age, and what came since when the source has failed. */
export const heat = card({
  ref: z.literal('latest'),
  action: 'supplies.hand-out',
  matter: 'anywhere',
  load: async (db, _ref, viewer) => {
    const [last] = await findReadings(db, true);
    const [newest] = await findReadings(db, false);
    const failed = newest?.failure ? newest : undefined;
    const level = last && last.day === viewer.calendar.dayOf(viewer.now) ? levelOfReading(last) : undefined;
    return {
      line: last ? describeReading(last, viewer) : '还没有今年的气温。可以发送“今日最高38度”人工填写。',
      age: last ? describeAge(last.readAt, viewer.now) : '',
      failure: failed?.failure
        ? `${FAILURES[failed.failure]}（${formatInstant(failed.readAt, viewer)}）。可以发送“今日最高38度”人工填写。`
        : '',
      meaning: level ? explainLevel(level) : '',
      table: HEAT_LEVELS.map(({ level: from }) => explainLevel(from).replace(/^/, `${from}℃及以上：`)).join('\n'),
      stock: await describeCover(db, viewer),
      state: level ? { is: 'warning', word: `${level}℃以上` } : { is: 'open', word: '今日气温' },
    };
  },
});

/** What there is at each point and how long it lasts at the pace of the last week. */
async function describeCover(db: Reader, viewer: Viewer): Promise<string> {
  const points = await findPoints(db);
  const lines = await describeStock(
    db,
    points.map(({ id }) => id),
    viewer,
  );
  return lines
    .map(
      ({ pointId, item, text, cover }) =>
        `${points.find(({ id }) => id === pointId)?.name ?? ''}：${item}${text}，${cover}`,
    )
    .join('\n');
}

function findReadings(db: Reader, isUsable: boolean): Promise<Kept[]> {
  return db.sql<Kept>`
    SELECT source, "maxTenths", alert, "alertColor", failure, "readAt", to_char(day, 'YYYY-MM-DD') AS day FROM weather_reading
    WHERE NOT ${isUsable}::boolean OR failure IS NULL ORDER BY "readAt" DESC LIMIT 1`;
}

function describeReading({ maxTenths, alert, source, readAt }: Kept, viewer: Viewer): string {
  const temperature = maxTenths === null ? '' : `最高气温${maxTenths / 10}℃`;
  return `${[temperature, alert ?? ''].filter(Boolean).join('，')}（${SOURCES[source]}，${formatInstant(readAt, viewer)}）`;
}

function describeAge(readAt: Date, now: Date): string {
  const hours = Math.floor((now.getTime() - readAt.getTime()) / HOUR_MS);
  if (hours < 1) return '不到1小时前的数值';
  return hours < 48 ? `${hours}小时前的数值` : `${Math.floor(hours / 24)}天前的数值，请勿当作今天的`;
}
