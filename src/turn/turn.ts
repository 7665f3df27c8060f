/** Makes the turn that a handler works in: its transaction, its clock, and what it may say. */

import type { Logger } from '../basics/log.ts';
import type { Calendar } from '../calendar/calendar.ts';
import type { Delivery, PushPolicy, Settings, Turn } from '../feature.ts';
import type { Database, Transaction } from '../storage/database.ts';

/** What every turn of this process shares; `drive` is called when a commit left something to send or to run. */
export type TurnContext = {
  calendar: Calendar;
  policy: PushPolicy;
  settings: Settings;
  log: Logger;
  drive: () => void;
};

/** A card that should be rendered anew, for everybody or one person, but for the delivery that shows it already. */
export type Mark = { feature: string; card: string; ref: string; person?: string; exceptId?: string };

/**
 * The database transaction of a turn, whether it has said or planned anything, and the delivery that was pressed. Where there are
 * `marks`, they wait for the statement that keeps the event.
 */
export type OpenTurn = { db: Transaction; now: Date; hasNews: boolean; pressedId?: string; marks?: Mark[] };

/** Commits what `work` writes, with `seal` as its last statement, and then has it driven; either throwing leaves nothing behind. */
export async function inTurn<T>(
  database: Database,
  context: TurnContext,
  now: Date,
  work: (open: OpenTurn) => Promise<T>,
  seal?: (open: OpenTurn, result: T) => Promise<unknown>,
): Promise<T> {
  const open = { now, hasNews: false };
  const result = await database.transaction(
    (db) => work(Object.assign(open, { db })),
    seal && ((db, done) => seal(Object.assign(open, { db }), done)),
  );
  if (open.hasNews) context.drive();
  return result;
}

/** The turn of `feature`. What it delivers and plans becomes rows of the open transaction. */
export function createTurn({ calendar, policy, settings, log }: TurnContext, feature: string, open: OpenTurn): Turn {
  const { db, now } = open;
  return {
    calendar,
    policy,
    settings,
    log,
    db,
    now,
    deliver: async (...deliveries) => {
      if (deliveries.length === 0) return;
      open.hasNews = true;
      await writeDeliveries(db, feature, deliveries, now);
    },
    refresh: async (...cards) => {
      const marks = cards.map((card) => ({ feature, ...card, ...(open.pressedId && { exceptId: open.pressedId }) }));
      if (open.marks) open.marks.push(...marks);
      else
        await db.sql`
          INSERT INTO card_mark (feature, card, ref, recipient, "exceptId") SELECT feature, card, ref, person, "exceptId"
          FROM jsonb_to_recordset(${JSON.stringify(marks)}::jsonb) AS m (feature text, card text, ref text, person text, "exceptId" uuid)`;
    },
    recall: async (...cards) => {
      open.hasNews = true;
      await db.sql`
        WITH held AS (
          SELECT d.id FROM jsonb_to_recordset(${JSON.stringify(cards)}::jsonb) AS recalled (card text, ref text)
          JOIN delivery d ON d.ref = recalled.ref AND d.card = recalled.card AND d.feature = ${feature} AND NOT d."isFile"
          ORDER BY d.key FOR UPDATE OF d)
        UPDATE delivery d SET "isRecalled" = true, revision = revision + 1, "dueAt" = ${now}, attempts = 0, failure = NULL,
          state = CASE WHEN d.state IN ('queued', 'sending') THEN d.state WHEN d."messageId" IS NULL AND NOT d."mayBeOut" THEN 'recalled' ELSE 'pending' END
        FROM held WHERE d.id = held.id AND d.state <> 'failed' AND NOT d."isRecalled"`;
    },
    later: async (job, payload, when = {}) => {
      open.hasNews = true;
      const key = when.key === undefined ? null : `${feature}:${when.key}`;
      await db.sql`
        INSERT INTO pending_job (id, key, feature, job, payload, "dueAt")
        VALUES (gen_random_uuid(), ${key}, ${feature}, ${job}, ${JSON.stringify(payload)}::jsonb, ${when.at ?? now})
        ON CONFLICT (key) DO UPDATE
        SET job = excluded.job, payload = excluded.payload, "dueAt" = excluded."dueAt", "claimedAt" = NULL, attempts = 0`;
    },
    cancel: async (key) => {
      await db.sql`DELETE FROM pending_job WHERE key = ${`${feature}:${key}`}`;
    },
  };
}

/**
 * One row per key. Said again, the row asks for one more rendering: a message that is out is edited, one that waits keeps waiting
 * with the newer wish. A row that a worker holds stays with it; the worker sees the new revision when it is done.
 */
async function writeDeliveries(db: Transaction, feature: string, deliveries: Delivery[], now: Date): Promise<void> {
  const rows = deliveries.map((delivery) => ({
    key: `${feature}:${delivery.key}`,
    card: delivery.card ?? delivery.file,
    isFile: delivery.file !== undefined,
    ref: delivery.ref,
    recipient: 'person' in delivery.to ? delivery.to.person : delivery.to.chat,
    isChat: 'chat' in delivery.to,
    push: delivery.push,
    gathers: delivery.gathers ?? false,
    dueAt: delivery.notBefore && delivery.notBefore > now ? delivery.notBefore : now,
    notAfter: delivery.notAfter ?? null,
  }));
  await db.sql`
    INSERT INTO delivery (id, key, feature, card, "isFile", ref, recipient, "isChat", push, gathers, "dueAt", "notAfter", "writtenAt")
    SELECT gen_random_uuid(), row.key, ${feature}, row.card, row."isFile", row.ref, row.recipient, row."isChat", row.push, row.gathers, row."dueAt", row."notAfter", ${now}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS row (key text, card text, "isFile" boolean, ref text, recipient text, "isChat" boolean, push text, gathers boolean, "dueAt" timestamptz, "notAfter" timestamptz)
    ORDER BY row.key
    ON CONFLICT (key) DO UPDATE SET
      card = excluded.card, "isFile" = excluded."isFile", ref = excluded.ref, push = excluded.push, gathers = excluded.gathers, "notAfter" = excluded."notAfter",
      "dueAt" = excluded."dueAt", revision = delivery.revision + 1, attempts = 0, failure = NULL,
      state = CASE WHEN delivery.state IN ('queued', 'sending') THEN delivery.state ELSE 'pending' END`;
}
