/** A push that became pointless while it waited is not sent: every card that waits for somebody, while it is open and once it is over. */
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import type { Database } from '../../src/storage/database.ts';
import { liveIn } from '../doors/lived-in.ts';
import type { House } from '../support/house.ts';

const { administrator, secretary, officer, auxiliary, leader, chief } = SAMPLE_PEOPLE;

type Row = { ref: string; person: string };
/** Where the card's matter is open, and for whom; and what ends it. In this order in one house, since a round of stars has one state at a time. */
type Case = { open: (db: Database) => Promise<Row[]>; end: (db: Database) => Promise<unknown> };

const ofPublication = (db: Database, feature: string, person: string) => db.sql<Row>`
  SELECT b.id::text AS ref, a."personId" AS person FROM publication b JOIN part a ON a."publicationId" = b.id
  WHERE b.feature = ${feature} AND b.state = 'published' AND a."personId" = ${person}`;
const roundIs = (db: Database, state: string) =>
  db.sql`UPDATE star_round SET state = ${state} WHERE state <> 'cancelled'`;

const CASES: Record<string, Case> = {
  'study-tasks/draft': {
    open: (db) =>
      db.sql`SELECT id::text AS ref, "issuedById" AS person FROM publication WHERE feature = 'study-tasks' AND state = 'draft'`,
    end: (db) => db.sql`UPDATE publication SET state = 'cancelled' WHERE feature = 'study-tasks' AND state = 'draft'`,
  },
  'study-tasks/task': {
    open: (db) => ofPublication(db, 'study-tasks', officer),
    end: (db) => db.sql`UPDATE part SET "doneAt" = now() WHERE "personId" = ${officer}`,
  },
  'quizzes/paper': {
    open: (db) => ofPublication(db, 'quizzes', secretary),
    end: (db) => db.sql`UPDATE publication SET state = 'withdrawn' WHERE feature = 'quizzes' AND state = 'published'`,
  },
  'quizzes/dispute-review': {
    open: (db) => db.sql`
      INSERT INTO quiz_dispute (id, "questionId", "personId", text, outcome, "writtenAt")
      SELECT gen_random_uuid(), id, ${officer}, '答案不对', 'written', now() FROM quiz_question ORDER BY id LIMIT 1
      RETURNING id::text AS ref, ${administrator}::text AS person`,
    end: (db) => db.sql`UPDATE quiz_dispute SET outcome = 'kept'`,
  },
  'heat-supplies/claim': {
    open: (db) => ofPublication(db, 'heat-supplies', officer),
    end: (db) => db.sql`UPDATE supply_claim SET state = 'collected', "settledAt" = now(), "settledById" = ${chief}`,
  },
  'heat-supplies/objection': {
    open: (db) => db.sql`
      UPDATE supply_claim SET "objectedAt" = now(), "pointId" = (SELECT id FROM pickup_point LIMIT 1) WHERE "personId" = ${officer}
      RETURNING "handoutId" || ':' || "personId" AS ref, ${chief}::text AS person`,
    end: (db) => db.sql`UPDATE supply_claim SET "objectedAt" = NULL`,
  },
  'heat-supplies/proxy': {
    open: (db) => db.sql`
      UPDATE supply_claim SET state = 'reserved', "reservedAt" = now(), "proxyId" = ${auxiliary} WHERE "personId" = ${officer}
      RETURNING "handoutId" || ':' || "personId" AS ref, ${auxiliary}::text AS person`,
    end: (db) => db.sql`UPDATE supply_claim SET state = 'collected'`,
  },
  'heat-supplies/queue': {
    open: (db) => db.sql`SELECT id::text AS ref, ${chief}::text AS person FROM pickup_point`,
    end: (db) =>
      db.sql`UPDATE publication SET state = 'withdrawn' WHERE feature = 'heat-supplies' AND state = 'published'`,
  },
  'heat-supplies/stock-warning': {
    open: (db) =>
      db.sql`UPDATE supply_item SET "lowAt" = 500 RETURNING (SELECT id::text FROM pickup_point LIMIT 1) AS ref, ${chief}::text AS person`,
    end: (db) => db.sql`UPDATE supply_item SET "lowAt" = 0`,
  },
  'feedback/notice': {
    open: (db) =>
      db.sql`SELECT id::text AS ref, ${administrator}::text AS person FROM feedback WHERE "handledAt" IS NULL`,
    end: (db) => db.sql`UPDATE feedback SET "handledAt" = now()`,
  },
  'leave/preview': {
    open: async () => [{ ref: `2026-12-01:2026-12-02:${auxiliary}`, person: secretary }],
    end: (db) => db.sql`
      INSERT INTO leave (id, "personId", "firstDay", "lastDay") VALUES (gen_random_uuid(), ${auxiliary}, '2026-12-01', '2026-12-02')`,
  },
  'people/loss': {
    open: (db) => db.sql`
      INSERT INTO held_loss (id, "personIds", "inService", "seenAt") VALUES (gen_random_uuid(), ${[auxiliary]}::text[], 399, now())
      RETURNING id::text AS ref, ${administrator}::text AS person`,
    end: (db) => db.sql`UPDATE held_loss SET state = 'settled'`,
  },
  'monthly-star/question': {
    open: (db) => db.sql`
      INSERT INTO star_question (id, "candidacyId", "nominatorId", "askedById", "askedAt", question)
      SELECT gen_random_uuid(), id, ${officer}, ${secretary}, now(), '何时' FROM star_candidacy RETURNING id::text AS ref, ${officer}::text AS person`,
    end: (db) => db.sql`UPDATE star_question SET answer = '昨天', "answeredAt" = now()`,
  },
  'monthly-star/candidate': {
    open: (db) => db.sql`SELECT id || ':0' AS ref, ${secretary}::text AS person FROM star_candidacy`,
    end: (db) => db.sql`UPDATE star_candidacy SET state = 'passed', opinion = 'clear'`,
  },
  'monthly-star/candidates': {
    open: (db) => db.sql`SELECT id::text AS ref, ${secretary}::text AS person FROM star_round WHERE state = 'checking'`,
    end: (db) => roundIs(db, 'voting'),
  },
  'monthly-star/vote': {
    open: (db) => db.sql`
      INSERT INTO star_voter ("roundId", "personId") SELECT id, ${officer} FROM star_round WHERE state = 'voting'
      RETURNING "roundId"::text AS ref, "personId" AS person`,
    end: (db) => db.sql`UPDATE star_voter SET "hasVoted" = true`,
  },
  'monthly-star/round': {
    open: async (db) => {
      await roundIs(db, 'nominating');
      return db.sql<Row>`SELECT id::text AS ref, ${officer}::text AS person FROM star_round WHERE state = 'nominating'`;
    },
    end: (db) => roundIs(db, 'deciding'),
  },
  'monthly-star/decision': {
    open: (db) => db.sql`SELECT id::text AS ref, ${leader}::text AS person FROM star_round WHERE state = 'deciding'`,
    end: (db) =>
      db.sql`UPDATE star_round SET state = 'noticing', "noticeUntil" = '2026-12-20' WHERE state = 'deciding'`,
  },
  'monthly-star/objection': {
    open: (db) => db.sql`
      INSERT INTO star_objection (id, "roundId", "candidacyId", "objectorId", text, "writtenAt")
      SELECT gen_random_uuid(), "roundId", id, ${officer}, '不实', now() FROM star_candidacy
      RETURNING id::text AS ref, (SELECT r."personId" FROM role_assignment r JOIN branch b ON b.id::text = r."scopeId"
        WHERE r.role = 'discipline-commissioner' AND b.name = '一大队党支部') AS person`,
    end: (db) => db.sql`UPDATE star_objection SET state = 'rejected'`,
  },
  'monthly-star/notice': {
    open: (db) => db.sql`SELECT id::text AS ref, ${officer}::text AS person FROM star_round WHERE state = 'noticing'`,
    end: (db) => roundIs(db, 'published'),
  },
};

