/** The whole product for a test: bot, queue, database and emulator over real HTTP, with people who speak and press. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type App, type AppTuning, startApp } from '../../src/app.ts';
import { moveTo, now } from '../../src/basics/clock.ts';
import { createLog } from '../../src/basics/log.ts';
import { readConfig } from '../../src/config.ts';
import type { EmulatorOptions } from '../../src/emulator/emulator.ts';
import { features } from '../../src/features/index.ts';
import { type Sample, startSample } from '../../src/sample.ts';
import { createTestDatabase } from '../storage/test-database.ts';
import { explainFailure } from './explain-failure.ts';
import { createPerson, settle, type TestPerson } from './persons.ts';

export type { TestPerson } from './persons.ts';

/** Monday, 10:00 in Shanghai: a workday, in working hours. */
export const MONDAY_MORNING = new Date('2026-11-23T10:00:00+08:00');

/** The log's number for a warning. */
const WARN = 40;
/** Tries that are due within so long are made together: a crowd's would be hundreds of steps. */
const STEP_MS = 10_000;

export type House = Sample & {
  /** A person by open_id, who can speak, press and read. */
  person: (openId: string) => TestPerson;
  /** Resolves when nothing is on its way: no event, no due delivery, no due job, no mark. */
  settles: () => Promise<void>;
  /**
   * Lets what is on its way arrive, moves everybody's clock, and lets everything that became due happen. Nothing is in anybody's hands
   * meanwhile: to the bot a minute in hand is the mark of a worker that died.
   */
  clockMovesTo: (instant: Date | string) => Promise<void>;
  /** Lets ten seconds pass, so that what is edited at most every two seconds follows: cards that many people change. */
  follows: () => Promise<void>;
  /** Moves the clock from one try of a delivery past the next until none is left before that moment: a fault is made up for. */
  timePassesUntil: (instant: Date | string) => Promise<void>;
  /** The name of a person. */
  nameOf: (openId: string) => Promise<string>;
  /** Stops the bot, Feishu staying up, and starts it at that moment: as after a weekend without power. */
  isOffUntil: (instant: string) => Promise<void>;
  /** What the log said, one object per line. */
  logged: Record<string, unknown>[];
};

/** Opens a house with the sample detachment for one test; everything is closed when the test is over. */
export async function openHouse(
  options: {
    at?: Date;
    environment?: Record<string, string>;
    tuning?: AppTuning;
    emulator?: Partial<EmulatorOptions>;
  } = {},
): Promise<House> {
  moveTo(options.at ?? MONDAY_MORNING);
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'jingxin-house-'));
  const logged: Record<string, unknown>[] = [];
  const log = createLog('info', { write: (line: string) => void logged.push(JSON.parse(line)) });
  const config = readConfig([...features, ...(options.tuning?.features ?? [])], {
    PORT: '0',
    EMULATOR: 'on',
    DATABASE_URL: database.connectionString,
    DATA_DIR: dataDir,
    ...options.environment,
  });
  explainFailure('the log of the house', () => troubles(logged));
  // A machine that is busy with other tests answers late, and what is given up is sent again only when the clock has moved.
  const patient = {
    checksLoads: true,
    limits: { perSecond: 1e6, perMinute: 1e6, perRecipient: 1e6 },
    callTimeoutMs: 60_000,
  };
  const tuning = { ...patient, ...options.tuning };
  const sample = await startSample(config, log, {
    tuning,
    emulator: { limits: 'off', retryScale: 0.001, answerWithinMs: 30_000, ...options.emulator },
  });
  onTestFinished(async () => {
    await sample.app.stop();
    await sample.stop();
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  });
  const settles = () => settle(sample);
  const clockMovesTo = async (instant: Date | string) => {
    await settles();
    moveTo(new Date(instant));
    await settles();
  };
  await settles();
  return {
    get app(): App {
      return sample.app;
    },
    ...{ url: sample.url, emulator: sample.emulator, credentials: sample.credentials, stop: sample.stop },
    appConfig: sample.appConfig,
    isOffUntil: async (instant) => {
      await sample.app.stop();
      moveTo(new Date(instant));
      sample.app = await startApp(sample.appConfig, log, tuning);
      sample.emulator.pushTo(`${sample.app.url}/webhook/event`);
      await settles();
    },
    logged,
    settles,
    person: (id) => createPerson(sample, id),
    clockMovesTo,
    follows: () => clockMovesTo(new Date(now().getTime() + 10_000)),
    timePassesUntil: async (instant) => {
      for (;;) {
        await settles();
        const [next] = await sample.app.db.sql<{ dueAt: Date | null }>`
          SELECT min("dueAt") AS "dueAt" FROM delivery WHERE state = 'pending' AND "dueAt" < ${new Date(instant)}`;
        if (!next?.dueAt) return;
        if (next.dueAt > now()) moveTo(new Date(next.dueAt.getTime() + STEP_MS));
      }
    },
    nameOf: async (openId) => {
      const [row] = await sample.app.db.sql<{ name: string }>`SELECT name FROM person WHERE id = ${openId}`;
      return row?.name ?? '';
    },
  };
}

/** What was warned of and what went wrong, as it was logged. */
function troubles(logged: Record<string, unknown>[]): string[] {
  return logged
    .filter(({ level }) => Number(level) >= WARN)
    .map(({ time, pid, hostname, ...line }) => JSON.stringify(line).replaceAll('\\n', '\n'));
}
