/** Both directions against the emulator, over its HTTP and its long connection. */
import { createServer } from 'node:http';
import express from 'express';
import { afterEach, expect, test, vi } from 'vitest';
import { createLog } from '../../src/basics/log.ts';
import { type Emulator, startEmulator } from '../../src/emulator/emulator.ts';
import { IN_SERVICE, type World, type WorldUser } from '../../src/emulator/world/world.ts';
import { createMessenger } from '../../src/messenger/client.ts';
import { startLongConnection } from '../../src/messenger/events/long-connection.ts';
import { createWebhook } from '../../src/messenger/events/webhook.ts';
import type { Answer, Event, Receive } from '../../src/messenger/port.ts';
import { listen } from './feishu-push.ts';

const KEYS = { appId: 'cli_0123456789abcdef', encryptKey: 'an encrypt key', verificationToken: 'a verification token' };
const APP = { appId: KEYS.appId, appSecret: 'app-secret-0123456789' };

vi.setConfig({ testTimeout: 20_000 });

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const eventually = (read: () => number, value: number) =>
  expect.poll(read, { timeout: 15_000, interval: 5 }).toBe(value);

const user = (id: string, departmentId: string): WorldUser => ({
  ...{ open_id: `ou_${id}`, union_id: `on_${id}`, user_id: id, name: `民警${id}`, mobile: '', job_title: '' },
  ...{ department_ids: [departmentId], employee_type: 1, custom_attrs: [], status: IN_SERVICE },
});
const WORLD: World = {
  units: [
    { open_department_id: 'od-1', name: '一大队', parent: '0', order: 1, leader: 'ou_0' },
    { open_department_id: 'od-2', name: '一中队', parent: 'od-1', order: 2 },
  ],
  users: Array.from({ length: 120 }, (_, at) => user(String(at), 'od-1')),
  groups: [{ chat_id: 'oc_group', name: '一大队', members: ['ou_0', 'ou_1'] }],
  bot: { name: '警心助手', open_id: 'ou_bot' },
};

const CARD = { schema: '2.0', body: { elements: [{ tag: 'markdown', content: '请于周五前完成' }] } };
const CHANGED = { schema: '2.0', body: { elements: [{ tag: 'markdown', content: '已完成' }] } };

async function start(options: Partial<Parameters<typeof startEmulator>[0]> = {}) {
  const emulator = await startEmulator({
    ...{ host: '127.0.0.1', port: 0, world: WORLD, retryScale: 0.001, ...KEYS, ...APP },
    ...options,
  });
  closing.push(emulator.stop);
  const messenger = createMessenger({ ...APP, domain: emulator.url }, createLog('silent'));
  closing.push(messenger.close);
  return { emulator, messenger };
}

/** Records events; what is said under `answer` is done with each. */
function recorder() {
  const events: Event[] = [];
  const state = { answer: async (): Promise<Answer | undefined> => undefined };
  const receive: Receive = (event) => {
    events.push(event);
    return state.answer();
  };
  return { events, state, receive };
}

type Door = (emulator: Emulator, receive: Receive) => Promise<void>;
const doors: [string, Door][] = [
  [
    'webhook',
    async (emulator, receive) => {
      const server = createServer(express().use(createWebhook(KEYS, receive, createLog('silent'))));
      const url = await listen(server);
      closing.push(() => {
        server.closeAllConnections();
        server.close();
      });
      emulator.pushTo({ eventUrl: `${url}/webhook/event`, cardUrl: `${url}/webhook/card` });
    },
  ],
  [
    'long connection',
    async (emulator, receive) => {
      const connection = startLongConnection({ ...APP, domain: emulator.url }, receive, createLog('silent'));
      closing.push(connection.stop);
      await connection.opened;
      await eventually(() => emulator.connectionCount(), 1);
      expect(connection.isOpen()).toBe(true);
    },
  ],
];

