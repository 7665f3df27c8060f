/** The delivery worker: claims rows, asks the policy and the limits, renders, calls the messenger, writes down what came of it. */

import { createHash } from 'node:crypto';
import { now as clockNow } from '../basics/clock.ts';
import { HOUR_MS } from '../basics/durations.ts';
import type { Logger } from '../basics/log.ts';
import { type CardJson, type Messenger, MessengerError, type Plain } from '../messenger/port.ts';
import type { Database, Reader } from '../storage/database.ts';
import { isPassing } from '../storage/passing-failure.ts';
import { remember } from '../storage/remember.ts';
import {
  type Addressed,
  type Broken,
  type ClaimedDelivery,
  NOT_MADE,
  type Outcome,
  type SenderParts,
} from './delivery.ts';
import { findGathered, GATHERED } from './gather-pushes.ts';
import { takeCalls } from './limits.ts';
import { plainWords } from './plain-words.ts';
import { UnreadableRef } from './render.ts';
import { reservePushes } from './reserve-pushes.ts';
import { isEditable } from './retire.ts';

/**
 * Waits before each new try of a call whose outcome is unknown. The first seven fall within the hour in which Feishu lets the same
 * uuid create one message only; then once an hour for two days.
 */
const RETRY_AFTER_MS = [1_000, 5_000, 20_000, 60_000, 180_000, 600_000, 1_200_000];
const MAX_ATTEMPTS = RETRY_AFTER_MS.length + 48;
/** So many tries, all while the uuid protects, where nothing says that another will end otherwise. */
const MAX_UNEXPLAINED = RETRY_AFTER_MS.length + 1;
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
    // What changes after the rows were claimed is shown by an edit, so all of them may look at one moment.
    const look = { ...parts, reader: remember(db), now: clockNow() };
    outcomes.push(...(await Promise.all(allowed.slice(0, granted).map((row) => sendOne(look, row)))));
    const outcomeOf = new Map(outcomes.map((outcome) => [outcome.id, outcome]));
    const broken = claimed.flatMap((row) => findBroken(row, outcomeOf.get(row.id)));
    reportFailures(log, outcomes, broken);
    const unheard = claimed.filter((row) => row.messageId === null);
    const lost = unheard.filter(({ id }) => outcomeOf.get(id)?.state === 'failed');
    const arrived = unheard.filter(({ id }) => outcomeOf.get(id)?.messageId);
    const came = { arrived: await withGathered(db, arrived), lost: await withGathered(db, lost), broken };
    await parts.keepOutcomes(came, (tx) => writeOutcomes(tx, outcomes, clockNow()));
  };
}

function findBroken(row: ClaimedDelivery, outcome: Outcome | undefined): Broken[] {
  if (!outcome?.broken) return [];
  const isUnanswered = outcome.state === 'failed' && row.messageId === null && row.push === 'answer' && !row.isChat;
  return [{ ...row, failure: outcome.broken, isUnanswered }];
}

/** For the operator: ids, codes and the names of cards. */
function reportFailures(log: Logger, outcomes: Outcome[], broken: Broken[]): void {
  for (const { id, failure } of outcomes.filter(({ state }) => state === 'failed'))
    log.warn({ delivery: id, failure }, 'a delivery failed');
  for (const { id, feature, card, failure } of broken)
    log.error({ delivery: id, card: `${feature}/${card}`, failure }, 'a card or file is at fault');
}

/** What these rows stand for: themselves, and what was gathered into them. */
async function withGathered(db: Database, rows: ClaimedDelivery[]): Promise<Addressed[]> {
  const gathering = rows.filter(({ feature }) => feature === GATHERED.feature).map(({ id }) => id);
  return gathering.length > 0 ? [...rows, ...(await findGathered(db, gathering))] : rows;
}

