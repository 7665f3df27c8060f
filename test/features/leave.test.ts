/** 登记请假: what a secretary may record, and what is refused. */
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { findOnDuty, isOnDuty } from '../../src/people/duty.ts';
import { openHouse } from '../support/house.ts';
import { toastOf } from '../support/persons.ts';
import { confirmImport, workbook } from './lists/workbooks.ts';

it('records leave of the own branch by a sentence, and corrects it', async () => {
  const house = await openHouse();
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  const [officer] = await house.app.db.sql<{
    name: string;
  }>`SELECT name FROM person WHERE id = ${SAMPLE_PEOPLE.officer}`;
  await secretary.says(`登记请假 ${officer?.name} 11月24日至11月28日`);
  expect(toastOf(await secretary.presses('确认登记'))).toContain(
    `已登记：${officer?.name}从11月24日（周二）到11月28日（周六）休假，期间不提醒。`,
  );
  await secretary.says(`登记请假 ${officer?.name} 一大队 11月24日到11月25日`);
  await secretary.presses('确认登记');
  const leaves = await house.app.db.sql`SELECT "personId", "firstDay"::text, "lastDay"::text FROM leave`;
  expect(leaves).toEqual([{ personId: SAMPLE_PEOPLE.officer, firstDay: '2026-11-24', lastDay: '2026-11-25' }]);
});

it('refuses what makes no sense, and people of other branches', async () => {
  const house = await openHouse();
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  const [own] = await house.app.db.sql<{ name: string }>`SELECT name FROM person WHERE id = ${SAMPLE_PEOPLE.officer}`;
  const [stranger] = await house.app.db.sql<{
    name: string;
  }>`SELECT name FROM person WHERE id = ${SAMPLE_PEOPLE.administrator}`;
  const attempts = {
    登记请假: '还差：姓名、第一天、最后一天',
    [`登记请假 ${own?.name} 11月28日至11月24日`]: '结束早于开始',
    [`登记请假 ${own?.name} 11月10日至11月12日`]: '休假已经结束',
    '登记请假 查无此人 11月24日至11月28日': '没有找到这个人',
    [`登记请假 ${stranger?.name} 11月24日至11月28日`]: '您只能登记本支部或本单位的人',
  };
  for (const [typed, answer] of Object.entries(attempts)) {
    const before = secretary.sees().length;
    await secretary.says(typed);
    expect(secretary.sees().slice(before).join('\n'), typed).toContain(answer);
  }
  expect(await house.app.db.sql`SELECT 1 FROM leave`).toEqual([]);
});

it('lets a leader record for the own unit and those below, and for nobody else', async () => {
  const house = await openHouse();
  const leader = house.person(SAMPLE_PEOPLE.leader);
  const [below] = await house.app.db.sql<{ name: string }>`
    SELECT p.name FROM person p JOIN unit u ON u.id = p."unitId" WHERE u.name = '一大队一中队' ORDER BY p.id LIMIT 1`;
  await leader.says(`${below?.name}同志请探亲假，12.10—12.16`);
  expect(toastOf(await leader.presses('确认登记'))).toContain('从12月10日（周四）到12月16日（周三）休假');
  await leader.says(`登记请假 ${await house.nameOf(SAMPLE_PEOPLE.administrator)} 12月10日`);
  expect(leader.seesLast()).toContain('您只能登记本支部或本单位的人');
});

it('ends no leave on words that it has not understood', async () => {
  const house = await openHouse();
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  const name = await house.nameOf(SAMPLE_PEOPLE.officer);
  await secretary.says(`登记请假 ${name} 12月7日至12月9日`);
  await secretary.presses('确认登记');
  for (const text of [`${name}提前一天回来`, `${name}的假取消半天`, `${name}过两天回来上班`]) {
    await secretary.says(text);
    expect(await house.app.db.sql`SELECT 1 FROM leave`, text).toHaveLength(1);
  }
  await secretary.says(`${name}12月7日到9日的假取消了`);
  expect(await house.app.db.sql`SELECT 1 FROM leave`).toEqual([]);
});