test('a card is created once per uuid, edited and recalled', async () => {
  const { emulator, messenger } = await start();
  const { messageId } = await messenger.create({ person: 'ou_1' }, CARD, 'uuid-1');
  expect(await messenger.create({ person: 'ou_1' }, CARD, 'uuid-1')).toEqual({ messageId });
  await messenger.patch(messageId, CHANGED);
  expect(emulator.messagesOf('ou_1')).toMatchObject([{ id: messageId, content: CHANGED }]);
  await messenger.recall(messageId);
  expect(emulator.messagesOf('ou_1')).toMatchObject([{ id: messageId, isRecalled: true }]);
  await expect(messenger.patch(messageId, CARD)).rejects.toMatchObject({ kind: 'gone', code: '230011' });
});

test('cards reach a group; a dissolved one is gone, a broken card is refused', async () => {
  const { emulator, messenger } = await start();
  await messenger.create({ chat: 'oc_group' }, CARD, 'uuid-1');
  expect(emulator.messagesOf('ou_1')).toHaveLength(1);
  await expect(messenger.create({ chat: 'oc_group' }, { schema: '2.0', nonsense: 1 }, 'uuid-2')).rejects.toMatchObject({
    kind: 'content',
    code: '230099',
  });
  emulator.contacts.closeGroup('oc_group', 'dissolved');
  await expect(messenger.create({ chat: 'oc_group' }, CARD, 'uuid-3')).rejects.toMatchObject({ kind: 'gone' });
});

test.each([200, 400] as const)(
  'tokens that end early (refused with HTTP %s) are not noticed',
  async (tokenRefusalStatus) => {
    const { emulator, messenger } = await start({ tokenRefusalStatus });
    await messenger.create({ person: 'ou_1' }, CARD, 'uuid-1');
    emulator.invalidateTokens();
    await messenger.create({ person: 'ou_1' }, CARD, 'uuid-2');
    expect(emulator.messagesOf('ou_1')).toHaveLength(2);
  },
);

test('the rate of one person is a rate limit', async () => {
  const { messenger } = await start();
  const six = Array.from({ length: 6 }, (_, at) => messenger.create({ person: 'ou_1' }, CARD, `uuid-${at}`));
  const failed = (await Promise.allSettled(six)).filter((each) => each.status === 'rejected');
  expect(failed).toMatchObject([{ reason: { kind: 'rate-limited', code: '230020' } }]);
});

test('all units and all members of one come page by page', async () => {
  const { messenger } = await start({ limits: 'off' });
  const units = [];
  for await (const unit of messenger.units()) units.push(unit);
  expect(units).toEqual([
    { id: 'od-1', name: '一大队', parentId: '0', leaderId: 'ou_0', sort: 1 },
    { id: 'od-2', name: '一中队', parentId: 'od-1', sort: 2 },
  ]);
  const members = [];
  for await (const member of messenger.members('od-1')) members.push(member);
  expect(new Set(members.map(({ id }) => id)).size).toBe(120);
  expect(members[0]).toMatchObject({ unitIds: ['od-1'], employeeType: 1, isActivated: true, hasLeft: false });
});

