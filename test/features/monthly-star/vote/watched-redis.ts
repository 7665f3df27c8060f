/** A Redis whose every command is heard, for the test that looks for a choice in it. */
import { Redis } from 'ioredis';
import { onTestFinished } from 'vitest';
import { startRedis } from '../../../faults/support/redis-process.ts';

/** Starts it for one test; it outlives what is opened later. `commands` grows, `dump` gives every key with all that it holds, as text. */
export async function watchRedis(): Promise<{ url: string; commands: string[]; dump: () => Promise<string[]> }> {
  const server = await startRedis();
  const redis = new Redis(server.url);
  const monitor = await redis.monitor();
  onTestFinished(async () => {
    monitor.disconnect();
    redis.disconnect();
    await server.stop();
  });
  const commands: string[] = [];
  monitor.on('monitor', (_time: string, words: string[]) => void commands.push(words.join(' ')));
  return { url: server.url, commands, dump: () => dumpRedis(redis) };
}

async function dumpRedis(redis: Redis): Promise<string[]> {
  const read: Record<string, (key: string) => Promise<unknown>> = {
    string: (key) => redis.get(key),
    hash: (key) => redis.hgetall(key),
    list: (key) => redis.lrange(key, 0, -1),
    set: (key) => redis.smembers(key),
    zset: (key) => redis.zrange(key, '0', '-1'),
    stream: (key) => redis.xrange(key, '-', '+'),
  };
  return Promise.all(
    (await redis.keys('*')).map(async (key) => {
      const value = await read[await redis.type(key)]?.(key);
      return `${key} ${JSON.stringify(value)}`;
    }),
  );
}
