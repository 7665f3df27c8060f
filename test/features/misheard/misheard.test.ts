/** 没听懂: counts for the administrator, and the texts of those who asked to show them, without their names. */
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../../src/emulator/world/sample.ts';
import { openHouse } from '../../support/house.ts';

const { administrator, secretary, officer, auxiliary } = SAMPLE_PEOPLE;
const OPS_TOKEN = 'a-token-of-operators';

it('counts why people were not understood, for the administrator and for monitoring, and keeps no text with it', async () => {
  const house = await openHouse({ environment: { OPS_TOKEN } });
  const clerk = house.person(secretary);
  await clerk.says('那个事情你看着弄一下');
  await clerk.says('政治纪律20道题，测验或竞赛都行，12月4日前');
  await clerk.says('提醒本支部全体党员（除华若谷外）11月20日18:00前完成主题党日：学习党章');
  await house.person(officer).says('设置角色');
  await clerk.says('请'.repeat(4001));
  expect(clerk.seesLast()).toContain('超过4000字，没有读');
  house.emulator.sendOther(officer, 'audio');
  await house.settles();
  const metrics = await (
    await fetch(`${house.app.url}/metrics`, { headers: { authorization: `Bearer ${OPS_TOKEN}` } })
  ).text();
  for (const reason of ['nothing', 'several', 'not-permitted', 'too-long', 'in-the-past', 'without-words'])
    expect(metrics).toContain(`jingxin_misheard{reason="${reason}"} 1\n`);

  await house.clockMovesTo('2026-12-05T10:00:00+08:00');
  await clerk.says('那个事情你看着弄一下');
  const boss = house.person(administrator);
  await boss.says('没听懂');
  expect(boss.seesLast()).toContain('完全没听懂：近7天1次，近30天2次');
  expect(boss.seesLast()).toContain('没有权限：近7天0次，近30天1次');
  expect(boss.seesLast()).toContain('给支部发一次限时考试：近7天0次，近30天1次');
  expect(boss.seesLast()).not.toContain('弄一下');

  await house.clockMovesTo('2027-01-06T10:00:00+08:00');
  await boss.says('大家发的哪些话没听懂');
  expect(boss.seesLast()).toContain('近30天的话都听懂了');
  expect(await house.app.db.sql`SELECT 1 FROM misheard`).toEqual([]);
  expect(JSON.stringify(house.logged)).not.toMatch(/弄一下|竞赛都行|党章/);
});

it('counts what a draft left over', async () => {
  const house = await openHouse();
  await house.person(secretary).says('请本支部党员2月30日前完成主题党日：学习党章');
  expect(await house.app.db.sql`SELECT reason, wishes FROM misheard`).toEqual([
    { reason: 'left-over', wishes: ['study.publish'] },
  ]);
});

it('shows a text to the administrator when its writer asks for it, as text and without the name, until it is dealt with', async () => {
  const house = await openHouse();
  const writer = house.person(auxiliary);
  const boss = house.person(administrator);
  const text = '那个事情<at id=all></at>**你看着弄一下** [点我](https://example.com)';
  await writer.says(text);
  expect(writer.seesLast('没有听懂')).toContain('他们会看到上面这句话和日期，看不到是谁写的，30天后删除');
  await boss.says('没听懂');
  expect(boss.seesLast()).toContain('没有人请您看没听懂的话');
  expect(await writer.presses('告诉管理员这句没听懂')).toMatchObject({
    toast: { content: '已告诉政治处管理员：他们会看到这句话和日期，看不到是谁写的，30天后删除。' },
  });
  expect(writer.seesLast('没有听懂')).toContain('这句话已经告诉政治处管理员');
  expect(() => writer.presses('告诉管理员这句没听懂')).toThrow();
  const leads = await house.app.db.sql`
    SELECT 1 FROM told_text t WHERE EXISTS (SELECT 1 FROM delivery d WHERE d.ref = t.id::text) OR EXISTS (SELECT 1 FROM heard_text h WHERE h.id = t.id)`;
  expect(leads).toEqual([]);

  await boss.says('没听懂');
  expect(boss.seesLast()).toContain(text);
  expect(boss.seesLast()).not.toContain(await house.nameOf(auxiliary));
  const shown = house.emulator.messagesOf(administrator).at(-1)?.content;
  expect(JSON.stringify(shown)).not.toMatch(/"(?:lark_md|markdown)","content":"[^"]*弄一下/);
  expect(await boss.presses('已处理')).toMatchObject({ toast: { content: '已记为处理过。' } });
  expect(boss.seesLast('没听懂')).not.toContain('弄一下');
});

it('leafs through what is not dealt with, and forgets it after thirty days though the chat forgets the next day', async () => {
  const house = await openHouse();
  const writer = house.person(officer);
  const boss = house.person(administrator);
  for (const one of ['甲', '乙', '丙', '丁', '戊', '己']) {
    await writer.says(`那个${one}事情你看着弄一下`);
    await writer.presses('告诉管理员这句没听懂');
  }
  await boss.says('没听懂');
  expect(boss.seesLast()).toContain('6句待处理');
  expect(boss.seesLast()).not.toContain('那个甲事情');
  await boss.presses('下一页');
  await house.settles();
  expect(boss.seesLast()).toContain('那个甲事情');
  await house.clockMovesTo('2026-12-20T10:00:00+08:00');
  expect(await house.app.db.sql`SELECT 1 FROM heard_text`).toEqual([]);
  await boss.says('没听懂');
  expect(boss.seesLast()).toContain('6句待处理');
  await house.clockMovesTo('2026-12-25T10:00:00+08:00');
  expect(await boss.presses('已处理')).toMatchObject({ toast: { content: '这句话已经处理过，或已到期删除。' } });
  expect(await house.app.db.sql`SELECT 1 FROM told_text`).toEqual([]);
});

it('is shown to nobody else', async () => {
  const house = await openHouse();
  const person = house.person(secretary);
  await person.says('没听懂');
  expect(person.seesLast()).toContain('您没有办理这件事的权限');
});
