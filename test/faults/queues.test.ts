/** The same house on both engines of the queue; and a queue that loses everything in the middle loses nothing for people. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppTuning } from '../../src/app.ts';
import { moveTo, now } from '../../src/basics/clock.ts';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { type House, openHouse } from '../support/house.ts';
import { REACHABLE } from './support/detachment.ts';
import { hasRedis, type RedisProcess, startRedis } from './support/redis-process.ts';
import { type TaskCards, watchTaskCards } from './support/task-cards.ts';

const SENTENCE = '提醒一大队党支部全体党员下周五18:00前完成第一议题学习：学习党的二十届四中全会精神';
const FOR_ALL = SENTENCE.replace('一大队党支部全体党员', '全支队全体人员');
/** The log's number for an error. */
const ERROR = 50;
/** After so long whoever holds a delivery or a job without a word is given up. */
const GIVEN_UP_AFTER_MS = 310_000;

/** BullMQ's keys of these tests begin with this. */
const PREFIX = 'faults';

/** One engine of the queue: how a house is opened on it, and how the errands that wait in it are counted and lost. */
type Engine = {
  open: (tuning?: AppTuning) => Promise<House>;
  countWaiting: (house: House) => Promise<number>;
  lose: (house: House) => Promise<void>;
};

const onPostgres: Engine = {
  open: (tuning = {}) => openHouse({ tuning }),
  countWaiting: async ({ app }) => (await app.db.sql`SELECT 1 FROM bullmq.job WHERE state = 'waiting'`).length,
  lose: async ({ app }) => {
    await app.db.sql`TRUNCATE bullmq.job, bullmq.job_dependency, bullmq.dedup, bullmq.event CASCADE`;
  },
};

describe('the queue on PostgreSQL', () => runSuite(onPostgres));

describe.skipIf(!hasRedis)('the queue on Redis (skipped without redis-server on PATH)', () => {
  let redis: RedisProcess;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());
  const onRedis: Engine = {
    open: (tuning = {}) =>
      openHouse({ environment: { REDIS_URL: redis.url }, tuning: { queuePrefix: PREFIX, ...tuning } }),
    countWaiting: () => redis.lengthOf(`${PREFIX}:deliveries:wait`),
    lose: () => redis.flush(),
  };

  runSuite(onRedis);

  it('Redis dies in the middle and comes back empty: everybody gets one card', async () => {
    await publishAndLose({ ...onRedis, lose: () => redis.loseEverything() });
  });
});

function runSuite(engine: Engine): void {
  it('carries a conversation from the sentence to the finished card', async () => {
    const house = await engine.open();
    const secretary = house.person(SAMPLE_PEOPLE.secretary);
    const officer = house.person(SAMPLE_PEOPLE.officer);
    await secretary.says(SENTENCE);
    expect(await secretary.presses('确认发布')).toMatchObject({ ok: true, toast: { type: 'success' } });
    await house.settles();
    expect(await officer.presses('我已完成')).toMatchObject({ ok: true, toast: { type: 'success' } });
    await house.clockMovesTo('2026-11-23T10:05:00+08:00');
    expect(secretary.sees().join('\n')).toContain('已完成 1 ·');
  });

  it('carries 400 cards, one each', async () => {
    const house = await engine.open();
    const cards = await publishToAll(house);
    await house.settles();
    await expectOneEach(house, cards);
    expect(house.logged.filter(({ level }) => Number(level) >= ERROR)).toEqual([]);
  });

  it('loses everything in the middle: everybody gets one card', () => publishAndLose(engine));
}

async function publishAndLose(engine: Engine): Promise<void> {
  const house = await engine.open({ callTimeoutMs: 3_000 });
  const { faults } = house.emulator;
  const cards = await publishToAll(house, 60, () => {
    faults.silentShare = 1; // the workers are held, so that errands wait behind them
  });
  expect(await engine.countWaiting(house)).toBeGreaterThan(0);
  await engine.lose(house);
  faults.silentShare = 0;
  moveTo(new Date(now().getTime() + GIVEN_UP_AFTER_MS));
  // What may have arrived unheard is edited once more.
  await house.timePassesUntil(new Date(now().getTime() + GIVEN_UP_AFTER_MS));
  await expectOneEach(house, cards);
}

/** Publishes to everybody; `act` runs in the moment in which `count` cards have arrived. */
async function publishToAll(house: House, count = 1, act = () => {}): Promise<TaskCards> {
  const administrator = house.person(SAMPLE_PEOPLE.administrator);
  await administrator.says(FOR_ALL);
  const cards = watchTaskCards(house.emulator);
  await administrator.presses('确认发布');
  await cards.at(count, act);
  return cards;
}

async function expectOneEach({ app }: House, cards: TaskCards): Promise<void> {
  expect([...cards.byPerson.keys()].sort()).toEqual(REACHABLE.toSorted());
  expect([...cards.byPerson.values()].filter((ids) => ids.length !== 1)).toEqual([]);
  const states = await app.db
    .sql`SELECT state, count(*)::int AS count FROM delivery WHERE card = 'task' GROUP BY state`;
  expect(states).toEqual([{ state: 'sent', count: REACHABLE.length }]);
}
