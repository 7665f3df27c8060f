/** `npm run why -- <person or delivery>`: what became of what was sent, beside a product that runs. */
import { resolve } from 'node:path';
import { now } from '../basics/clock.ts';
import { StartError } from '../basics/errors.ts';
import { createCalendar } from '../calendar/create-calendar.ts';
import { readStorageConfig } from '../config.ts';
import { tellWays } from '../features/deliveries/tell-ways.ts';
import { openDatabase } from '../storage/database.ts';
import { findRunning } from '../storage/embedded/find-running.ts';

async function main(wanted: string): Promise<number> {
  if (wanted === '')
    throw new StartError(
      'Say of whom or what: npm run why -- <name, employee number, open_id, or the id or key of a delivery>',
    );
  const { DATABASE_URL, DATA_DIR, TIMEZONE } = readStorageConfig();
  const connection = DATABASE_URL ?? (await findRunning(resolve(DATA_DIR)));
  if (!connection)
    throw new StartError(
      `No product runs with its data in ${DATA_DIR}: start it, or set DATABASE_URL or DATA_DIR as it has them.`,
    );
  const db = openDatabase(connection, () => {}, 1);
  try {
    const { lines, isFound } = await tellWays(db, wanted, {
      now: now(),
      calendar: createCalendar({ timeZone: TIMEZONE }),
    });
    for (const line of lines) console.log(line);
    return isFound ? 0 : 1;
  } finally {
    await db.close();
  }
}

main(process.argv.slice(2).join(' ').trim()).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof StartError ? error.message : 'The database does not answer.');
    process.exit(1);
  },
);
