/** Killed at any point of publishing to 400 people and started again: exactly one card each. The bot is a real process here. */
import pg from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { createTestDatabase } from '../storage/test-database.ts';
import { type BotProcess, runBot } from './support/bot-process.ts';
import { connectionStringOf, makeDataDir } from './support/data-dir.ts';
import { confirm, draftForAll, REACHABLE, settingsFor, startDetachment } from './support/detachment.ts';
import { type TaskCards, watchTaskCards } from './support/task-cards.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 60_000 }); // real processes, and the time after which a dead one is given up

test('a bot with its own database may be killed at every step', async () => {
  const dataDir = await makeDataDir();
  const emulator = await startDetachment();
  const cards = watchTaskCards(emulator);
  const settings = { ...settingsFor(emulator), DATA_DIR: dataDir };
  let bot = runBot(settings);

  await nextCall(emulator, /find_by_department/, 4); // half of the contacts are read
  await killNow(bot);
  bot = await startAgain(settings, emulator);
  await draftForAll(emulator);
  expect(await confirm(emulator)).toMatchObject({ ok: true, toast: { type: 'success' } });
  await killNow(bot);
  for (const count of [1, 2, 60, 150, 330]) {
    bot = await startAgain(settings, emulator);
    await cards.at(count, () => bot.kill('SIGKILL', 'group'));
    await bot.ended;
  }
  bot = await startAgain(settings, emulator);
  await cards.at(REACHABLE.length, () => {});
  await expectOneCardEach(cards, await connectionStringOf(dataDir));
});

test('a bot on a database of others may be killed; what it had in hand is taken back after a minute', async () => {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  const emulator = await startDetachment();
  const cards = watchTaskCards(emulator);
  const settings = { ...settingsFor(emulator), DATABASE_URL: database.connectionString };
  let bot = await startAgain(settings, emulator);
  await draftForAll(emulator);
  await confirm(emulator);
  for (const count of [1, 130]) {
    await cards.at(count, () => bot.kill('SIGKILL'));
    await bot.ended;
    bot = await startAgain(settings, emulator);
  }
  await cards.at(REACHABLE.length, () => {});
  await expectOneCardEach(cards, database.connectionString);
});

test('killed while calls are carried out and their answers lost: nobody gets a second card', async () => {
  const dataDir = await makeDataDir();
  const emulator = await startDetachment();
  const cards = watchTaskCards(emulator);
  const settings = { ...settingsFor(emulator), DATA_DIR: dataDir };
  let bot = await startAgain(settings, emulator);
  await draftForAll(emulator);
  await confirm(emulator);
  await cards.at(100, () => {
    emulator.faults.lostAnswerShare = 1;
  });
  await cards.at(140, () => bot.kill('SIGKILL'));
  emulator.faults.lostAnswerShare = 0;
  bot = await startAgain(settings, emulator);
  await cards.at(REACHABLE.length, () => {});
  await expectOneCardEach(cards, await connectionStringOf(dataDir));
});

test('stopped politely in the middle: it finishes what is at hand, ends with 0, and goes on where it was', async () => {
  const dataDir = await makeDataDir();
  const emulator = await startDetachment();
  const cards = watchTaskCards(emulator);
  const settings = { ...settingsFor(emulator), DATA_DIR: dataDir };
  let bot = await startAgain(settings, emulator);
  await draftForAll(emulator);
  await confirm(emulator);
  await cards.at(80, () => bot.kill('SIGTERM'));
  expect(await bot.ended).toEqual({ code: 0, signal: null });
  expect(cards.arrived()).toBeLessThan(REACHABLE.length);
  bot = await startAgain(settings, emulator);
  await cards.at(REACHABLE.length, () => {});
  await expectOneCardEach(cards, await connectionStringOf(dataDir));
});

/** Starts the bot and points the emulator at it. */
async function startAgain(settings: Record<string, string>, emulator: Emulator): Promise<BotProcess> {
  const bot = runBot(settings);
  emulator.pushTo(`${await bot.url}/webhook/event`);
  return bot;
}

async function killNow(bot: BotProcess): Promise<void> {
  bot.kill('SIGKILL');
  await bot.ended;
}

/** Resolves at the `count`th call of the bot whose path matches. */
function nextCall(emulator: Emulator, path: RegExp, count: number): Promise<unknown> {
  return emulator.waitFor(
    () => emulator.calls.filter((call) => path.test(call.path)).length >= count,
    60_000,
    `${path}`,
  );
}

/** What people have and what the database says agree, once nothing is on its way any more. */
async function expectOneCardEach(cards: TaskCards, connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  const ask = async (text: string) => (await client.query(text)).rows;
  try {
    await vi.waitFor(
      async () => {
        expect(await ask("SELECT card, state FROM delivery WHERE state NOT IN ('sent', 'dropped')")).toEqual([]);
        expect(await ask("SELECT job, attempts FROM pending_job WHERE job = 'announce'")).toEqual([]);
      },
      { timeout: 120_000, interval: 200 },
    );
    expect([...cards.byPerson.keys()].sort()).toEqual(REACHABLE.toSorted());
    expect([...cards.byPerson.values()].filter((ids) => ids.length !== 1)).toEqual([]);
    const sent = await ask(`SELECT recipient, "messageId" FROM delivery WHERE card = 'task' ORDER BY recipient`);
    expect(sent).toEqual(
      REACHABLE.toSorted().map((recipient) => ({ recipient, messageId: cards.byPerson.get(recipient)?.[0] })),
    );
    expect(await ask('SELECT state FROM publication')).toEqual([{ state: 'published' }]);
    expect(
      await ask('SELECT count(*)::int AS all, count(*) FILTER (WHERE NOT "isUnreachable")::int AS open FROM part'),
    ).toEqual([{ all: 400, open: REACHABLE.length }]);
    expect(await ask(`SELECT recipient FROM delivery WHERE card = 'progress'`)).toEqual([
      { recipient: SAMPLE_PEOPLE.administrator },
    ]);
  } finally {
    await client.end();
  }
}
