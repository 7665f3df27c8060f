/** The webhook over real HTTP: what is genuine is taken, what is not is refused, and nothing brings it down. */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { AESCipher } from '@larksuiteoapi/node-sdk';
import express from 'express';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { moveTo } from '../../src/basics/clock.ts';
import { createLog } from '../../src/basics/log.ts';
import { createWebhook } from '../../src/messenger/events/webhook.ts';
import type { Answer, Event } from '../../src/messenger/port.ts';
import { listen, PUSHED_AT, post, type Recorded, recorded, SECRETS, seal, sign } from './feishu-push.ts';

const logged: string[] = [];
const received: Event[] = [];
let next: () => Promise<Answer | undefined>;
const receive = (event: Event) => {
  received.push(event);
  return next();
};
const log = createLog('debug', { write: (line) => void logged.push(line) });
const server = createServer(express().use(createWebhook(SECRETS, receive, log)));
let url: string;

beforeAll(async () => {
  url = await listen(server);
});
afterAll(() => server.close());
beforeEach(() => {
  moveTo(PUSHED_AT);
  received.length = 0;
  logged.length = 0;
  next = async () => undefined;
});

/** Pushes a payload as Feishu does. */
function push(payload: unknown, path = '/webhook/event') {
  const body = seal(JSON.stringify(payload));
  return post(url + path, body, sign(body));
}

/** A recorded payload with some fields of its header replaced. */
function withHeader(change: Record<string, string>): Recorded {
  const payload = recorded('press-button');
  return { ...payload, header: { ...payload.header, ...change } };
}

const challenge = { challenge: 'ajls384k', token: SECRETS.verificationToken, type: 'url_verification' };

test.each(['/webhook/event', '/webhook/card'])('a genuine event at %s is received', async (path) => {
  expect(await push(recorded('message-file'), path)).toEqual({ status: 200, body: {} });
  expect(received).toMatchObject([{ kind: 'message', id: 'om_file' }]);
});

test('a press is answered with its toast and the card', async () => {
  const toast = { type: 'success', content: '已完成' } as const;
  next = async () => ({ toast, card: { schema: '2.0' } });
  const answer = await push(recorded('press-button'), '/webhook/card');
  expect(answer).toEqual({ status: 200, body: { toast, card: { type: 'raw', data: { schema: '2.0' } } } });
});

test('the signature is checked over the bytes as they came, spaces and all', async () => {
  const body = ` ${seal(JSON.stringify(recorded('message-file'))).replace(':', ' : ')}\n`;
  expect((await post(`${url}/webhook/event`, body, sign(body))).status).toBe(200);
  expect(received).toHaveLength(1);
});

test('the cipher of the webhook decrypts Feishu’s published vector', () => {
  const published = 'P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=';
  expect(new AESCipher('test key').decrypt(published)).toBe('hello world');
});

test('what the bot does not know is acknowledged and not received', async () => {
  expect(await push(recorded('unknown-event'))).toEqual({ status: 200, body: {} });
  expect(await push(recorded('schema-1-chat-created'))).toEqual({ status: 200, body: {} });
  expect(received).toEqual([]);
});

test('the challenge is answered without a signature, if the token is right', async () => {
  const body = seal(JSON.stringify(challenge));
  expect(await post(`${url}/webhook/event`, body)).toEqual({ status: 200, body: { challenge: 'ajls384k' } });
  const wrong = seal(JSON.stringify({ ...challenge, token: 'wrong' }));
  expect((await post(`${url}/webhook/event`, wrong)).status).toBe(401);
});

test('an event that could not be kept is answered 500, so that it is pushed again', async () => {
  next = () => Promise.reject(new Error('张三 13800000000'));
  expect(await push(recorded('message-file'))).toEqual({ status: 500, body: {} });
  expect(logged.join()).toContain('could not be kept');
  expect(logged.join()).not.toContain('张三');
});

test('forged requests are answered 401', async () => {
  const body = seal(JSON.stringify(recorded('message-file')));
  const genuine = sign(body);
  const forged: [string, Record<string, string>][] = [
    [body, { ...genuine, 'x-lark-signature': 'a'.repeat(64) }],
    [body, { ...genuine, 'x-lark-signature': '' }],
    [body, { ...genuine, 'x-lark-signature': `${genuine['x-lark-signature']}00` }],
    [body, { ...genuine, 'x-lark-request-nonce': 'other' }],
    [body, sign(body, 'another key')],
    [body, {}],
    [`${body} `, genuine],
    [seal(JSON.stringify(recorded('message-file')), 'another key'), {}],
    [JSON.stringify(recorded('message-file')), {}],
    [JSON.stringify(challenge), {}],
  ];
  for (const [forgedBody, headers] of forged) {
    expect((await post(`${url}/webhook/event`, forgedBody, headers)).status).toBe(401);
  }
  expect(received).toEqual([]);
});

