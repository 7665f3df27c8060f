/** Brings events and callbacks to the bot: at least once for events with Feishu's ladder of retries, just once for callbacks. */
import { now } from '../../basics/clock.ts';
import { realTimeMs } from '../api/limits.ts';
import type { Faults } from '../site/page-api.ts';
import { newId, TENANT_KEY, type Tenant } from '../world/tenant.ts';
import type { LongConnections } from './long-connection.ts';
import { type PushOutcome, postPush, type Webhook, type WebhookKeys } from './webhook.ts';
import { blankSecrets, type WireLog } from './wire-log.ts';

/** After each failure so long until the next attempt. Source: /uUTNz4SN1MjL1UzM. */
const LADDER_MS = [15_000, 300_000, 3600_000, 6 * 3600_000];
/** A push that waits for another one to overtake it waits no longer than this. */
const OVERTAKEN_WITHIN_MS = 2000;

/** What is pushed. Source: /uUTNz4SN1MjL1UzM. */
export type Envelope = {
  schema: '2.0';
  header: {
    event_id: string;
    event_type: string;
    create_time: string;
    token: string;
    app_id: string;
    tenant_key: string;
  };
  event: Record<string, unknown>;
};
/** `isDoubled`: taken once, it is pushed once more. */
type Pending = { envelope: Envelope; failures: number; isDoubled: boolean };

export type Push = {
  /** Pushes an event until the bot has taken it or the ladder ends; returns its id. */
  event: (type: string, event: Record<string, unknown>) => string;
  /** Pushes a callback once. */
  callback: (type: string, event: Record<string, unknown>) => Promise<PushOutcome>;
  /** Changes the address; what is waiting is pushed again at once. */
  pushTo: (webhook: Webhook | undefined) => void;
  /** Tries everything that is waiting now, wherever it stands on the ladder. */
  retryNow: () => void;
  /** Events the bot has not taken yet. */
  waiting: () => number;
  stop: () => void;
};

type Parts = {
  appId: string;
  keys: WebhookKeys;
  tenant: Tenant;
  faults: Faults;
  wireLog: WireLog;
  connections: LongConnections;
  /** Multiplies the waits of the ladder. */
  retryScale: number;
  /** How long the bot may take to answer. */
  answerWithinMs: number;
};

/** With an address events go there; without one they go over the long connection. Unfinished events survive a restart. */
export function createPush(parts: Parts, webhook: Webhook | undefined): Push {
  const timers = new Map<string, NodeJS.Timeout>();
  const inFlight = new Set<string>();
  let address = webhook;
  let heldBack: (() => void) | undefined;
  let isStopped = false;

  /** `settle` comes before the log, so that whoever waits for the log finds everything as it is then. */
  const send = async (
    kept: Envelope,
    kind: 'event' | 'card',
    settle: (outcome: PushOutcome) => void = () => {},
  ): Promise<PushOutcome> => {
    // What waited for a restart carries the token of this start.
    const header = { ...kept.header, token: parts.keys.verificationToken, app_id: parts.appId };
    const envelope = { ...kept, header };
    const startedMs = realTimeMs();
    const url = kind === 'card' ? address?.cardUrl : address?.eventUrl;
    const outcome = url
      ? await postPush(url, envelope, parts.keys.encryptKey, parts.answerWithinMs)
      : await parts.connections.send(JSON.stringify(envelope));
    settle(outcome);
    parts.wireLog.add(describePush(envelope, url ?? 'long-connection', outcome, realTimeMs() - startedMs));
    return outcome;
  };

  const attempt = (id: string): void => {
    const pending = parts.tenant.pushes.get(id) as Pending | undefined;
    if (!pending || inFlight.has(id)) return;
    timers.delete(id);
    inFlight.add(id);
    void send(pending.envelope, 'event', (outcome) => {
      inFlight.delete(id);
      if (!isStopped) climb(id, pending, outcome.kind === 'answered' && outcome.status === 200);
    });
  };
  const climb = (id: string, pending: Pending, isTaken: boolean): void => {
    const waitMs = LADDER_MS[pending.failures];
    if (isTaken && pending.isDoubled) {
      parts.tenant.pushes.set(id, { ...pending, isDoubled: false });
      later(id, 0);
    } else if (isTaken || waitMs === undefined) parts.tenant.pushes.delete(id);
    else {
      parts.tenant.pushes.set(id, { ...pending, failures: pending.failures + 1 });
      later(id, waitMs * parts.retryScale);
    }
  };
  const later = (id: string, waitMs: number) =>
    void timers.set(
      id,
      setTimeout(() => attempt(id), waitMs),
    );
  const begin = (envelope: Envelope, isDoubled: boolean) => {
    const id = envelope.header.event_id;
    parts.tenant.pushes.set(id, { envelope, failures: 0, isDoubled } satisfies Pending);
    if (parts.faults.pushLateMs > 0) later(id, parts.faults.pushLateMs);
    else if (parts.faults.pushReordered && !heldBack) holdBack(id);
    else {
      attempt(id);
      heldBack?.();
    }
  };
  const holdBack = (id: string) => {
    const release = () => {
      clearTimeout(timer);
      heldBack = undefined;
      later(id, 1);
    };
    const timer = setTimeout(release, OVERTAKEN_WITHIN_MS);
    timers.set(id, timer);
    heldBack = release;
  };
  const retryNow = () => {
    for (const [id, timer] of timers) {
      clearTimeout(timer);
      attempt(id);
    }
  };
  for (const [id] of parts.tenant.pushes.entries()) later(id, 0);

  return {
    event: (type, event) => {
      const envelope = createEnvelope(parts, type, event);
      // A message that is pushed twice comes under two event ids: only its message id is the same.
      const isMessage = type === 'im.message.receive_v1';
      begin(envelope, parts.faults.pushTwice && !isMessage);
      if (parts.faults.pushTwice && isMessage) begin(createEnvelope(parts, type, event), false);
      return envelope.header.event_id;
    },
    callback: (type, event) => send(createEnvelope(parts, type, event), 'card'),
    pushTo: (next) => {
      address = next;
      retryNow();
    },
    retryNow,
    waiting: () => parts.tenant.pushes.size(),
    stop: () => {
      isStopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}

function createEnvelope(parts: Parts, type: string, event: Record<string, unknown>): Envelope {
  const ms = String(now().getTime());
  const header = {
    event_id: newId(''),
    event_type: type,
    // Feishu writes milliseconds for events and microseconds for callbacks.
    create_time: type === 'card.action.trigger' ? `${ms}000` : ms,
    token: parts.keys.verificationToken,
    app_id: parts.appId,
    tenant_key: TENANT_KEY,
  };
  return { schema: '2.0', header, event };
}

function describePush(
  envelope: Envelope,
  path: string,
  outcome: PushOutcome,
  durationMs: number,
): Parameters<WireLog['add']>[0] {
  const { event } = envelope;
  const message = (event.message ?? event.context) as { message_id?: string; open_message_id?: string } | undefined;
  const messageId = message?.message_id ?? message?.open_message_id;
  return {
    direction: 'in',
    method: 'POST',
    path,
    status: outcome.kind === 'answered' ? outcome.status : 0,
    code: null,
    durationMs,
    request: blankSecrets(envelope),
    response: outcome.kind === 'answered' ? readAnswer(outcome.body) : outcome.kind,
    ...(messageId && { messageId }),
  };
}

function readAnswer(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body.slice(0, 1000);
  }
}
