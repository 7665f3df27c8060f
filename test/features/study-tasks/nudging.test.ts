/** 催办: whom a press reaches, in rounds, and that nobody gets a second card on the same day. */
import { expect, it, onTestFinished } from 'vitest';
import { createLog } from '../../../src/basics/log.ts';
import { createCalendar } from '../../../src/calendar/create-calendar.ts';
import { readConfig } from '../../../src/config.ts';
import { declared } from '../../../src/declared.ts';
import { features } from '../../../src/features/index.ts';
import { studyTasks } from '../../../src/features/study-tasks/index.ts';
import { may } from '../../../src/people/permissions.ts';
import type { Person } from '../../../src/people/person.ts';
import { type Database, openDatabase } from '../../../src/storage/database.ts';
import { createRegistry } from '../../../src/turn/registry.ts';
import { createTurn } from '../../../src/turn/turn.ts';
import { createTestDatabase } from '../../storage/test-database.ts';
import { allHaveSeen, SEEN } from '../../support/all-have-seen.ts';
import { findPressable } from '../../support/card-reader.ts';
import { OPEN_POLICY } from '../../support/open-policy.ts';
import { openOffice } from './office.ts';

// Enters what the features allow in the permission table, as the start of a house does.
createRegistry(declared);

const NOW = new Date('2026-11-23T10:00:00+08:00');
const TASK = '00000000-0000-4000-8000-000000000001';

it('a leader’s 催办 of 2,000 people writes no card itself: the rounds do, for the own unit and those below alone', async () => {
  const db = await openDetachment();
  expect(await nudgeAs(db, 'brigade')).toMatchObject({ toast: '已提醒2000人。每人每天最多提醒一次。' });
  const [written] = await db.sql`SELECT count(*)::int AS count FROM delivery WHERE NOT starts_with(key, ${SEEN})`;
  expect(written).toEqual({ count: 0 });
  expect(await roundsOf(db)).toEqual([500, 500, 500, 500]);
  const units = await db.sql`
    SELECT p."unitId" AS unit, count(*)::int AS count FROM part a JOIN person p ON p.id = a."personId" WHERE a."nudgedOn" = '2026-11-23' GROUP BY 1`;
  expect(units).toEqual([{ unit: 'squad', count: 2_000 }]);

  expect(await nudgeAs(db, 'brigade')).toMatchObject({ toast: expect.stringContaining('没有需要催办的人') });
  // Whoever leads it all reaches the others, and does not remind the 2,000 again.
  expect(await nudgeAs(db, 'top')).toMatchObject({ toast: '已提醒10人。每人每天最多提醒一次。' });
  expect(await roundsOf(db)).toEqual([10, 500, 500, 500, 500]);
});

it('a withdrawn task reminds nobody', async () => {
  const db = await openDetachment();
  await db.sql`UPDATE publication SET state = 'withdrawn'`;
  expect(await nudgeAs(db, 'top')).toMatchObject({ toast: expect.stringContaining('没有需要催办的人') });
  expect(await roundsOf(db)).toEqual([]);
});

it('a second 催办 on one day sends nothing to whoever had the first on the 今天 card', async () => {
  const { house, secretary, officer, other } = await openOffice();
  await secretary.says('提醒一大队党支部全体党员下周五18:00前完成第一议题学习：学习条例');
  await secretary.presses('确认发布（');
  await house.settles();
  await house.clockMovesTo('2026-11-24T06:00:00+08:00');
  await house.app.db.sql`UPDATE part SET "isUnreachable" = true WHERE "personId" = ${other.id}`;
  for (const { id, content } of house.emulator.messagesOf(secretary.id)) {
    const press = findPressable(content, '催办');
    if (press) await house.emulator.press(secretary.id, id, press);
  }
  await house.settles();
  const before = officer.sees().length;
  await house.clockMovesTo('2026-11-24T07:31:00+08:00');
  expect(officer.sees()).toHaveLength(before + 1);
  expect(officer.seesLast()).toContain('待办2件');

  await house.app.db.sql`UPDATE part SET "isUnreachable" = false WHERE "personId" = ${other.id}`;
  expect(await secretary.presses('催办')).toMatchObject({ toast: { content: expect.stringContaining('已提醒1人') } });
  await house.clockMovesTo('2026-11-24T10:00:00+08:00');
  expect(officer.sees()).toHaveLength(before + 1);
});

/** 支队 over a 大队 with a 中队 of 2,000 open people and two who are not to be reminded, and a 大队 of ten. */
async function openDetachment(): Promise<Database> {
  const database = await createTestDatabase();
  const db = openDatabase(database.connectionString, () => {});
  onTestFinished(async () => {
    await db.close();
    await database.drop();
  });
  await db.sql`
    INSERT INTO unit (id, name, "parentId") VALUES ('top', '支队', NULL), ('brigade', '一大队', 'top'), ('squad', '一中队', 'brigade'), ('other', '二大队', 'top')`;
  await db.sql`
    INSERT INTO person (id, name, "unitId") SELECT 'ou_' || n, '民警' || n, CASE WHEN n <= 2002 THEN 'squad' ELSE 'other' END FROM generate_series(1, 2012) n`;
  await db.sql`INSERT INTO leave (id, "personId", "firstDay", "lastDay") VALUES (gen_random_uuid(), 'ou_1', '2026-11-20', '2026-11-23')`;
  await db.sql`
    INSERT INTO publication (id, feature, card, state, "dueAt", "issuedById", "createdAt", "publishedAt")
    VALUES (${TASK}::uuid, 'study-tasks', 'task', 'published', '2026-12-04T18:00:00+08:00', 'ou_1', ${NOW}, ${NOW})`;
  await db.sql`INSERT INTO study_task (id, kind, topic) VALUES (${TASK}::uuid, 'first-agenda-item', '学习讲话')`;
  await db.sql`
    INSERT INTO part ("publicationId", "personId", "unitId", "isUnreachable") SELECT ${TASK}::uuid, id, "unitId", id = 'ou_2' FROM person`;
  await allHaveSeen(db);
  return db;
}

/** Presses the button of the digest as the leader of a unit. */
function nudgeAs(db: Database, unit: string) {
  const who: Person = {
    ...{ id: 'ou_leader', name: '甲', kind: 'officer', politics: 'member', unitId: unit, branchId: null },
    roles: [{ name: 'leader', scopeId: unit }],
  };
  const context = {
    ...{ calendar: createCalendar({ timeZone: 'Asia/Shanghai' }), policy: OPEN_POLICY },
    ...{ settings: readConfig(features, {}).settings, log: createLog('silent'), drive: () => undefined },
  };
  const button = studyTasks.buttons?.['nudge-own'];
  if (!button) throw new Error('there is no such button');
  return db.transaction((tx) =>
    button.press(
      {
        ...createTurn(context, 'study-tasks', { db: tx, now: NOW, hasNews: false }),
        ...{ who, eventId: 'press', saidAt: NOW, may: may.bind(null, who) },
        ...{ pressed: { card: 'digest', ref: 'x' }, form: {}, option: undefined },
      },
      { id: TASK },
      (name) => createTurn(context, name, { db: tx, now: NOW, hasNews: false }),
    ),
  );
}

/** How many people each round is for. */
async function roundsOf(db: Database): Promise<number[]> {
  const rows = await db.sql<{ people: number }>`
    SELECT jsonb_array_length(payload -> 'people') AS people FROM pending_job WHERE job = 'nudge' ORDER BY 1`;
  return rows.map(({ people }) => people);
}
