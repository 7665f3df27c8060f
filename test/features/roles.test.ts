/** 设置角色 and 结束角色, as an administrator has the conversation; and what the roles then allow. */
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { type House, openHouse } from '../support/house.ts';
import { toastOf } from '../support/persons.ts';

async function branchId(house: House, name: string): Promise<string> {
  const [row] = await house.app.db.sql<{ id: string }>`SELECT id::text FROM branch WHERE name = ${name}`;
  return row?.id ?? '';
}

const ISSUE = '提醒一大队党支部全体党员下周五18:00前完成第一议题学习：学习讲话';

it('gives a role from a day until a day, and ends it', async () => {
  const house = await openHouse();
  const administrator = house.person(SAMPLE_PEOPLE.administrator);
  const officer = house.person(SAMPLE_PEOPLE.officer);
  const name = await house.nameOf(officer.id);
  const scope = `branch:${await branchId(house, '一大队党支部')}`;

  await officer.says(ISSUE);
  expect(officer.seesLast()).toContain('没有办理这件事的权限');

  await administrator.says('设置角色');
  const given = await administrator.presses('确认设置', {
    person: name,
    role: 'secretary',
    scope,
    from: '2026-11-24 +0800',
    until: '2026-11-25 +0800',
  });
  expect(given).toMatchObject({
    toast: { content: `${name}从11月24日（周二）起为支部书记，到11月25日（周三）为止。` },
  });

  await officer.says(ISSUE);
  expect(officer.seesLast()).toContain('没有办理这件事的权限');
  await house.clockMovesTo('2026-11-24T09:00:00+08:00');
  await officer.says(ISSUE);
  expect(officer.seesLast()).toContain('[确认发布');
  await house.clockMovesTo('2026-11-26T09:00:00+08:00');
  await officer.says(ISSUE);
  expect(officer.seesLast()).toContain('没有办理这件事的权限');

  await administrator.says('设置角色');
  await administrator.presses('确认设置', { person: name, role: 'secretary', scope, from: '2026-11-26 +0800' });
  await officer.says(ISSUE);
  expect(officer.seesLast()).toContain('[确认发布');
  await administrator.says(`结束角色 ${name}`);
  expect(administrator.seesLast()).toContain('一大队党支部 支部书记');
  expect(await administrator.presses('结束')).toMatchObject({ toast: { content: '已结束这个角色。' } });
  await officer.says(ISSUE);
  expect(officer.seesLast()).toContain('没有办理这件事的权限');
});

it('makes another administrator, who may do the same', async () => {
  const house = await openHouse();
  const administrator = house.person(SAMPLE_PEOPLE.administrator);
  const officer = house.person(SAMPLE_PEOPLE.officer);
  await officer.says('设置角色');
  expect(officer.seesLast()).toContain('没有办理这件事的权限');
  await administrator.says('设置角色');
  await administrator.presses('确认设置', {
    person: await house.nameOf(officer.id),
    role: 'administrator',
    scope: 'detachment:',
  });
  await officer.says('设置角色');
  expect(officer.seesLast()).toContain('[确认设置]');
});

it('says what is wrong with a form and changes nothing', async () => {
  const house = await openHouse();
  const administrator = house.person(SAMPLE_PEOPLE.administrator);
  const name = await house.nameOf(SAMPLE_PEOPLE.officer);
  const scope = `branch:${await branchId(house, '一大队党支部')}`;
  const before = await house.app.db.sql`SELECT count(*) FROM role_assignment`;
  await administrator.says('设置角色');
  const attempts: [Record<string, string>, string][] = [
    [{ person: '查无此人', role: 'secretary', scope }, '没有找到这个人'],
    [{ person: name, role: 'leader', scope }, '单位领导的范围要选一个单位'],
    [
      { person: name, role: 'secretary', scope, from: '2026-12-02 +0800', until: '2026-12-01 +0800' },
      '截止日期早于开始日期',
    ],
    [{ person: name, role: 'secretary', scope: '' }, '请填写姓名、角色和范围'],
  ];
  for (const [form, sentence] of attempts) {
    expect(await administrator.presses('确认设置', form)).toMatchObject({
      toast: { type: 'warning', content: expect.stringContaining(sentence) },
    });
  }
  expect(await house.app.db.sql`SELECT count(*) FROM role_assignment`).toEqual(before);
});

