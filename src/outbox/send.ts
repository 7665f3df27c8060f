/** The delivery worker: claims rows, asks the policy and the limits, renders, calls the messenger, writes down what came of it. */
import { createHash } from 'node:crypto';
import type { Calendar } from '../calendar/calendar.ts';
import { now as clockNow } from '../clock.ts';
import type { Logger } from '../log.ts';
import { type Messenger, MessengerError } from '../messenger/port.ts';
import type { Database, Reader } from '../storage/database.ts';
import { findGathered } from './gather-pushes.ts';
import { type CallLimits, takeCalls } from './limits.ts';
import type { PushSettings } from './policy.ts';
import type { MakeFile, RenderDelivery } from './render.ts';
import { reservePushes } from './reserve-pushes.ts';
import { isEditable } from './retire.ts';

export type SenderParts = {
  db: Database;
  render: RenderDelivery;
  makeFile: MakeFile;
  messenger: Messenger;
  limits: CallLimits;
  policy: PushSettings;
  calendar: Calendar;
  log: Logger;
  /** Writes the outcomes and tells the features of what will never arrive, both or neither. */
  keepOutcomes: (undeliverable: Undeliverable[], write: (db: Reader) => Promise<void>) => Promise<void>;
};

/** What will never arrive. */
export type Undeliverable = Pick<ClaimedDelivery, 'key' | 'feature' | 'card' | 'ref' | 'recipient' | 'isChat'>;

/** A delivery row in the hands of this worker. */
export type ClaimedDelivery = {
  id: string;
  key: string;
  feature: string;
  card: string;
  isFile: boolean;
  ref: string;
  recipient: string;
  isChat: boolean;
  push: 'answer' | 'quiet' | 'urgent';
  notAfter: Date | null;
  revision: number;
  attempts: number;
  messageId: string | null;
  mayBeOut: boolean;
  shownAt: Date | null;
  isRetired: boolean;
  isRecalled: boolean;
  pushedOn: string | null;
  contentHash: string | null;
  hasLeft: boolean;
};

/** What became of a row: written back for the whole chunk in one statement. */
export type Outcome = {
  id: string;
  revision: number;
  state: 'sent' | 'pending' | 'failed' | 'dropped' | 'recalled';
  messageId?: string;
  contentHash?: string;
  dueAt?: Date;
  /** A try that was put off rather than made does not count. */
  isUncounted?: boolean;
  /** Whether a message may have been created all the same. */
  mayBeOut?: boolean;
  failure?: string;
};

/**
 * Waits before each new try of a call whose outcome is unknown. The first seven fall within the hour in which Feishu lets the same
 * uuid create one message only; then once an hour for two days.
 */
const RETRY_AFTER_MS = [1_000, 5_000, 20_000, 60_000, 180_000, 600_000, 1_200_000];
const HOUR_MS = 3_600_000;
const MAX_ATTEMPTS = RETRY_AFTER_MS.length + 48;
/** A message is edited at most once in this time (Feishu allows five edits a second). */
export const EDIT_PAUSE_MS = 2_000;
/** When a rate limit names no time: longer than Feishu's window of one second for one recipient. */
const RATE_LIMIT_PAUSE_MS = 1_200;

/** Gives the worker's function: it delivers the rows of one errand and throws only when the database fails. */
export function createSender(parts: SenderParts): (errand: { ids: string[] }) => Promise<void> {
  const { db, log } = parts;
  return async ({ ids }) => {
    const claimed = await claim(db, ids);
    if (claimed.length === 0) return;
    const { allowed, outcomes } = await reservePushes(parts, claimed);
    const { granted, retryAt } = await takeCalls(db, parts.limits, allowed.length, clockNow());
    for (const row of allowed.slice(granted)) {
      outcomes.push({ id: row.id, revision: row.revision, state: 'pending', dueAt: retryAt, isUncounted: true });
    }
    outcomes.push(...(await Promise.all(allowed.slice(0, granted).map((row) => sendOne(parts, row)))));
    const failed = outcomes.filter(({ state }) => state === 'failed');
    for (const { id, failure } of failed) log.warn({ delivery: id, failure }, 'a delivery failed');
    const lost = claimed.filter((row) => row.messageId === null && failed.some(({ id }) => id === row.id));
    const gathered =
      lost.length > 0
        ? await findGathered(
            db,
            lost.map(({ id }) => id),
          )
        : [];
    await parts.keepOutcomes([...lost, ...gathered], (tx) => writeOutcomes(tx, outcomes, clockNow()));
  };
}

async function claim(db: Database, ids: string[]): Promise<ClaimedDelivery[]> {
  return db.sql<ClaimedDelivery>`
    UPDATE delivery d SET state = 'sending', "claimedAt" = ${clockNow()}, attempts = attempts + 1
    WHERE d.id = ANY (${ids}::uuid[]) AND d.state = 'queued'
    RETURNING d.id, key, feature, card, "isFile", ref, recipient, "isChat", push, "notAfter", revision, attempts, "messageId", "mayBeOut",
      "shownAt", "retiredAt" IS NOT NULL AS "isRetired", "isRecalled", "pushedOn"::text, "contentHash", EXISTS (SELECT 1 FROM person p WHERE p.id = d.recipient AND p.status = 'left') AS "hasLeft"`;
}

