/**
 * Ten thousand people with schedules of their own over three weeks around the National Day holiday, through the real relay, policy and
 * sender: nobody is disturbed more than twice a day, nor at a quiet time, nor for what is done; and nothing is forgotten.
 */

import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { moveTo, now } from '../../src/basics/clock.ts';
import { createLog } from '../../src/basics/log.ts';
import { createCalendar } from '../../src/calendar/create-calendar.ts';
import { readConfig } from '../../src/config.ts';
import { card, type Feature } from '../../src/feature.ts';
import { features } from '../../src/features/index.ts';
import { today } from '../../src/features/today/index.ts';
import type { SenderParts } from '../../src/outbox/delivery.ts';
import { createPolicy } from '../../src/outbox/forecast.ts';
import { DAILY_BUDGET } from '../../src/outbox/policy.ts';
import { relayDeliveries } from '../../src/outbox/relay.ts';
import { createRender } from '../../src/outbox/render.ts';
import { createSender } from '../../src/outbox/send.ts';
import { AnyRef } from '../../src/sight.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { groupRows } from '../../src/storage/group-rows.ts';
import { createRegistry } from '../../src/turn/registry.ts';
import { createTestDatabase } from '../storage/test-database.ts';

const PEOPLE = 10_000;
const START = Date.parse('2026-09-28T00:00:00+08:00');
const HOUR_MS = 3_600_000;
const HOURS = 21 * 24;
const SEED = 20261123;

/** One matter of one person: announced, reminded of, and done at some hour or never. In hours since the start. */
type Matter = { announcedAt: number; remindedAfter: number[]; doneAfter: number | null };
type Schedule = { matters: Matter[]; leave: { firstDay: number; days: number } | null };

const hours = (min: number, max: number) => fc.integer({ min, max });
const matter: fc.Arbitrary<Matter> = fc.record({
  announcedAt: hours(0, 10 * 24),
  remindedAfter: fc.array(hours(1, 4 * 24), { maxLength: 2 }),
  doneAfter: fc.option(hours(0, 6 * 24)),
});
const schedule: fc.Arbitrary<Schedule> = fc.record({
  matters: fc.array(matter, { minLength: 1, maxLength: 5 }),
  leave: fc.option(fc.record({ firstDay: hours(0, 12), days: hours(1, 5) })),
});

type Known = { person: string; announcedAt: Date; doneAt: Date | null };
type Message = { person: string; at: Date; shows: string[] };

