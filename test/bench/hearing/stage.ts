/** The sample on a Friday morning, with a keeper, two pick-up points and some stock; the sentences are said on it. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { moveTo } from '../../../src/basics/clock.ts';
import { createLog } from '../../../src/basics/log.ts';
import { readConfig } from '../../../src/config.ts';
import { sampleWorld } from '../../../src/emulator/world/sample.ts';
import { features } from '../../../src/features/index.ts';
import { startSample } from '../../../src/sample.ts';
import { createPerson, settle, type TestPerson } from '../../support/persons.ts';
import { readShown, type Shown } from './shown.ts';

/** Who plays whom. The keeper is appointed on the stage, the others are what they play in the sample. */
export const CAST = {
  secretary: '华若谷',
  leader: '严安澜',
  admin: '陈致远',
  officer: '魏维清',
  keeper: '陶归鸿',
} as const;
export type Part = keyof typeof CAST;

/** Roles begin when the sample first starts: a little before the sentences are said. */
const STARTED = new Date('2026-11-27T09:40:00+08:00');
const NOW = new Date('2026-11-27T10:00:00+08:00');

export type Stage = {
  /** Says something, and gives the cards that answer it. */
  say: (part: Part, text: string) => Promise<Shown[]>;
  press: (part: Part, words: string) => Promise<void>;
  stop: () => Promise<void>;
};

/** Starts the whole product beside an emulated Feishu, in a folder of its own that goes with it. */
export async function openStage(): Promise<Stage> {
  const dataDir = await mkdtemp(join(tmpdir(), 'jingxin-hearing-'));
  await chmod(dataDir, 0o711); // PostgreSQL may run as another user
  moveTo(STARTED);
  const config = readConfig(features, { PORT: '0', EMULATOR: 'on', DATA_DIR: dataDir });
  const limits = { perSecond: 1e6, perMinute: 1e6, perRecipient: 1e6 };
  const sample = await startSample(config, createLog('error'), {
    tuning: { limits },
    emulator: { limits: 'off', answerWithinMs: 30_000 },
  });
  moveTo(NOW);
  const person = (part: Part): TestPerson => createPerson(sample, openIdOf(CAST[part]));
  const cards = (part: Part) => sample.emulator.messagesOf(openIdOf(CAST[part])).filter(isOfBot);
  const nameCard = async (message: string): Promise<string> => {
    const [row] = await sample.app.db.sql<{ name: string }>`
      SELECT feature || '/' || card AS name FROM delivery WHERE "messageId" = ${message}`;
    return row?.name ?? '';
  };
  const stage: Stage = {
    say: async (part, text) => {
      const before = new Set(cards(part).map(({ id }) => id));
      await person(part).says(text);
      const fresh = cards(part).filter(({ id }) => !before.has(id));
      return Promise.all(fresh.map(async ({ id, content }) => readShown(await nameCard(id), content)));
    },
    press: async (part, words) => {
      await person(part).presses(words);
      await settle(sample);
    },
    stop: async () => {
      await sample.app.stop();
      await sample.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  await settle(sample);
  await setTheStage(stage, person('admin'));
  return stage;
}

async function setTheStage(stage: Stage, admin: TestPerson): Promise<void> {
  const points = [
    ['政治处', '机关楼一层108室', '王泊舟'],
    ['一大队', '一大队值班室', CAST.keeper],
  ] as const;
  for (const [name, place, keeper] of points) {
    await admin.says('设置领取点');
    await admin.presses('保存', { name, place, hours: '工作日8:30-17:30', keeper });
  }
  await stage.say('keeper', '入库 藿香正气水 300盒 批号A1 有效期2027-12-31');
  await stage.say('keeper', '入库 矿泉水 300箱');
}

function openIdOf(name: string): string {
  const user = sampleWorld().users.find((one) => one.name === name);
  if (!user) throw new Error(`nobody is called ${name}`);
  return user.open_id;
}

function isOfBot({ sender, type }: { sender: { kind: string }; type: string }): boolean {
  return sender.kind === 'bot' && type !== 'text';
}