test.each([
  ['the verification token', { token: 'wrong' }],
  ['the app id', { app_id: 'cli_0000000000000000' }],
])('signed, but %s is wrong: 401', async (_what, change) => {
  expect((await push(withHeader(change))).status).toBe(401);
  expect(received).toEqual([]);
});

test('an event counts as of then when it comes late, be it seven hours or twenty-six', async () => {
  for (const hours of [7.2, 26]) {
    moveTo(new Date(PUSHED_AT.getTime() + hours * 3600_000));
    expect((await push(recorded('message-file'))).status).toBe(200);
  }
  expect(received).toMatchObject([{ at: new Date(1764316798123) }, { at: new Date(1764316798123) }]);
});

test.each([
  ['in 2014', new Date('2014-06-01T00:00:00Z'), 401],
  ['61 minutes ago', new Date(PUSHED_AT.getTime() - 61 * 60_000), 401],
  ['in 61 minutes', new Date(PUSHED_AT.getTime() + 61 * 60_000), 401],
  ['59 minutes ago', new Date(PUSHED_AT.getTime() - 59 * 60_000), 200],
  ['in 59 minutes', new Date(PUSHED_AT.getTime() + 59 * 60_000), 200],
])('signed %s: the signature counts for an hour', async (_when, signedAt, status) => {
  const body = seal(JSON.stringify(recorded('message-file')));
  const answer = await post(`${url}/webhook/event`, body, sign(body, SECRETS.encryptKey, signedAt));
  expect(answer.status).toBe(status);
  expect(received).toHaveLength(status === 200 ? 1 : 0);
});

test('a signed time that is none is refused', async () => {
  const body = seal(JSON.stringify(recorded('message-file')));
  for (const signedAt of ['', 'now', '1764316799 ', '-1764316799', '１７６４３１６７９９']) {
    const header = Buffer.from(signedAt).toString('latin1');
    const signature = createHash('sha256').update(`${header}1${SECRETS.encryptKey}${body}`).digest('hex');
    const headers = {
      'x-lark-request-timestamp': header,
      'x-lark-request-nonce': '1',
      'x-lark-signature': signature,
    };
    expect((await post(`${url}/webhook/event`, body, headers)).status).toBe(401);
  }
  expect(received).toEqual([]);
});

test('signed, but of nobody: 400', async () => {
  const bodies = ['', 'not json', '[]', '{"encrypt":"AAAA"}', '{"encrypt":7}', seal('not json'), seal('{}')];
  for (const body of bodies) expect((await post(`${url}/webhook/event`, body, sign(body))).status).toBe(400);
  expect(received).toEqual([]);
});

test.each([
  ['an event id with U+0000', withHeader({ event_id: 'a\u0000b' })],
  ['an event id that is half a character', withHeader({ event_id: '\ud800' })],
  ['an event id with a space', withHeader({ event_id: 'a b' })],
  ['an event id without end', withHeader({ event_id: 'x'.repeat(201) })],
  ['a time that is none', withHeader({ create_time: 'now' })],
  ['no event at all', { header: recorded('press-button').header }],
])('genuine, but with %s: answered, so that it does not come again, and without effect', async (_what, payload) => {
  expect((await push(payload)).status).toBe(200);
  expect(received).toEqual([]);
  expect(logged.map((line) => JSON.parse(line))).toMatchObject([{ level: 40, where: [expect.any(String)] }]);
});

test('a press that cannot be read is told to whoever pressed', async () => {
  const noForm = recorded('press-button');
  noForm.event.action = { form_value: 'none' };
  expect(await push(noForm)).toMatchObject({
    status: 200,
    body: { toast: { type: 'warning', content: expect.stringContaining('没有改动任何内容') } },
  });
  expect(received).toEqual([]);
});

test('a body that is too large or compressed is refused unread', async () => {
  const large = JSON.stringify({ encrypt: 'A'.repeat(1024 * 1024) });
  expect((await post(`${url}/webhook/event`, large, sign(large))).status).toBe(413);
  const body = seal(JSON.stringify(recorded('message-file')));
  expect((await post(`${url}/webhook/event`, body, { ...sign(body), 'Content-Encoding': 'gzip' })).status).toBe(415);
});

