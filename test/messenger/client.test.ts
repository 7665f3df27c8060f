/** The client through the real SDK, against a server that answers as Feishu does. */
import { createServer } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { createLog } from '../../src/basics/log.ts';
import { createMessenger, type FeishuMessenger } from '../../src/messenger/client.ts';
import { MessengerError } from '../../src/messenger/port.ts';
import { type Call, listen, serveOpenApi } from './feishu-push.ts';

const SECRET = 'app-secret-0123456789';
const CARD = { schema: '2.0', body: { elements: [{ tag: 'markdown', content: '张三' }] } };
const OK = { body: { code: 0, msg: 'success', data: { message_id: 'om_1' } } };

const open: { close: () => unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function start(reply: Parameters<typeof serveOpenApi>[0], timeoutMs = 10_000) {
  const feishu = await serveOpenApi(reply);
  const logged: string[] = [];
  const log = createLog('trace', { write: (line) => void logged.push(line) });
  const app = { appId: 'cli_9f5343c580712544', appSecret: SECRET, domain: feishu.domain };
  const messenger = createMessenger(app, log, { timeoutMs, pageRetryMs: 1 });
  open.push(feishu, messenger);
  return { feishu, messenger, logged };
}

async function failure(work: Promise<unknown>): Promise<MessengerError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof MessengerError)) throw new Error('expected a MessengerError', { cause: error });
  return error;
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const create = (messenger: FeishuMessenger) => messenger.create({ person: 'ou_1' }, CARD, 'uuid-1');
const decline = (status: number, code: number, headers: Record<string, string> = {}) => ({
  status,
  headers,
  body: { code, msg: 'declined', error: { log_id: '2024' } },
});

test('create, patch and recall speak Feishu’s HTTP', async () => {
  const { feishu, messenger } = await start(() => OK);
  expect(await create(messenger)).toEqual({ messageId: 'om_1' });
  await messenger.create({ chat: 'oc_1' }, CARD, 'uuid-2');
  await messenger.patch('om_1', CARD);
  await messenger.recall('om_1');
  const content = JSON.stringify(CARD);
  expect(feishu.calls).toEqual<Call[]>([
    {
      method: 'POST',
      path: '/open-apis/im/v1/messages?receive_id_type=open_id',
      token: 't-1',
      body: { receive_id: 'ou_1', msg_type: 'interactive', content, uuid: 'uuid-1' },
    },
    {
      method: 'POST',
      path: '/open-apis/im/v1/messages?receive_id_type=chat_id',
      token: 't-1',
      body: { receive_id: 'oc_1', msg_type: 'interactive', content, uuid: 'uuid-2' },
    },
    { method: 'PATCH', path: '/open-apis/im/v1/messages/om_1', token: 't-1', body: { content } },
    { method: 'DELETE', path: '/open-apis/im/v1/messages/om_1', token: 't-1', body: undefined },
  ]);
});

