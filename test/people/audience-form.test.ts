/** The form in which an audience is picked, in every feature that has one, for whoever may address the most. */
import { expect, it } from 'vitest';
import { z } from 'zod';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { AudienceFields } from '../../src/people/audience/audience-form.ts';
import { openHouse } from '../support/house.ts';

it('stands on the draft of a task, a contest, an exam and a hand-out, and keeps a mixed audience', async () => {
  const house = await openHouse();
  const administrator = house.person(SAMPLE_PEOPLE.administrator);
  const [unit] = await house.app.db.sql<{ id: string }>`SELECT id FROM unit WHERE name = '二大队'`;
  const mixed = { audiencePlaces: [`unit:${unit?.id}`], audienceWho: '/officer/' };
  await administrator.says('提醒办公室全体人员下周五18:00前完成第一议题学习：学习讲话');
  await administrator.presses('修改');
  expect(administrator.seesLast()).toContain('更多范围');
  await administrator.presses('下一步', mixed);
  expect(administrator.seesLast()).toContain('办公室、二大队全体民警，共42人');
  for (const sentence of [
    '给办公室全体人员发布10道党纪题，明天15:00到15:30',
    '组织办公室全体人员党纪知识考试，明天15:00到17:00',
  ]) {
    await administrator.says(sentence);
    await administrator.presses('修改');
    expect(administrator.seesLast()).toContain('更多范围');
    await administrator.presses('下一步', mixed);
    expect(administrator.seesLast()).toContain('办公室、二大队全体民警，共42人');
  }
  await house.app.db.sql`INSERT INTO pickup_point (id, name) VALUES (gen_random_uuid(), '政治处')`;
  await administrator.says('给办公室每人发毛巾1条');
  await administrator.presses('修改');
  expect(administrator.seesLast()).toContain('更多范围');
  await administrator.presses('下一步', mixed);
  expect(administrator.seesLast()).toContain('办公室、二大队全体民警，共42人');
});

it('takes a form that went out before it had these fields', () => {
  const form = z.object(AudienceFields).parse({ audience: 'detachment:members:' });
  expect(form).toMatchObject({ audiencePlaces: [], audienceOnly: false, audienceAdd: [], audienceLeave: [] });
});