async function claim(db: Database, ids: string[]): Promise<ClaimedDelivery[]> {
  const now = clockNow();
  return db.sql<ClaimedDelivery>`
    WITH held AS (SELECT id FROM delivery WHERE id = ANY (${ids}::uuid[]) AND state = 'queued' ORDER BY key FOR UPDATE)
    UPDATE delivery d SET state = 'sending', "claimedAt" = ${now}, attempts = attempts + 1
    FROM held WHERE d.id = held.id AND d.state = 'queued'
    RETURNING d.id, key, feature, card, "isFile", ref, recipient, "isChat", push, "notAfter", revision, attempts, "messageId", "mayBeOut",
      "shownAt", "retiredAt" IS NOT NULL AS "isRetired", "isRecalled", "pushedOn"::text, "contentHash", gathers, "isPlain", failure, EXISTS (SELECT 1 FROM person p WHERE p.id = d.recipient AND p.status = 'left') AS "hasLeft",
      (SELECT to_json(who) FROM person_in_service(d.recipient, ${now}) AS who) AS who`;
}

/** What the rows of one errand are rendered from. */
type Looking = SenderParts & { reader: Reader; now: Date };

async function sendOne(parts: Looking, row: ClaimedDelivery): Promise<Outcome> {
  const base = { id: row.id, revision: row.revision };
  try {
    return { ...base, ...(await (row.isFile ? sendFile(parts, row) : sendCard(parts, row))) };
  } catch (error) {
    return { ...base, ...afterFailure(parts.log, row, error) };
  }
}

type Sent = Omit<Outcome, 'id' | 'revision'>;

async function sendCard(looking: Looking, row: ClaimedDelivery): Promise<Sent> {
  const { reader, now, render, messenger } = looking;
  if (row.isRecalled && row.messageId === null && !row.mayBeOut) return { state: 'recalled' };
  if (row.isRecalled && row.messageId !== null && (await takeBack(messenger, row.messageId)))
    return { state: 'recalled' };
  if (row.isPlain && row.messageId !== null) return { state: 'sent' };
  const card = await render(reader, row, now, row.who ?? undefined);
  if (!card) return { state: 'dropped' };
  if (row.messageId === null) return createMessage(looking, row, card);
  const contentHash = hash(JSON.stringify(card));
  if (contentHash === row.contentHash || !isEditable(row.shownAt, clockNow())) return { state: 'sent' };
  await messenger.patch(row.messageId, card);
  return { state: 'sent', contentHash };
}

/** The card; where it is refused for what is in it, its words; and where these are, that there is something to be seen. */
async function createMessage(looking: Looking, row: ClaimedDelivery, card: CardJson): Promise<Sent> {
  if (row.isPlain) return createPlain(looking, row, card);
  try {
    const { messageId } = await looking.messenger.create(recipientOf(row), card, row.id);
    // The same uuid gives the message of the earlier try, whose content may be older: an edit makes sure.
    if (row.mayBeOut) return { state: 'pending', messageId, dueAt: inMs(EDIT_PAUSE_MS) };
    return { state: 'sent', contentHash: hash(JSON.stringify(card)), messageId };
  } catch (error) {
    if (!isAboutContent(error)) throw error;
    const sent = await createPlain(looking, row, card);
    return sent.state === 'failed' ? sent : { ...sent, broken: error.code };
  }
}

/** Its uuids are its own: that of the card may have been used up by a try whose outcome is unknown. */
async function createPlain(looking: Looking, row: ClaimedDelivery, card: CardJson): Promise<Sent> {
  const { messenger, fillNotice, log } = looking;
  const situation = { isAnswer: row.push === 'answer', isOnToday: row.gathers, isChat: row.isChat };
  const words = plainWords(card);
  const how = plainWords(fillNotice({ ...situation, hasWords: true }));
  const alone = plainWords(fillNotice({ ...situation, hasWords: false }));
  const send = async (plain: Plain, uuid: string): Promise<Sent> => {
    const { messageId } = await messenger.createPlain(recipientOf(row), plain, uuid);
    return { state: 'sent', contentHash: hash(JSON.stringify(plain)), messageId };
  };
  // Words that are refused as well say that it is not the card: then nothing is broken.
  const { broken: _, ...sent } = await send({ ...words, lines: [...words.lines, ...how.lines] }, `words:${row.id}`)
    .catch((error) => (isAboutContent(error) ? send(alone, `alone:${row.id}`) : Promise.reject(error)))
    .catch((error) => afterFailure(log, row, error));
  return { ...sent, isPlain: sent.state !== 'failed' };
}

