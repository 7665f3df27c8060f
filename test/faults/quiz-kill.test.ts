/** Killed in the middle of a contest and started again: what was acknowledged is kept, and every answer counts once. */
import pg from 'pg';
import { expect, test, vi } from 'vitest';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { pressOn, questionOn } from '../features/quizzes/answering.ts';
import { findPressable, readCard } from '../support/card-reader.ts';
import { type BotProcess, runBot } from './support/bot-process.ts';
import { connectionStringOf, makeDataDir } from './support/data-dir.ts';
import { confirm, REACHABLE, settingsFor, startDetachment } from './support/detachment.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 60_000 }); // real processes
const PLAYERS = REACHABLE.filter((id) => id !== SAMPLE_PEOPLE.administrator).slice(0, 12);
const QUESTIONS = 5;

type Given = { personId: string; questionId: string; choice: string[] };

test('a bot killed in mid-contest keeps what it acknowledged, and everybody answers on', async () => {
  const dataDir = await makeDataDir();
  const emulator = await startDetachment();
  const settings = { ...settingsFor(emulator), DATA_DIR: dataDir };
  let bot = await startAgain(settings, emulator);
  emulator.say(SAMPLE_PEOPLE.administrator, `给全支队全体人员发布${QUESTIONS}道党纪题，明天22:00结束`);
  await emulator.waitFor(() => isShown(emulator, SAMPLE_PEOPLE.administrator, '确认发布'), 60_000, 'the preview');
  expect(await confirm(emulator)).toMatchObject({ ok: true, toast: { type: 'success' } });
  await emulator.waitFor(() => PLAYERS.every((id) => isShown(emulator, id, '开始答题')), 120_000, 'the cards');

  const acknowledged: Given[] = [];
  const contest = Promise.all(PLAYERS.map((id) => play(emulator, id, acknowledged)));
  for (const count of [10, 25, 45]) {
    await emulator.waitFor(() => acknowledged.length >= count, 120_000, `${count} answers`);
    bot.kill('SIGKILL', 'group');
    await bot.ended;
    bot = await startAgain(settings, emulator);
  }
  await contest;

  const kept = await readAnswers(await connectionStringOf(dataDir));
  expect(kept).toHaveLength(PLAYERS.length * QUESTIONS);
  for (const one of acknowledged) expect(kept).toContainEqual(one);
  for (const id of PLAYERS) expect(lastCard(emulator, id)).toMatch(/答对 \d 题，共 5 题/);
});

/** One officer: starts, and presses the first option of each question until the card says it is over, again when nobody answers. */
async function play(emulator: Emulator, person: string, acknowledged: Given[]): Promise<void> {
  for (;;) {
    const message = emulator.messagesOf(person).at(-1);
    const card = readCard(message?.content);
    if (/答对 \d 题，共/.test(card)) return;
    const start = findPressable(message?.content, '开始答题');
    const { question } = start ? { question: undefined } : questionOn(card);
    const option = question?.options[0];
    const press = start ?? pressOn(message, [option?.text ?? '']);
    const answer = await emulator.press(person, message?.id ?? '', press);
    if (answer.ok && question && option && /^答(对|错)了/.test(answer.toast?.content ?? ''))
      acknowledged.push({ personId: person, questionId: question.id, choice: [option.id] });
    // Nobody answers while the bot is down: the person looks at the phone and tries again.
    if (!answer.ok) await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function startAgain(settings: Record<string, string>, emulator: Emulator): Promise<BotProcess> {
  const bot = runBot(settings);
  emulator.pushTo(`${await bot.url}/webhook/event`);
  return bot;
}

const lastCard = (emulator: Emulator, person: string) => readCard(emulator.messagesOf(person).at(-1)?.content);
const isShown = (emulator: Emulator, person: string, words: string) => lastCard(emulator, person).includes(`[${words}`);

async function readAnswers(connectionString: string): Promise<Given[]> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Given>('SELECT "personId", "questionId", choice FROM quiz_answer')).rows;
  } finally {
    await client.end();
  }
}
