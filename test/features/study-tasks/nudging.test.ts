/** 催办: whom a press reaches, in rounds, and that nobody gets a second card on the same day. */
import { expect, it, onTestFinished } from 'vitest';
import { settingsOf } from '../../../src/app.ts';
import { createCalendar } from '../../../src/calendar/create-calendar.ts';
import { readConfig } from '../../../src/config.ts';
import { digestButtons } from '../../../src/features/study-tasks/digest.ts';
import { createTurn } from '../../../src/inbox/turn.ts';
import { createLog } from '../../../src/log.ts';
import { may } from '../../../src/people/permissions.ts';
import type { Person } from '../../../src/people/person.ts';
import { type Database, openDatabase } from '../../../src/storage/database.ts';
import { createTestDatabase } from '../../storage/test-database.ts';
import { findPressable } from '../../support/card-reader.ts';
import { openOffice } from './office.ts';

const NOW = new Date('2026-11-23T10:00:00+08:00');
const TASK = '00000000-0000-4000-8000-000000000001';

it('a leader’s 催办 of 2,000 people writes no card itself: the rounds do, for the own unit and those below alone', async () => {
  const db = await openDetachment();
  expect(await nudgeAs(db, 'brigade')).toMatchObject({ toast: '已提醒2000人。每人每天最多提醒一次。' });
  const [written] = await db.sql`SELECT count(*)::int AS count FROM delivery`;
  expect(written).toEqual({ count: 0 });
  expect(await roundsOf(db)).toEqual([500, 500, 500, 500]);
  const units = await db.sql`
    SELECT p."unitId" AS unit, count(*)::int AS count FROM study_assignment a JOIN person p ON p.id = a."personId" WHERE a."nudgedOn" = '2026-11-23' GROUP BY 1`;
  expect(units).toEqual([{ unit: 'squad', count: 2_000 }]);

  expect(await nudgeAs(db, 'brigade')).toMatchObject({ toast: expect.stringContaining('没有需要催办的人') });
  // Whoever leads it all reaches the others, and does not remind the 2,000 again.
  expect(await nudgeAs(db, 'top')).toMatchObject({ toast: '已提醒10人。每人每天最多提醒一次。' });
  expect(await roundsOf(db)).toEqual([10, 500, 500, 500, 500]);
});

it('a withdrawn task reminds nobody', async () => {
  const db = await openDetachment();
  await db.sql`UPDATE study_task SET state = 'withdrawn'`;
  expect(await nudgeAs(db, 'top')).toMatchObject({ toast: expect.stringContaining('没有需要催办的人') });
  expect(await roundsOf(db)).toEqual([]);
});

it('a second 催办 on one day sends nothing to whoever had the first on the 今天 card', async () => {
  const { house, secretary, officer, other } = await openOffice();
  await secretary.says('提醒一大队党支部全体党员下周五18:00前完成第一议题学习：学习条例');
  await secretary.presses('确认发布（');
  await house.settles();
  await house.clockMovesTo('2026-11-24T06:00:00+08:00');
  await house.app.db.sql`UPDATE study_assignment SET "isUnreachable" = true WHERE "personId" = ${other.id}`;
  for (const { id, content } of house.emulator.messagesOf(secretary.id)) {
    const press = findPressable(content, '催办');
    if (press) await house.emulator.press(secretary.id, id, press);
  }
  await house.settles();
  const before = officer.sees().length;
  await house.clockMovesTo('2026-11-24T07:31:00+08:00');
  expect(officer.sees()).toHaveLength(before + 1);
  expect(officer.seesLast()).toContain('待办2件');

  await house.app.db.sql`UPDATE study_assignment SET "isUnreachable" = false WHERE "personId" = ${other.id}`;
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
    INSERT INTO study_task (id, state, kind, topic, "dueAt", "audienceKind", "issuedById", "createdAt", "publishedAt")
    VALUES (${TASK}::uuid, 'published', 'first-agenda-item', '学习讲话', '2026-12-04T18:00:00+08:00', 'detachment', 'ou_1', ${NOW}, ${NOW})`;
  await db.sql`
    INSERT INTO study_assignment ("taskId", "personId", "unitId", "isUnreachable") SELECT ${TASK}::uuid, id, "unitId", id = 'ou_2' FROM person`;
  return db;
}

/** Presses the button of the digest as the leader of a unit. */
function nudgeAs(db: Database, unit: string) {
  const who: Person = {
    ...{ id: 'ou_leader', name: '甲', kind: 'officer', politics: 'member', unitId: unit, branchId: null },
    roles: [{ name: 'leader', scopeId: unit }],
  };
  const context = {
    ...{ calendar: createCalendar({ timeZone: 'Asia/Shanghai' }), policy: { nextQuietPush: (from: Date) => from } },
    ...{ settings: settingsOf(readConfig({})), log: createLog('silent'), drive: () => undefined },
  };
  return db.transaction((tx) =>
    digestButtons['nudge-own'].press(
      {
        ...createTurn(context, 'study-tasks', { db: tx, now: NOW, hasNews: false }),
        ...{ who, eventId: 'press', saidAt: NOW, may: may.bind(null, who) },
        ...{ pressed: { card: 'digest', ref: 'x' }, form: {}, option: undefined },
      },
      { task: TASK },
    ),
  );
}

/** How many people each round is for. */
async function roundsOf(db: Database): Promise<number[]> {
  const rows = await db.sql<{ people: number }>`
    SELECT jsonb_array_length(payload -> 'people') AS people FROM pending_job WHERE job = 'nudge' ORDER BY 1`;
  return rows.map(({ people }) => people);
}