it('sends what is open, and drops what is over', { timeout: 300_000 }, async () => {
  const { house } = await liveIn();
  const { db } = house.app;
  const seen: Record<string, string[]> = {};
  for (const [card, { open, end }] of Object.entries(CASES)) {
    const [row] = await open(db);
    const before = await push(house, card, row);
    await end(db);
    seen[card] = [before, await push(house, card, row)];
  }
  expect(seen).toEqual(Object.fromEntries(Object.keys(CASES).map((card) => [card, ['sent', 'dropped']])));
});

it('shows what is over to whoever asks for it', async () => {
  const { house } = await liveIn();
  const [row] = (await CASES['monthly-star/candidates']?.open(house.app.db)) ?? [];
  await roundIs(house.app.db, 'voting');
  expect(await push(house, 'monthly-star/candidates', row, 'answer')).toBe('sent');
  expect(house.person(secretary).seesLast('候选人')).toContain('已办完');
});

/** What became of a push that is written now, on a day on which the person has had none. */
async function push(house: House, name: string, row: Row | undefined, kind = 'work'): Promise<string> {
  if (!row) return 'nothing is open';
  const [feature = '', card = ''] = name.split('/');
  await house.app.db.sql`DELETE FROM daily_push`;
  const [written] = await house.app.db.sql<{ id: string }>`
    INSERT INTO delivery (id, key, feature, card, ref, recipient, push, "dueAt")
    VALUES (gen_random_uuid(), gen_random_uuid()::text, ${feature}, ${card}, ${row.ref}, ${row.person}, ${kind}, '2026-11-23T09:00:00+08:00') RETURNING id`;
  await house.settles();
  const [found] = await house.app.db.sql<{ state: string; failure: string | null }>`
    SELECT state, failure FROM delivery WHERE id = ${written?.id ?? ''}::uuid`;
  return [found?.state, found?.failure].filter(Boolean).join(': ');
}
