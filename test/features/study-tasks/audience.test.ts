/** Whom a task is for, as its writers say and pick it: who may say what, and what is shown of it before it is published. */
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../../src/emulator/world/sample.ts';
import { type House, openHouse } from '../../support/house.ts';

const WHAT = '下周五18:00前完成第一议题学习：学习讲话';

type Someone = { id: string; name: string };

/** Some of a unit in the order of ids, none of them known by a part. */
async function peopleOfUnit(house: House, unit: string, kind = 'officer'): Promise<Someone[]> {
  return house.app.db.sql<Someone>`
    SELECT p.id, p.name FROM person p JOIN unit u ON u.id = p."unitId" WHERE u.name = ${unit} AND p.kind = ${kind} AND p.status = 'active'
      AND NOT EXISTS (SELECT 1 FROM role_assignment r WHERE r."personId" = p.id) ORDER BY p.id`;
}

async function idOf(house: House, name: string): Promise<string> {
  const [place] = await house.app.db.sql<{ id: string }>`
    SELECT id FROM unit WHERE name = ${name} UNION ALL SELECT id::text FROM branch WHERE name = ${name}`;
  return place?.id ?? '';
}

const assigned = async (house: House) =>
  (await house.app.db.sql<{ id: string }>`SELECT "personId" AS id FROM part ORDER BY 1`).map(({ id }) => id);

it('a leader speaks to any part of the own unit: 支队长 to 二大队, 大队长 to 本大队 and a 中队', async () => {
  const house = await openHouse();
  const chief = house.person(SAMPLE_PEOPLE.chief);
  const leader = house.person(SAMPLE_PEOPLE.leader);
  await chief.says(`提醒二大队全体民警${WHAT}`);
  expect(chief.seesLast()).toContain('二大队全体民警，共32人');
  await chief.says(`提醒全支队全体人员${WHAT}`);
  expect(chief.seesLast()).toContain('全支队全体人员，共400人');
  await leader.says(`提醒一大队一中队全体民警${WHAT}`);
  expect(leader.seesLast()).toContain('一大队一中队全体民警，共13人');
  await leader.says(`提醒本大队全体民警${WHAT}`);
  expect(leader.seesLast()).toContain('一大队全体民警，共46人');
  await leader.presses('确认发布（46人）');
  expect(await assigned(house)).toHaveLength(46);
});

it('what lies beyond is named, and the rest of what was said stands in the form', async () => {
  const house = await openHouse();
  const leader = house.person(SAMPLE_PEOPLE.leader);
  await leader.says(`提醒一大队、二大队、三大队全体民警${WHAT}`);
  expect(leader.seesLast()).toContain('您只能发布给自己的支部或单位，没有发布。不在您范围内的：二大队、三大队。');
  expect(await leader.presses('下一步')).toMatchObject({
    toast: { content: expect.stringContaining('二大队、三大队') },
  });
  await leader.presses('下一步', { audiencePlaces: [`unit:${await idOf(house, '一大队')}`] });
  expect(leader.seesLast()).toContain('一大队全体民警，共46人');
  expect(leader.seesLast()).toContain('请于 12月4日（周五）18:00 前完成');
});

it('several units, named persons and whoever is left out, by a sentence; the names stand in a panel', async () => {
  const house = await openHouse();
  const administrator = house.person(SAMPLE_PEOPLE.administrator);
  const [one, two] = await peopleOfUnit(house, '三大队');
  await administrator.says(
    `提醒一大队、二大队全体民警（除${(await peopleOfUnit(house, '二大队'))[0]?.name}外）${WHAT}`,
  );
  expect(administrator.seesLast()).toContain('一大队、二大队全体民警（除');
  expect(administrator.seesLast()).toContain('，共77人');
  expect(administrator.seesLast()).toContain('名单（77人）');
  await administrator.says(`提醒党员${one?.name}、${two?.name}${WHAT}`);
  expect(administrator.seesLast()).toContain('，共2人');
  expect(administrator.seesLast()).toMatch(new RegExp(`三大队：.*${one?.name}`));
  await administrator.presses('确认发布（2人）');
  expect(await assigned(house)).toEqual([one?.id, two?.id].sort());
});

