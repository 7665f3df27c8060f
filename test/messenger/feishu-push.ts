/** Feishu's side of the webhook, for tests: seals, signs and posts what the recorded payloads say. */
import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent, createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { now } from '../../src/basics/clock.ts';

export const SECRETS = {
  appId: 'cli_9f5343c580712544',
  encryptKey: 'test key',
  verificationToken: 'rvaYgkND1GOiu5MM0E1rncYC6PLtF7JV',
};

/** When the recorded payloads were pushed. */
export const PUSHED_AT = new Date(1764316799000);

export type Recorded = { header: Record<string, string>; event: Record<string, unknown> };
export type Posted = { status: number; body: unknown };

export function recorded(name: string): Recorded {
  return JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8'));
}

/** The request body for a payload, as Feishu encrypts it. */
export function seal(plain: string | Buffer, encryptKey = SECRETS.encryptKey): string {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(encryptKey).digest(), iv);
  return JSON.stringify({ encrypt: Buffer.concat([iv, cipher.update(plain), cipher.final()]).toString('base64') });
}

/** The headers that sign a body, now unless said. */
export function sign(body: string | Buffer, encryptKey = SECRETS.encryptKey, signedAt = now()): Record<string, string> {
  const [timestamp, nonce] = [String(Math.floor(signedAt.getTime() / 1000)), '1268912'];
  const signature = createHash('sha256')
    .update(timestamp + nonce + encryptKey)
    .update(body)
    .digest('hex');
  return {
    'x-lark-request-timestamp': timestamp,
    'x-lark-request-nonce': nonce,
    'x-lark-signature': signature,
  };
}

export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const agent = new Agent({ keepAlive: true });

/** Posts bytes and resolves with what came back. */
export function post(url: string, body: string | Buffer, headers: Record<string, string> = {}): Promise<Posted> {
  return new Promise((resolve, reject) => {
    const bytes = Buffer.from(body);
    const sent = request(url, {
      agent,
      method: 'POST',
      headers: { 'Content-Type': 'application/json;charset=utf-8', 'Content-Length': bytes.length, ...headers },
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, body: text === '' ? undefined : JSON.parse(text) });
      });
    });
    sent.end(bytes);
  });
}

export type Call = { method: string; path: string; token: string; body: unknown };
type Reply = { status?: number; headers?: Record<string, string>; body: unknown } | 'hang' | 'reset';

/** An HTTP server that answers as Feishu's Open API does. Tokens are `t-1`, `t-2` …; every other call is the test's. */
export async function serveOpenApi(reply: (call: Call, count: number) => Reply | Promise<Reply>) {
  const calls: Call[] = [];
  let tokens = 0;
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString('utf8');
    const answer = (answered: Exclude<Reply, string>) => {
      response.writeHead(answered.status ?? 200, { 'Content-Type': 'application/json', ...answered.headers });
      const { body } = answered;
      response.end(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body));
    };
    if (incoming.url?.startsWith('/open-apis/auth/v3/tenant_access_token/internal')) {
      tokens++;
      return answer({ body: { code: 0, msg: 'ok', tenant_access_token: `t-${tokens}`, expire: 7200 } });
    }
    const isJson = incoming.headers['content-type']?.startsWith('application/json');
    const token = (incoming.headers.authorization ?? '').replace('Bearer ', '');
    const call = {
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      token,
      body: text && isJson ? JSON.parse(text) : text || undefined,
    };
    calls.push(call);
    const answered = await reply(call, calls.length);
    if (answered === 'reset') return incoming.socket.destroy();
    if (answered !== 'hang') answer(answered);
  });
  const domain = await listen(server);
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { domain, calls, tokensIssued: () => tokens, close };
}
