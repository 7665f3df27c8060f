/** Presses a button and runs the jobs it planned on a database alone: for crowds that need no chat around them. */

import { createLog } from '../../src/basics/log.ts';
import { createCalendar } from '../../src/calendar/create-calendar.ts';
import { readConfig } from '../../src/config.ts';
import { declared } from '../../src/declared.ts';
import type { Feature, Reply } from '../../src/feature.ts';
import { features } from '../../src/features/index.ts';
import { may } from '../../src/people/permissions.ts';
import type { Person } from '../../src/people/person.ts';
import type { Database } from '../../src/storage/database.ts';
import { createRegistry } from '../../src/turn/registry.ts';
import { createTurn } from '../../src/turn/turn.ts';
import { OPEN_POLICY } from './open-policy.ts';

// Enters what the features allow in the permission table, as the start of a house does.
createRegistry(declared);

const context = {
  calendar: createCalendar({ timeZone: 'Asia/Shanghai' }),
  policy: OPEN_POLICY,
  settings: readConfig(features, {}).settings,
  log: createLog('silent'),
  drive: () => undefined,
};

/** A press: which button of which card about what, with what it carries, what stands in the form and what was picked outside one. */
export type TestPress = {
  button: string;
  who: Person;
  card: string;
  ref: string;
  now: Date;
  value?: Record<string, unknown> | undefined;
  form?: Record<string, unknown> | undefined;
  option?: string | undefined;
};

/** Presses a button of the feature in a transaction of its own. */
export function pressIn(
  db: Database,
  feature: Feature,
  { button, who, card, ref, now, value = {}, form = {}, option }: TestPress,
): Promise<Reply | undefined> {
  return db.transaction(async (tx) =>
    feature.buttons?.[button]?.press(
      {
        ...createTurn(context, feature.name, { db: tx, now, hasNews: false }),
        ...{ who, eventId: 'press', saidAt: now, may: may.bind(null, who) },
        ...{ pressed: { card, ref }, form, option },
      },
      value,
      (name) => createTurn(context, name, { db: tx, now, hasNews: false }),
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
