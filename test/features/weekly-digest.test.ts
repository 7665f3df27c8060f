/** The weekly digest as a conversation. */
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../src/emulator/sample.ts';
import { openHouse } from '../support/house.ts';

it('comes on Friday at 17:07 to who is responsible, and opens its rows', async () => {
  const house = await openHouse();
  const [secretary, officer, leader, chief] = (['secretary', 'officer', 'leader', 'chief'] as const).map((who) =>
    house.person(SAMPLE_PEOPLE[who]),
  );
  if (!secretary || !officer || !leader || !chief) throw new Error('nobody there');
  await secretary.says('提醒一大队党支部全体党员本周四18:00前完成第一议题学习：学习讲话');
  await secretary.presses('确认发布');
  await house.settles();
  await officer.presses('我已完成');
  await house.clockMovesTo('2026-11-27T17:06:30+08:00');
  const before = leader.sees().length;
  await house.clockMovesTo('2026-11-27T17:07:10+08:00');
  console.log(leader.sees().slice(before).join('\n======\n'));
  console.log(secretary.seesLast());
  await leader.presses('全部数字');
  await house.settles();
  console.log(leader.seesLast());
  console.log(house.logged.filter((l) => Number(l.level) >= 40).slice(0, 5));
});