test.each(doors)('%s: texts, files, presses and changes in the contacts arrive as events', async (_name, door) => {
  const { emulator, messenger } = await start({ limits: 'off' });
  const { events, state, receive } = recorder();
  await door(emulator, receive);
  const textId = emulator.say('ou_1', '今天');
  const fileId = emulator.sendFile('ou_1', '题库.xlsx', Buffer.from('x'));
  const pictureId = emulator.sendFile('ou_1', '合影.png', Buffer.from('x'));
  emulator.say('ou_1', '大家好', { chat: 'oc_group' });
  const groupId = emulator.say('ou_1', '帮助', { chat: 'oc_group', mentionsBot: true });
  emulator.contacts.transfer('ou_1', 'od-2');
  await eventually(() => emulator.waitingEvents(), 0);
  expect(events).toHaveLength(5);
  expect(events).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ kind: 'message', id: textId, person: 'ou_1', text: '今天', isGroup: false }),
      expect.objectContaining({
        id: fileId,
        files: [{ key: expect.any(String), name: '题库.xlsx', isPicture: false }],
      }),
      expect.objectContaining({
        id: pictureId,
        files: [{ key: expect.any(String), name: '照片.jpg', isPicture: true }],
      }),
      expect.objectContaining({ id: groupId, chat: 'oc_group', isGroup: true, text: '帮助' }),
      expect.objectContaining({ kind: 'contacts' }),
    ]),
  );

  const button = {
    ...{ tag: 'button', text: { tag: 'plain_text', content: '我已完成' } },
    behaviors: [{ type: 'callback', value: { press: 'study-tasks/complete', task: '7' } }],
  };
  const card = { schema: '2.0', body: { elements: [button] } };
  const { messageId } = await messenger.create({ person: 'ou_1' }, card, 'uuid-1');
  state.answer = async () => ({ toast: { type: 'success', content: '已完成' }, card: CHANGED });
  const press = { tag: 'button', value: { press: 'study-tasks/complete', task: '7' } };
  expect(await emulator.press('ou_1', messageId, press)).toMatchObject({
    ok: true,
    toast: { type: 'success', content: '已完成' },
    card: CHANGED,
  });
  expect(events.at(-1)).toMatchObject({
    kind: 'press',
    messageId,
    button: 'study-tasks/complete',
    value: { task: '7' },
  });

  state.answer = async () => undefined;
  expect(await emulator.press('ou_1', messageId, press)).toEqual({ ok: true });
});

test.each(doors)('%s: an event that could not be kept is pushed again until it is', async (_name, door) => {
  const { emulator } = await start();
  const { events, state, receive } = recorder();
  await door(emulator, receive);
  state.answer = () => {
    state.answer = async () => undefined;
    return Promise.reject(new Error('the database is away'));
  };
  const id = emulator.say('ou_1', '今天');
  await eventually(() => emulator.waitingEvents(), 0);
  expect(events.map((event) => event.id)).toEqual([id, id]);
});

test('a long connection that is cut comes back, and what was said in between arrives', async () => {
  const { emulator } = await start();
  const { events, receive } = recorder();
  const connection = startLongConnection({ ...APP, domain: emulator.url }, receive, createLog('silent'));
  closing.push(connection.stop);
  await connection.opened;
  await eventually(() => emulator.connectionCount(), 1);
  emulator.dropConnections();
  const id = emulator.say('ou_1', '今天');
  await eventually(() => emulator.waitingEvents(), 0);
  expect(events).toMatchObject([{ id }]);
  expect(connection.isOpen()).toBe(true);
});

test('stopping waits for what is being handled, and answers it', async () => {
  const { emulator } = await start();
  let finish = () => {};
  const isKept = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let begin = () => {};
  const hasBegun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const receive: Receive = async () => {
    begin();
    await isKept;
    return undefined;
  };
  const connection = startLongConnection({ ...APP, domain: emulator.url }, receive, createLog('silent'));
  await connection.opened;
  emulator.say('ou_1', '今天');
  await hasBegun;
  let hasStopped = false;
  const stopping = connection.stop().then(() => {
    hasStopped = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(hasStopped).toBe(false);
  finish();
  await stopping;
  await eventually(() => emulator.waitingEvents(), 0);
});

test('with a wrong secret the long connection stays shut, says why without the secret, and can be stopped', async () => {
  const { emulator } = await start();
  const logged: string[] = [];
  const log = createLog('trace', { write: (line) => void logged.push(line) });
  const app = { appId: APP.appId, appSecret: 'a-wrong-secret', domain: emulator.url };
  const connection = startLongConnection(app, recorder().receive, log);
  await eventually(() => logged.filter((line) => line.includes('Feishu refuses the long connection')).length, 1);
  expect(connection.isOpen()).toBe(false);
  expect(logged.join()).toContain('"code":"514"');
  expect(logged.join()).not.toContain('a-wrong-secret');
  await connection.stop();
});
