/** When a push reaches people, in words: as a preview promises it, and as it is said of what was just written. */
import { formatInstant } from '../calendar/format.ts';
import { type Forecast, HOLD_REASONS, type HoldReason } from '../delivery.ts';
import type { Turn, Viewpoint } from '../feature.ts';
import type { Reader } from '../storage/database.ts';
import { expiryOf, type Kind } from './contract.ts';

/** More groups than these nobody reads: the last ones are put together. */
const MAX_GROUPS = 3;

const WHY: Record<HoldReason, string> = {
  budget: '今天的提醒已满两条',
  'on-leave': '在休假',
  'quiet-hours': '现在是免打扰时间',
  'quiet-day': '今天不是工作日',
};

/** What becomes of these people's cards, as the notification policy will decide. */
export function forecastCards<C>(
  kind: Kind<C>,
  { policy, now }: Pick<Turn, 'policy' | 'now'>,
  db: Reader,
  people: string[],
  dueAt: Date | null,
  isUrgent = false,
): Promise<Forecast> {
  return policy.forecast(db, people, { now, push: isUrgent ? 'urgent' : 'quiet', notAfter: expiryOf(kind, dueAt) });
}

/**
 * The end was moved: what waits for whom no card has reached yet is over when the matter is, and is asked about again at once, as is what was
 * dropped because the end came first.
 */
export async function moveExpiry<C>({ feature, card }: Kind<C>, turn: Turn, id: string, dueAt: Date): Promise<void> {
  await turn.db.sql`
    WITH waiting AS (
      SELECT id, failure IS NOT DISTINCT FROM 'gathered' AS "isGathered" FROM delivery
      WHERE feature = ${feature} AND card = ${card} AND ref = ${id} AND "messageId" IS NULL AND "notAfter" IS NOT NULL AND NOT "isRecalled"
        AND (state = 'pending' OR state = 'dropped' AND failure = ANY (${['gathered', 'too-late', ...HOLD_REASONS]}::text[]))
        AND reached_at(feature, card, ${id}::uuid, recipient) IS NULL
      ORDER BY key FOR UPDATE)
    UPDATE delivery d SET "notAfter" = ${dueAt},
      state = CASE WHEN "isGathered" THEN d.state ELSE 'pending' END,
      "dueAt" = CASE WHEN "isGathered" THEN d."dueAt" ELSE ${turn.now} END,
      failure = CASE WHEN "isGathered" THEN d.failure END
    FROM waiting WHERE d.id = waiting.id`;
}

/** How many would get it, later included. */
export function countReached({ now, later }: Forecast): number {
  return now + later.reduce((sum, { count }) => sum + count, 0);
}

/** Who gets it later, until when and why, and who cannot be reached: 3人今天的提醒已满两条，将于11月30日（周一）07:30送达. Empty when all get it now. */
export function describeRest({ later, unreachable }: Forecast, view: Viewpoint): string[] {
  const shown = later.length > MAX_GROUPS ? later.slice(0, MAX_GROUPS - 1) : later;
  const rest = later.slice(shown.length);
  const [first] = rest;
  return [
    ...shown.map(({ at, why, count }) => `${count}人${WHY[why]}，将于${formatInstant(at, view)}起送达`),
    ...(first
      ? [`另有${rest.reduce((sum, { count }) => sum + count, 0)}人将于${formatInstant(first.at, view)}以后陆续送达`]
      : []),
    ...(unreachable > 0 ? [`${unreachable}人联系不上`] : []),
  ];
}

/** What a preview promises. */
export function describeArrival(forecast: Forecast, view: Viewpoint): string {
  const { now, later, tooLate, unreachable } = forecast;
  const [first] = later;
  const all = countReached(forecast) + tooLate;
  const lost = unreachable > 0 ? `；${unreachable}人联系不上` : '';
  if (now > 0 && now === all) return `确认后马上送达${unreachable > 0 ? `${now}人` : '每个人'}${lost}。`;
  if (now === 0 && tooLate === 0 && later.length === 1 && first)
    return `${WHY[first.why]}，卡片将于${formatInstant(first.at, view)}起送达${lost}。`;
  const rest = describeRest(forecast, view);
  const parts = [...(now > 0 ? [`确认后马上送达${now}人`] : []), ...rest];
  return parts.length > 0 ? `${parts.join('；')}。` : '';
}

/**
 * What is over before it could reach people, or asks for something by then that has passed, and what to do about it; empty where there is
 * nobody.
 */
export function warnOfTooLate({ tooLate, now, later }: Forecast, dueAt?: Date | null, due = ''): string {
  const overdue = later.reduce((sum, { at, count }) => sum + (dueAt && at > dueAt ? count : 0), 0);
  const count = tooLate + overdue;
  if (count === 0) return '';
  const who = count === tooLate + now + later.reduce((sum, one) => sum + one.count, 0) ? '所有人' : `其中${count}人`;
  const what = tooLate > 0 ? '收到卡片前就已经结束，会收不到' : `收到卡片时已经过了${due}`;
  return `${who}${what}。请改时间，或者写明理由后立即送达。`;
}

/** After 已发布给17人 or 已提醒17人: what is so for those who do not get it at once. */
export function describeWait(forecast: Forecast, view: Viewpoint): string {
  const rest = describeRest(forecast, view);
  const tooLate = forecast.tooLate > 0 ? [`${forecast.tooLate}人收到前就已结束，收不到`] : [];
  return [...rest, ...tooLate].length > 0 ? `其中${[...rest, ...tooLate].join('，')}。` : '';
}
