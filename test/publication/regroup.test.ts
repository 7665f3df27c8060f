/** An audience that moves while something is open: whoever joins gets a part, whoever leaves is told, and the issuer sees both. */
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { openHandout, openOffice } from '../features/heat-supplies/office.ts';
import { type House, openHouse } from '../support/house.ts';

/** The first of the full members of a branch who holds no role and is none of the sample's cast. */
async function memberOf(house: House, branch: string): Promise<string> {
  const [row] = await house.app.db.sql<{ id: string }>`
    SELECT p.id FROM person p JOIN branch b ON b.id = p."branchId"
    WHERE b.name = ${branch} AND p.politics = 'member' AND NOT EXISTS (SELECT 1 FROM role_assignment r WHERE r."personId" = p.id)
      AND p.id <> ALL (${Object.values(SAMPLE_PEOPLE)}::text[]) ORDER BY p.id LIMIT 1`;
  if (!row) throw new Error(`nobody stands in ${branch}`);
  return row.id;
}

async function moves(house: House, person: string, branch: string): Promise<void> {
  await house.app.db
    .sql`UPDATE person SET "branchId" = (SELECT id FROM branch WHERE name = ${branch}) WHERE id = ${person}`;
}

it('gives whoever joins a task their card, and tells whoever leaves that it is none of theirs', async () => {
  const house = await openHouse();
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  await secretary.says('提醒一大队党支部全体党员下周五18:00前完成第一议题学习：学习党的二十届四中全会精神');
  await secretary.presses('确认发布');
  await house.settles();
  const [count] = /共\d+人/.exec(secretary.seesLast('进度')) ?? [];
  const joins = house.person(await memberOf(house, '二大队党支部'));
  const leaves = house.person(await memberOf(house, '一大队党支部'));
  const done = house.person(SAMPLE_PEOPLE.officer);
  await done.presses('我已完成');
  expect(leaves.seesLast()).toContain('[我已完成]');

  await moves(house, joins.id, '一大队党支部');
  await moves(house, leaves.id, '二大队党支部');
  await moves(house, done.id, '二大队党支部');
  await house.clockMovesTo('2026-11-23T11:20:30+08:00');
  await house.follows();

  expect(joins.seesLast()).toContain('学习党的二十届四中全会精神');
  expect(leaves.seesLast()).toContain('您已不在这项任务的范围内，无需再办');
  expect(leaves.seesLast()).not.toContain('[我已完成]');
  await leaves.says('今天');
  expect(leaves.seesLast()).not.toContain('第一议题学习');
  // One joined, one left with nothing done; whoever was done before moving stays counted.
  const progress = secretary.seesLast('进度');
  expect(progress).toContain('发布后加入1人（已计入上面的人数），离开1人（无需再办，不计入）');
  expect(progress).toContain(`已完成 1`);
  expect(progress).toContain(String(count));

  await moves(house, leaves.id, '一大队党支部');
  await house.clockMovesTo('2026-11-23T12:20:30+08:00');
  await house.follows();
  expect(leaves.sees().filter((card) => card.includes('[我已完成]'))).toHaveLength(1);
  expect(secretary.seesLast('进度')).toContain('发布后加入2人（已计入上面的人数）');
  expect(secretary.seesLast('进度')).not.toContain('离开');
});

it('changes nothing where the place itself is gone', async () => {
  const house = await openHouse();
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  await secretary.says('提醒一大队党支部全体党员下周五18:00前完成第一议题学习：学习党的二十届四中全会精神');
  await secretary.presses('确认发布');
  await house.settles();
  const officer = house.person(SAMPLE_PEOPLE.officer);
  await house.app.db
    .sql`UPDATE person SET "branchId" = NULL WHERE "branchId" = (SELECT id FROM branch WHERE name = '一大队党支部')`;
  await house.clockMovesTo('2026-11-23T11:20:30+08:00');
  await house.follows();
  expect(officer.seesLast()).toContain('[我已完成]');
  expect(secretary.seesLast('进度')).not.toContain('离开');
});

it('keeps what is set aside for whoever leaves a hand-out, and takes the open claims of others', async () => {
  const { house, secretary, officer } = await openHandout(['藿香正气水 500盒', '矿泉水 500箱']);
  const joins = house.person(await memberOf(house, '二大队党支部'));
  const leaves = house.person(await memberOf(house, '一大队党支部'));
  await officer.presses('我要领取');
  for (const { id } of [officer, leaves]) await moves(house, id, '二大队党支部');
  await moves(house, joins.id, '一大队党支部');
  await house.clockMovesTo('2026-07-07T11:20:30+08:00');
  await house.follows();

  expect(joins.seesLast()).toContain('[我要领取]');
  expect(leaves.seesLast()).toContain('您已不在这次发放的范围内，无需领取');
  expect(officer.seesLast()).toContain('已预留');
  expect(secretary.seesLast('进度')).toContain('发布后加入1人（已计入上面的人数），离开1人');
  await joins.presses('我要领取');
  expect(joins.seesLast()).toContain('已预留');
});

it('gives the card that leave had kept away until the end as soon as there is time for it: back early, or the end put off', async () => {
  const { house, secretary, officer, auxiliary } = await openOffice();
  for (const one of [officer, auxiliary]) {
    await secretary.says(`登记请假 ${await house.nameOf(one.id)} 7月6日至7月8日`);
    await secretary.presses('确认登记');
  }
  await secretary.says('给一大队党支部每人发矿泉水1箱，7月7日18:00前到政治处领');
  expect(secretary.seesLast()).toContain('其中2人收到卡片前就已经结束');
  await secretary.presses('确认发放');
  await house.settles();
  for (const one of [officer, auxiliary]) expect(one.sees()).toEqual([]);
  await secretary.says(`销假 ${await house.nameOf(officer.id)}`);
  await house.clockMovesTo('2026-07-06T11:20:30+08:00');
  expect(officer.seesLast()).toContain('[我要领取]');

  await secretary.presses('延期');
  await house.settles();
  await secretary.presses('确认延期', { dueAt: '2026-07-10 18:00 +0800' });
  await house.clockMovesTo('2026-07-09T08:00:00+08:00'); // the day after the leave
  expect(auxiliary.seesLast()).toContain('[我要领取]');
});