it('refuses leave that overlaps other leave, and ends one early', async () => {
  const house = await openHouse();
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  const [own] = await house.app.db.sql<{ name: string }>`SELECT name FROM person WHERE id = ${SAMPLE_PEOPLE.officer}`;
  const leaves = () => house.app.db.sql`SELECT "firstDay"::text, "lastDay"::text FROM leave`;
  await secretary.says(`登记请假 ${own?.name} 一大队 11月20日至11月28日`);
  await secretary.presses('确认登记');
  await secretary.says(`登记请假 ${own?.name} 一大队 11月27日至11月30日`);
  expect(toastOf(await secretary.presses('确认登记'))).toContain(
    '已登记11月20日（周五）到11月28日（周六）休假，日期有重叠，没有登记',
  );
  await secretary.says(`销假 ${own?.name} 一大队`);
  expect(secretary.seesLast()).toContain('休假到11月22日（周日）为止');
  expect(await leaves()).toEqual([{ firstDay: '2026-11-20', lastDay: '2026-11-22' }]);
  await secretary.says(`销假 ${own?.name} 一大队`);
  expect(secretary.seesLast()).toContain('不用销假');
  await secretary.says(`登记请假 ${own?.name} 一大队 12月1日至12月3日`);
  await secretary.presses('确认登记');
  await secretary.says(`销假 ${own?.name} 一大队`);
  expect(secretary.seesLast()).toContain('12月1日（周二）开始的休假已取消');
  expect(await leaves()).toHaveLength(1);
  await secretary.says('销假');
  expect(secretary.seesLast()).toContain('请写上姓名');
});

it('takes the duty roster, by day and with times, changes it and calls duty off', async () => {
  const house = await openHouse();
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  const [own] = await house.app.db.sql<{ name: string }>`SELECT name FROM person WHERE id = ${SAMPLE_PEOPLE.officer}`;
  const name = own?.name ?? '';
  const send = async (...rows: string[][]) => {
    const header = ['姓名', '单位', '日期', '开始', '结束', '取消'];
    await secretary.sends('值班表.xlsx', await workbook({ 值班表: [header, ...rows] }));
    const preview = secretary.seesLast();
    if (preview.includes('[确认导入')) await confirmImport(house, secretary);
    return preview;
  };
  const preview = await send([name, '一大队', '2026-11-24', '20:00', '08:00'], [name, '一大队', '2026-11-26']);
  expect(preview).toContain('新增 2 · 更改 0 · 不变 0 · 有问题 0');
  const onDuty = (day: string) => isOnDuty(house.app.db, SAMPLE_PEOPLE.officer, day);
  expect([await onDuty('2026-11-24'), await onDuty('2026-11-25'), await onDuty('2026-11-26')]).toEqual([
    true,
    false,
    true,
  ]);
  expect(await findOnDuty(house.app.db, '2026-11-26')).toEqual(new Set([SAMPLE_PEOPLE.officer]));

  const changed = await send(
    [name, '一大队', '2026-11-24', '08:00', '20:00'],
    [name, '一大队', '2026-11-26', '', '', '是'],
  );
  expect(changed).toContain('新增 0 · 更改 2 · 不变 0 · 有问题 0');
  expect(await house.app.db.sql`SELECT day::text, "startsAt", "endsAt" FROM duty`).toEqual([
    { day: '2026-11-24', startsAt: '08:00', endsAt: '20:00' },
  ]);
  const twins = await send(
    [name, '一大队', '2026-11-28', '08:00'],
    [name, '一大队', '2026-11-28', '20:00'],
    [name, '', '某天'],
  );
  expect(twins).toContain('新增 1 · 更改 0 · 不变 0 · 有问题 2');
  expect(twins).toContain('第 2 行已有这个人这一天的值班');
  await secretary.says('导出值班');
  const file = (await secretary.files()).at(-1);
  await secretary.sends('值班.xlsx', file?.bytes ?? Buffer.alloc(0));
  expect(secretary.seesLast()).toContain('新增 0 · 更改 0 · 不变 2 · 有问题 0');
});
