/** Presses at the inner door, past the messenger: as any card of any kind that somebody holds, with any value. */
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { now } from '../../src/basics/clock.ts';
import { createLog } from '../../src/basics/log.ts';
import { createCalendar } from '../../src/calendar/create-calendar.ts';
import { renderCard } from '../../src/cards/render.ts';
import { loadTemplates } from '../../src/cards/templates.ts';
import { readConfig } from '../../src/config.ts';
import { features } from '../../src/features/index.ts';
import { createHearing } from '../../src/inbox/hear.ts';
import { receivePress } from '../../src/inbox/receive-press.ts';
import type { Answer } from '../../src/messenger/port.ts';
import { createRender } from '../../src/outbox/render.ts';
import { actions } from '../../src/people/actions.ts';
import type { Database } from '../../src/storage/database.ts';
import { createRegistry } from '../../src/turn/registry.ts';
import { OPEN_POLICY } from '../support/open-policy.ts';

export type HeldCard = { id: string; feature: string; card: string; ref: string; recipient: string };

/** Who presses, if not whoever holds the card, with what it carries, what stands in the form and what was picked outside one. */
export type DoorPress = {
  person?: string;
  value?: Record<string, unknown>;
  form?: Record<string, unknown>;
  option?: string;
};

export const registry = createRegistry([...features, { name: 'people', actions }]);
const templates = loadTemplates(fileURLToPath(new URL('../../cards', import.meta.url)), registry.form);

/** `errors` are the lines of the level that wakes an operator. */
export function openInnerDoor(db: Database) {
  const errors: Record<string, unknown>[] = [];
  const log = createLog('error', { write: (line: string) => void errors.push(JSON.parse(line)) });
  const view = {
    calendar: createCalendar({ timeZone: 'Asia/Shanghai' }),
    policy: OPEN_POLICY,
    settings: readConfig(features, {}).settings,
  };
  const render = createRender(registry, view, (...filling) => renderCard(templates, ...filling));
  const hear = createHearing(registry, view.calendar);
  const parts = { db, registry, render, hear, context: { ...view, log, drive: () => undefined } };
  return {
    errors,
    /** A card that is on this person's screen, whether it should be or not. */
    give: async ({ feature, card, ref }: Omit<HeldCard, 'id' | 'recipient'>, recipient: string): Promise<HeldCard> => {
      const id = randomUUID();
      await db.sql`
        INSERT INTO delivery (id, key, feature, card, ref, recipient, push, state, "dueAt", "messageId", "shownAt", "sentAt")
        VALUES (${id}::uuid, ${`given:${id}`}, ${feature}, ${card}, ${ref}, ${recipient}, 'answer', 'sent', ${now()}, ${`om_${id}`}, ${now()}, ${now()})`;
      return { id, feature, card, ref, recipient };
    },
    press: (
      { id, recipient }: HeldCard,
      button: string,
      { person = recipient, value = {}, form = {}, option }: DoorPress = {},
    ): Promise<Answer> =>
      receivePress(parts, {
        ...{ kind: 'press', id: randomUUID(), at: now(), person, chat: 'oc_1', messageId: `om_${id}`, button },
        ...{ value: { ...value, d: id }, form, ...(option !== undefined && { option }) },
      }),
  };
}

/** All that is known, but for what every press leaves behind: its event, and what was delivered of which card. */
export type Ledger = {
  /** One hash of it. */
  digest: () => Promise<string>;
  /** Every row of it as a line. */
  lines: () => Promise<string[]>;
  close: () => Promise<void>;
};

export async function openLedger(connectionString: string): Promise<Ledger> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('event', 'card_mark', 'delivery', 'call_window', 'timetable')`,
  );
  const parts = rows.map(({ name }) => `SELECT '${name}' AS name, t::text AS line FROM "${name}" t`);
  parts.push(`SELECT 'delivery', key || ' ' || recipient || ' ' || ref FROM delivery WHERE key NOT LIKE 'given:%'`);
  const all = `(${parts.join(' UNION ALL ')}) AS all_rows`;
  const sql = `SELECT md5(string_agg(name || line, ' ' ORDER BY name, line)) AS digest FROM ${all}`;
  return {
    digest: async () => (await client.query<{ digest: string }>(sql)).rows[0]?.digest ?? '',
    lines: async () =>
      (await client.query<{ line: string }>(`SELECT name || ' ' || line AS line FROM ${all}`)).rows.map(
        ({ line }) => line,
      ),
    close: () => client.end(),
  };
}

const ID = /[0-9a-f]{8}-[0-9a-f-]{27}/g;

/** What changed that is not the person's own: own is a row that names them, and what is new with the id of such a row. */
export function findForeignChanges(before: string[], after: string[], person: string): string[] {
  const [was, is] = [new Set(before), new Set(after)];
  const added = after.filter((line) => !was.has(line));
  const removed = before.filter((line) => !is.has(line));
  const known = new Set(before.flatMap((line) => line.match(ID) ?? []));
  const own = new Set(added.filter((line) => line.includes(person)).flatMap((line) => line.match(ID) ?? []));
  const isOwn = (line: string) =>
    line.includes(person) || (line.match(ID) ?? []).some((id) => own.has(id) && !known.has(id));
  return [...added.filter((line) => !isOwn(line)), ...removed.filter((line) => !line.includes(person))];
}
