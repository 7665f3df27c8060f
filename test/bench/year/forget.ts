/** What a year of a large detachment leaves behind, and what it takes to forget what nobody reads any more. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createLog } from '../../../src/basics/log.ts';
import { createMetrics } from '../../../src/http/metrics.ts';
import { forgetDeliveries, forgetTraces, type Place } from '../../../src/schedule/forget.ts';
import { type Database, openDatabase, type Transaction } from '../../../src/storage/database.ts';
import { startEmbeddedPostgres } from '../../../src/storage/embedded/embedded-postgres.ts';
import { migrate } from '../../../src/storage/migrate.ts';
import { DIGEST_NOW, FULL, seedYear } from '../digest-data.ts';

const TABLES = ['delivery', 'part', 'event', 'daily_push'];
/** Publications whose figures are compared before and after. */
const COMPARED = 200;

/** Measures and prints: sizes, batches, a reading of the metrics, and that no figure has changed. */
export async function measureForgetting(): Promise<void> {
  console.log(`\n${availableParallelism()} processors, node ${process.version}, load ${loadavg()[0]?.toFixed(1)}`);
  const dataDir = await mkdtemp(join(tmpdir(), 'jingxin-bench-'));
  await chmod(dataDir, 0o711); // PostgreSQL may run as another user
  const postgres = await startEmbeddedPostgres({ dataDir, log: createLog('warn') });
  const pool = new pg.Pool({ connectionString: postgres.connectionString, max: 1 });
  const db = openDatabase(postgres.connectionString, () => undefined);
  try {
    await migrate(postgres.connectionString, createLog('warn'));
    await seedYear(pool, FULL);
    await seedDeliveries(pool);
    const metrics = createMetrics(db);
    const figures = await readFigures(pool);
    await printSizes(pool, 'after a year in which nothing was forgotten');
    console.log(`  /metrics is read in ${Math.round(await time(() => metrics.metrics()))} ms`);

    const batches = await forgetAll(db);
    console.log(
      `\n${batches.length} batches, ${(batches.reduce((sum, ms) => sum + ms, 0) / 1000).toFixed(1)} s in all, the longest ${Math.round(Math.max(...batches))} ms`,
    );
    await pool.query('VACUUM FULL');
    await printSizes(pool, 'after that');
    console.log(`  /metrics is read in ${Math.round(await time(() => metrics.metrics()))} ms`);
    if ((await readFigures(pool)) !== figures) throw new Error('a figure has changed');
    console.log(
      `  who stands where in ${COMPARED} publications is as it was. Load at the end ${loadavg()[0]?.toFixed(1)}.\n`,
    );
  } finally {
    await db.close();
    await pool.end();
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/**
 * A card for each part and a reminder for every second, of which a third were gathered into a 今天 card; an answer a week to each person;
 * the events and push counts of the year.
 */
async function seedDeliveries(pool: pg.Pool): Promise<void> {
  await pool.query(
    `INSERT INTO delivery (id, key, feature, card, ref, recipient, push, gathers, state, "dueAt", "sentAt", "shownAt", "messageId", "contentHash")
     SELECT gen_random_uuid(), b.feature || ':' || b.card || ':' || b.id || ':' || a."personId" || ':' || n, b.feature, b.card, b.id::text, a."personId", 'quiet', true, 'sent', at, at, at,
       'om_' || b.id || a."personId" || n, md5(a."personId")
     FROM part a JOIN publication b ON b.id = a."publicationId" CROSS JOIN generate_series(0, abs(hashtext(a."personId" || b.id)) % 2) n,
       LATERAL (SELECT b."publishedAt" + n * interval '2 days' AS at) moment`,
  );
  await pool.query(
    `INSERT INTO delivery (id, key, feature, card, ref, recipient, push, gathers, state, "dueAt", "sentAt", "shownAt", "messageId", "contentHash")
     SELECT md5(recipient || "dueAt")::uuid, 'today:gathered:' || recipient || "dueAt", 'today', 'list', 'gathered', recipient, 'quiet', true, 'sent', "dueAt", "dueAt", "dueAt", 'om_t' || recipient || "dueAt", md5(recipient)
     FROM (SELECT DISTINCT recipient, "dueAt" FROM delivery WHERE abs(hashtext(key)) % 3 = 0) gathered`,
  );
  await pool.query(
    `UPDATE delivery SET state = 'dropped', failure = 'gathered', "gatheredInto" = md5(recipient || "dueAt")::uuid, "shownAt" = NULL, "sentAt" = NULL, "messageId" = NULL, "contentHash" = NULL
     WHERE feature <> 'today' AND abs(hashtext(key)) % 3 = 0`,
  );
  await pool.query(
    `INSERT INTO delivery (id, key, feature, card, ref, recipient, push, state, "dueAt", "sentAt", "shownAt", "messageId", "contentHash")
     SELECT gen_random_uuid(), 'inbox:reply:' || p.id || w, 'inbox', 'reply', 'om_' || w, p.id, 'answer', 'sent', at, at, at, 'om_a' || p.id || w, md5(p.id)
     FROM person p, generate_series(0, 49) w, LATERAL (SELECT $1::timestamptz - w * interval '7 days' AS at) moment`,
    [DIGEST_NOW],
  );
  await pool.query(
    `INSERT INTO event (id, "receivedAt") SELECT 'e' || n, $1::timestamptz - n * interval '30 seconds' FROM generate_series(1, 1000000) n`,
    [DIGEST_NOW],
  );
  await pool.query(
    `INSERT INTO daily_push ("personId", day, used) SELECT p.id, $1::date - d, 2 FROM person p, generate_series(0, 59) d`,
    [DIGEST_NOW],
  );
  await pool.query('VACUUM ANALYZE');
}

/** How long each batch took, as the worker does them: one transaction each. */
async function forgetAll(db: Database): Promise<number[]> {
  const batches: number[] = [];
  const batch = async <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => {
    const began = performance.now();
    const more = await db.transaction(work);
    batches.push(performance.now() - began);
    return more;
  };
  while (await batch((tx) => forgetTraces(tx, DIGEST_NOW)));
  let place: Place | undefined;
  do place = await batch((tx) => forgetDeliveries(tx, DIGEST_NOW, place));
  while (place);
  return batches;
}

async function printSizes(pool: pg.Pool, when: string): Promise<void> {
  console.log(`\n${when}`);
  for (const table of TABLES) {
    const { rows } = await pool.query(
      `SELECT count(*)::int AS rows, pg_size_pretty(pg_total_relation_size('${table}')) AS size FROM ${table}`,
    );
    console.log(`  ${table.padEnd(12)}${String(rows[0].rows).padStart(9)} rows ${String(rows[0].size).padStart(8)}`);
  }
}

/** Who stands where, and when each was reached, in publications of all ages. */
async function readFigures(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query(
    `SELECT md5(string_agg(b.id || s."personId" || s.standing || COALESCE(reached_at(b.feature, b.card, b.id, s."personId")::text, ''), ',' ORDER BY b.id, s."personId")) AS figures
     FROM (SELECT * FROM publication ORDER BY md5(id::text) LIMIT $1) b, standings(b.id, '2026-11-27') s`,
    [COMPARED],
  );
  return String(rows[0].figures);
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
