/** A small Feishu in this process: its Open API, event push and long connection, and the page on which a person plays every part. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { chatCalls } from './api/chats.ts';
import { contactCalls } from './api/contacts.ts';
import { createFaults } from './api/faults.ts';
import { createFileStore } from './api/files.ts';
import { createLimits, FEISHU_RATES, type LimitRates } from './api/limits.ts';
import { messageReads } from './api/message-reads.ts';
import { messageWrites } from './api/messages.ts';
import { createOpenApi, type OpenCall } from './api/open-api.ts';
import { createTokens } from './api/tokens.ts';
import { uploadCalls } from './api/uploads.ts';
import type { Core } from './core.ts';
import { createCallbacks } from './events/callbacks.ts';
import { createLongConnections, refuseUpgrade } from './events/long-connection.ts';
import { createPush } from './events/push.ts';
import { ANSWER_WITHIN_MS, type Webhook } from './events/webhook.ts';
import { createWireLog } from './events/wire-log.ts';
import { isFromHere, keepToOwnPages } from './site/own-pages.ts';
import type { Faults, GalleryCard, PageMessage, PressAnswer, PressPost, WireCall } from './site/page-api.ts';
import { createPageRoutes } from './site/page-routes.ts';
import { viewAllMessages } from './site/page-views.ts';
import { type Changes, createChanges } from './world/changes.ts';
import {
  addUser,
  changeUser,
  putUnit,
  removeUnit,
  removeUser,
  setReach,
  transferUser,
} from './world/contact-changes.ts';
import { isWeekday, restoreClock } from './world/moved-clock.ts';
import {
  chooseMenuItem,
  enterChat,
  type OtherType,
  readChat,
  sendFile,
  sendOther,
  type Where,
  writePost,
  writeText,
} from './world/people-acts.ts';
import { openTenant, p2pChatId, type TenantUser } from './world/tenant.ts';
import type { World, WorldUnit, WorldUser } from './world/world.ts';

export type EmulatorOptions = {
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** `cli_` and 16 hexadecimal digits, or the SDK's long connection refuses to start. */
  appId: string;
  appSecret: string;
  /** An empty key means events in plain text without a signature. */
  encryptKey: string;
  verificationToken: string;
  /** Where events are pushed; without it they wait for a long connection. */
  webhook?: Webhook;
  /** Where the world is kept; without it the world ends with the process. */
  dataDir?: string;
  world: World;
  /** Feishu's own rates unless said. */
  limits?: LimitRates | 'off';
  /** Multiplies the waits between retries of a push (15 s, 5 min, 1 h, 6 h) and between reconnects. */
  retryScale?: number;
  /** How long the bot may take to answer a push; Feishu's three seconds unless said. */
  answerWithinMs?: number;
  /** The HTTP status with which bad tokens are refused; Feishu has been seen to use both. 400 unless said. */
  tokenRefusalStatus?: 200 | 400;
  /** How long messages can be recalled and texts edited; a day unless said. */
  recallWindowMs?: number;
  /** The scopes that were granted; all unless said. */
  scopes?: string[];
  /** A payload on the long connection that is longer than this comes in parts; 64 KB unless said. */
  partBytes?: number;
  /** The built page, served at `/`. */
  pageDir?: string;
  timetable?: () => Promise<unknown>;
  cards?: () => Promise<GalleryCard[]>;
  /** Whether people work on a day, `2026-11-27`; Monday to Friday unless said. */
  isWorkday?: (day: string) => boolean;
  /** How the bot beside it answers `/healthz` or `/readyz`; the page then answers the same, so that one port tells how both are. */
  askBot?: (path: string) => Promise<{ status: number; body: unknown }>;
  /** Takes a line about what went wrong inside; no private text in it. */
  log?: (line: string) => void;
};

