/** Pure decisions about the weather: an answer or a typed text in, a believable reading or the reason against it out. */
import type { Day } from '../../../calendar/calendar.ts';
import { type HeatLevel, isPlausible, levelOf, levelOfAlert } from './heat-levels.ts';
import type { Asked } from './weather.ts';

/** What is kept of a look at a source. Temperatures in tenths of a degree Celsius. */
export type Reading = {
  source: 'service' | 'file' | 'typed';
  maxTenths: number | null;
  alert: string | null;
  alertColor: string | null;
  failure: 'unreachable' | 'unreadable' | 'implausible' | 'missing' | null;
};

const NOTHING = { maxTenths: null, alert: null, alertColor: null } as const;

/** What an answer says of `today`. Nothing, or something that cannot be (380 ℃), is a failure and never a temperature. */
export function readAnswer(asked: Asked, today: Day): Reading {
  if ('failure' in asked) return { source: asked.source, ...NOTHING, failure: asked.failure };
  const { answer, source } = asked;
  const said = answer.daily?.find(({ fxDate }) => fxDate === today)?.tempMax;
  const heat = answer.alerts?.find(
    ({ eventType, messageType }) => eventType.name.includes('高温') && messageType?.code !== 'cancel',
  );
  const alert = { alert: heat?.headline ?? (heat ? '高温预警' : null), alertColor: heat?.color?.code ?? null };
  const text = String(said ?? '').trim();
  if (text === '') return { source, ...NOTHING, ...alert, failure: heat ? null : 'missing' };
  const maxTenths = Math.round(Number(text) * 10);
  if (!/^-?\d+(\.\d+)?$/.test(text) || !isPlausible(maxTenths))
    return { source, ...NOTHING, ...alert, failure: 'implausible' };
  return { source, maxTenths, ...alert, failure: null };
}

/** The level of a reading: by temperature or by the official alert, whichever is higher; undefined when it is not hot. */
export function levelOfReading({
  maxTenths,
  alertColor,
}: Pick<Reading, 'maxTenths' | 'alertColor'>): HeatLevel | undefined {
  const levels = [maxTenths === null ? undefined : levelOf(maxTenths), levelOfAlert(alertColor)];
  return levels.reduce((high, level) => (level && (!high || level > high) ? level : high), undefined);
}

/** The temperature that stands in a text, in tenths; undefined when there is none or it cannot be. */
export function readTemperature(text: string): number | undefined {
  const [, digits] = /(-?\d+(?:\.\d+)?)\s*(?:度|℃|°C|摄氏度)/iu.exec(text) ?? [];
  const maxTenths = Math.round(Number(digits) * 10);
  return digits !== undefined && isPlausible(maxTenths) ? maxTenths : undefined;
}

/** Whether a day lies in the season, given as months: `6-9`, or `11-2` over the turn of a year. */
export function isInSeason(day: Day, { from, until }: { from: number; until: number }): boolean {
  const month = Number(day.slice(5, 7));
  return from <= until ? month >= from && month <= until : month >= from || month <= until;
}