it('respects everybody, over 10,000 generated schedules', async () => {
  const database = await createTestDatabase();
  const db = openDatabase(database.connectionString, () => undefined);
  onTestFinished(async () => {
    await db.close();
    await database.drop();
  });
  const calendar = createCalendar({ timeZone: 'Asia/Shanghai' });
  const quietHours = { from: '21:30', until: '07:30' };
  const policy = { quietHours, quietDays: 'non-workdays' as const, dailyBudget: DAILY_BUDGET };

  const known = new Map<string, Known>();
  const leaves = new Map<string, { firstDay: string; lastDay: string }>();
  const rows: { key: string; ref: string; person: string; dueAt: Date }[] = [];
  for (const [index, { matters, leave }] of fc.sample(schedule, { numRuns: PEOPLE, seed: SEED }).entries()) {
    const person = `ou_${index}`;
    if (leave) {
      const firstDay = calendar.addDays('2026-09-28', leave.firstDay);
      leaves.set(person, { firstDay, lastDay: calendar.addDays(firstDay, leave.days - 1) });
    }
    for (const [n, { announcedAt, remindedAfter, doneAfter }] of matters.entries()) {
      const ref = `${person}/${n}`;
      const doneAt = doneAfter === null ? null : atHour(announcedAt + doneAfter);
      known.set(ref, { person, announcedAt: atHour(announcedAt), doneAt });
      for (const after of new Set([0, ...remindedAfter]))
        rows.push({ key: `${ref}/${after}`, ref, person, dueAt: atHour(announcedAt + after) });
    }
  }
  await db.sql`
    INSERT INTO person (id, name) SELECT id, id FROM unnest(${[...new Set(rows.map(({ person }) => person))]}::text[]) AS id`;
  await db.sql`
    INSERT INTO leave (id, "personId", "firstDay", "lastDay")
    SELECT gen_random_uuid(), l.person, l."firstDay"::date, l."lastDay"::date
    FROM jsonb_to_recordset(${JSON.stringify([...leaves].map(([person, days]) => ({ person, ...days })))}::jsonb) AS l (person text, "firstDay" text, "lastDay" text)`;
  await db.sql`
    INSERT INTO delivery (id, key, feature, card, ref, recipient, push, gathers, "dueAt")
    SELECT gen_random_uuid(), row.key, 'matters', 'matter', row.ref, row.person, 'quiet', true, row."dueAt"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row (key text, ref text, person text, "dueAt" timestamptz)`;

  const refsOf = groupRows([...known], ([, { person }]) => person);
  const isOpen = ({ announcedAt, doneAt }: Known, at: Date) => announcedAt <= at && (doneAt === null || doneAt > at);
  const matters: Feature = {
    name: 'matters',
    cards: {
      matter: card({
        ref: AnyRef,
        action: 'self',
        load: async (_, ref, viewer) => {
          const one = known.get(ref);
          return one && (isOpen(one, viewer.now) || viewer.isSent) ? { shows: [ref] } : undefined;
        },
      }),
    },
    today: async (_, { id }, { now: at }) =>
      (refsOf.get(id) ?? [])
        .filter(([, one]) => isOpen(one, at))
        .map(([ref]) => ({ title: ref, open: { button: 'matters/open', value: {} } })),
  };
  const messages: Message[] = [];
  const view = {
    calendar,
    settings: readConfig(features, {}).settings,
    policy: createPolicy({ ...policy, calendar }),
  };
  const send = createSender({
    db,
    calendar,
    policy,
    limits: { perSecond: 1e9, perMinute: 1e9, perRecipient: 5 },
    log: createLog('silent'),
    makeFile: async () => undefined,
    fillNotice: () => ({}),
    render: createRender(createRegistry([today([matters]), matters]), view, (_feature, card, variables) => {
      const items = (variables.items ?? []) as { title: string }[];
      return { schema: '2.0', body: { shows: card === 'list' ? items.map(({ title }) => title) : variables.shows } };
    }),
    // Stands where Feishu stands: it takes every message, and remembers whom it disturbed, when, with what.
    messenger: {
      create: async (to: { person?: string }, card: { body?: unknown }, uuid: string) => {
        const { shows } = card.body as { shows: string[] };
        messages.push({ person: to.person ?? '', at: now(), shows });
        return { messageId: uuid };
      },
      patch: async () => undefined,
    } as unknown as SenderParts['messenger'],
    keepOutcomes: (_, write) => write(db),
  });
  const queues = {
    add: async (_: string, errands: { ids: string[] }[]) => void (await Promise.all(errands.map(send))),
  };

  for (let hour = 0; hour <= HOURS; hour += 1) {
    moveTo(new Date(atHour(hour).getTime() + 60_000)); // a minute past, when the quiet hours that end at 07:30 are long over
    await relayDeliveries(db, queues, false);
  }

  const perDay = groupRows(messages, ({ person, at }) => `${person} ${calendar.dayOf(at)}`);
  expect([...perDay].filter(([, sent]) => sent.length > DAILY_BUDGET)).toEqual([]);
  expect(messages.filter(({ at }) => calendar.timeOf(at) >= '21:30' || calendar.timeOf(at) < '07:30')).toEqual([]);
  expect(messages.filter(({ at }) => !calendar.isWorkday(calendar.dayOf(at)))).toEqual([]);
  const isOnLeave = ({ person, at }: Message) => {
    const leave = leaves.get(person);
    return leave !== undefined && leave.firstDay <= calendar.dayOf(at) && calendar.dayOf(at) <= leave.lastDay;
  };
  expect(messages.filter(isOnLeave)).toEqual([]);
  const tells = ({ shows, at }: Message, ref: string) => {
    const one = known.get(ref);
    return shows.includes(ref) && one !== undefined && isOpen(one, at);
  };
  expect(
    messages.filter((message) => message.shows.length === 0 || !message.shows.every((ref) => tells(message, ref))),
  ).toEqual([]);
  const atOnce = groupRows(messages, ({ person, at }) => `${person} ${at.toISOString()}`);
  expect([...atOnce].filter(([, sent]) => sent.length > 1)).toEqual([]);

  const told = new Set(messages.flatMap(({ shows }) => shows));
  const forgotten = [...known].filter(([ref, { doneAt }]) => doneAt === null && !told.has(ref));
  expect(forgotten).toEqual([]);
  expect(messages.length).toBeGreaterThan(PEOPLE);
}, 900_000);

function atHour(hour: number): Date {
  return new Date(START + hour * HOUR_MS);
}