/** The running emulator, with hands for tests that play people and administrators. */
export type Emulator = {
  /** Without a trailing slash: the `domain` for the SDK, and where the page is. */
  url: string;
  stop: () => Promise<void>;
  /** Writes as a person; the message id. */
  say: (openId: string, text: string, where?: Where) => string;
  /** Sends a file as a person; the message id. */
  sendFile: (openId: string, name: string, bytes: Buffer, where?: Where) => string;
  /** Writes as a person, with pictures among the words; the message id. */
  sayWithPictures: (openId: string, text: string, pictures: Buffer[]) => string;
  /** Sends as a person what is neither text nor a file; the message id. */
  sendOther: (openId: string, type: OtherType) => string;
  /** Presses as a person; what that person sees then. */
  press: (openId: string, messageId: string, press: PressPost) => Promise<PressAnswer>;
  enter: (openId: string, chatId?: string) => void;
  read: (openId: string, chatId?: string) => void;
  chooseMenuItem: (openId: string, eventKey: string) => void;
  /** What a person sees in all chats, oldest first, each card as it is now. */
  messagesOf: (openId: string) => PageMessage[];
  /** The wire log, oldest first. */
  calls: readonly WireCall[];
  /** The fault switches: set the fields. */
  faults: Faults;
  /** Points the pushes at the bot; one address stands for both. Undefined leaves the long connection. */
  pushTo: (webhook: Webhook | string | undefined) => void;
  /** Pushes again at once what the bot has not taken. */
  retryNow: () => void;
  /** Events the bot has not taken yet. */
  waitingEvents: () => number;
  connectionCount: () => number;
  dropConnections: () => void;
  /** Ends all tenant tokens. */
  invalidateTokens: () => void;
  contacts: {
    add: (user: WorldUser) => void;
    change: (openId: string, change: Partial<TenantUser>) => void;
    transfer: (openId: string, ...unitIds: string[]) => void;
    leave: (openId: string) => void;
    putUnit: (unit: WorldUnit) => void;
    removeUnit: (unitId: string) => void;
    /** Whether the bot can write to the person. */
    setReach: (openId: string, reach: { isUnavailable?: boolean; hasStoppedBot?: boolean }) => void;
    /** The bot is taken out of a group, or the group is dissolved. */
    closeGroup: (chatId: string, how: 'bot-out' | 'dissolved') => void;
  };
  changes: Changes;
  waitFor: Changes['waitFor'];
};

