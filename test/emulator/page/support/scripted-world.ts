/** A small tenant and a scripted bot, so that the page can be tried without the real one. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Emulator, startEmulator } from '../../../../src/emulator/emulator.ts';
import type { GalleryCard } from '../../../../src/emulator/site/page-api.ts';
import {
  BRANCH_FIELD,
  IN_SERVICE,
  POLITICS_FIELD,
  type World,
  type WorldUser,
} from '../../../../src/emulator/world/world.ts';
import { builtPage } from './browser.ts';

const SURNAMES = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗';
const GIVEN = ['伟', '秀英', '建国', '丽华', '志强', '晓东', '海燕', '文博', '雪梅', '永胜'];
const APP = { id: 'cli_00000000000000aa', secret: 'secret' };

/** So many people in ten units of a detachment; the first of each brigade is its branch secretary. */
export function buildWorld(count: number): World {
  const units = [
    '支队机关',
    '一大队',
    '二大队',
    '三大队',
    '四大队',
    '五大队',
    '六大队',
    '事故处理大队',
    '车辆管理所',
    '指挥中心',
  ];
  const users = Array.from({ length: count }, (_, at): WorldUser => {
    const unit = Math.floor((at * units.length) / count);
    const isFirst = Math.floor(((at - 1) * units.length) / count) !== unit;
    const politics = isFirst || at % 4 !== 0 ? '中共党员' : '群众';
    return {
      open_id: `ou_${at}`,
      union_id: `on_${at}`,
      user_id: `u${at}`,
      name: nameOf(at),
      department_ids: [`od-${unit}`],
      mobile: '',
      employee_type: at % 7 === 3 ? 2 : 1,
      job_title: isFirst ? '大队长' : at % 7 === 3 ? '辅警' : '民警',
      custom_attrs: [
        { id: BRANCH_FIELD, type: 'TEXT', value: { text: `${units[unit]}党支部` } },
        { id: POLITICS_FIELD, type: 'TEXT', value: { text: politics } },
      ],
      status: IN_SERVICE,
      ...(isFirst ? { badge: '支部书记' } : {}),
    };
  });
  return {
    units: [
      { open_department_id: 'od-root', name: '交警支队', parent: '0', order: 0 },
      ...units.map((name, at) => ({ open_department_id: `od-${at}`, name, parent: 'od-root', order: at })),
    ],
    users,
    groups: [{ chat_id: 'oc_all', name: '支队工作群', members: users.slice(0, 30).map((user) => user.open_id) }],
    bot: { name: '警心助手', open_id: 'ou_bot' },
  };
}

/** The name of the person with this number, the same every time; the first two are easy to search for. */
export function nameOf(at: number): string {
  if (at === 0) return '张伟';
  return `${SURNAMES[at % SURNAMES.length]}${GIVEN[Math.floor(at / SURNAMES.length) % GIVEN.length]}`;
}

type Message = {
  message: { chat_id: string; content: string; message_id: string };
  sender: { sender_id: { open_id: string } };
};
type Press = { operator: { open_id: string }; action: Record<string, unknown>; context: { open_message_id: string } };
type Script = {
  onMessage?: (message: Message, bot: ScriptedBot) => void | Promise<void>;
  onPress?: (press: Press, bot: ScriptedBot) => object;
};
export type ScriptedBot = {
  send: (to: string, card: object) => Promise<string>;
  sendText: (to: string, text: string) => Promise<string>;
  patch: (messageId: string, card: object) => Promise<void>;
};

export type ScriptedWorld = { emulator: Emulator; bot: ScriptedBot; presses: Press[]; stop: () => Promise<void> };

/** Starts the emulator with the built page and a bot that does what the script says. Both listen on free ports. */
export async function startScriptedWorld(
  world: World,
  script: Script = {},
  cards: GalleryCard[] = [],
): Promise<ScriptedWorld> {
  const presses: Press[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString()) as {
      challenge?: string;
      header?: { event_type: string };
      event: unknown;
    };
    let answer: object = {};
    if (body.challenge) answer = { challenge: body.challenge };
    if (body.header?.event_type === 'im.message.receive_v1') void script.onMessage?.(body.event as Message, bot);
    if (body.header?.event_type === 'card.action.trigger') {
      presses.push(body.event as Press);
      answer = script.onPress?.(body.event as Press, bot) ?? {};
    }
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const emulator = await startEmulator({
    ...{ host: '127.0.0.1', port: 0, appId: APP.id, appSecret: APP.secret, encryptKey: '', verificationToken: 'v' },
    ...{ world, limits: 'off' as const, pageDir: builtPage(), webhook: { eventUrl: address, cardUrl: address } },
    cards: async () => cards,
    timetable: async () => [
      { name: 'weekly-digest/compile', cron: '0 17 * * 5', nextRunAt: '2026-11-27T09:00:00.000Z', lastRunAt: null },
    ],
  });
  const bot = await connectBot(emulator.url);
  return {
    ...{ emulator, bot, presses },
    stop: async () => {
      await emulator.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function connectBot(url: string): Promise<ScriptedBot> {
  let token = '';
  const call = async (method: string, path: string, body: object) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const answer = await fetch(`${url}/open-apis${path}`, { method, headers, body: JSON.stringify(body) });
    const said = (await answer.json()) as {
      code: number;
      msg: string;
      tenant_access_token?: string;
      data?: { message_id: string };
    };
    if (said.code !== 0) throw new Error(`${path}: ${said.code} ${said.msg}`);
    return said;
  };
  const tokenAnswer = await call('POST', '/auth/v3/tenant_access_token/internal', {
    app_id: APP.id,
    app_secret: APP.secret,
  });
  token = tokenAnswer.tenant_access_token ?? '';
  const send = async (to: string, type: string, content: object) => {
    const kind = to.startsWith('oc_') ? 'chat_id' : 'open_id';
    const answer = await call('POST', `/im/v1/messages?receive_id_type=${kind}`, {
      receive_id: to,
      msg_type: type,
      content: JSON.stringify(content),
    });
    return answer.data?.message_id ?? '';
  };
  return {
    send: (to, card) => send(to, 'interactive', card),
    sendText: (to, text) => send(to, 'text', { text }),
    patch: async (messageId, card) =>
      void (await call('PATCH', `/im/v1/messages/${messageId}`, { content: JSON.stringify(card) })),
  };
}
