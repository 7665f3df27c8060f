/** Several matters that wait for one person come as one 今天 card. */
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
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
    SELECT "isUnreachable" FROM part WHERE "personId" = ${SAMPLE_PEOPLE.officer}`;
  expect(parts).toEqual([{ isUnreachable: true }, { isUnreachable: true }]);
});

/** The day's two of their own, and what the test delivers after them: gathered lines unless it says otherwise. */
async function openFullDay(): Promise<House> {
  const house = await openHouse();
  for (const topic of ['学习讲话', '学习条例']) await publish(house, topic);
  return house;
}

it('sends the third and fourth of a day as the 今天 card, and no fifth', async () => {
  const house = await openFullDay();
  const [secretary, officer] = [house.person(SAMPLE_PEOPLE.secretary), house.person(SAMPLE_PEOPLE.officer)];
  const quiz = async (from: string, until: string) => {
    await secretary.says(`给本支部发布10道党纪题，今天${from}到${until}`);
    await secretary.presses('确认发布（');
    await house.settles();
  };
  expect(officer.sees().map((card) => card.includes('[我已完成]'))).toEqual([true, true]);

  await quiz('15:00', '15:30');
  expect(officer.sees()).toHaveLength(3);
  expect(officer.seesLast()).toMatch(/^今天\n待办3件/);
  await quiz('15:30', '16:00');
  expect(officer.sees()).toHaveLength(4);
  expect(officer.seesLast()).toMatch(/^今天\n待办4件/);
  expect(await pushesOf(house, officer.id)).toEqual([{ day: '2026-11-23', used: 4 }]);

  // What the preview says is what happens: the members among the branch would get no fifth in time.
  await secretary.says('给本支部发布10道党纪题，今天16:00到16:30');
  expect(secretary.seesLast()).toContain('其中21人收到卡片前就已经结束，会收不到。');
  // A task may wait, and stands at once on the card that is there.
  await publish(house, '学习准则');
  await house.follows();
  expect(officer.sees()).toHaveLength(4);
  expect(officer.seesLast()).toMatch(/^今天\n待办5件/);
  expect(await pushesOf(house, officer.id)).toEqual([{ day: '2026-11-23', used: 4 }]);
});

it('says two pressing matters of one moment on one card, also where neither is its own', async () => {
  const house = await openFullDay();
  const officer = house.person(SAMPLE_PEOPLE.officer);
  await house.app.db.sql`
    INSERT INTO delivery (id, key, feature, card, ref, recipient, push, gathers, "dueAt")
    SELECT gen_random_uuid(), key || ':pressing', feature, card, ref, recipient, 'work', true, "dueAt" FROM delivery WHERE recipient = ${officer.id}`;
  await house.settles();
  expect(officer.sees()).toHaveLength(3);
  expect(officer.seesLast()).toMatch(/^今天\n待办2件/);
  expect(await pushesOf(house, officer.id)).toEqual([{ day: '2026-11-23', used: 3 }]);
});

it('sends what is no line of 今天 as it is, within the four', async () => {
  const house = await openFullDay();
  const officer = house.person(SAMPLE_PEOPLE.officer);
  await house.app.db.sql`
    INSERT INTO delivery (id, key, feature, card, ref, recipient, push, "dueAt")
    SELECT gen_random_uuid(), key || ':own', feature, card, ref, recipient, 'work', "dueAt" FROM delivery WHERE recipient = ${officer.id}`;
  await house.settles();
  expect(officer.sees().map((card) => card.includes('[我已完成]'))).toEqual([true, true, true, true]);
  expect(await pushesOf(house, officer.id)).toEqual([{ day: '2026-11-23', used: 4 }]);
});

it('a gathered card is as pressing as what it stands for', async () => {
  const house = await openFullDay();
  const officer = house.person(SAMPLE_PEOPLE.officer);
  // Two quizzes of this afternoon, due at one moment, become one quiet card.
  await house.app.db.sql`
    INSERT INTO delivery (id, key, feature, card, ref, recipient, push, gathers, "dueAt", "notAfter")
    SELECT gen_random_uuid(), key || ':this-afternoon', feature, card, ref, recipient, 'quiet', true, "dueAt", '2026-11-23T18:00:00+08:00'
    FROM delivery WHERE recipient = ${officer.id}`;
  await house.settles();
  expect(officer.sees()).toHaveLength(3);
  expect(officer.seesLast()).toMatch(/^今天\n待办2件/);
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