test.each([
  ['429 of the gateway', decline(429, 99991400, { 'x-ogw-ratelimit-reset': '3' }), 'rate-limited', '99991400', 3000],
  ['the same in a 400', decline(400, 99991400, { 'x-ogw-ratelimit-reset': '1' }), 'rate-limited', '99991400', 1000],
  ['429 without a code', { status: 429, body: 'slow down' }, 'rate-limited', 'http-429', undefined],
  [
    '429 with a nonsense wait',
    decline(429, 99991400, { 'x-ogw-ratelimit-reset': '-8' }),
    'rate-limited',
    '99991400',
    undefined,
  ],
  [
    '429 with an endless wait',
    decline(429, 99991400, { 'x-ogw-ratelimit-reset': '1e9' }),
    'rate-limited',
    '99991400',
    3600_000,
  ],
  ['5 a second to one person', decline(400, 230020), 'rate-limited', '230020', undefined],
  ['limit on creating messages', decline(400, 11232), 'rate-limited', '11232', undefined],
  ['limit on a chat', decline(400, 11233), 'rate-limited', '11233', undefined],
  ['still being sent', decline(400, 230049), 'rate-limited', '230049', undefined],
  ['the month’s quota', decline(400, 99991403), 'rate-limited', '99991403', 3600_000],
  ['recalled', decline(400, 230011), 'gone', '230011', undefined],
  ['deleted', decline(400, 230110), 'gone', '230110', undefined],
  ['resigned', decline(400, 230029), 'gone', '230029', undefined],
  ['dissolved group', decline(400, 232009), 'gone', '232009', undefined],
  ['the card', decline(400, 230099), 'content', '230099', undefined],
  ['outside availability', decline(400, 230013), 'refused', '230013', undefined],
  ['too old', decline(400, 230031), 'refused', '230031', undefined],
  ['a code in a 200', { body: { code: 230013, msg: 'x' } }, 'refused', '230013', undefined],
  ['a limit in a 200', { body: { code: 230020, msg: 'x' } }, 'rate-limited', '230020', undefined],
  ['a code nobody knows in a 400', decline(400, 239999), 'content', '239999', undefined],
  ['a code nobody knows in a 200', { body: { code: 239999, msg: 'x' } }, 'unexplained', '239999', undefined],
  ['a code nobody knows in a 500', decline(500, 239999), 'unknown', '239999', undefined],
  ['a missing scope', decline(400, 99991672), 'unknown', '99991672', undefined],
  ['500', { status: 500, body: 'oops' }, 'unknown', 'http-500', undefined],
  ['502 of a proxy', { status: 502, body: '<html>' }, 'unknown', 'http-502', undefined],
  ['413 of a proxy', { status: 413, body: '<html>' }, 'content', 'http-413', undefined],
  ['403 of a proxy', { status: 403, body: '<html>' }, 'unknown', 'http-403', undefined],
  [
    'a redirect',
    { status: 302, headers: { location: 'http://127.0.0.1:1/' }, body: '' },
    'unknown',
    'http-302',
    undefined,
  ],
  ['a 200 that is no JSON', { body: '<html>' }, 'unknown', 'unreadable', undefined],
  ['a 200 that is no answer', { body: ['?'] }, 'unknown', 'unreadable', undefined],
  ['a success without a message id', { body: { code: 0, data: {} } }, 'unknown', 'unreadable', undefined],
  ['silence', 'hang' as const, 'unknown', 'timeout', undefined],
  ['a broken connection', 'reset' as const, 'unknown', 'network', undefined],
])('%s', async (_what, reply, kind, code, retryAfterMs) => {
  const { feishu, messenger } = await start(() => reply, reply === 'hang' ? 1000 : undefined);
  const error = await failure(create(messenger));
  expect(error).toMatchObject({ kind, code });
  expect(error.retryAfterMs).toBe(retryAfterMs);
  expect(feishu.calls).toHaveLength(1);
});

test('nobody listening is a network failure', async () => {
  const { feishu, messenger } = await start(() => OK);
  await feishu.close();
  expect(await failure(create(messenger))).toMatchObject({ kind: 'unknown', code: 'network' });
});

test('many cold calls fetch one token', async () => {
  const { feishu, messenger } = await start(() => OK);
  await Promise.all(Array.from({ length: 20 }, () => create(messenger)));
  expect(feishu.tokensIssued()).toBe(1);
});

const expired = [decline(400, 99991663), decline(200, 99991663), decline(400, 99991661), decline(400, 99991671)];
test.each(expired)(
  'a refused token ($status, $body.code) is refreshed once and the call repeated once',
  async (refusal) => {
    const { feishu, messenger } = await start((call) => (call.token === 't-1' ? refusal : OK));
    expect(await create(messenger)).toEqual({ messageId: 'om_1' });
    expect(feishu.tokensIssued()).toBe(2);
    expect(feishu.calls.map(({ token, body }) => ({ token, uuid: (body as { uuid: string }).uuid }))).toEqual([
      { token: 't-1', uuid: 'uuid-1' },
      { token: 't-2', uuid: 'uuid-1' },
    ]);
  },
);

test('a token refused for many calls at once is refreshed once', async () => {
  const { feishu, messenger } = await start((call) => (call.token === 't-1' ? decline(400, 99991663) : OK));
  await Promise.all(Array.from({ length: 20 }, () => create(messenger)));
  expect(feishu.tokensIssued()).toBe(2);
});

test.each(expired)('a token refused twice ($status, $body.code) is unknown, not refused', async (refusal) => {
  const { feishu, messenger } = await start(() => refusal);
  expect(await failure(create(messenger))).toMatchObject({ kind: 'unknown', code: String(refusal.body.code) });
  expect(feishu.calls).toHaveLength(2);
});

