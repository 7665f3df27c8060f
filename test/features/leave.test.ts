/** 登记请假: what a secretary may record, and what is refused. */
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../src/emulator/sample.ts';
import { openHouse } from '../support/house.ts';

it('records leave of the own branch by a sentence, and corrects it', async () => {
  const house = await openHouse();
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  const [officer] = await house.app.db.sql<{
    name: string;
  }>`SELECT name FROM person WHERE id = ${SAMPLE_PEOPLE.officer}`;
  await secretary.says(`登记请假 ${officer?.name} 11月24日至11月28日`);
  expect(secretary.seesLast()).toContain(
    `已登记：${officer?.name}从11月24日（周二）到11月28日（周六）休假，期间不提醒。`,
  );
  await secretary.says(`登记请假 ${officer?.name} 一大队 11月24日到11月25日`);
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
    登记请假: '请写上姓名和起止日期',
    [`登记请假 ${own?.name} 11月28日至11月24日`]: '最后一天早于第一天',
    [`登记请假 ${own?.name} 11月10日至11月12日`]: '休假已经结束',
    '登记请假 查无此人 11月24日至11月28日': '没有找到这个人',
    [`登记请假 ${stranger?.name} 11月24日至11月28日`]: '您只能登记本支部的人',
  };
  for (const [typed, answer] of Object.entries(attempts)) {
    await secretary.says(typed);
    expect(secretary.seesLast()).toContain(answer);
  }
  expect(await house.app.db.sql`SELECT 1 FROM leave`).toEqual([]);
});
