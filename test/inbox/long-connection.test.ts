/** The whole conversation over the long connection: the same next step as the webhook. */
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { openHouse } from '../support/house.ts';

it('carries a conversation without any webhook', async () => {
  const house = await openHouse({ environment: { FEISHU_EVENTS: 'long-connection' } });
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  const officer = house.person(SAMPLE_PEOPLE.officer);
  await secretary.says('提醒全体党员下周五18:00前完成第一议题学习：学习讲话');
  expect(await secretary.presses('确认发布')).toMatchObject({ toast: { type: 'success' } });
  await house.settles();
  expect(await officer.presses('我已完成')).toMatchObject({ toast: { type: 'success' } });
  expect(officer.seesLast()).toContain('已完成');
});