test('the log says why, and nothing private', async () => {
  await push(withHeader({ token: 'wrong' }));
  const person = recorded('message-text-group');
  person.event.message = { content: '{"text":"张三的电话"}' };
  await push(person);
  expect(logged.map((line) => JSON.parse(line))).toMatchObject([
    { why: 'token' },
    { type: 'im.message.receive_v1', where: expect.arrayContaining(['message.message_id']) },
  ]);
  expect(logged.join()).not.toMatch(/张三|ou_84aad|wrong|rvaYgk/);
});

const FUZZ_TIMEOUT_MS = 120_000;

test(
  '7,000 changed requests of somebody without the key: refused, never 5xx, nothing received',
  async () => {
    const names = ['message-text-group', 'message-file', 'press-button', 'press-form', 'contacts-user-updated'];
    const bodies = names.map((name) => seal(JSON.stringify(recorded(name))));
    const change = fc.oneof(
      fc.record({ kind: fc.constant('flip' as const), at: fc.nat(), by: fc.integer({ min: 1, max: 255 }) }),
      fc.record({ kind: fc.constant('cut' as const), at: fc.nat() }),
      fc.record({
        kind: fc.constant('insert' as const),
        at: fc.nat(),
        bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }),
      }),
      fc.record({ kind: fc.constant('replace' as const), bytes: fc.uint8Array({ maxLength: 200 }) }),
      fc.record({ kind: fc.constant('reseal' as const), payload: fc.json() }),
      fc.record({ kind: fc.constant('plain' as const), payload: fc.json() }),
    );
    const edit = (body: string, how: typeof change extends fc.Arbitrary<infer How> ? How : never): Buffer => {
      const bytes = Buffer.from(body);
      if (how.kind === 'replace') return Buffer.from(how.bytes);
      if (how.kind === 'reseal') return Buffer.from(seal(how.payload, 'another key'));
      if (how.kind === 'plain') return Buffer.from(how.payload);
      const at = how.at % bytes.length;
      if (how.kind === 'cut') return bytes.subarray(0, at);
      if (how.kind === 'insert') return Buffer.concat([bytes.subarray(0, at), how.bytes, bytes.subarray(at)]);
      bytes.writeUInt8(bytes.readUInt8(at) ^ how.by, at);
      return bytes;
    };
    const signedWith = fc.constantFrom('genuine', 'none', 'another key');
    const forged = fc.tuple(fc.constantFrom(...bodies), change, signedWith);
    await fc.assert(
      fc.asyncProperty(fc.array(forged, { minLength: 10, maxLength: 10 }), async (ten) => {
        const answers = ten.map(([body, how, key]) => {
          const changed = edit(body, how);
          const headers = key === 'none' ? {} : key === 'genuine' ? sign(body) : sign(changed, key);
          return post(`${url}/webhook/event`, changed, headers);
        });
        for (const { status } of await Promise.all(answers)) expect([400, 401]).toContain(status);
        expect(received).toEqual([]);
      }),
      { numRuns: 700 },
    );
  },
  FUZZ_TIMEOUT_MS,
);

test(
  '3,000 signed payloads with one field changed: 200, 400 or 401, and received only with the right token and app',
  async () => {
    const names = ['message-text-group', 'message-post', 'press-button', 'press-form', 'schema-1-chat-created'];
    const payloads = names.map((name) => recorded(name));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...payloads), fc.nat(), fc.jsonValue(), async (payload, at, value) => {
        received.length = 0;
        const changed = structuredClone(payload);
        const places = [...walk(changed)];
        const place = places[at % places.length];
        if (place) place.parent[place.key] = value;
        expect([200, 400, 401]).toContain((await push(changed)).status);
        if (received.length > 0) {
          expect(changed.header).toMatchObject({ token: SECRETS.verificationToken, app_id: SECRETS.appId });
        }
      }),
      { numRuns: 3_000 },
    );
  },
  FUZZ_TIMEOUT_MS,
);

/** Every place in a JSON value where something else could stand. */
function* walk(parent: object): Generator<{ parent: Record<string, unknown>; key: string }> {
  for (const [key, value] of Object.entries(parent)) {
    yield { parent: parent as Record<string, unknown>, key };
    if (typeof value === 'object' && value !== null) yield* walk(value);
  }
}
