/** 别名: what the office says for a unit or a person is heard in sentences, and found where names are typed. */
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../../src/emulator/world/sample.ts';
import { findPeople } from '../../../src/people/find-people.ts';
import { openHouse } from '../../support/house.ts';

const { administrator, secretary, officer } = SAMPLE_PEOPLE;
const AUDIENCE = '提醒机动全体民警12月4日18:00前完成主题党日：学习党章';

it('is given by a sentence, then heard as the unit, until it is deleted', async () => {
  const house = await openHouse();
  const boss = house.person(administrator);
  await boss.says(AUDIENCE);
  expect(boss.seesLast()).not.toContain('机动大队全体民警');
  await boss.says('别名 机动 = 机动大队');
  expect(boss.seesLast()).toContain('以后“机动”就是机动大队。发送“别名”可以查看和删除。');
  await boss.says(AUDIENCE);
  expect(boss.seesLast()).toContain('机动大队全体民警');
  expect(boss.seesLast()).toContain('[确认发布（');
  await boss.says('提醒机动大队全体民警12月4日18:00前完成主题党日：学习机动车检验标准');
  expect(boss.seesLast()).toContain('学习机动车检验标准');

  await boss.says('别名');
  expect(boss.seesLast()).toContain('机动 = 机动大队');
  expect(await boss.presses('删除')).toMatchObject({ toast: { content: '已删除别名“机动”。' } });
  expect(boss.seesLast('别名')).toContain('还没有别名');
  await boss.says(AUDIENCE);
  expect(boss.seesLast()).not.toContain('机动大队全体民警');
  expect(JSON.stringify(house.logged)).not.toContain('机动');
});

it('is given in other words as well', async () => {
  const house = await openHouse();
  const boss = house.person(administrator);
  for (const [text, said, name] of [
    ['我们说的秩序队就是指秩序管理科', '秩序队', '秩序管理科'],
    ['机动大队简称机动', '机动', '机动大队'],
    ['简称：大一＝一大队', '大一', '一大队'],
    ['一大队党支部的别名是先锋支', '先锋支', '一大队党支部'],
  ] as const) {
    const isThere = (
      await house.app.db.sql`SELECT 1 FROM unit WHERE name = ${name} UNION SELECT 1 FROM branch WHERE name = ${name}`
    ).length;
    await boss.says(text);
    expect(boss.seesLast(), text).toContain(isThere ? `以后“${said}”就是${name}` : `没有找到“${name}”`);
  }
  await boss.says('看看有哪些别名');
  expect(boss.seesLast()).toContain('机动 = 机动大队');
});

it('of a person, and of a unit beside a name, is found wherever a name is typed or read', async () => {
  const house = await openHouse();
  const boss = house.person(administrator);
  const name = await house.nameOf(officer);
  await boss.says(`别名 小个子 = ${name}`);
  await boss.says('别名 尖刀 = 一大队');
  const found = async (words: string) => (await findPeople(house.app.db, words)).map(({ id }) => id);
  expect(await found('小个子')).toEqual([officer]);
  expect(await found(`尖刀${name}`)).toEqual([officer]);
  expect(await found(`${name}（尖刀）`)).toEqual([officer]);
  expect(await found('大个子')).toEqual([]);
  await boss.says('结束角色 小个子');
  expect(boss.seesLast()).toContain(`${name}的角色`);
  await house.person(secretary).says('登记请假 小个子 3月1日至3月3日');
  expect(house.person(secretary).seesLast()).toContain(`${name}休假3天`);
});

it('is refused in words where it would be heard wrong, and nothing changes', async () => {
  const house = await openHouse();
  const boss = house.person(administrator);
  for (const [text, words] of [
    ['别名 机动 = 火星大队', '没有找到“火星大队”，没有设别名'],
    ['别名 一大队 = 机动大队', '“一大队”是另一个单位或支部的名称，不能作别名'],
    ['别名 机动大队 = 机动大队', '“机动大队”本来就是全称'],
    ['别名 请假 = 机动大队', '“请假”是常用的话'],
    ['别名 考试 = 机动大队', '“考试”是常用的话'],
    ['别名 明天 = 机动大队', '“明天”是常用的话'],
    ['别名 党员 = 机动大队', '“党员”是常用的话'],
    ['别名 机 = 机动大队', '请用2到20个汉字'],
    ['别名 机动，一 = 机动大队', '请用2到20个汉字'],
    ['别名 <at id=all></at> = 机动大队', '请写成“别名 说法 = 名称”'],
    ['别名 机动', '请写成“别名 说法 = 名称”'],
  ] as const) {
    await boss.says(text);
    expect(boss.seesLast(), text).toContain(words);
  }
  expect(await house.app.db.sql`SELECT 1 FROM alias`).toEqual([]);
});

it('that is somebody\u2019s name, or one already, is refused; one whose unit has gone says so', async () => {
  const house = await openHouse();
  const boss = house.person(administrator);
  await boss.says(`别名 ${await house.nameOf(officer)} = 机动大队`);
  expect(boss.seesLast()).toContain('是另一个人的姓名');
  await boss.says('别名 机动 = 机动大队');
  await boss.says('别名 机动 = 一大队');
  expect(boss.seesLast()).toContain('“机动”已经是机动大队的别名');
  await house.app.db.sql`UPDATE alias SET "targetId" = 'od-gone'`;
  await boss.says('别名');
  expect(boss.seesLast()).toContain('机动 = （已不在通讯录里，请删除）');
  await boss.says(AUDIENCE);
  expect(boss.seesLast()).not.toContain('机动大队全体民警');
});

it('is for the administrator alone, page by page', async () => {
  const house = await openHouse();
  await house.person(secretary).says('别名 机动 = 机动大队');
  expect(house.person(secretary).seesLast()).toContain('您没有办理这件事的权限');
  const boss = house.person(administrator);
  const [unit] = await house.app.db.sql<{ id: string }>`SELECT id FROM unit WHERE name = '机动大队'`;
  for (let one = 10; one < 21; one += 1)
    await house.app.db.sql`
      INSERT INTO alias (id, said, kind, "targetId", "addedById", "addedAt") VALUES (gen_random_uuid(), ${`甲${one}`}, 'unit', ${unit?.id ?? ''}, ${administrator}, now())`;
  await boss.says('别名');
  expect(boss.seesLast()).toContain('甲19 = 机动大队');
  expect(boss.seesLast()).not.toContain('甲20');
  await boss.presses('下一页');
  await house.settles();
  expect(boss.seesLast()).toContain('甲20 = 机动大队');
});
