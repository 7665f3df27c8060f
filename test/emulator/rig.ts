/** An emulator with a small tenant, the real SDK as the bot's hands, and an express app as its ears. */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as lark from '@larksuiteoapi/node-sdk';
import express, { type RequestHandler } from 'express';
import { onTestFinished } from 'vitest';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../src/emulator/emulator.ts';
import {
  BRANCH_FIELD,
  IN_SERVICE,
  POLITICS_FIELD,
  type World,
  type WorldUser,
} from '../../src/emulator/world/world.ts';

export const QUIET = { error() {}, warn() {}, info() {}, debug() {}, trace() {} };

/** A user with ids made from `id`. */
export function user(id: string, name: string, ...unitIds: string[]): WorldUser {
  return {
    ...{ open_id: `ou_${id}`, union_id: `on_${id}`, user_id: id, name, department_ids: unitIds },
    ...{ mobile: `+86${id}`, employee_type: 1, job_title: '民警', status: IN_SERVICE },
    custom_attrs: [
      { id: BRANCH_FIELD, type: 'TEXT', value: { text: '第一党支部' } },
      { id: POLITICS_FIELD, type: 'TEXT', value: { text: '中共党员' } },
    ],
  };
}

/** 支队 with two 大队, the first of which has a 中队; 王强 and 李敏 in the first, 赵刚 in the second; a group of two. */
export const WORLD: World = {
  units: [
    { open_department_id: 'od-0', name: '支队', parent: '0', order: 1, leader: 'ou_zhao' },
    { open_department_id: 'od-1', name: '一大队', parent: 'od-0', order: 1 },
    { open_department_id: 'od-2', name: '二大队', parent: 'od-0', order: 2 },
    { open_department_id: 'od-11', name: '一中队', parent: 'od-1', order: 1 },
  ],
  users: [
    user('wang', '王强', 'od-1'),
    { ...user('li', '李敏', 'od-1'), badge: '支部书记' },
    user('zhao', '赵刚', 'od-2', 'od-0'),
  ],
  groups: [{ chat_id: 'oc_group', name: '第一党支部', members: ['ou_li', 'ou_wang'] }],
  bot: { name: '警心助手', open_id: 'ou_bot' },
};

export type Rig = { emulator: Emulator; client: lark.Client; options: EmulatorOptions };

/** A started emulator and a client for it; both end with the test. Limits are off unless said. */
export async function startRig(options: Partial<EmulatorOptions> = {}): Promise<Rig> {
  // The SDK keeps tokens by app id for the whole process: each test is an app of its own.
  const appId = `cli_${randomBytes(8).toString('hex')}`;
  const keys = { appId, appSecret: 'secret', encryptKey: 'key', verificationToken: 'verify' };
  const all: EmulatorOptions = { host: '127.0.0.1', port: 0, ...keys, world: WORLD, limits: 'off', ...options };
  const emulator = await startEmulator(all);
  onTestFinished(emulator.stop);
  return { emulator, client: clientFor(emulator, all), options: all };
}

export function clientFor(emulator: Emulator, options: EmulatorOptions): lark.Client {
  const { appId, appSecret } = options;
  return new lark.Client({ appId, appSecret, domain: emulator.url, logger: QUIET });
}

/** An HTTP server with these handlers at `/event` and `/card`; it ends with the test. */
export async function listenAt(event: RequestHandler, card: RequestHandler = event) {
  const app = express().use('/event', event).use('/card', card);
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { eventUrl: `${url}/event`, cardUrl: `${url}/card` };
}

export type Heard = { type: string; event: Record<string, unknown> };

/** The SDK's dispatcher behind express, listening to everything; `answer` is what a press is answered with. */
export async function startBot(rig: Rig, answer: (event: Record<string, unknown>) => unknown = () => ({})) {
  const heard: Heard[] = [];
  const waiters: (() => void)[] = [];
  const hear = (type: string) => (event: Record<string, unknown>) => {
    heard.push({ type, event });
    for (const wake of waiters) wake();
    return type === 'card.action.trigger' ? answer(event) : {};
  };
  const dispatcher = new lark.EventDispatcher({ encryptKey: rig.options.encryptKey, logger: QUIET });
  dispatcher.register(Object.fromEntries(EVENT_TYPES.map((type) => [type, hear(type)])));
  const handler = lark.adaptExpress(dispatcher, { autoChallenge: true });
  const webhook = await listenAt(handler);
  rig.emulator.pushTo(webhook);
  return {
    heard,
    webhook,
    dispatcher,
    /** Resolves when so many events of a type were heard. */
    hears: (type: string, count = 1): Promise<Record<string, unknown>[]> =>
      new Promise((resolve) => {
        const look = () => {
          const events = heard.filter((one) => one.type === type).map((one) => one.event);
          if (events.length >= count) resolve(events);
        };
        waiters.push(look);
        look();
      }),
  };
}

export const EVENT_TYPES = [
  ...['im.message.receive_v1', 'im.message.message_read_v1', 'card.action.trigger', 'application.bot.menu_v6'],
  ...['im.chat.access_event.bot_p2p_chat_entered_v1', 'contact.user.created_v3', 'contact.user.updated_v3'],
  ...['contact.user.deleted_v3', 'contact.department.created_v3', 'contact.department.updated_v3'],
  'contact.department.deleted_v3',
];

/** A card with a line and a button. */
export function card(line: string, more: Record<string, unknown>[] = []): Record<string, unknown> {
  const text = { tag: 'plain_text', content: '我已完成' };
  const behaviors = [{ type: 'callback', value: { do: 'study-tasks/complete', task: '42' } }];
  const button = { tag: 'button', type: 'primary', text, behaviors };
  return { schema: '2.0', body: { elements: [{ tag: 'markdown', content: line }, button, ...more] } };
}

/** Sends a card to a person; the message id. */
export async function sendCard(client: lark.Client, to: string, line = '请完成学习', uuid?: string): Promise<string> {
  const data = { receive_id: to, msg_type: 'interactive', content: JSON.stringify(card(line)), ...(uuid && { uuid }) };
  const type = to.startsWith('oc_') ? 'chat_id' : 'open_id';
  const answer = await client.im.v1.message.create({ params: { receive_id_type: type }, data });
  return String(answer.data?.message_id);
}

/** What a refused call was refused with: SDK calls reject on HTTP 4xx and resolve on HTTP 200. */
export async function refusal(
  call: Promise<unknown>,
): Promise<{ status: number; code: number; msg: string; headers: Record<string, string> }> {
  try {
    const body = (await call) as { code: number; msg: string };
    return { status: 200, code: body.code, msg: body.msg, headers: {} };
  } catch (error) {
    const { response } = error as {
      response: { status: number; data: { code: number; msg: string }; headers: Record<string, string> };
    };
    return { status: response.status, code: response.data.code, msg: response.data.msg, headers: response.headers };
  }
}
