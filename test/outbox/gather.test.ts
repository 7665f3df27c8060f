/** Several matters that wait for one person come as one 今天 card. */
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../src/emulator/sample.ts';
import { type House, openHouse } from '../support/house.ts';

const NIGHT = new Date('2026-11-23T22:00:00+08:00');
const MORNING = '2026-11-24T07:31:00+08:00';

it('sends two tasks of one night as one card in the morning, which follows what is done', async () => {
  const house = await openHouse({ at: NIGHT });
  await publish(house, '学习讲话', '学习条例');
  const officer = house.person(SAMPLE_PEOPLE.officer);
  expect(officer.sees()).toEqual([]);

  await house.clockMovesTo(MORNING);
  expect(officer.sees()).toHaveLength(1);
  expect(officer.seesLast()).toContain('待办2件');
  expect(officer.seesLast()).toContain('第一议题学习：学习讲话');
  expect(officer.seesLast()).toContain('合并成一条提醒');

  await officer.presses('去办理');
  await house.settles();
  await officer.presses('我已完成');
  await house.clockMovesTo('2026-11-24T07:32:00+08:00');
  expect(officer.sees()[0]).toContain('待办1件');
  expect(await pushesOf(house, officer.id)).toEqual([{ day: '2026-11-24', used: 1 }]);
});

it('sends a single task as its own card, also when its reminder waited with it', async () => {
  const house = await openHouse({ at: NIGHT });
  await publish(house, '学习讲话');
  const officer = house.person(SAMPLE_PEOPLE.officer);
  await house.app.db.sql`
    INSERT INTO delivery (id, key, feature, card, ref, recipient, push, gathers, "dueAt")
    SELECT gen_random_uuid(), key || ':again', feature, card, ref, recipient, push, gathers, "dueAt" FROM delivery WHERE recipient = ${officer.id}`;
  await house.clockMovesTo(MORNING);
  expect(officer.sees()).toHaveLength(1);
  expect(officer.seesLast()).toContain('[我已完成]');
});

it('counts whoever cannot be reached in every matter that was gathered', async () => {
  const house = await openHouse({ at: NIGHT });
  await publish(house, '学习讲话', '学习条例');
  house.emulator.contacts.setReach(SAMPLE_PEOPLE.officer, { hasStoppedBot: true });
  await house.clockMovesTo(MORNING);
  const parts = await house.app.db.sql<{ isUnreachable: boolean }>`
    SELECT "isUnreachable" FROM study_assignment WHERE "personId" = ${SAMPLE_PEOPLE.officer}`;
  expect(parts).toEqual([{ isUnreachable: true }, { isUnreachable: true }]);
});

async function publish(house: House, ...topics: string[]): Promise<void> {
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  for (const topic of topics) {
    await secretary.says(`提醒一大队党支部全体党员下周五18:00前完成第一议题学习：${topic}`);
    await secretary.presses('确认发布');
    await house.settles();
  }
}

function pushesOf(house: House, person: string): Promise<{ day: string; used: number }[]> {
  return house.app.db.sql`SELECT day::text, used FROM daily_push WHERE "personId" = ${person} ORDER BY day`;
}
