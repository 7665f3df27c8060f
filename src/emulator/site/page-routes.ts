/** The page's own API under `/emulator/api`, as `page-api.ts` describes it. */
import express, { type Request, type Response, type Router } from 'express';
import { z } from 'zod';
import { FeishuError } from '../api/feishu-error.ts';
import type { Core } from '../core.ts';
import type { Callbacks } from '../events/callbacks.ts';
import { removeUser, transferUser } from '../world/contact-changes.ts';
import { readClock, setClock } from '../world/moved-clock.ts';
import { chooseMenuItem, enterChat, readChat, sendFile, writeText } from '../world/people-acts.ts';
import { refuseForms } from './own-pages.ts';
import { ClockPost, FaultsPost, type GalleryCard, MenuPost, PressPost, TextPost, TransferPost } from './page-api.ts';
import { describeRefusal } from './page-refusals.ts';
import { viewChats, viewMessages, viewPeople } from './page-views.ts';

export type PageOptions = {
  timetable?: () => Promise<unknown>;
  cards?: () => Promise<GalleryCard[]>;
  /** Whether people work on a day, `2026-11-27`. */
  isWorkday: (day: string) => boolean;
  /** Cuts the long connections. */
  dropConnections: () => void;
};

const MessagesQuery = z.object({
  before: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const CallsQuery = z.object({
  message: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
const FileQuery = z.object({ name: z.string().min(1).max(250) });

/** The router, without the prefix. */
export function createPageRoutes(core: Core, callbacks: Callbacks, options: PageOptions): Router {
  const router = express.Router();
  router.use(refuseForms, express.json());
  addPeopleRoutes(router, core, callbacks);
  addOfficeRoutes(router, core, options);
  router.get('/stream', (_request, response) => stream(core, response));
  router.use((_request, response) => void response.status(404).json({ error: '没有这个地址。' }));
  router.use((error: unknown, _request: Request, response: Response, _next: unknown) => {
    const { status, words } = describeRefusal(error);
    if (status === 500) core.log(`the page's API failed: ${error instanceof Error ? error.stack : String(error)}`);
    response.status(status).json({ error: words });
  });
  return router;
}

function addPeopleRoutes(router: Router, core: Core, callbacks: Callbacks): void {
  const chat = '/people/:person/chats/:chat';
  router.get('/people', (_request, response) => void response.json(viewPeople(core)));
  router.get('/people/:person/chats', ({ params }, response) => void response.json(viewChats(core, params.person)));
  router.get(`${chat}/messages`, ({ params, query }, response) => {
    const { limit, before } = MessagesQuery.parse(query);
    response.json(viewMessages(core, params.person, params.chat, limit, before));
  });
  router.post(`${chat}/texts`, ({ params, body }, response) => {
    const { text, mentionsBot } = TextPost.parse(body);
    response.json({ messageId: writeText(core, params.person, text, { chat: params.chat, mentionsBot }) });
  });
  router.post(
    `${chat}/files`,
    express.raw({ type: () => true, limit: '40mb' }),
    ({ params, query, body }, response) => {
      const { name } = FileQuery.parse(query);
      const bytes = z.instanceof(Buffer).parse(body);
      response.json({ messageId: sendFile(core, params.person, name, bytes, { chat: params.chat }) });
    },
  );
  router.post(`${chat}/enter`, ({ params }, response) => {
    enterChat(core, params.person, params.chat);
    response.json({});
  });
  router.post(`${chat}/read`, ({ params }, response) => {
    readChat(core, params.person, params.chat);
    response.json({});
  });
  router.post('/people/:person/messages/:message/press', async ({ params, body }, response) => {
    response.json(await callbacks.press(params.person, params.message, PressPost.parse(body)));
  });
  router.post('/people/:person/menu', ({ params, body }, response) => {
    chooseMenuItem(core, params.person, MenuPost.parse(body).eventKey);
    response.json({});
  });
  router.post('/people/:person/transfer', ({ params, body }, response) => {
    transferUser(core, params.person, TransferPost.parse(body).unitId);
    response.json({});
  });
  router.post('/people/:person/leave', ({ params }, response) => {
    removeUser(core, params.person);
    response.json({});
  });
}

function addOfficeRoutes(router: Router, core: Core, options: PageOptions): void {
  router.get('/files/:key', ({ params }, response) => {
    const found = core.files.find(params.key);
    if (!found) throw new FeishuError(234003, 'no such file', 404);
    response.attachment(found.file.name).send(found.bytes);
  });
  const clock = () => readClock(options.isWorkday);
  router.get('/clock', (_request, response) => void response.json(clock()));
  router.post('/clock', ({ body }, response) => {
    const { to } = ClockPost.parse(body);
    setClock(core.tenant, to === null ? undefined : new Date(to));
    core.changes.emit({ kind: 'clock', clock: clock() });
    response.json(clock());
  });
  router.get('/faults', (_request, response) => void response.json(core.faults));
  router.put('/faults', ({ body }, response) => {
    Object.assign(core.faults, FaultsPost.parse(body));
    core.changes.emit({ kind: 'faults', faults: core.faults });
    response.json(core.faults);
  });
  router.post('/connections/drop', (_request, response) => {
    options.dropConnections();
    response.json({});
  });
  router.get('/calls', ({ query }, response) => {
    const { message, limit } = CallsQuery.parse(query);
    const all = core.wireLog.calls;
    const calls = message === undefined ? all : all.filter((call) => call.messageId === message);
    response.json({ calls: calls.slice(-limit).reverse() });
  });
  router.get('/timetable', async (_request, response) => {
    if (!options.timetable) throw new FeishuError(404, 'there is no timetable', 404);
    response.json(await options.timetable());
  });
  router.get('/cards', async (_request, response) => {
    if (!options.cards) throw new FeishuError(404, 'there is no gallery', 404);
    response.json({ cards: await options.cards() });
  });
}

/** Server-sent events until the page goes away; a comment now and then keeps proxies from closing the line. */
function stream(core: Core, response: Response): void {
  response.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).flushHeaders();
  response.write(': hello\n\n');
  const stop = core.changes.on((event) => void response.write(`data: ${JSON.stringify(event)}\n\n`));
  const heartbeat = setInterval(() => response.write(': still here\n\n'), 20_000);
  response.on('close', () => {
    stop();
    clearInterval(heartbeat);
  });
}
