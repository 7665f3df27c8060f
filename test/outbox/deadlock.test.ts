/** A crowd's cards change while they go out: nobody who writes deliveries waits in a circle. */
import pg from 'pg';
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { relayMarks } from '../../src/outbox/relay.ts';
import type { Database } from '../../src/storage/database.ts';
import { REACHABLE } from '../faults/support/detachment.ts';
import { openHouse } from '../support/house.ts';

const SENTENCE = '提醒全支队全体人员下周五18:00前完成第一议题学习：学习党的二十届四中全会精神';
const ROUNDS = 100;

it('400 cards go out and are changed at once without a deadlock, and all end as the matter stands', async () => {
  const house = await openHouse();
  const { db } = house.app;
  const administrator = house.person(SAMPLE_PEOPLE.administrator);
  await administrator.says(SENTENCE);
  await administrator.presses('确认发布');
  const change = async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await db.sql`
        INSERT INTO card_mark (feature, card, ref) SELECT 'study-tasks', 'task', id::text FROM publication`;
      await relayMarks(db);
      await house.app.beat();
    }
  };
  const withdraw = async () => {
    await house.emulator.waitFor(() => administrator.seesLast('[撤销]') || undefined, 60_000, 'the progress card');
    await administrator.presses('撤销');
  };
  await Promise.all([change(), change(), withdraw()]);
  await house.settles();
  await house.follows();

  const stale = REACHABLE.filter((person) => house.person(person).seesLast('[我已完成').length > 0);
  expect(stale).toEqual([]);
  const deadlocks = house.logged.filter((line) => JSON.stringify(line).includes('40P01'));
  expect(deadlocks).toEqual([]);
  await house.app.stop();
  expect(await readDeadlocks(house.appConfig.DATABASE_URL)).toBe(0);
});

it('waits for no delivery that somebody else holds, and shows the change there when it is free', async () => {
  const house = await openHouse();
  const { db } = house.app;
  await db.sql`
    INSERT INTO delivery (id, key, feature, card, ref, recipient, push, state, "dueAt", "messageId")
    SELECT gen_random_uuid(), 'nobody:' || n, 'nobody', 'card', 'one', 'p' || n, 'quiet', 'sent', now(), 'om_' || n
    FROM generate_series(100, 500) AS n`;
  await db.sql`INSERT INTO card_mark (feature, card, ref) VALUES ('nobody', 'card', 'one')`;
  let relayed: Promise<void> | undefined;
  await db.transaction(async (tx) => {
    await tx.sql`UPDATE delivery SET attempts = 1 WHERE key = 'nobody:500'`;
    relayed = relayMarks(db);
    await untilDoneOrWaiting(db, relayed);
    await tx.sql`UPDATE delivery SET attempts = 1 WHERE key = 'nobody:100'`;
  });
  await relayed;
  await relayMarks(db);
  const revisions =
    await db.sql`SELECT revision, count(*)::int AS count FROM delivery WHERE feature = 'nobody' GROUP BY revision`;
  expect(revisions).toEqual([{ revision: 2, count: 401 }]);
});

/** Resolves when the work is done, or when one of the database's connections waits for another's lock. */
async function untilDoneOrWaiting(db: Database, work: Promise<unknown>): Promise<void> {
  let isDone = false;
  const note = () => {
    isDone = true;
  };
  work.then(note, note);
  for (;;) {
    const waiting =
      await db.sql`SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    if (isDone || waiting.length > 0) return;
  }
}

/** What PostgreSQL has counted, asked when all who worked here have left and told. */
async function readDeadlocks(connectionString: string | undefined): Promise<number> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const { rows } = await client
    .query('SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()')
    .finally(() => client.end());
  return rows[0].deadlocks;
}