it('the form picks several places, who of them, persons to add and persons to leave out, and keeps them', async () => {
  const house = await openHouse();
  const leader = house.person(SAMPLE_PEOPLE.leader);
  const [away] = await peopleOfUnit(house, '一大队一中队');
  const [more] = await peopleOfUnit(house, '一大队', 'auxiliary');
  await leader.says(`提醒本大队全体民警${WHAT}`);
  await leader.presses('修改');
  const places = [`unit:${await idOf(house, '一大队一中队')}`, `unit:${await idOf(house, '一大队二中队')}`];
  await leader.presses('下一步', {
    ...{ audience: '', audiencePlaces: places, audienceWho: '/officer/' },
    ...{ audienceAdd: `${more?.name}（一大队）`, audienceLeave: away?.name },
  });
  expect(leader.seesLast()).toContain(
    `一大队一中队、一大队二中队全体民警，另加${more?.name}（除${away?.name}），共26人`,
  );
  await leader.presses('修改');
  await leader.presses('下一步');
  expect(leader.seesLast()).toContain('，共26人');
  await leader.presses('确认发布（26人）');
  expect(await assigned(house)).toContain(more?.id);
  expect(await assigned(house)).not.toContain(away?.id);
});

it('a secretary picks persons from a list, and none of another branch', async () => {
  const house = await openHouse();
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  await secretary.says(`提醒本支部全体党员${WHAT}`);
  await secretary.presses('修改');
  await secretary.presses('下一步', { audience: '', audienceAdd: [SAMPLE_PEOPLE.officer, SAMPLE_PEOPLE.auxiliary] });
  expect(secretary.seesLast()).toContain('，共2人');
  await secretary.presses('修改');
  const foreign = await secretary.presses('下一步', { audience: '', audienceAdd: [SAMPLE_PEOPLE.administrator] });
  expect(foreign).toMatchObject({ toast: { content: expect.stringContaining('不在您范围内的：') } });
});

it('a name that is not clear is said with the units, and the form stays', async () => {
  const house = await openHouse();
  const administrator = house.person(SAMPLE_PEOPLE.administrator);
  const [one] = await peopleOfUnit(house, '一大队');
  const [other] = await peopleOfUnit(house, '二大队');
  await house.app.db.sql`UPDATE person SET name = ${one?.name} WHERE id = ${other?.id}`;
  await administrator.says(`提醒办公室全体人员${WHAT}`);
  await administrator.presses('修改');
  expect(await administrator.presses('下一步', { audienceAdd: `${one?.name}` })).toMatchObject({
    toast: { content: expect.stringMatching(new RegExp(`“${one?.name}”：同名的有2位（一大队、二大队）`)) },
  });
  expect(await administrator.presses('下一步', { audienceAdd: '查无此人' })).toMatchObject({
    toast: { content: expect.stringContaining('“查无此人”：没有找到这个人') },
  });
  await administrator.presses('下一步', { audienceAdd: `二大队${one?.name}` });
  expect(administrator.seesLast()).toContain(`办公室全体人员，另加${one?.name}，共17人`);
});

it('offices: every 支部书记, and the 支委 of a branch with a 支部委员 whom the administrator appointed', async () => {
  const house = await openHouse();
  const administrator = house.person(SAMPLE_PEOPLE.administrator);
  await administrator.says(`提醒各党支部书记${WHAT}`);
  expect(administrator.seesLast()).toContain('各党支部书记，共18人');
  await administrator.says(`提醒一大队党支部支委${WHAT}`);
  expect(administrator.seesLast()).toContain('一大队党支部支委，共2人');
  const [person] = await house.app.db.sql<Someone>`SELECT id, name FROM person WHERE id = ${SAMPLE_PEOPLE.officer}`;
  await administrator.says('设置角色');
  const scope = `branch:${await idOf(house, '一大队党支部')}`;
  await administrator.presses('确认设置', { person: person?.name, role: 'committee-member', scope });
  await administrator.says(`提醒一大队党支部支委${WHAT}`);
  expect(administrator.seesLast()).toContain('一大队党支部支委，共3人');
});
