/** A Redis of the test's own on a free port, that can be killed and started again empty; there is none where no binary is on PATH. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Redis } from 'ioredis';
import { findFreePorts } from './bot-process.ts';

/** Whether redis-server is on PATH. */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

export type RedisProcess = {
  url: string;
  /** The length of a list in it. */
  lengthOf: (list: string) => Promise<number>;
  flush: () => Promise<void>;
  /** Kills it and starts it again on the same port, with nothing in it. */
  loseEverything: () => Promise<void>;
  stop: () => Promise<void>;
};

/** Starts redis-server without any persistence; resolves when it accepts connections. */
export async function startRedis(): Promise<RedisProcess> {
  const port = await findFreePorts();
  const folder = await mkdtemp(join(tmpdir(), 'jingxin-redis-'));
  let server = await run(port, folder);
  const url = `redis://127.0.0.1:${port}`;
  const ask = async <T>(question: (redis: Redis) => Promise<T>): Promise<T> => {
    const redis = new Redis(url);
    try {
      return await question(redis);
    } finally {
      redis.disconnect();
    }
  };
  const end = async () => {
    server.kill('SIGKILL');
    if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
  };
  return {
    url,
    lengthOf: (list) => ask((redis) => redis.llen(list)),
    flush: async () => void (await ask((redis) => redis.flushall())),
    loseEverything: async () => {
      await end();
      server = await run(port, folder);
    },
    stop: async () => {
      await end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function run(port: number, folder: string): Promise<ChildProcess> {
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
  const server = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: server.stdout })) {
    if (/Ready to accept connections/.test(line)) {
      server.stdout.resume();
      return server;
    }
  }
  throw new Error('redis-server ended before it was ready');
}
