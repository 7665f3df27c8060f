/** 今天 without anything to do, with more than a phone can show, and with everything that may be open for anybody. */
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { type House, openHouse } from '../support/house.ts';

it('says plainly that there is nothing to do', async () => {
  const house = await openHouse();
  const officer = house.person(SAMPLE_PEOPLE.officer);
  await officer.says('今天');
  expect(officer.seesLast()).toContain('没有需要您办的事。');
});

it('shows the ten most urgent things, and the rest on further pages', async () => {
  const house = await openHouse();
  const officer = house.person(SAMPLE_PEOPLE.officer);
  const { db } = house.app;
  await db.sql`
    WITH task AS (
      INSERT INTO study_task (id, kind, topic) SELECT gen_random_uuid(), 'themed-party-day', '第' || n || '项' FROM generate_series(0, 11) AS n RETURNING id, topic)
    INSERT INTO publication (id, feature, card, state, "dueAt", "issuedById", "createdAt")
    SELECT id, 'study-tasks', 'task', 'published', '2026-11-23T18:00:00+08:00'::timestamptz + substring(topic, '\\d+')::int * interval '1 day', ${SAMPLE_PEOPLE.secretary}, now() FROM task`;
  await db.sql`INSERT INTO part ("publicationId", "personId") SELECT id, ${officer.id} FROM publication`;
  await officer.says('今天');
  expect(officer.seesLast()).toContain('待办12件');
  expect(officer.seesLast()).toContain('主题党日：第0项\n11月23日（周一，今天）18:00前');
  expect(officer.seesLast()).toContain('第9项');
  expect(officer.seesLast()).not.toContain('第10项');
  expect(officer.seesLast()).toContain('第1页，共2页');
  expect(await officer.presses('下一页')).toMatchObject({ toast: { content: '第2页' } });
  await house.settles();
  expect(officer.seesLast()).toContain('第10项');
  expect(officer.seesLast()).toContain('第11项');
  expect(officer.seesLast()).not.toContain('第9项');
  // From there on the pages turn in place.
  const count = officer.sees().length;
  await officer.presses('上一页');
  await house.follows();
  expect(officer.sees()).toHaveLength(count);
  expect(officer.seesLast()).toContain('第0项');
  // What was done meanwhile may have emptied a page that is shown.
  await officer.presses('下一页');
  await house.follows();
  await db.sql`UPDATE part SET "doneAt" = now() WHERE "publicationId" IN (SELECT id FROM study_task WHERE topic IN ('第0项', '第1项', '第2项'))`;
  await officer.says('今天');
  expect(officer.seesLast()).not.toContain('共2页');
  expect(officer.seesLast()).toContain('第11项');
});

/** What somebody has before them, with what makes it so, and which line opens which card. */
const OPEN: Record<
  string,
  { who: keyof typeof SAMPLE_PEOPLE; begin: (house: House) => Promise<unknown>; line: string; card: string }
