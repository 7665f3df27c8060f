/** Which pages may use the emulator: its own, and no other that happens to be open in the same browser. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import WebSocket from 'ws';
import { type Rig, sendCard, startRig } from './rig.ts';

/** Asks with these headers and no others but what HTTP needs; the stream is left after its head. */
function ask(rig: Rig, method: string, path: string, headers: Record<string, string> = {}, body = '') {
  return new Promise<{ status: number; headers: IncomingHttpHeaders }>((resolve, reject) => {
    const sent = request(`${rig.emulator.url}${path}`, { method, headers }, (response) => {
      resolve({ status: response.statusCode ?? 0, headers: response.headers });
      response.destroy();
    });
    sent.on('error', reject).end(body);
  });
}

const ROUTES = [
  ['GET', '/'],
  ['GET', '/emulator/api/people'],
  ['GET', '/emulator/api/people/ou_wang/chats/oc_group/messages'],
  ['GET', '/emulator/api/stream'],
  ['GET', '/emulator/api/files/file_v3_1'],
  ['GET', '/emulator/api/calls'],
  ['POST', '/emulator/api/people/ou_zhao/leave'],
  ['PUT', '/emulator/api/faults'],
  ['POST', '/open-apis/auth/v3/tenant_access_token/internal'],
  ['GET', '/open-apis/im/v1/chats'],
  ['POST', '/callback/ws/endpoint'],
  ['OPTIONS', '/emulator/api/people'],
] as const;
const JSON_BODY = { 'content-type': 'application/json' };

it.each(ROUTES)('%s %s answers no page of another host, port or site', async (method, path) => {
  const rig = await startRig();
  const { port, origin } = new URL(rig.emulator.url);
  const foreign: Record<string, string>[] = [
    { host: `evil.example:${port}` },
    { host: `127.0.0.1.evil.example:${port}` },
    { host: `localhost.evil.example:${port}` },
    { host: `192.168.1.5:${port}` },
    { host: '127.0.0.1:1' },
    { host: '127.0.0.1' },
    { host: `localhost:${port}`, origin },
    { origin: 'http://evil.example' },
    { origin: 'http://127.0.0.1:1' },
    { origin: 'https://127.0.0.1' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
  ];
  for (const headers of foreign) {
    const answer = await ask(rig, method, path, { ...JSON_BODY, ...headers }, method === 'GET' ? '' : '{}');
    expect({ headers, status: answer.status }).toEqual({ headers, status: 403 });
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  }
  expect(rig.emulator.calls).toEqual([]);
});

it('answers its own page, by whatever name of this machine it was opened, and a program that is no page', async () => {
  const rig = await startRig();
  const { port } = new URL(rig.emulator.url);
  for (const name of ['127.0.0.1', 'localhost', '127.0.0.2', '[::1]', 'LOCALHOST']) {
    const host = `${name}:${port}`;
    const own = { host, origin: `http://${host.toLowerCase()}`, 'sec-fetch-site': 'same-origin' };
    expect((await ask(rig, 'GET', '/emulator/api/people', own)).status).toBe(200);
    expect((await ask(rig, 'GET', '/emulator/api/stream', { host, 'sec-fetch-site': 'none' })).status).toBe(200);
    const text = JSON.stringify({ text: '任务' });
    const path = '/emulator/api/people/ou_li/chats/oc_group/texts';
    expect((await ask(rig, 'POST', path, { ...JSON_BODY, ...own }, text)).status).toBe(200);
    expect((await ask(rig, 'POST', path, { ...JSON_BODY, host }, text)).status).toBe(200);
  }
  expect(await sendCard(rig.client, 'ou_wang')).toMatch(/^om_/);
});

it('opens by a link from anywhere, but in nobody’s frame', async () => {
  const pageDir = mkdtempSync(join(tmpdir(), 'page-'));
  onTestFinished(() => rmSync(pageDir, { recursive: true }));
  writeFileSync(join(pageDir, 'index.html'), '<title>警心助手</title>');
  const rig = await startRig({ pageDir });
  const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
  const opened = await ask(rig, 'GET', '/', link);
  expect(opened.status).toBe(200);
  expect(opened.headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect((await ask(rig, 'GET', '/emulator/api/people', link)).status).toBe(403);
  expect((await ask(rig, 'POST', '/', link)).status).toBe(403);
});

it('listens to a host of its own, and behind a wildcard to any address in digits', async () => {
  const rig = await startRig({ host: '0.0.0.0' });
  const { port } = new URL(rig.emulator.url);
  const statusOf = async (host: string) => (await ask(rig, 'GET', '/emulator/api/people', { host })).status;
  expect(await statusOf(`192.168.1.5:${port}`)).toBe(200);
  expect(await statusOf('192.168.1.5:8080')).toBe(200);
  expect(await statusOf('localhost:8080')).toBe(200);
  expect(await statusOf(`evil.example:${port}`)).toBe(403);
  const named = await startRig({ host: 'localhost' });
  expect((await ask(named, 'GET', '/emulator/api/people')).status).toBe(200);
});

it.each([
  ['text/plain'],
  ['application/x-www-form-urlencoded'],
  ['multipart/form-data; boundary=x'],
  ['text/plain; application/json'],
  ['application/jsonp'],
  [undefined],
])('a post of the type %s makes nobody leave', async (type) => {
  const rig = await startRig();
  const headers: Record<string, string> = type ? { 'content-type': type } : {};
  expect((await ask(rig, 'POST', '/emulator/api/people/ou_zhao/leave', headers, '{}')).status).toBe(415);
  const people = await (await fetch(`${rig.emulator.url}/emulator/api/people`)).json();
  expect(people).toMatchObject({ people: [{}, {}, { id: 'ou_zhao', unitId: 'od-2' }] });
});

it('gives no socket to a page of another site, not even with a ticket', async () => {
  const rig = await startRig();
  const { appId: AppID, appSecret: AppSecret } = rig.options;
  const open = async (headers: Record<string, string>) => {
    const asked = { method: 'POST', headers: JSON_BODY, body: JSON.stringify({ AppID, AppSecret }) };
    const answer = await (await fetch(`${rig.emulator.url}/callback/ws/endpoint`, asked)).json();
    const socket = new WebSocket((answer as { data: { URL: string } }).data.URL, { headers });
    return new Promise<number>((resolve) => {
      socket.on('unexpected-response', (_request, response) => {
        resolve(response.statusCode ?? 0);
        socket.terminate();
      });
      socket.on('open', () => {
        resolve(101);
        socket.terminate();
      });
      socket.on('error', () => {});
    });
  };
  expect(await open({})).toBe(101);
  expect(await open({ origin: 'http://evil.example' })).toBe(403);
  expect(await open({ host: 'evil.example' })).toBe(403);
});