it('takes the leader of a unit from the contacts, unless somebody was set in chat', async () => {
  const house = await openHouse();
  const administrator = house.person(SAMPLE_PEOPLE.administrator);
  const leadersOf = async () => {
    const rows = await house.app.db.sql<{ id: string }>`
      SELECT r."personId" AS id FROM role_assignment r JOIN unit u ON u.id = r."scopeId" WHERE u.name = '一大队' AND r.role = 'leader' AND r.until IS NULL`;
    return rows.map(({ id }) => id);
  };
  expect(await leadersOf()).toEqual([SAMPLE_PEOPLE.leader]);

  const [unit] = await house.app.db.sql<{ id: string }>`SELECT id FROM unit WHERE name = '一大队'`;
  await administrator.says('设置角色');
  await administrator.presses('确认设置', {
    person: await house.nameOf(SAMPLE_PEOPLE.officer),
    role: 'leader',
    scope: `unit:${unit?.id}`,
  });
  expect(await leadersOf()).toEqual([SAMPLE_PEOPLE.officer]);

  house.emulator.contacts.change(SAMPLE_PEOPLE.auxiliary, { name: '新名字' });
  await house.settles();
  await house.clockMovesTo('2026-11-23T10:01:00+08:00');
  expect(await house.nameOf(SAMPLE_PEOPLE.auxiliary)).toBe('新名字');
  expect(await leadersOf()).toEqual([SAMPLE_PEOPLE.officer]);
});

it('takes all access from whoever leaves the contacts', async () => {
  const house = await openHouse();
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  house.emulator.contacts.leave(secretary.id);
  await house.settles();
  await house.clockMovesTo('2026-11-23T10:01:00+08:00');
  const [person] = await house.app.db.sql<{ status: string }>`SELECT status FROM person WHERE id = ${secretary.id}`;
  expect(person).toEqual({ status: 'left' });
  const roles = await house.app.db
    .sql`SELECT 1 FROM role_assignment WHERE "personId" = ${secretary.id} AND until IS NULL`;
  expect(roles).toEqual([]);
});

it('tells whoever gets or loses a role, and lets the last of an office go with a warning alone', async () => {
  const house = await openHouse();
  const administrator = house.person(SAMPLE_PEOPLE.administrator);
  const [officer, secretary] = [house.person(SAMPLE_PEOPLE.officer), house.person(SAMPLE_PEOPLE.secretary)];
  const scope = `branch:${await branchId(house, '一大队党支部')}`;
  await administrator.says('设置角色');
  await administrator.presses('确认设置', { person: await house.nameOf(officer.id), role: 'secretary', scope });
  await house.settles();
  expect(officer.seesLast()).toContain('您是一大队党支部书记');
  await officer.presses('看看能办什么');
  await house.settles();
  expect(officer.seesLast()).toContain('您的角色：支部书记');

  const ends = async (who: typeof officer, words: string) => {
    await administrator.says(`结束角色 ${await house.nameOf(who.id)}`);
    return toastOf(await administrator.presses(words));
  };
  expect(await ends(officer, '结束')).toBe('已结束这个角色。');
  await house.settles();
  expect(officer.sees().join()).toContain('您不再是一大队党支部书记');

  await administrator.says(`结束角色 ${await house.nameOf(secretary.id)}`);
  expect(confirmationsOn(house, administrator.id)).toContain('这是最后一位一大队党支部书记，结束后这里就没有人了。');
  expect(await ends(secretary, '结束')).toContain('现在没有人是一大队党支部书记，请尽快设置。');
  // The sample and the configuration both made the one administrator: the first may go, the last may not.
  expect(await ends(administrator, '结束')).toBe('已结束这个角色。');
  expect(await ends(administrator, '结束')).toContain('这是最后一位管理员');
  await administrator.says('设置角色');
  const late = {
    person: await house.nameOf(administrator.id),
    role: 'administrator',
    scope: 'detachment:',
    from: '2026-11-30 +0800',
  };
  expect(toastOf(await administrator.presses('确认设置', late))).toContain('不能改成以后开始');
});

/** The questions that the newest card asks before a press counts. */
function confirmationsOn(house: House, person: string): string {
  return JSON.stringify(house.emulator.messagesOf(person).at(-1)?.content);
}
