/** SIGTERM ends the process in at most ten seconds whatever is still open, and its PostgreSQL with it. Real processes. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { findFreePorts, runBot } from './support/bot-process.ts';
import { makeDataDir, readPidFile } from './support/data-dir.ts';
import { startRedisStandIn } from './support/redis-stand-in.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 }); // real processes on a busy machine
/** What a stop may take, and what a busy machine adds. */
const LIMIT_MS = 10_000 + 2_000;

test.each([
  ['says nothing', ''],
  ['has asked half', 'POST /webhook/event HTTP/1.1\r\nHost: bot\r\nContent-Length: 100\r\n\r\n{'],
  ['has begun a header', 'GET /heal'],
  // Once refused it hangs up never: such a socket is none of the HTTP server's any more.
  ['wants to be a socket', `GET / HTTP/1.1\r\nHost: bot\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`],
])('a connection that %s does not keep it', async (_name, said) => {
  const { bot, dataDir, port } = await startBot();
  const sockets = await Promise.all([open(port, said), open(port + 1, said)]); // the page's server and the bot's
  const began = performance.now();
  bot.kill('SIGTERM');
  expect(await bot.ended).toEqual({ code: 0, signal: null });
  expect(performance.now() - began).toBeLessThan(LIMIT_MS);
  expect(await readPidFile(dataDir)).toEqual(['']);
  for (const socket of sockets) expect(socket.destroyed || socket.readyState === 'closed').toBe(true);
});

test('a signal in the middle of the start ends it, and leaves no database behind', async () => {
  const dataDir = await makeDataDir();
  const bot = runBot({ DATA_DIR: dataDir, PORT: String(await findFreePorts()) });
  await vi.waitFor(async () => expect(await readPidFile(dataDir)).not.toEqual(['']), { timeout: 60_000, interval: 5 });
  bot.kill('SIGTERM');
  await bot.ended;
  expect(bot.said()).not.toContain('is ready');
  expect(await readPidFile(dataDir)).toEqual(['']);
});

test('a second signal ends it at once, and its database a moment later', async () => {
  const { bot, dataDir, port } = await startBot();
  await open(port + 1, 'GET /heal');
  bot.kill('SIGTERM');
  await vi.waitFor(() => expect(bot.said()).toContain('stopping'), { timeout: 10_000, interval: 20 });
  const began = performance.now();
  bot.kill('SIGTERM');
  expect(await bot.ended).toEqual({ code: 1, signal: null });
  expect(performance.now() - began).toBeLessThan(3_000);
  await vi.waitFor(async () => expect(await readPidFile(dataDir)).toEqual(['']), { timeout: 10_000, interval: 50 });
});

test('without its Redis it is not ready, and still ends, with a line on what was abandoned and its database stopped', async () => {
  const redis = await startRedisStandIn();
  const { bot, dataDir, port } = await startBot({ REDIS_URL: redis.url });
  const isReady = async () => (await fetch(`http://127.0.0.1:${port + 1}/readyz`)).status;
  expect(await isReady()).toBe(200);
  redis.vanish();
  await vi.waitFor(async () => expect(await isReady()).toBe(503), { timeout: 20_000, interval: 100 });
  const began = performance.now();
  bot.kill('SIGTERM');
  expect(await bot.ended).toEqual({ code: 1, signal: null });
  expect(performance.now() - began).toBeLessThan(LIMIT_MS);
  expect(bot.said()).toMatch(/"step":"the queues".*a step of stopping was abandoned/);
  expect(await readPidFile(dataDir)).toEqual(['']);
});

async function startBot(settings: Record<string, string> = {}) {
  const dataDir = await makeDataDir();
  const port = await findFreePorts();
  const bot = runBot({ DATA_DIR: dataDir, PORT: String(port), LOG_LEVEL: 'info', ...settings });
  await bot.url;
  return { bot, dataDir, port };
}

async function open(port: number, said: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  if (said) socket.write(said);
  socket.resume();
  return socket;
}
