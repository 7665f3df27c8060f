/** 一小时后, 下班后, 明早: the card comes again when the person asked for it. */
import { expect, it } from 'vitest';
import { openOffice, taskCards } from './office.ts';

it('comes again an hour later, and says exactly when', async () => {
  const { house, officer } = await openOffice();
  await house.clockMovesTo('2026-11-23T10:20:00+08:00');
  expect(await officer.presses('一小时后')).toMatchObject({
    toast: { type: 'success', content: '将于11月23日（周一）11:20再提醒您。' },
  });
  expect(officer.seesLast()).toContain('将于 11月23日（周一）11:20 再提醒您');
  expect(officer.seesLast()).toContain('[我已完成]');

  await house.clockMovesTo('2026-11-23T11:19:00+08:00');
  expect(taskCards(officer)).toHaveLength(1);
  await house.clockMovesTo('2026-11-23T11:22:00+08:00');
  await house.clockMovesTo('2026-11-23T11:24:00+08:00');
  expect(taskCards(officer)).toHaveLength(2);
  expect(taskCards(officer).join()).not.toContain('再提醒您');
  await house.clockMovesTo('2026-11-23T20:00:00+08:00');
  expect(taskCards(officer)).toHaveLength(2);
});

it('replaces the earlier wish by the later one, and needs none of the day’s quiet pushes', async () => {
  const { house, secretary, officer } = await openOffice();
  await secretary.says('提醒全体党员下周五18:00前完成主题党日：参观警示教育基地');
  await secretary.presses('确认发布（');
  await house.settles();
  expect(taskCards(officer)).toHaveLength(2);
  await officer.presses('一小时后');
  await officer.presses('下班后');
  await house.clockMovesTo('2026-11-23T12:00:00+08:00');
  expect(taskCards(officer)).toHaveLength(2);
  await house.clockMovesTo('2026-11-23T18:02:00+08:00');
  expect(taskCards(officer)).toHaveLength(3);
});

it('refuses 下班后 in the evening and on days off, and changes nothing', async () => {
  const { house, officer } = await openOffice();
  await house.clockMovesTo('2026-11-23T18:30:00+08:00');
  expect(await officer.presses('下班后')).toMatchObject({
    toast: { type: 'warning', content: '今天18:00已过，请选“一小时后”或“明早”。' },
  });
  await house.clockMovesTo('2026-11-28T10:00:00+08:00');
  expect(await officer.presses('下班后')).toMatchObject({
    toast: { type: 'warning', content: '今天不是工作日，请选“一小时后”或“明早”。' },
  });
  expect(await house.app.db.sql`SELECT 1 FROM part WHERE "snoozedUntil" IS NOT NULL`).toEqual([]);
  expect(await officer.presses('明早')).toMatchObject({
    toast: { content: '将于11月30日（周一）08:30再提醒您。' },
  });
});

it('does not come after completion, withdrawal, or for somebody who has left', async () => {
  const { house, secretary, officer, other, audience } = await openOffice();
  const leaver = house.person(audience.find((id) => ![officer.id, secretary.id, other.id].includes(id)) ?? '');
  for (const person of [officer, other, leaver]) await person.presses('一小时后');
  await officer.presses('我已完成');
  house.emulator.contacts.leave(leaver.id);
  await house.settles();
  await house.clockMovesTo('2026-11-23T10:02:00+08:00');
  const before = leaver.sees().length;
  await house.clockMovesTo('2026-11-23T11:04:00+08:00');
  expect(taskCards(officer)).toHaveLength(1);
  expect(taskCards(other)).toHaveLength(2);
  expect(leaver.sees()).toHaveLength(before);

  await other.presses('明早');
  await secretary.presses('撤销');
  await house.clockMovesTo('2026-11-24T10:00:00+08:00');
  expect(taskCards(other)).toHaveLength(2);
  expect(await house.app.db.sql`SELECT 1 FROM pending_job WHERE job = 'wake'`).toEqual([]);
});

it('says so when the moment lies after the deadline', async () => {
  const { officer } = await openOffice('今天17:00前完成第一议题学习：学习讲话');
  expect(await officer.presses('下班后')).toMatchObject({
    toast: { content: '将于11月23日（周一）18:00再提醒您，那时已过完成时间。' },
  });
});
