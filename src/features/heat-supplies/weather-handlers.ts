/** What happens when it is hot: a source is read or somebody says so, and secretaries get a draft. Nothing is sent to anybody else. */
import { randomUUID } from 'node:crypto';
import { type PersonTurn, type Reply, sendCard, type Turn } from '../../feature.ts';
import type { Audience } from '../../people/audience.ts';
import { findScopedHolders } from '../../people/find-holders.ts';
import * as queries from './handout-queries.ts';
import { KINDS } from './kinds.ts';
import { findPoints } from './points.ts';
import { usualEnd } from './rules.ts';
import type { Asked } from './weather.ts';
import { isInSeason, levelOfReading, type Reading, readAnswer, readTemperature } from './weather-rules.ts';

/** In the season, a few times a day: the source is asked by a job of its own, for which no transaction waits. */
export async function watchHeat(turn: Turn): Promise<void> {
  const { weather } = turn.settings;
  if (!isInSeason(turn.calendar.dayOf(turn.now), weather.season) || !(weather.url || weather.file)) return;
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
  for (const { scopeId, id: person } of await findScopedHolders(turn.db, 'secretary', turn.now)) {
    await draftForHeat(turn, id, level, person, { kind: 'branch', id: scopeId, who: 'everyone' }, 'quiet');
  }
}

/** 今日最高38度: the manual way, which always works. Only whoever says it gets a draft. */
export async function takeTyped(turn: PersonTurn, { text }: { text: string }): Promise<Reply | undefined> {
  const maxTenths = readTemperature(text);
  if (maxTenths === undefined)
    return { toast: '这个温度不太可能，没有记录。请核对后再发，例如：今日最高38度', kind: 'warning' };
  const reading: Reading = { source: 'typed', maxTenths, alert: null, alertColor: null, failure: null };
  const id = await keepReading(turn, reading);
  const level = levelOfReading(reading);
  if (!level) return { toast: `已记录今日最高${maxTenths / 10}℃，没有达到35℃，不用发放。` };
  const isDetachment = turn.may('supplies.hand-out', 'detachment');
  const audience: Audience = isDetachment
    ? { kind: 'detachment', id: null, who: 'everyone' }
    : { kind: 'branch', id: turn.who.branchId, who: 'everyone' };
  if (await draftForHeat(turn, id, level, turn.who.id, audience, 'answer')) return undefined;
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
  audience: Audience,
  push: 'quiet' | 'answer',
): Promise<boolean> {
  const today = turn.calendar.dayOf(turn.now);
  const [alert] = await turn.db.sql<{ id: string }>`
    INSERT INTO heat_alert (id, day, level, "recipientId", "readingId")
    SELECT gen_random_uuid(), ${today}::date, ${level}, ${person}, ${reading}::uuid
    WHERE NOT EXISTS (SELECT 1 FROM heat_alert WHERE day = ${today}::date AND "recipientId" = ${person} AND level >= ${level})
    ON CONFLICT DO NOTHING RETURNING id`;
  if (!alert) return false;
  const last = await queries.findLast(turn.db, person, 'heat');
  const points = await findPoints(turn.db);
  const draft = {
    kind: 'heat' as const,
    itemsText: last?.itemsText ?? KINDS.heat.usual,
    points: last?.pointIds ?? (points.length === 1 ? points.map(({ id }) => id) : []),
    audience: last ? (queries.draftOf(last).audience ?? audience) : audience,
    opensAt: null,
    closesAt: usualEnd(turn.now, turn.calendar),
  };
  const id = await queries.createDraft(turn.db, draft, person, turn.now, alert.id);
  await turn.deliver({ key: `draft:${id}`, to: { person }, card: 'draft', ref: id, push });
  return true;
}