> = {
  'an objection to a question': {
    ...{ who: 'administrator', line: '核对一道题的异议', card: '理由' },
    begin: async (house) => {
      await house.person(SAMPLE_PEOPLE.administrator).says('题库');
      await house.app.db.sql`
        INSERT INTO quiz_dispute (id, "questionId", "personId", text, outcome, "writtenAt")
        SELECT gen_random_uuid(), id, ${SAMPLE_PEOPLE.officer}, '答案不对', 'written', now() FROM quiz_question ORDER BY id LIMIT 1`;
    },
  },
  feedback: {
    ...{ who: 'administrator', line: '的投诉建议', card: '希望下午再发' },
    begin: async (house) => {
      const officer = house.person(SAMPLE_PEOPLE.officer);
      await officer.says('投诉建议');
      await officer.presses('提交', { text: '希望下午再发' });
    },
  },
  'a request for leave': {
    ...{ who: 'secretary', line: '的休假', card: '休假 · 请核对' },
    begin: async (house) => {
      const officer = house.person(SAMPLE_PEOPLE.officer);
      await officer.says(`登记请假 ${await house.nameOf(officer.id)} 12月1日至12月2日`);
    },
  },
  stock: {
    ...{ who: 'chief', line: '政治处有1项库存要处理', card: '可用只剩5盒' },
    begin: async (house) => {
      const boss = house.person(SAMPLE_PEOPLE.administrator);
      const point = { name: '政治处', place: '库房', hours: '上午', keeper: await house.nameOf(SAMPLE_PEOPLE.chief) };
      await boss.says('设置领取点');
      await boss.presses('保存领取点', point);
      await house.settles();
      await house.person(SAMPLE_PEOPLE.chief).says('入库 藿香正气水 5盒');
    },
  },
  'minutes without a session': {
    ...{ who: 'secretary', line: '选择存入哪次学习：纪要.txt', card: '[存入' },
    begin: async (house) => {
      const secretary = house.person(SAMPLE_PEOPLE.secretary);
      const [branch] = await house.app.db.sql<{ id: string }>`SELECT id FROM branch WHERE name = '一大队党支部'`;
      const held = { kind: 'themed-party-day', heldOn: '2026-11-20 +0800', host: '甲', topic: '乙', attendees: '12' };
      await secretary.says('登记学习');
      await secretary.presses('登记', { ...held, holder: branch?.id ?? '' });
      await house.settles();
      await secretary.sends('纪要.txt', Buffer.from('丙'));
    },
  },
  'a meeting that is about to be missed': {
    ...{ who: 'secretary', line: '开展并登记', card: '前开展并登记' },
    begin: (house) => house.clockMovesTo('2026-11-25T10:00:00+08:00'),
  },
  'people that the contacts lack': {
    ...{ who: 'administrator', line: '核对通讯录里少了的人', card: '[确认这些人已离开' },
    begin: async ({ app }) => {
      await app.db.sql`
        INSERT INTO held_loss (id, "personIds", "inService", "seenAt") VALUES (gen_random_uuid(), ${[SAMPLE_PEOPLE.auxiliary]}::text[], 399, now())`;
    },
  },
};

it.each(Object.entries(OPEN))(
  '%s stands on 今天 with a button that opens it',
  async (_what, { who, begin, line, card }) => {
    const house = await openHouse();
    const person = house.person(SAMPLE_PEOPLE[who]);
    await begin(house);
    await house.settles();
    await person.says('今天');
    expect(person.seesLast()).toContain(line);
    const count = person.sees().length;
    await person.presses('去办理');
    await house.settles();
    expect(person.sees()).toHaveLength(count + 1);
    expect(person.seesLast()).toContain(card);
  },
);

it('what was handled, confirmed or declined leaves 今天', async () => {
  const house = await openHouse();
  const [administrator, secretary] = [house.person(SAMPLE_PEOPLE.administrator), house.person(SAMPLE_PEOPLE.secretary)];
  await OPEN.feedback?.begin(house);
  await house.settles();
  expect(await administrator.presses('已办理')).toMatchObject({ toast: { type: 'success' } });
  expect(administrator.seesLast('希望下午再发')).toContain('已办理');
  await administrator.says('今天');
  expect(administrator.seesLast()).not.toContain('投诉建议\n[去办理]');

  const lines = async () => {
    await secretary.says('今天');
    return secretary.seesLast().includes('的休假');
  };
  await OPEN['a request for leave']?.begin(house);
  expect(await lines()).toBe(true);
  await secretary.presses('不登记');
  expect(await lines()).toBe(false);
  expect(await house.app.db.sql`SELECT 1 FROM leave`).toEqual([]);
  await OPEN['a request for leave']?.begin(house);
  expect(await lines()).toBe(true);
  await secretary.presses('确认登记');
  expect(await lines()).toBe(false);
});
