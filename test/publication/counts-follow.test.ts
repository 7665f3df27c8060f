/** The counts on a progress card follow what happens to people, leave above all, and stand still when it is over. */
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { openOffice as openStore } from '../features/heat-supplies/office.ts';
import { openHouse, type TestPerson } from '../support/house.ts';
import { smallWorld } from './generated/small-world.ts';

const progressOf = (person: TestPerson) => person.sees().findLast((card) => card.includes('· 进度')) ?? '';

async function openOffice() {
  const house = await openHouse({ emulator: { world: smallWorld() } });
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  const name = await house.nameOf(SAMPLE_PEOPLE.officer);
  const takesLeave = async (days: string) => {
    await secretary.says(`登记请假 ${name} ${days}`);
    await secretary.presses('确认登记');
    await house.follows();
  };
  return { house, secretary, name, takesLeave };
}

it('leave that is written down, begins, is ended: the card that is out counts it', async () => {
  const { house, secretary, name, takesLeave } = await openOffice();
  await secretary.says('提醒一大队党支部全体党员12月4日18:00前完成主题党日：学习党章');
  await secretary.presses('确认发布（');
  await house.follows();
  expect(progressOf(secretary)).not.toContain('休假');
  await takesLeave('11月23日至11月24日');
  expect(progressOf(secretary)).toContain('休假 1');
  await secretary.says(`销假 ${name}`);
  await house.follows();
  expect(progressOf(secretary)).not.toContain('休假');

  await takesLeave('11月25日至11月25日');
  expect(progressOf(secretary)).not.toContain('休假');
  await house.clockMovesTo('2026-11-25T07:00:00+08:00');
  await house.follows();
  expect(progressOf(secretary)).toContain('休假 1');
  await house.clockMovesTo('2026-11-26T07:00:00+08:00');
  await house.follows();
  expect(progressOf(secretary)).not.toContain('休假');
});

it('leave after the end changes nothing in what was told, however the card is asked for', async () => {
  const { house, secretary, takesLeave } = await openOffice();
  await secretary.says('给本支部发布3道党纪题，今天15:00到15:30');
  await secretary.presses('确认发布（');
  await house.clockMovesTo('2026-11-23T15:31:00+08:00');
  const [told = ''] = /已参加 0 · 未参加 \d+.*/.exec(progressOf(secretary)) ?? [];
  expect(told).not.toBe('');
  await takesLeave('11月24日至11月26日');
  await house.clockMovesTo('2026-11-25T10:00:00+08:00');
  await secretary.says('答题情况');
  expect(progressOf(secretary)).toContain(told);
  await secretary.presses('查看未参加');
  await house.settles();
  expect(secretary.seesLast('未参加名单')).not.toContain('休假');
});

it('whoever has goods reserved is nowhere on the card of a hand-out said to have claimed nothing', async () => {
  const { house, administrator, officer } = await openStore();
  await administrator.says('给一大队、政治处全体人员每人发矿泉水1箱，到政治处领');
  await administrator.presses('确认发放');
  await house.settles();
  await officer.presses('我要领取');
  await house.follows();
  const card = administrator.seesLast('领取进度');
  expect(card).toContain('待领 1');
  expect(card.match(/未申领 \d+/g)).toHaveLength(1);
  // Each unit is told of once, by what it has had.
  expect(card.match(/^一大队（.*：矿泉水 已领0箱、待领1箱$/gm)).toHaveLength(1);
});

it('a line on a 今天 card that came when it was over has told nobody of it', async () => {
  const { house, secretary } = await openOffice();
  await secretary.says('给本支部发布3道党纪题，今天15:00到15:30');
  await secretary.presses('确认发布（');
  await house.clockMovesTo('2026-11-23T15:31:00+08:00');
  const [, missed = ''] = /未参加 (\d+)/.exec(progressOf(secretary)) ?? [];
  await house.app.db.sql`
    WITH late AS (
      INSERT INTO delivery (id, key, feature, card, ref, recipient, push, state, "dueAt", "shownAt")
      VALUES (gen_random_uuid(), 'today:late', 'today', 'list', 'gathered', ${SAMPLE_PEOPLE.officer}, 'quiet', 'sent', now(), '2026-11-24T07:31:00+08:00') RETURNING id)
    UPDATE delivery SET "shownAt" = NULL, "messageId" = NULL, state = 'dropped', failure = 'gathered', "gatheredInto" = late.id
    FROM late WHERE card = 'paper' AND recipient = ${SAMPLE_PEOPLE.officer}`;
  await secretary.says('答题情况');
  expect(progressOf(secretary)).toContain(`未参加 ${Number(missed) - 1} · 没送到 1`);
});