async function sendOne(parts: SenderParts, row: ClaimedDelivery): Promise<Outcome> {
  const base = { id: row.id, revision: row.revision };
  try {
    return { ...base, ...(await (row.isFile ? sendFile(parts, row) : sendCard(parts, row))) };
  } catch (error) {
    return { ...base, ...afterFailure(parts.log, row, error) };
  }
}

type Sent = Omit<Outcome, 'id' | 'revision'>;

async function sendCard({ db, render, messenger }: SenderParts, row: ClaimedDelivery): Promise<Sent> {
  if (row.isRecalled && row.messageId === null && !row.mayBeOut) return { state: 'recalled' };
  if (row.isRecalled && row.messageId !== null && (await takeBack(messenger, row.messageId)))
    return { state: 'recalled' };
  const card = await render(db, row, clockNow());
  if (!card) return { state: 'dropped' };
  const contentHash = hash(JSON.stringify(card));
  if (row.messageId === null) {
    const { messageId } = await messenger.create(recipientOf(row), card, row.id);
    // The same uuid gives the message of the earlier try, whose content may be older: an edit makes sure.
    if (row.mayBeOut) return { state: 'pending', messageId, dueAt: new Date(clockNow().getTime() + EDIT_PAUSE_MS) };
    return { state: 'sent', contentHash, messageId };
  }
  if (contentHash === row.contentHash || !isEditable(row.shownAt, clockNow())) return { state: 'sent' };
  await messenger.patch(row.messageId, card);
  return { state: 'sent', contentHash };
}

/** Whether the message is gone from the chat; false where the tenant's recall window is over (230009) or recalling not allowed (230026). */
async function takeBack(messenger: Messenger, messageId: string): Promise<boolean> {
  try {
    await messenger.recall(messageId);
    return true;
  } catch (error) {
    if (!(error instanceof MessengerError) || (error.kind !== 'gone' && error.kind !== 'refused')) throw error;
    return error.kind === 'gone';
  }
}

/** Files cannot be edited: one that is out stays as it is. */
async function sendFile({ db, makeFile, messenger }: SenderParts, row: ClaimedDelivery): Promise<Sent> {
  if (row.messageId !== null) return { state: 'sent' };
  const file = await makeFile(db, row, clockNow());
  if (!file) return { state: 'dropped' };
  const { messageId } = await messenger.createFile(recipientOf(row), file, row.id);
  return { state: 'sent', contentHash: hash(file.bytes), messageId };
}

function recipientOf(row: ClaimedDelivery): { person: string } | { chat: string } {
  return row.isChat ? { chat: row.recipient } : { person: row.recipient };
}

function hash(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('base64url');
}

/** Decides by the kind of failure: later without counting, later, or never. */
function afterFailure(log: Logger, row: ClaimedDelivery, error: unknown): Sent {
  if (!(error instanceof MessengerError))
    log.error({ err: error, delivery: row.id }, 'a delivery could not be rendered');
  const kind = error instanceof MessengerError ? error.kind : 'unknown';
  const failure = error instanceof MessengerError ? error.code : 'not-rendered';
  const inMs = (ms: number) => new Date(clockNow().getTime() + ms);
  if (kind === 'rate-limited') {
    const pauseMs = (error instanceof MessengerError && error.retryAfterMs) || RATE_LIMIT_PAUSE_MS;
    return { state: 'pending', dueAt: inMs(pauseMs), isUncounted: true, failure };
  }
  if (kind === 'gone' || kind === 'refused' || row.attempts >= MAX_ATTEMPTS) return { state: 'failed', failure };
  return { state: 'pending', dueAt: inMs(RETRY_AFTER_MS[row.attempts - 1] ?? HOUR_MS), mayBeOut: true, failure };
}

/** A row that was delivered again while it was out has a higher revision by now: it goes round once more. */
async function writeOutcomes(db: Reader, outcomes: Outcome[], now: Date): Promise<void> {
  const again = new Date(now.getTime() + EDIT_PAUSE_MS);
  await db.sql`
    UPDATE delivery d SET
      state = CASE WHEN o.state IN ('sent', 'dropped') AND d.revision > o.revision THEN 'pending' ELSE o.state END,
      "dueAt" = CASE WHEN o.state IN ('sent', 'dropped') AND d.revision > o.revision THEN ${again} ELSE COALESCE(o."dueAt", d."dueAt") END,
      "messageId" = COALESCE(o."messageId", d."messageId"),
      "shownAt" = COALESCE(d."shownAt", CASE WHEN o."messageId" IS NOT NULL OR d."messageId" IS NOT NULL THEN ${now}::timestamptz END),
      "contentHash" = COALESCE(o."contentHash", d."contentHash"),
      "sentRevision" = CASE WHEN o.state = 'sent' THEN o.revision ELSE d."sentRevision" END,
      "sentAt" = CASE WHEN o."contentHash" IS NULL THEN d."sentAt" ELSE ${now} END,
      attempts = CASE WHEN o.state = 'sent' THEN 0 WHEN o."isUncounted" THEN d.attempts - 1 ELSE d.attempts END,
      "mayBeOut" = d."mayBeOut" OR COALESCE(o."mayBeOut", false),
      failure = o.failure
    FROM jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb) AS o (id uuid, revision int, state text, "messageId" text,
      "contentHash" text, "dueAt" timestamptz, "isUncounted" boolean, "mayBeOut" boolean, failure text)
    WHERE d.id = o.id AND d.state = 'sending'`;
}
