/**
 * The benchmark: the bot beside the least that could do its work, on the same machine in the same minutes. Only the ratios mean
 * anything elsewhere. `npm run bench -- contest` measures the contest alone, `-- digest` the weekly digest, `-- forget` what a year leaves
 * behind, `-- hearing` how well people are heard, `-- presses` the rest; what begins with a dash goes to the bot's node, such as `--cpu-prof`.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createLog } from '../../src/basics/log.ts';
import { startEmbeddedPostgres } from '../../src/storage/embedded/embedded-postgres.ts';
import type { SendLoop } from './bare-process.ts';
import { type Child, startChild } from './child.ts';
import { measureContest } from './contest.ts';
import { measureDigest } from './digest.ts';
import { measureHearing } from './hearing/hearing.ts';
import { BRANCH_COUNT } from './house.ts';
import { loadPresses, type PressResult } from './press-load.ts';
import { publish } from './publish.ts';
import { formPush, type Push } from './pushes.ts';
import { printReport, type Round } from './report.ts';
import { readCompletions, verifyPresses } from './verify.ts';
import { measureForgetting } from './year/forget.ts';

/** The first round only warms everything up. */
const ROUNDS = 5;
/** Four errands of twenty cards: what one process of the bot sends at a time. */
const CONCURRENCY = 80;
/** Cards that the bare loops send in a round. */
const BARE_CARDS = 1_000;
const REPEATED = 200;

export type Parts = { database: pg.Pool; bot: Child; bare: Child };

const nodeOptions = process.argv.slice(2).filter((said) => said.startsWith('-'));
const [only, file] = process.argv.slice(2).filter((said) => !said.startsWith('-'));
if (only === 'hearing') {
  await measureHearing({ ...(file && { file }), behindCommand: nodeOptions.includes('--command-word') });
  process.exit();
}
if (only === 'digest') {
  await measureDigest();
  process.exit();
}
if (only === 'forget') {
  await measureForgetting();
  process.exit();
}
const dataDir = await mkdtemp(join(tmpdir(), 'jingxin-bench-'));
await chmod(dataDir, 0o711); // PostgreSQL may run as another user
const postgres = await startEmbeddedPostgres({ dataDir, log: createLog('warn') });
const database = new pg.Pool({ connectionString: postgres.connectionString, max: 2 });
const children: Child[] = [];
let closing: Promise<void> | undefined;
const close = () => {
  closing ??= closeAll();
  return closing;
};
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void close().then(() => process.exit(1)));
try {
  await run();
} finally {
  await close();
}

async function closeAll(): Promise<void> {
  for (const child of children.reverse()) await child.stop();
  await database.end();
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
}

async function run(): Promise<void> {
  console.log(
    `\n${availableParallelism()} × ${cpus()[0]?.model}, node ${process.version}, load ${loadavg()[0]?.toFixed(1)}`,
  );
  const start = async (file: string, argument: unknown, options?: string[]) => {
    const child = await startChild(file, argument, options);
    children.push(child);
    return child;
  };
  const emulator = await start('emulator-process.ts', {});
  const urls = { databaseUrl: postgres.connectionString, emulatorUrl: emulator.url };
  const bot = await start('bot-process.ts', urls, nodeOptions);
  const bare = await start('bare-process.ts', urls);
  const parts = { database, bot, bare };
  if (only !== 'contest') await measurePressesAndCards(parts);
  if (only !== 'presses') await measureContest(parts, BRANCH_COUNT - 1);
}

async function measurePressesAndCards(parts: Parts): Promise<void> {
  const rounds: Round[] = [];
  const pressed: { tasks: string[]; pushes: Push[] } = { tasks: [], pushes: [] };
  for (let round = 0; round < ROUNDS; round++) {
    const { published, measured } = await measureDeliveries(parts, round);
    const pushes = published.cards.map((card) => formPush(card, 'study-tasks/complete', { reflection: '很受教育' }));
    rounds.push({ ...measured, ...(await measurePresses(parts, pushes, round)) });
    pressed.tasks.push(published.task);
    pressed.pushes.push(...pushes);
  }
  printReport(rounds.slice(1));
  await verify(parts, pressed.tasks, pressed.pushes);
}

/** Cards of the bot, then of the bare loops; which of these goes first changes from round to round. */
async function measureDeliveries({ database, bot, bare }: Parts, round: number) {
  const published = await publish(bot.url, database, round);
  const people = published.cards.slice(0, BARE_CARDS).map(({ recipient }) => recipient);
  const likeMessage = published.cards[0]?.messageId ?? '';
  const sendBare = async (concurrency: number) => {
    const loop: SendLoop = { likeMessage, people, concurrency };
    return (people.length * 1000) / Number(await bare.ask(loop));
  };
  const rates = new Map<number, number>();
  for (const concurrency of round % 2 === 0 ? [1, CONCURRENCY] : [CONCURRENCY, 1])
    rates.set(concurrency, await sendBare(concurrency));
  const measured = {
    cards: published.perSecond,
    bareCardsInTurn: rates.get(1) ?? 0,
    bareCardsAtOnce: rates.get(CONCURRENCY) ?? 0,
  };
  return { published, measured };
}

/** The same presses at the bare handler and at the bot. */
async function measurePresses({ bot, bare }: Parts, pushes: Push[], round: number) {
  const measure = { bare: () => loadPresses(bare.url, pushes), bot: () => loadPressesOnBot(bot, pushes) };
  if (round % 2 === 0) {
    const first = await measure.bare();
    return { barePresses: first, presses: await measure.bot() };
  }
  const first = await measure.bot();
  return { presses: first, barePresses: await measure.bare() };
}

/** Each press is answered with a success toast and the new card, or the measurement is void. */
async function loadPressesOnBot(bot: Child, pushes: Push[]): Promise<PressResult> {
  const result = await loadPresses(bot.url, pushes);
  const poor = result.answers.find((answer) => !/"type":"success".*"card":\{"type":"raw".*已完成/s.test(answer));
  if (poor !== undefined) throw new Error(`a press was answered ${poor.slice(0, 300)}`);
  return result;
}

/** Everything is in the database once, also after some of the presses come again. */
async function verify({ database, bot }: Parts, tasks: string[], pushes: Push[]): Promise<void> {
  const pressed = { tasks, eventIds: pushes.map(({ eventId }) => eventId) };
  await verifyPresses(database, pressed);
  const before = await readCompletions(database, tasks);
  await loadPressesOnBot(bot, pushes.slice(-REPEATED));
  await verifyPresses(database, pressed);
  if ((await readCompletions(database, tasks)) !== before) throw new Error('a repeated press changed something');
  console.log(
    `All ${pushes.length} presses are durable, none is doubled; ${REPEATED} of them came twice and changed nothing.\n`,
  );
}
