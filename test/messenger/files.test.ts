/** Files up and down, against a server that answers as Feishu does, and against the emulator. */
import { afterEach, expect, test } from 'vitest';
import { createLog } from '../../src/basics/log.ts';
import { startEmulator } from '../../src/emulator/emulator.ts';
import { SAMPLE_PEOPLE, sampleWorld } from '../../src/emulator/world/sample.ts';
import { createMessenger } from '../../src/messenger/client.ts';
import { serveOpenApi } from './feishu-push.ts';

const APP = { appId: 'cli_0123456789abcdef', appSecret: 'app-secret-0123456789' };
const MOST_BYTES = 30 * 1024 * 1024;
const FILE = { name: '题库.xlsx', bytes: Buffer.from([0x50, 0x4b, 3, 4, 0, 13, 10, 45, 45, 255]) };
const IN_MESSAGE = { key: 'file_v3_1', isPicture: false };
const UPLOADED = { body: { code: 0, msg: 'success', data: { file_key: 'file_v3_1' } } };
const SENT = { body: { code: 0, msg: 'success', data: { message_id: 'om_1' } } };
const BYTES = { 'Content-Type': 'application/octet-stream' };

const open: { close: () => unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

type Reply = Parameters<typeof serveOpenApi>[0];

async function start(reply: Reply, fileTimeoutMs = 10_000) {
  const feishu = await serveOpenApi(reply);
  const logged: string[] = [];
  const log = createLog('trace', { write: (line) => void logged.push(line) });
  const messenger = createMessenger({ ...APP, domain: feishu.domain }, log, { fileTimeoutMs });
  open.push(feishu, messenger);
  return { feishu, messenger, logged };
}

const decline = (status: number, code: number, headers: Record<string, string> = {}) => ({
  status,
  headers,
  body: { code, msg: 'declined', error: { log_id: '2024' } },
});

test('a file goes up as a form and is sent by its key, with the uuid', async () => {
  const { feishu, messenger } = await start((call) => (call.path.includes('/files') ? UPLOADED : SENT));
  expect(await messenger.createFile({ person: 'ou_1' }, FILE, 'uuid-1')).toEqual({ messageId: 'om_1' });
  await messenger.createFile({ chat: 'oc_1' }, { ...FILE, name: '说明.txt' }, 'uuid-2');
  const [upload, create, other] = feishu.calls;
  expect(upload).toMatchObject({ method: 'POST', path: '/open-apis/im/v1/files', token: 't-1' });
  expect(upload?.body).toMatch(
    /name="file_type"\s+xls\s.*name="file_name"\s+题库.xlsx\s.*name="file"; filename="file"/s,
  );
  expect(create).toMatchObject({
    path: '/open-apis/im/v1/messages?receive_id_type=open_id',
    body: { receive_id: 'ou_1', msg_type: 'file', content: '{"file_key":"file_v3_1"}', uuid: 'uuid-1' },
  });
  expect(other?.body).toMatch(/name="file_type"\s+stream\s/);
});

test('a file comes down with every byte, whatever type it is', async () => {
  const { feishu, messenger } = await start((_call, count) =>
    count === 1
      ? { headers: BYTES, body: FILE.bytes }
      : {
          headers: { 'Content-Type': 'application/json', 'Content-Disposition': 'attachment; filename="a.json"' },
          body: '{"code":99991663}',
        },
  );
  expect(await messenger.download('om_1', IN_MESSAGE)).toEqual(FILE.bytes);
  expect(String(await messenger.download('om_1', IN_MESSAGE))).toBe('{"code":99991663}');
  expect(feishu.calls[0]).toMatchObject({
    method: 'GET',
    path: '/open-apis/im/v1/messages/om_1/resources/file_v3_1?type=file',
    token: 't-1',
  });
});

test('a picture goes up as an image, is sent as one, and comes down as one', async () => {
  const image = { body: { code: 0, msg: 'success', data: { image_key: 'img_v3_1' } } };
  const { feishu, messenger } = await start(({ method, path }) =>
    method === 'GET' ? { headers: BYTES, body: FILE.bytes } : path.includes('/images') ? image : SENT,
  );
  const picture = { name: '照片.jpg', bytes: FILE.bytes, isPicture: true };
  expect(await messenger.createFile({ person: 'ou_1' }, picture, 'uuid-1')).toEqual({ messageId: 'om_1' });
  expect(await messenger.download('om_2', { key: 'img_v3_2', isPicture: true })).toEqual(FILE.bytes);
  const [upload, create, download] = feishu.calls;
  expect(upload?.body).toMatch(/name="image_type"\s+message\s.*name="image"; filename="image"/s);
  expect(create?.body).toMatchObject({ msg_type: 'image', content: '{"image_key":"img_v3_1"}', uuid: 'uuid-1' });
  expect(download).toMatchObject({ path: '/open-apis/im/v1/messages/om_2/resources/img_v3_2?type=image' });
});

test('30 MB come down, and not one byte more', async () => {
  const { messenger } = await start((_call, count) => ({ headers: BYTES, body: Buffer.alloc(MOST_BYTES + count - 1) }));
  expect((await messenger.download('om_1', IN_MESSAGE)).length).toBe(MOST_BYTES);
  await expect(messenger.download('om_1', IN_MESSAGE)).rejects.toMatchObject({ kind: 'refused', code: 'too-large' });
});

const failures: [string, Awaited<ReturnType<Reply>>, string, string][] = [
  ['a rate limit', decline(429, 99991400, { 'x-ogw-ratelimit-reset': '3' }), 'rate-limited', '99991400'],
  ['a missing scope', decline(400, 99991672), 'unknown', '99991672'],
  ['a recalled message', decline(400, 230011), 'gone', '230011'],
  ['a file that is not in the message', decline(400, 234003), 'gone', '234003'],
  ['a confidential message', decline(400, 234038), 'refused', '234038'],
  ['not authorised', decline(401, 234002), 'unknown', '234002'],
  ['a code in a 200', { body: { code: 234001, msg: 'x' } }, 'refused', '234001'],
  ['502 of a proxy', { status: 502, body: '<html>' }, 'unknown', 'http-502'],
  ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:1/' }, body: '' }, 'unknown', 'http-302'],
  ['a success without a file', { body: { code: 0, data: {} } }, 'unknown', 'unreadable'],
  ['silence', 'hang', 'unknown', 'timeout'],
  ['a broken connection', 'reset', 'unknown', 'network'],
];
test.each(failures)('%s is sorted alike up and down', async (_what, reply, kind, code) => {
  const { feishu, messenger, logged } = await start(() => reply, reply === 'hang' ? 1000 : undefined);
  await expect(messenger.createFile({ person: 'ou_1' }, FILE, 'uuid-1')).rejects.toMatchObject({ kind, code });
  await expect(messenger.download('om_1', IN_MESSAGE)).rejects.toMatchObject({ kind, code });
  expect(feishu.calls).toHaveLength(2);
  expect(logged.join()).not.toMatch(/题库|file_v3_1|t-1|declined/);
});

test('what is too large for Feishu itself is too large', async () => {
  const { messenger } = await start(() => decline(400, 234037));
  await expect(messenger.download('om_1', IN_MESSAGE)).rejects.toMatchObject({ kind: 'refused', code: 'too-large' });
});

test.each([decline(400, 99991663), decline(200, 99991663)])(
  'a refused token ($status) is refreshed once, up and down',
  async (refusal) => {
    const { feishu, messenger } = await start((call) => {
      if (call.token === 't-1') return refusal;
      return call.method === 'GET'
        ? { headers: BYTES, body: FILE.bytes }
        : call.path.includes('/files')
          ? UPLOADED
          : SENT;
    });
    expect(await messenger.download('om_1', IN_MESSAGE)).toEqual(FILE.bytes);
    expect(await messenger.createFile({ person: 'ou_1' }, FILE, 'uuid-1')).toEqual({ messageId: 'om_1' });
    expect(feishu.tokensIssued()).toBe(2);
  },
);

test('against the emulator a file goes up and down, once per uuid', async () => {
  const emulator = await startEmulator({
    ...{ host: '127.0.0.1', port: 0, world: sampleWorld(), encryptKey: '', verificationToken: 'token', ...APP },
  });
  open.push({ close: emulator.stop });
  const messenger = createMessenger({ ...APP, domain: emulator.url }, createLog('silent'));
  open.push(messenger);
  const { messageId } = await messenger.createFile({ person: SAMPLE_PEOPLE.officer }, FILE, 'uuid-1');
  expect(await messenger.createFile({ person: SAMPLE_PEOPLE.officer }, FILE, 'uuid-1')).toEqual({ messageId });
  const [sent, ...more] = emulator.messagesOf(SAMPLE_PEOPLE.officer);
  expect(sent).toMatchObject({ id: messageId, type: 'file' });
  expect(more).toEqual([]);
  const { file_key: key } = (sent?.content ?? {}) as { file_key?: string };
  expect(await messenger.download(messageId, { key: key ?? '', isPicture: false })).toEqual(FILE.bytes);
  await expect(messenger.download(messageId, { key: 'file_v3_none', isPicture: false })).rejects.toMatchObject({
    kind: 'gone',
  });
  await expect(
    messenger.createFile({ person: SAMPLE_PEOPLE.officer }, { name: '空.xlsx', bytes: Buffer.alloc(0) }, 'uuid-2'),
  ).rejects.toMatchObject({ kind: 'content', code: '234010' });
});