test('units and members are read page by page, also past a rate limit', async () => {
  const pages: Record<string, object> = {
    '': {
      has_more: true,
      page_token: 'p2',
      items: [
        {
          open_department_id: 'od-1',
          name: '一大队',
          parent_department_id: '0',
          order: '2000',
          leader_user_id: 'ou_1',
        },
      ],
    },
    p2: {
      has_more: false,
      items: [{ open_department_id: 'od-2' }, { open_department_id: 'od-3', status: { is_deleted: true } }],
    },
  };
  const { feishu, messenger } = await start((call, count) => {
    if (count === 2) return decline(429, 99991400);
    const asked = new URL(call.path, 'http://feishu').searchParams;
    return { body: { code: 0, data: pages[asked.get('page_token') ?? ''] } };
  });
  expect(await collect(messenger.units())).toEqual([
    { id: 'od-1', name: '一大队', parentId: '0', leaderId: 'ou_1', sort: 2000 },
    { id: 'od-2', name: 'od-2', parentId: '0', sort: 0 },
  ]);
  expect(feishu.calls).toHaveLength(3);
  expect(feishu.calls[0]?.path).toContain('/open-apis/contact/v3/departments/0/children?');
  expect(feishu.calls[0]?.path).toContain('fetch_child=true');
});

test('a member with everything, and one whose fields the scopes do not show', async () => {
  const full = {
    open_id: 'ou_1',
    name: '张三',
    department_ids: ['od-1'],
    employee_type: 1,
    custom_attrs: [
      { id: 'C-branch', type: 'TEXT', value: { text: '第一党支部' } },
      { id: 'C-politics', type: 'ENUMERATION', value: { option_id: '1', option_value: '中共党员' } },
      { id: 'C-odd', type: 'GENERIC_USER', value: { generic_user: {} } },
    ],
    status: { is_activated: true, is_frozen: true, is_resigned: false, is_exited: true },
  };
  const { feishu, messenger } = await start(() => ({
    body: { code: 0, data: { has_more: false, items: [full, { open_id: 'ou_2' }] } },
  }));
  expect(await collect(messenger.members('od-1'))).toEqual([
    {
      id: 'ou_1',
      name: '张三',
      unitIds: ['od-1'],
      employeeType: 1,
      fields: { 'C-branch': '第一党支部', 'C-politics': '中共党员' },
      isActivated: true,
      isFrozen: true,
      hasLeft: true,
    },
    { id: 'ou_2', name: 'ou_2', unitIds: [], fields: {}, isActivated: true, isFrozen: false, hasLeft: false },
  ]);
  expect(feishu.calls[0]?.path).toContain('department_id=od-1');
});

test.each([
  ['an empty unit', { has_more: false }, []],
  ['a list that is null', { has_more: false, items: null, page_token: null }, []],
])('%s has no members', async (_what, data, members) => {
  const { messenger } = await start(() => ({ body: { code: 0, data } }));
  expect(await collect(messenger.members('od-1'))).toEqual(members);
});

test('pages that never end, and people without an id, are unreadable', async () => {
  const endless = await start(() => ({ body: { code: 0, data: { has_more: true, page_token: 'same', items: [] } } }));
  expect(await failure(collect(endless.messenger.units()))).toMatchObject({ code: 'unreadable' });
  const nameless = await start(() => ({ body: { code: 0, data: { items: [{ name: '张三' }] } } }));
  expect(await failure(collect(nameless.messenger.members('0')))).toMatchObject({ code: 'unreadable' });
});

test('when calls fail the log has the code, and neither the secret, the token, the card nor Feishu’s words', async () => {
  const replies = [
    decline(400, 230099),
    { status: 500, body: '张三' },
    'hang',
    'reset',
    { body: { code: 1 } },
  ] as const;
  const { feishu, messenger, logged } = await start((_call, count) => replies[count - 1] ?? 'reset', 1000);
  for (const _ of replies) await failure(create(messenger));
  await feishu.close();
  await failure(create(messenger));
  expect(logged.join()).toContain('"code":"230099"');
  expect(logged.join()).not.toMatch(new RegExp(`${SECRET}|t-1|Bearer|张三|ou_1|declined`));
});

test('a wrong secret is unknown: the message is not to blame', async () => {
  const server = createServer((_request, response) => response.end('{"code":10015,"msg":"app secret invalid"}'));
  open.push(server);
  const logged: string[] = [];
  const log = createLog('trace', { write: (line) => void logged.push(line) });
  const app = { appId: 'cli_9f5343c580712544', appSecret: SECRET, domain: await listen(server) };
  const messenger = createMessenger(app, log);
  open.push(messenger);
  expect(await failure(create(messenger))).toMatchObject({ kind: 'unknown', code: '10015' });
  expect(logged.join()).not.toContain(SECRET);
});
