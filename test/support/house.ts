/** The whole product for a test: bot, queue, database and emulator over real HTTP, with people who speak and press. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type App, type AppTuning, startApp } from '../../src/app.ts';
import { moveTo, now } from '../../src/clock.ts';
import { readConfig } from '../../src/config.ts';
import type { EmulatorOptions } from '../../src/emulator/emulator.ts';
import type { PageMessage, PressAnswer } from '../../src/emulator/page-api.ts';
import type { NamedFile } from '../../src/feature.ts';
import { createLog } from '../../src/log.ts';
import { type Sample, startSample } from '../../src/sample.ts';
import { createTestDatabase } from '../storage/test-database.ts';
import { findPressable, readCard } from './card-reader.ts';

/** Monday, 10:00 in Shanghai: a workday, in working hours. */
export const MONDAY_MORNING = new Date('2026-11-23T10:00:00+08:00');

export type House = Sample & {
  /** A person by open_id, who can speak, press and read. */
  person: (openId: string) => TestPerson;
  /** Resolves when nothing is on its way: no event, no due delivery, no due job, no mark. */
  settles: () => Promise<void>;
  /** Moves everybody's clock and lets everything that became due happen. */
  clockMovesTo: (instant: Date | string) => Promise<void>;
  /** Stops the bot, Feishu staying up, and starts it at that moment: as after a weekend without power. */
  isOffUntil: (instant: string) => Promise<void>;
  /** What the log said, one object per line. */
  logged: Record<string, unknown>[];
};

export type TestPerson = {
  id: string;
  says: (text: string) => Promise<void>;
  /** Replies to the newest card with these words on it. */
  replies: (words: string, text: string) => Promise<void>;
  /** Sends a file. */
  sends: (name: string, bytes: Buffer) => Promise<void>;
  /** Presses the newest button with these words; the answer is what the person sees at once. */
  presses: (words: string, form?: Record<string, unknown>) => Promise<PressAnswer>;
  /** Uses a picker outside a form on the newest card that has one. */
  picks: (option: string) => Promise<PressAnswer>;
  /** Every card as plain text, oldest first. */
  sees: () => string[];
  /** The newest card as plain text. */
  seesLast: () => string;
  /** Every file and picture that the bot has sent, oldest first, as it is downloaded from the chat. */
  files: () => Promise<NamedFile[]>;
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
  const config = readConfig({
    PORT: '0',
    DATABASE_URL: database.connectionString,
    DATA_DIR: dataDir,
    ...options.environment,
  });
  const tuning = { limits: { perSecond: 1e6, perMinute: 1e6 }, ...options.tuning };
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
    clockMovesTo: async (instant) => {
      moveTo(new Date(instant));
      await settles();
    },
  };
}

function createPerson(sample: Sample, id: string): TestPerson {
  const { emulator } = sample;
  const cards = () => emulator.messagesOf(id).filter(({ type, isRecalled }) => type === 'interactive' && !isRecalled);
  const sees = () => cards().map(({ content }) => readCard(content));
  return {
    id,
    sees,
    seesLast: () => sees().at(-1) ?? '',
    says: async (text) => {
      emulator.say(id, text);
      await settle(sample);
    },
    replies: async (words, text) => {
      const replyTo = cards().findLast(({ content }) => readCard(content).includes(words))?.id;
      emulator.say(id, text, replyTo ? { replyTo } : {});
      await settle(sample);
    },
    sends: async (name, bytes) => {
      emulator.sendFile(id, name, bytes);
      await settle(sample);
    },
    files: () => {
      const isSent = ({ type, sender }: PageMessage) => (type === 'file' || type === 'image') && sender.kind === 'bot';
      return Promise.all(
        emulator
          .messagesOf(id)
          .filter(isSent)
          .map((message) => readFile(emulator.url, message)),
      );
    },
    presses: (words, form) => {
      for (const message of cards().reverse()) {
        const press = findPressable(message.content, words, form);
        if (press) return emulator.press(id, message.id, press);
      }
      throw new Error(`no card shows the button ${words}`);
    },
    picks: (option) => {
      for (const message of cards().reverse()) {
        const press = findPressable(message.content, 'picker_datetime');
        if (press) return emulator.press(id, message.id, { ...press, tag: 'picker_datetime', option });
      }
      throw new Error('no card shows a picker');
    },
  };
}

async function readFile(url: string, { content }: PageMessage): Promise<NamedFile> {
  const { file_key, image_key } = content as { file_key?: string; image_key?: string };
  const key = file_key ?? image_key;
  const response = await fetch(`${url}/emulator/api/files/${key}`);
  const [, encoded, plain] =
    /filename\*=UTF-8''(.+)$|filename="(.+)"$/.exec(response.headers.get('content-disposition') ?? '') ?? [];
  return {
    name: encoded ? decodeURIComponent(encoded) : (plain ?? ''),
    bytes: Buffer.from(await response.arrayBuffer()),
  };
}

/** Beats until the database and the emulator agree that nothing is due; the wait between two looks is for work in other hands. */
async function settle({ app, emulator }: Sample): Promise<void> {
  const deadline = performance.now() + 150_000;
  for (;;) {
    await app.beat();
    // Asked first: what an event caused is in the database before the event is off the list.
    const waiting = emulator.waitingEvents();
    const [row] = await app.db.sql<{ due: number }>`
      SELECT ((SELECT count(*) FROM delivery WHERE state IN ('queued', 'sending') OR state = 'pending' AND "dueAt" <= ${now()})
        + (SELECT count(*) FROM pending_job WHERE "dueAt" <= ${now()}) + (SELECT count(*) FROM card_mark))::int AS due`;
    if (row?.due === 0 && waiting === 0) return;
    if (performance.now() > deadline)
      throw new Error(`the house does not settle: ${row?.due} due, ${waiting} events waiting`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
