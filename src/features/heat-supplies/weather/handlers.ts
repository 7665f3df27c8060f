/** What happens when it is hot: a source is read or somebody says so, and secretaries get a draft. Nothing is sent to anybody else. */
import { randomUUID } from 'node:crypto';
import { type PersonTurn, type Reply, sendCard, type Turn, type Typed } from '../../../feature.ts';
import { type Audience, audienceOf, wholeOf } from '../../../people/audience/audience.ts';
import { findScopedHolders } from '../../../people/find-holders.ts';
import { pickDegrees } from '../../../reading/pick/pick-amounts.ts';
import { handouts } from '../handout/handlers.ts';
import { findLast } from '../handout/queries.ts';
import { KINDS } from '../kinds.ts';
import { type Draft, EMPTY, usualEnd } from '../rules.ts';
import { HeatSettings } from '../settings.ts';
import { findPoints } from '../stock/points.ts';
import { isInSeason, levelOfReading, type Reading, readAnswer, readTemperature } from './rules.ts';
import type { Asked } from './weather.ts';

/** In the season, a few times a day: the source is asked by a job of its own, for which no transaction waits. */
export async function watchHeat(turn: Turn): Promise<void> {
  const { HEAT_SEASON, WEATHER_URL, WEATHER_FILE } = turn.settings(HeatSettings);
  if (!isInSeason(turn.calendar.dayOf(turn.now), HEAT_SEASON) || !(WEATHER_URL || WEATHER_FILE)) return;
  await turn.later('read-weather', {}, { key: 'read-weather' });
}

/** What the source said: kept as it is, failures too; at a level that is new today every secretary gets a draft. */
export async function takeWeather(turn: Turn, _payload: unknown, asked: Asked | undefined): Promise<void> {
  if (!asked) return;
  const today = turn.calendar.dayOf(turn.now);
  const reading = readAnswer(asked, today);
  const id = await keepReading(turn, reading);
  if (reading.failure)
    turn.log.warn({ failure: reading.failure, source: reading.source }, 'a weather source gave nothing usable');
  const level = levelOfReading(reading);
  if (!level) return;
  let drafts = 0;
  for (const { scopeId, id: person } of await findScopedHolders(turn.db, 'secretary', turn.now)) {
    const audience = wholeOf({ kind: 'branch', id: scopeId }, 'everyone');
    if (await draftForHeat(turn, id, level, person, audience, 'quiet')) drafts += 1;
  }
  turn.log.info({ level, drafts }, 'secretaries were given a draft because it is hot');
}

/** 今日最高38度: the manual way, which always works. Only whoever says it gets a draft. */
export async function takeTyped(turn: PersonTurn, { text, reading: read }: Typed): Promise<Reply | undefined> {
  const degrees = pickDegrees(read);
  const maxTenths = readTemperature(degrees.is === 'one' ? `${degrees.value}度` : text);
  if (maxTenths === undefined)
    return { toast: '这个温度不太可能，没有记录。请核对后再发，例如：今日最高38度', kind: 'warning' };
  const reading: Reading = { source: 'typed', maxTenths, alert: null, alertColor: null, failure: null };
  const id = await keepReading(turn, reading);
  const level = levelOfReading(reading);
  if (!level) return { toast: `已记录今日最高${maxTenths / 10}℃，没有达到35℃，不用发放。` };
  const isDetachment = turn.may('supplies.hand-out', 'detachment');
  const branch = turn.who.branchId;
  const audience = isDetachment
    ? wholeOf({ kind: 'detachment', id: null }, 'everyone')
    : branch && wholeOf({ kind: 'branch', id: branch }, 'everyone');
  if (await draftForHeat(turn, id, level, turn.who.id, audience || null, 'answer')) return undefined;
  return {
    toast: `已记录今日最高${maxTenths / 10}℃。今天这一级或更高一级的草稿已经给过您，发送“发放防暑物资”可以另起一份。`,
  };
}

/** 高温: the last value with its age. */
export async function showHeat(turn: PersonTurn): Promise<undefined> {
  await sendCard(turn, 'heat', 'latest');
}

async function keepReading(turn: Turn, { source, maxTenths, alert, alertColor, failure }: Reading): Promise<string> {
  const id = randomUUID();
  await turn.db.sql`
    INSERT INTO weather_reading (id, "readAt", day, source, "maxTenths", alert, "alertColor", failure)
    VALUES (${id}::uuid, ${turn.now}, ${turn.calendar.dayOf(turn.now)}::date, ${source}, ${maxTenths}, ${alert}, ${alertColor}, ${failure})`;
  return id;
}

/** One draft a person for each level of a day, begun with what they handed out last; false when this level was there already. */
async function draftForHeat(
  turn: Turn,
  reading: string,
  level: number,
  person: string,
  audience: Audience | null,
  push: 'quiet' | 'answer',
): Promise<boolean> {
  const today = turn.calendar.dayOf(turn.now);
  const [alert] = await turn.db.sql<{ id: string }>`
    INSERT INTO heat_alert (id, day, level, "recipientId", "readingId")
    SELECT gen_random_uuid(), ${today}::date, ${level}, ${person}, ${reading}::uuid
    WHERE NOT EXISTS (SELECT 1 FROM heat_alert WHERE day = ${today}::date AND "recipientId" = ${person} AND level >= ${level})
    ON CONFLICT DO NOTHING RETURNING id`;
  if (!alert) return false;
  const last = await findLast(turn.db, person, 'heat');
  const points = await findPoints(turn.db);
  const draft: Draft = {
    ...{ ...EMPTY, alertId: alert.id, itemsText: last?.itemsText ?? KINDS.heat.usual },
    points: last?.points ?? (points.length === 1 ? points.map(({ id }) => id) : []),
    audience: last ? (audienceOf(last) ?? audience) : audience,
    dueAt: usualEnd(turn.now, turn.calendar),
  };
  await handouts.propose(turn, draft, person, push);
  return true;
}
