/** What becomes of cards, edits, renewals and what has not gone yet when the role ends that they were for. */
import { expect, it } from 'vitest';
import { now } from '../../src/basics/clock.ts';
import { openHandout } from '../features/heat-supplies/office.ts';
import { toastOf } from '../features/monthly-star/playing.ts';
import type { House } from '../support/house.ts';

const CLOSED = '这张卡片已关闭';

const endRoles = ({ app: { db } }: House, person: string) =>
  db.sql`UPDATE role_assignment SET until = ${now()} WHERE "personId" = ${person} AND until IS NULL`;
const nameOf = async ({ app: { db } }: House, id: string) =>
  (await db.sql<{ name: string }>`SELECT name FROM person WHERE id = ${id}`)[0]?.name ?? '?';

it('closes a card at the first press or edit after the role ended, shows no name, and opens it again with the role', async () => {
  const { house, keeper, officer, auxiliary } = await openHandout();
  await keeper.says('待领名单');
  await officer.presses('我要领取');
  await house.settles();
  await house.clockMovesTo(new Date(now().getTime() + 60_000));
  const name = await nameOf(house, officer.id);
  expect(keeper.sees().some((card) => card.includes('待领名单') && card.includes(name))).toBe(true);

  await endRoles(house, keeper.id);
  const answer = await keeper.presses('已发');
  expect(toastOf(answer)).toContain('您没有办理这件事的权限');
  expect(JSON.stringify(answer)).toContain(CLOSED);
  expect(JSON.stringify(answer)).not.toContain(name);
  expect(await house.app.db.sql`SELECT 1 FROM supply_claim WHERE state = 'collected'`).toEqual([]);

  // Every other card of the point that is out closes with the next change.
  await auxiliary.presses('我要领取');
  await house.settles();
  await house.clockMovesTo(new Date(now().getTime() + 60_000));
  expect(keeper.sees().filter((card) => card.includes('待领') && !card.includes(CLOSED))).toEqual([]);
  expect(keeper.sees().join()).not.toContain(name);
  expect(keeper.seesLast()).toContain('政治处核对您的角色');

  await house.app.db.sql`UPDATE role_assignment SET until = NULL WHERE "personId" = ${keeper.id} AND role = 'keeper'`;
  await officer.presses('已领取');
  await house.settles();
  await house.clockMovesTo(new Date(now().getTime() + 60_000));
  expect(keeper.sees().some((card) => card.includes('待领名单') && card.includes('[已发]'))).toBe(true);
});

it('drops what has not gone yet, and sends no newer card in place of one that grows too old', async () => {
  const { house, secretary, keeper } = await openHandout(
    undefined,
    '给一大队党支部每人发藿香正气水2盒，8月5日18:00前到政治处领',
  );
  await house.clockMovesTo('2026-07-06T22:00:00+08:00');
  await secretary.says('给一大队党支部每人发矿泉水1箱，8月5日18:00前到政治处领');
  await secretary.presses('确认发放');
  await house.settles();
  const waiting = () => house.app.db.sql<{ state: string }>`
    SELECT state FROM delivery WHERE recipient = ${keeper.id} AND card = 'queue' AND "messageId" IS NULL ORDER BY id`;
  expect((await waiting()).map(({ state }) => state)).toContain('pending');
  await endRoles(house, keeper.id);
  await endRoles(house, secretary.id);
  const queues = () => keeper.sees().filter((card) => card.includes('待领名单')).length;
  const before = queues();
  for (let day = 7; day <= 24; day += 1)
    await house.clockMovesTo(`2026-07-${String(day).padStart(2, '0')}T09:30:00+08:00`);
  expect(new Set((await waiting()).map(({ state }) => state))).toEqual(new Set(['dropped']));
  expect(queues()).toBeLessThanOrEqual(before);
  expect(secretary.sees().filter((card) => card.includes('[结束并对账]'))).toEqual([]);
});
