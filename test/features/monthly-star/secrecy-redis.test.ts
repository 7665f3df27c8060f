/** The same secrecy where the queue runs on Redis: no command that Redis ever gets, and no key that it keeps, names a choice. */
import { Redis } from 'ioredis';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hasRedis, startRedis } from '../../faults/redis-process.ts';
import { openHouse } from '../../support/house.ts';
import { findPlainPeople, holdVote, vote } from './secret-vote.ts';

const VOTERS = 60;
/** BullMQ's keys of this test begin with this. */
const PREFIX = 'secrecy';

describe.skipIf(!hasRedis)('a vote with the queue on Redis (skipped without redis-server on PATH)', () => {
  it('tells Redis of no choice', async () => {
    const server = await startRedis();
    const redis = new Redis(server.url);
    const monitor = await redis.monitor();
    // The house, which is opened later, is closed first.
    onTestFinished(async () => {
      monitor.disconnect();
      redis.disconnect();
      await server.stop();
    });
    const commands: string[] = [];
    monitor.on('monitor', (_time: string, words: string[]) => void commands.push(words.join(' ')));

    const house = await openHouse({ environment: { REDIS_URL: server.url }, tuning: { queuePrefix: PREFIX } });
    const people = await findPlainPeople(house);
    const voters = people.slice(0, VOTERS);
    const { candidates, closesAt } = await holdVote(house, people.slice(VOTERS, VOTERS + 2));
    const before = commands.length;
    for (let at = 0; at < VOTERS; at += 20) {
      const answers = await Promise.all(
        voters.slice(at, at + 20).map((voter, index) => vote(house, voter, candidates[index % 2] ?? '')),
      );
      expect(answers).toEqual(answers.map(() => '已收到您的投票，谢谢。'));
    }
    await house.settles();
    const kept = await dumpRedis(redis);
    await house.clockMovesTo(new Date(closesAt.getTime() + 1000));
    kept.push(...(await dumpRedis(redis)));

    // The queue was at work meanwhile, and what it keeps was found.
    expect(commands.slice(before).filter((line) => line.includes(`${PREFIX}:`)).length).toBeGreaterThan(VOTERS);
    expect(kept.some((text) => text.startsWith(`${PREFIX}:`))).toBe(true);
    expect(await house.app.db.sql`SELECT 1 FROM star_ballot`).toHaveLength(VOTERS);
    for (const text of [...commands, ...kept]) for (const id of candidates) expect(text.includes(id)).toBe(false);
  });
});

/** Every key with all that it holds, as text. */
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
