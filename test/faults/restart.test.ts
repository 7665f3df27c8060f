/** `npm start` as it is without any settings: killed and started again, started twice, started where something is in the way. */
import { createServer } from 'node:http';
import { kill } from 'node:process';
import { expect, onTestFinished, test, vi } from 'vitest';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { type BotProcess, findFreePorts, runBot } from './support/bot-process.ts';
import { makeDataDir, readPidFile } from './support/data-dir.ts';
import { type PagePlayer, playAt } from './support/page-people.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 }); // real processes on a busy machine

const SENTENCE = '提醒一大队党支部全体党员下周五18:00前完成第一议题学习：学习党的二十届四中全会精神';

test('killed three times, in three ways, and started again at once each time: the conversation goes on', async () => {
  const dataDir = await makeDataDir();
  const sample = await startSample(dataDir, await findFreePorts());

  await sample.secretary.says(SENTENCE);
  const preview = await sample.secretary.seesSoon('[确认发布');
  await sample.restartAfter(async (bot) => bot.kill('SIGKILL')); // PostgreSQL ends by itself

  expect(await sample.secretary.sees()).toEqual([preview]);
  expect(await sample.secretary.presses('确认发布')).toMatchObject({ ok: true, toast: { type: 'success' } });
  await sample.restartAfter(async (bot) => bot.kill('SIGKILL', 'group'));

  await sample.officer.seesSoon('我已完成');
  await sample.restartAfter(async (bot) => {
    kill(Number((await readPidFile(dataDir))[0]), 'SIGKILL'); // with its database
    bot.kill('SIGKILL', 'group');
  });

  expect(await sample.officer.presses('我已完成')).toMatchObject({ ok: true, toast: { type: 'success' } });
  expect(await sample.officer.sees()).toHaveLength(1);
  await sample.secretary.says('学习进度');
  expect(await sample.secretary.seesSoon('已完成 1 ·')).toContain('四中全会');
});

test('what was written while the bot was away is answered when it is back', async () => {
  const dataDir = await makeDataDir();
  const sample = await startSample(dataDir, await findFreePorts());
  await sample.secretary.says(SENTENCE);
  await sample.restartAfter(async (bot) => bot.kill('SIGKILL', 'group')); // in the very moment of writing
  await sample.secretary.seesSoon('[确认发布');
  expect(await sample.secretary.sees()).toHaveLength(1);
});

test('a second start where the first one runs is refused in one sentence, and harms nothing', async () => {
  const dataDir = await makeDataDir();
  const port = await findFreePorts();
  const sample = await startSample(dataDir, port);
  await sample.secretary.says(SENTENCE);
  await sample.secretary.seesSoon('[确认发布');

  const samePort = runBot(settings(dataDir, port));
  expect(await samePort.ended).toEqual({ code: 1, signal: null });
  expect(samePort.said()).toMatch(
    new RegExp(`^\\s*(Port ${port} is taken .*set PORT|Another process is using \\S+\\. Stop it first)`),
  );
  const otherPort = runBot(settings(dataDir, await findFreePorts()));
  expect(await otherPort.ended).toEqual({ code: 1, signal: null });
  expect(otherPort.said()).toMatch(/^\s*Another process is using \S+\. Stop it first, or .*DATA_DIR/);
  for (const refused of [samePort, otherPort]) expect(refused.said()).not.toMatch(/^\s+at /m); // no stack

  await sample.secretary.presses('确认发布');
  await sample.officer.seesSoon('我已完成');
  await sample.restartAfter(async (bot) => bot.kill('SIGKILL'));
  expect(await sample.officer.sees()).toHaveLength(1); // written after the others had come and gone
  expect(await sample.officer.presses('我已完成')).toMatchObject({ ok: true, toast: { type: 'success' } });
});

test.each([
  ['the page', 0],
  ['the bot', 1],
])(
  'the port of %s is taken by another program: one sentence, exit code 1, and no database left running',
  async (_name, offset) => {
    const dataDir = await makeDataDir();
    const port = await findFreePorts();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port + offset, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const bot = runBot(settings(dataDir, port));
    expect(await bot.ended).toEqual({ code: 1, signal: null });
    expect(bot.said().trim()).toMatch(
      new RegExp(`^Port ${port + offset} is taken by another program\\. .*set PORT.*$`),
    );
    expect(await readPidFile(dataDir)).toEqual(['']);
  },
);

test('stopped with SIGTERM: exit code 0, nothing left running, and everything is there the next time', async () => {
  const dataDir = await makeDataDir();
  const sample = await startSample(dataDir, await findFreePorts());
  await sample.secretary.says(SENTENCE);
  await sample.secretary.seesSoon('[确认发布');
  await sample.restartAfter(async (bot) => {
    bot.kill('SIGTERM');
    expect(await bot.ended).toEqual({ code: 0, signal: null });
    expect(await readPidFile(dataDir)).toEqual(['']);
  });
  expect(await sample.secretary.presses('确认发布')).toMatchObject({ ok: true, toast: { type: 'success' } });
});

type RunningSample = {
  secretary: PagePlayer;
  officer: PagePlayer;
  /** Starts it anew on the same port as soon as `end` has ended it. */
  restartAfter: (end: (bot: BotProcess) => Promise<void>) => Promise<void>;
};

async function startSample(dataDir: string, port: number): Promise<RunningSample> {
  let bot = runBot(settings(dataDir, port));
  const url = await bot.url;
  return {
    secretary: playAt(url, SAMPLE_PEOPLE.secretary),
    officer: playAt(url, SAMPLE_PEOPLE.officer),
    restartAfter: async (end) => {
      await end(bot);
      await bot.ended;
      bot = runBot(settings(dataDir, port));
      expect(await bot.url).toBe(url);
    },
  };
}

function settings(dataDir: string, port: number): Record<string, string> {
  return { DATA_DIR: dataDir, PORT: String(port), QUIET_HOURS: 'off', QUIET_DAYS: 'off' };
}
