/** Disputes and the bank in the administrator's hands: a corrected key grades everybody anew and tells them. */
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../../src/emulator/world/sample.ts';
import { openHouse } from '../../support/house.ts';
import { chooseWrong, reachSingleChoice } from './answering.ts';

it('takes a dispute to the reviewer without a name; a corrected key regrades and tells whoever it changes', async () => {
  const house = await openHouse();
  const officer = house.person(SAMPLE_PEOPLE.officer);
  const administrator = house.person(SAMPLE_PEOPLE.administrator);
  await officer.says('练习 生活纪律');
  const { question, wrong } = await reachSingleChoice(house, officer);
  await chooseWrong(house, officer);
  await officer.presses('对上一题有异议');
  await house.settles();
  expect(officer.seesLast()).toContain(question.stem);
  expect(await officer.presses('提交', { text: ' ' })).toMatchObject({ toast: { content: '请写明理由再提交。' } });
  await officer.presses('提交', { text: '条文里写的是另一档' });
  await house.settles();

  expect(administrator.seesLast()).toContain('条文里写的是另一档');
  const [row] = await house.app.db.sql<{ name: string }>`SELECT name FROM person WHERE id = ${officer.id}`;
  expect(administrator.seesLast()).not.toContain(row?.name);
  const none = Object.fromEntries(question.options.map(({ id }) => [id, false]));
  const tick = (ids: string[]) => ({ ...none, ...Object.fromEntries(ids.map((id) => [id, true])) });
  expect(await administrator.presses('改正答案', none)).toMatchObject({ toast: { type: 'warning' } });
  expect(await administrator.presses('改正答案', tick(question.key))).toMatchObject({ toast: { type: 'warning' } });
  const newKey = question.options.filter(({ text }) => text === wrong[0]).map(({ id }) => id);
  await administrator.presses('改正答案', tick(newKey));
  await house.settles();
  await house.clockMovesTo('2026-11-23T10:01:00+08:00');
  const seen = officer.sees().join('\n\n');
  expect(seen).toContain('这道题改判为答对，成绩已更新。');
  expect(seen).toContain('答案已经改正，成绩随之更新');
  expect(administrator.seesLast()).toContain('已处理');
  expect(administrator.seesLast()).not.toContain('[维持原答案]');
});

it('asks no question of a law with a newer edition until somebody has compared it again', async () => {
  const house = await openHouse();
  const administrator = house.person(SAMPLE_PEOPLE.administrator);
  const officer = house.person(SAMPLE_PEOPLE.officer);
  await administrator.says('题库');
  expect(administrator.seesLast()).toMatch(/在用 \d+ 题，其中 \d+ 题尚未与正式文本核对/);
  await administrator.presses('登记新版本', { law: '中国共产党纪律处分条例' });
  await officer.says('练习 生活纪律');
  expect(officer.seesLast()).toContain('题库里现在没有可以练习的题');
  await administrator.presses('逐题核对');
  await house.settles();
  expect(administrator.seesLast()).toContain('待复核');
  const first = administrator.seesLast();
  await administrator.presses('与正式文本一致');
  expect(administrator.seesLast()).not.toBe(first);
  const rows = await house.app.db.sql<{ count: number }>`
    SELECT count(*)::int AS count FROM quiz_question WHERE law = '中国共产党纪律处分条例' AND state = 'active' AND "comparedAt" IS NOT NULL`;
  expect(rows).toEqual([{ count: 1 }]);
});

it('edits in chat: a new question takes the place of the old one, and none is saved without a source', async () => {
  const house = await openHouse();
  const administrator = house.person(SAMPLE_PEOPLE.administrator);
  await administrator.says('题库 pd-053-1');
  expect(administrator.seesLast()).toContain('✓ 开除党籍');
  await administrator.presses('修改');
  await house.settles();
  const text = `法规：中国共产党纪律处分条例
版本：2023年12月修订
施行：2024-01-01
条文：第五十三条
依据：组织秘密集团的，开除党籍。
题目：x 政治纪律 中
组织秘密集团的党员，应当给予什么处分？
+ 开除党籍
- 警告
解析：没有其他档次。`;
  expect(await administrator.presses('保存', { text: text.replace(/依据：.*/, '') })).toMatchObject({
    toast: { type: 'warning', content: expect.stringContaining('没有出处：缺少依据') },
  });
  expect(await administrator.presses('保存', { text })).toMatchObject({ toast: { content: '已改成新题，原题停用。' } });
  await house.settles();
  expect(administrator.seesLast()).toContain('应当给予什么处分？');
  await administrator.says('题库 pd-053-1');
  expect(administrator.seesLast()).toContain('已停用');
  await administrator.says('题库 nothing');
  expect(administrator.seesLast()).toContain('没有这个编号的题目');
  const officer = house.person(SAMPLE_PEOPLE.officer);
  await officer.says('题库');
  expect(officer.seesLast()).not.toContain('在用');
});