function isAboutContent(error: unknown): error is MessengerError {
  return error instanceof MessengerError && error.kind === 'content';
}

/** Whether the message is gone from the chat; false where the tenant's recall window is over (230009) or recalling not allowed (230026). */
async function takeBack(messenger: Messenger, messageId: string): Promise<boolean> {
  try {
    await messenger.recall(messageId);
    return true;
  } catch (error) {
    if (!(error instanceof MessengerError) || !FINAL.has(error.kind)) throw error;
    return error.kind === 'gone';
  }
}

/** Files cannot be edited: one that is out stays as it is. */
async function sendFile({ reader, now, makeFile, messenger }: Looking, row: ClaimedDelivery): Promise<Sent> {
  if (row.messageId !== null) return { state: 'sent' };
  const file = await makeFile(reader, row, now, row.who ?? undefined);
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

/** No other try will end otherwise. */
const FINAL: ReadonlySet<MessengerError['kind']> = new Set(['gone', 'refused', 'content']);

/** Decides by the kind of failure: later without counting, later, or never. */
function afterFailure(log: Logger, row: ClaimedDelivery, error: unknown): Sent {
  if (!(error instanceof MessengerError)) return afterNotMade(log, row, error);
  const { kind, code: failure } = error;
  if (kind === 'rate-limited')
    return { state: 'pending', dueAt: inMs(error.retryAfterMs || RATE_LIMIT_PAUSE_MS), isUncounted: true, failure };
  const tries = kind === 'unexplained' ? MAX_UNEXPLAINED : MAX_ATTEMPTS;
  if (FINAL.has(kind) || row.attempts >= tries)
    return { state: 'failed', failure, ...(kind === 'content' && { broken: failure }) };
  return { state: 'pending', dueAt: retryAt(row), mayBeOut: true, failure };
}

/** The database may have stumbled, so it is tried again; what cannot be made for another reason never will be, and is told once. */
function afterNotMade(log: Logger, row: ClaimedDelivery, cause: unknown): Sent {
  if (isPassing(cause) && row.attempts < MAX_ATTEMPTS)
    return { state: 'pending', dueAt: retryAt(row), failure: 'database' };
  const failure = cause instanceof UnreadableRef ? 'unreadable-ref' : NOT_MADE;
  if (row.failure === failure) return { state: 'failed', failure };
  log.error({ err: cause, delivery: row.id }, 'a delivery could not be made');
  return { state: 'failed', failure, ...(failure === NOT_MADE && { broken: NOT_MADE }) };
}

function retryAt({ attempts }: ClaimedDelivery): Date {
  return inMs(RETRY_AFTER_MS[attempts - 1] ?? HOUR_MS);
}

function inMs(ms: number): Date {
  return new Date(clockNow().getTime() + ms);
}

/** A row that was delivered again while it was out has a higher revision by now: it goes round once more. */
async function writeOutcomes(db: Reader, outcomes: Outcome[], now: Date): Promise<void> {
  const again = new Date(now.getTime() + EDIT_PAUSE_MS);
  await db.sql`
    WITH o AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb) AS o (id uuid, revision int, state text, "messageId" text,
        "contentHash" text, "dueAt" timestamptz, "isUncounted" boolean, "mayBeOut" boolean, "isPlain" boolean, failure text, held text)),
    locked AS (SELECT id, recipient, "pushedOn", "messageId" IS NULL AND NOT "mayBeOut" AS "isNew" FROM delivery WHERE id IN (SELECT id FROM o) ORDER BY key FOR UPDATE),
    -- What never came has not disturbed anybody.
    given AS (
      UPDATE daily_push p SET used = p.used - 1 FROM o JOIN locked l USING (id)
      WHERE o.state = 'failed' AND l."isNew" AND p."personId" = l.recipient AND p.day = l."pushedOn" AND p.used > 0)
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
      "isPlain" = d."isPlain" OR COALESCE(o."isPlain", false),
      "pushedOn" = CASE WHEN o.state = 'failed' AND locked."isNew" THEN NULL ELSE d."pushedOn" END,
      failure = o.failure, held = COALESCE(o.held, d.held)
    FROM o JOIN locked USING (id) WHERE d.id = o.id AND d.state = 'sending'`;
}
