/** Transfers, departures and leave in the middle of a task. */
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../../src/emulator/world/sample.ts';
import { BRANCH_FIELD } from '../../../src/emulator/world/world.ts';
import { openOffice, progressCard, taskCards } from './office.ts';

it('takes the part from whoever is transferred out of the audience with nothing done, and tells them', async () => {
  const { house, secretary, officer, audience } = await openOffice();
  const [other] = await house.app.db.sql<{ id: string }>`SELECT id FROM unit WHERE name = '二大队'`;
  house.emulator.contacts.transfer(officer.id, other?.id ?? '');
  house.emulator.contacts.change(officer.id, {
    custom_attrs: [{ id: BRANCH_FIELD, type: 'TEXT', value: { text: '二大队党支部' } }],
  });
  await house.settles();
  await house.clockMovesTo('2026-11-23T10:03:00+08:00');
  await house.clockMovesTo('2026-11-23T11:30:00+08:00');
  await house.follows();
  expect(officer.seesLast()).toContain('您已不在这项任务的范围内，无需再办');
  expect(progressCard(secretary)).toContain(`（共${audience.length - 1}人）`);
  await house.clockMovesTo('2026-12-03T10:00:00+08:00');
  expect(taskCards(officer)).toHaveLength(0);
});

it('counts whoever has left as 联系不上, also on leave, and sends them nothing', async () => {
  const { house, secretary, officer } = await openOffice();
  await secretary.says(`登记请假 ${await house.nameOf(officer.id)} 11月23日至12月31日`);
  await secretary.presses('确认登记');
  house.emulator.contacts.leave(officer.id);
  await house.settles();
  await house.clockMovesTo('2026-11-23T10:03:00+08:00');
  const before = officer.sees().length;
  await secretary.presses('查看未完成');
  await house.settles();
  const list = secretary.seesLast();
  expect(list.slice(list.indexOf('联系不上\n'))).toContain(await house.nameOf(officer.id));
  await house.clockMovesTo('2026-12-03T10:00:00+08:00');
  expect(officer.sees()).toHaveLength(before);
});

it('does not remind whoever is on leave and does not count them as open, until they are back', async () => {
  const { house, secretary, officer, other } = await openOffice();
  await secretary.says(`登记请假 ${await house.nameOf(officer.id)} 11月24日至12月2日`);
  await secretary.presses('确认登记');
  await house.clockMovesTo('2026-11-25T10:00:00+08:00');
  await secretary.presses('催办');
  await house.clockMovesTo('2026-11-25T10:02:00+08:00');
  expect(taskCards(officer)).toHaveLength(1);
  expect(taskCards(other)).toHaveLength(2);
  await secretary.says('学习进度');
  expect(progressCard(secretary)).toContain('休假 1');

  await house.clockMovesTo('2026-12-03T10:00:00+08:00');
  expect(taskCards(officer)).toHaveLength(2);
  await house.clockMovesTo('2026-12-04T09:00:00+08:00');
  expect(taskCards(officer)).toHaveLength(3);
  await secretary.says('学习进度');
  expect(progressCard(secretary)).not.toContain('休假');
});

it('counts a leader who is on leave, an unreachable one and one who is done each once', async () => {
  const { house, officer, other } = await openOffice();
  const [task] = await house.app.db.sql<{ id: string }>`SELECT id FROM publication`;
  const standing = async (person: string) =>
    (
      await house.app.db.sql<{ standing: string }>`
        SELECT standing FROM standings(${task?.id}::uuid, '2026-11-23') WHERE "personId" = ${person}`
    ).map((row) => row.standing);
  expect(await standing(officer.id)).toEqual(['open']);
  await house.app.db.sql`UPDATE part SET "isUnreachable" = true WHERE "personId" IN (${officer.id}, ${other.id})`;
  expect(await standing(officer.id)).toEqual(['unreachable']);
  await house.app.db.sql`
    INSERT INTO leave (id, "personId", "firstDay", "lastDay") VALUES (gen_random_uuid(), ${officer.id}, '2026-11-20', '2026-11-23'), (gen_random_uuid(), ${officer.id}, '2026-11-23', '2026-11-25')`;
  expect(await standing(officer.id)).toEqual(['on-leave']);
  await house.app.db.sql`UPDATE person SET status = 'left' WHERE id = ${officer.id}`;
  expect(await standing(officer.id)).toEqual(['unreachable']);
  await house.app.db.sql`UPDATE part SET "doneAt" = now() WHERE "personId" = ${officer.id}`;
  expect(await standing(officer.id)).toEqual(['done']);
  expect(await standing(SAMPLE_PEOPLE.auxiliary)).toEqual([]);
});
