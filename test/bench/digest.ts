/** How long the weekly digest of a large detachment takes to compile, beside PostgreSQL reading the same rows once. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createLog } from '../../src/basics/log.ts';
import { startEmbeddedPostgres } from '../../src/storage/embedded/embedded-postgres.ts';
import { migrate } from '../../src/storage/migrate.ts';
import { startChild } from './child.ts';
import { FULL, type Size, seedYear } from './digest-data.ts';

/** The first round only warms everything up. */
const ROUNDS = 4;
const TENTH: Size = { people: 2_000, units: 20, assignments: 50_000, answers: 100_000 };

type Measured = { ms: number; peakBytes: number; parts: number };

/** Measures a tenth and then the whole, and prints the medians. */
export async function measureDigest(): Promise<void> {
  console.log(`\n${availableParallelism()} processors, node ${process.version}, load ${loadavg()[0]?.toFixed(1)}`);
  const tenth = await measure(TENTH);
  const whole = await measure(FULL);
  const growth = whole.compileMs / tenth.compileMs;
  console.log(
    `\nTen times the data takes ${growth.toFixed(1)} times as long (aim: at most 10). Load at the end ${loadavg()[0]?.toFixed(1)}.\n`,
  );
}

async function measure(size: Size): Promise<{ compileMs: number }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'jingxin-bench-'));
  await chmod(dataDir, 0o711); // PostgreSQL may run as another user
  const postgres = await startEmbeddedPostgres({ dataDir, log: createLog('warn') });
  const database = new pg.Pool({ connectionString: postgres.connectionString, max: 1 });
  try {
    await migrate(postgres.connectionString, createLog('warn'));
    await seedYear(database, size);
    const child = await startChild('digest-process.ts', { databaseUrl: postgres.connectionString });
    const rounds: { compileMs: number; scanMs: number; parts: number; peakBytes: number }[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const { ms: compileMs, ...rest } = (await child.ask('compile')) as Measured;
      rounds.push({ compileMs, ...rest, scanMs: await scanOnce(database) });
    }
    await child.stop();
    const median = (of: (round: (typeof rounds)[number]) => number) =>
      rounds
        .slice(1)
        .map(of)
        .sort((a, b) => a - b)[Math.floor((ROUNDS - 1) / 2)] ?? 0;
    const counted = await database.query(
      'SELECT (SELECT count(*)::int FROM person) AS people, (SELECT count(*)::int FROM unit) AS units, (SELECT count(*)::int FROM part) AS assignments, (SELECT count(*)::int FROM quiz_answer) AS answers',
    );
    console.log(`\n${Object.entries(counted.rows[0])
      .map(([what, count]) => `${count} ${what}`)
      .join(', ')}
  compile, roll up and keep ${rounds.at(-1)?.parts} parts   ${Math.round(median(({ compileMs }) => compileMs))} ms
  PostgreSQL reads the rows once     ${Math.round(median(({ scanMs }) => scanMs))} ms
  ratio                              ${median(({ compileMs, scanMs }) => compileMs / scanMs).toFixed(2)} (aim: at most 3)
  memory of the worker at its peak   ${Math.round(Math.max(...rounds.map(({ peakBytes }) => peakBytes)) / 1e6)} MB (aim: under 300)`);
    return { compileMs: median(({ compileMs }) => compileMs) };
  } finally {
    await database.end();
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Every assignment and every answer, each read once and added up. */
async function scanOnce(database: pg.Pool): Promise<number> {
  const began = performance.now();
  await database.query('SELECT count(*), count("doneAt"), sum(length("personId")) FROM part');
  await database.query('SELECT count(*), max("answeredAt"), sum(length("personId")) FROM quiz_answer');
  return performance.now() - began;
}
