/** A worker that compiles one digest in a process of its own, so that its memory is its own too. */

import { createLog } from '../../src/basics/log.ts';
import { createCalendar } from '../../src/calendar/create-calendar.ts';
import { readConfig } from '../../src/config.ts';
import type { Turn } from '../../src/feature.ts';
import { features } from '../../src/features/index.ts';
import { compileSection, type Sections, startWeek } from '../../src/features/weekly-digest/compile/compile.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { OPEN_POLICY } from '../support/open-policy.ts';
import { readArgument, serveParent } from './child.ts';
import { DIGEST_AT, DIGEST_NOW } from './digest-data.ts';

const { databaseUrl } = readArgument<{ databaseUrl: string }>();
const db = openDatabase(databaseUrl, () => undefined);
const sections: Sections = new Map(features.flatMap(({ name, digest }) => (digest ? [[name, digest]] : [])));
let peakBytes = 0;
const watch = setInterval(() => {
  peakBytes = Math.max(peakBytes, process.memoryUsage().rss);
}, 20);

/** Every job of a run, each in its transaction as the worker runs it; what they would plan or say is counted and left. */
async function compileAll(): Promise<{ ms: number; peakBytes: number; parts: number }> {
  const began = performance.now();
  const inTurn = (work: (turn: Turn) => Promise<void>) => db.transaction((tx) => work(turnOn(tx)));
  await inTurn((turn) => startWeek(turn, sections, new Date(0)));
  const [run] = await db.sql<{ id: string }>`SELECT id::text FROM digest_run ORDER BY "startedAt" DESC, id LIMIT 1`;
  // A worker has four jobs in hand at a time.
  await Promise.all(
    [...sections.keys()].map((section) =>
      inTurn((turn) => compileSection(turn, sections, { run: run?.id ?? '', section })),
    ),
  );
  const ms = performance.now() - began;
  const [kept] = await db.sql<{ parts: number }>`SELECT count(*)::int AS parts FROM digest_part`;
  await db.sql`DELETE FROM digest_part`;
  await db.sql`DELETE FROM digest_chapter`;
  await db.sql`DELETE FROM digest_group`;
  await db.sql`DELETE FROM digest_run`;
  return { ms, peakBytes: Math.max(peakBytes, process.memoryUsage().rss), parts: kept?.parts ?? 0 };
}

function turnOn(tx: Turn['db']): Turn {
  const nothing = async () => undefined;
  return {
    ...{ db: tx, now: DIGEST_NOW, log: createLog('silent'), calendar: createCalendar({ timeZone: 'Asia/Shanghai' }) },
    ...{
      policy: OPEN_POLICY,
      settings: readConfig(features, { DIGEST_AT }).settings,
    },
    ...{ deliver: nothing, refresh: nothing, recall: nothing, later: nothing, cancel: nothing },
  };
}

serveParent('', {
  answer: compileAll,
  stop: async () => {
    clearInterval(watch);
    await db.close();
  },
});
