/** Presses a button and runs the jobs it planned on a database alone: for crowds that need no chat around them. */
import { settingsOf } from '../../src/app.ts';
import { createCalendar } from '../../src/calendar/create-calendar.ts';
import { readConfig } from '../../src/config.ts';
import type { Feature, Reply } from '../../src/feature.ts';
import { createTurn } from '../../src/inbox/turn.ts';
import { createLog } from '../../src/log.ts';
import { may } from '../../src/people/permissions.ts';
import type { Person } from '../../src/people/person.ts';
import type { Database } from '../../src/storage/database.ts';

const context = {
  calendar: createCalendar({ timeZone: 'Asia/Shanghai' }),
  policy: { nextQuietPush: (from: Date) => from },
  settings: settingsOf(readConfig({})),
  log: createLog('silent'),
  drive: () => undefined,
};

/** Presses a button of the feature in a transaction of its own, on the card about `ref`. */
export function pressIn(
  db: Database,
  feature: Feature,
  { button, who, card, ref, now }: { button: string; who: Person; card: string; ref: string; now: Date },
): Promise<Reply | undefined> {
  return db.transaction(async (tx) =>
    feature.buttons?.[button]?.press(
      {
        ...createTurn(context, feature.name, { db: tx, now, hasNews: false }),
        ...{ who, eventId: 'press', saidAt: now, may: may.bind(null, who) },
        ...{ pressed: { card, ref }, form: {}, option: undefined },
      },
      {},
    ),
  );
}

/** Runs one job of the feature, each time in a transaction of its own. */
export async function runIn(
  db: Database,
  feature: Feature,
  { job, payload, now }: { job: string; payload: unknown; now: Date },
): Promise<void> {
  const run = await feature.jobs?.[job]?.prepare(payload, context.settings);
  if (!run) throw new Error(`no job ${job}`);
  await db.transaction((tx) => {
    const turnOf = (name: string) => createTurn(context, name, { db: tx, now, hasNews: false });
    return run(turnOf(feature.name), turnOf);
  });
}