/** Starts the emulator; resolves when it answers. Rejects when the port is taken. */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const app = { id: options.appId, secret: options.appSecret };
  const { retryScale = 1, answerWithinMs = ANSWER_WITHIN_MS, log = () => {} } = options;
  const tenant = openTenant(options.world, options.dataDir);
  restoreClock(tenant);
  const changes = createChanges();
  const wireLog = createWireLog(changes);
  const faults = createFaults();
  const onListening = () => push.retryNow();
  const connections = createLongConnections({
    ...{ app, partBytes: options.partBytes ?? 65_536, retryScale, answerWithinMs, onListening },
  });
  const keys = { encryptKey: options.encryptKey, verificationToken: options.verificationToken };
  const push = createPush(
    { appId: app.id, keys, tenant, faults, wireLog, connections, retryScale, answerWithinMs },
    options.webhook,
  );
  const core: Core = {
    ...{ app, tenant, faults, changes, wireLog, push, log },
    files: createFileStore(tenant, options.dataDir),
    tokens: createTokens(tenant, app, () => options.tokenRefusalStatus ?? 400),
    limits: createLimits(options.limits ?? FEISHU_RATES),
    recallWindowMs: options.recallWindowMs ?? 24 * 3600_000,
    scopes: options.scopes && new Set(options.scopes),
  };
  const callbacks = createCallbacks(core);
  const tokenCall: OpenCall = {
    method: 'post',
    path: '/open-apis/auth/v3/tenant_access_token/internal',
    msg: 'ok',
    isOpen: true,
    isFlat: true,
    handle: ({ body }) => {
      const { app_id, app_secret } = (body ?? {}) as { app_id?: unknown; app_secret?: unknown };
      return core.tokens.issue(app_id, app_secret);
    },
  };
  const { bot } = tenant;
  /** Source: /ukTMukTMukTM/uAjMxEjLwITMx4CMyETM. */
  const botCall: OpenCall = {
    method: 'get',
    path: '/open-apis/bot/v3/info',
    msg: 'ok',
    isFlat: true,
    handle: () => ({
      bot: { activate_status: 2, app_name: bot.name, avatar_url: '', ip_white_list: [], open_id: bot.open_id },
    }),
  };
  const calls = [
    ...[...messageWrites(core), ...messageReads(core), ...callbacks.calls, tokenCall, botCall],
    ...[...contactCalls(core), ...chatCalls(core), ...uploadCalls(core)],
  ];

  const web = express().disable('x-powered-by').disable('etag').use(keepToOwnPages(options.host));
  const { timetable, cards, isWorkday = isWeekday } = options;
  const pageOptions = { timetable, cards, isWorkday, dropConnections: connections.drop };
  web.use('/emulator/api', createPageRoutes(core, callbacks, pageOptions));
  web.post('/callback/ws/endpoint', express.json(), ({ body, headers }, response) => {
    response.json(connections.giveEndpoint(body, headers.host ?? ''));
  });
  const { askBot } = options;
  if (askBot) {
    web.get(['/healthz', '/readyz'], async ({ path }, response) => {
      const { status, body } = await askBot(path);
      response.status(status).json(body);
    });
  }
  web.use(createOpenApi(core, calls));
  if (options.pageDir) web.use(express.static(options.pageDir));
  const server = createServer(web).on('upgrade', (request, socket, head) => {
    if (isFromHere(request, options.host)) connections.upgrade(request, socket, head);
    else refuseUpgrade(socket);
  });
  await listen(server, options.port, options.host);

  return {
    url: addressOf(server, options.host),
    stop: async () => {
      push.stop();
      connections.stop();
      await close(server);
      tenant.close();
    },
    sendOther: (openId, type) => sendOther(core, openId, type),
    say: (openId, text, where) => writeText(core, openId, text, where),
    sendFile: (openId, name, bytes, where) => sendFile(core, openId, name, bytes, where),
    sayWithPictures: (openId, text, pictures) => writePost(core, openId, text, pictures),
    press: callbacks.press,
    enter: (openId, chatId = p2pChatId(openId)) => enterChat(core, openId, chatId),
    read: (openId, chatId = p2pChatId(openId)) => readChat(core, openId, chatId),
    chooseMenuItem: (openId, eventKey) => chooseMenuItem(core, openId, eventKey),
    messagesOf: (openId) => viewAllMessages(core, openId),
    calls: wireLog.calls,
    faults,
    pushTo: (webhook) => push.pushTo(typeof webhook === 'string' ? { eventUrl: webhook, cardUrl: webhook } : webhook),
    retryNow: push.retryNow,
    waitingEvents: push.waiting,
    connectionCount: connections.count,
    dropConnections: connections.drop,
    invalidateTokens: core.tokens.invalidate,
    contacts: contactsOf(core),
    changes,
    waitFor: changes.waitFor,
  };
}

function contactsOf(core: Core): Emulator['contacts'] {
  return {
    add: (user) => addUser(core, user),
    change: (openId, change) => changeUser(core, openId, change),
    transfer: (openId, ...unitIds) => transferUser(core, openId, ...unitIds),
    leave: (openId) => removeUser(core, openId),
    putUnit: (unit) => putUnit(core, unit),
    removeUnit: (unitId) => removeUnit(core, unitId),
    setReach: (openId, reach) => setReach(core, openId, reach),
    closeGroup: (chatId, how) => {
      const group = core.tenant.groups.get(chatId);
      const state = how === 'dissolved' ? { isDissolved: true } : { isBotOut: true };
      if (group) core.tenant.groups.set(chatId, { ...group, ...state });
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function addressOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  return `http://${host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host}:${port}`;
}
