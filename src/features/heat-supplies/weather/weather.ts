/**
 * What a source says of the day's heat. Two sources, one shape:
 *
 * - a service that answers as QWeather does (`WEATHER_URL`, `WEATHER_KEY` in the header `X-QW-Api-Key`, `WEATHER_LOCATION` as
 *   `116.41,39.92`, longitude first):
 *   `GET /v7/weather/3d?location=116.41,39.92` → `{"code":"200","daily":[{"fxDate":"2026-07-06","tempMax":"38"}]}`
 *   (https://dev.qweather.com/docs/api/weather/weather-daily-forecast/), and
 *   `GET /weatheralert/v1/current/39.92/116.41` → `{"alerts":[{"eventType":{"name":"高温"},"color":{"code":"orange"},"headline":"…"}]}`
 *   (https://dev.qweather.com/docs/api/warning/weather-alert). An answer without alerts, or none at all, leaves the temperature standing.
 * - a file that another program writes (`WEATHER_FILE`): the first of these answers, with `alerts` beside `daily` if there are any.
 */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Settings } from '../../../feature.ts';
import { HeatSettings } from '../settings.ts';

/** The forecast and the alerts in force, as far as we ask. */
const Answer = z.object({
  code: z.string().optional(),
  daily: z.array(z.object({ fxDate: z.iso.date(), tempMax: z.union([z.string(), z.number()]).optional() })).optional(),
  alerts: z
    .array(
      z.object({
        eventType: z.object({ name: z.string() }),
        color: z.object({ code: z.string() }).nullish(),
        headline: z.string().nullish(),
        messageType: z.object({ code: z.string() }).nullish(),
      }),
    )
    .optional(),
});
export type WeatherAnswer = z.infer<typeof Answer>;

/** What came of asking: an answer, or why there is none. Never the address or the key. */
export type Asked =
  | { source: 'service' | 'file'; answer: WeatherAnswer }
  | { source: 'service' | 'file'; failure: 'unreachable' | 'unreadable' };

/** Longer than this nobody waits; the next look is in a few hours. */
const TIMEOUT_MS = 10_000;

/** Asks the configured source; undefined when there is none. Never throws: a source that fails is something to show. */
export async function askSource(settings: Settings): Promise<Asked | undefined> {
  const {
    WEATHER_FILE: file,
    WEATHER_URL: url,
    WEATHER_KEY: key,
    WEATHER_LOCATION: location = '',
  } = settings(HeatSettings);
  if (file) return readSource('file', async () => JSON.parse(await readFile(file, 'utf8')));
  if (!url) return undefined;
  const [longitude = '', latitude = ''] = location.split(',');
  return readSource('service', async () => {
    const forecast = await get(`${url}/v7/weather/3d?location=${encodeURIComponent(location)}`, key);
    const alerts = latitude
      ? await get(`${url}/weatheralert/v1/current/${latitude}/${longitude}`, key).catch(() => ({}))
      : {};
    const known = z.object({ alerts: Answer.shape.alerts }).safeParse(alerts);
    return { ...(forecast as object), ...(known.success && { alerts: known.data.alerts }) };
  });
}

async function readSource(source: 'service' | 'file', read: () => Promise<unknown>): Promise<Asked> {
  let raw: unknown;
  try {
    raw = await read();
  } catch (error) {
    return { source, failure: error instanceof SyntaxError ? 'unreadable' : 'unreachable' };
  }
  const parsed = Answer.safeParse(raw);
  if (!parsed.success || (parsed.data.code !== undefined && parsed.data.code !== '200'))
    return { source, failure: 'unreadable' };
  return { source, answer: parsed.data };
}

async function get(url: string, key: string | undefined): Promise<unknown> {
  const response = await fetch(url, {
    headers: key ? { 'X-QW-Api-Key': key } : {},
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) throw new Error(`the weather service answered ${response.status}`);
  return response.json();
}
