/** A hand-out of a month: Feishu lets a card be pressed for 14 days, so whoever has yet to collect gets it anew. */
import { expect, it } from 'vitest';
import { openHandout } from './office.ts';

it('keeps one live card in the chat of whoever has yet to collect, and of whoever handed out', async () => {
  const { house, secretary, officer, auxiliary } = await openHandout(
    undefined,
    '给一大队党支部每人发藿香正气水2盒，8月5日18:00前到政治处领',
  );
  await officer.presses('我要领取');
  await officer.presses('已领取');
  await house.follows();
  for (let day = 7; day <= 24; day += 1)
    await house.clockMovesTo(`2026-07-${String(day).padStart(2, '0')}T09:30:00+08:00`);
  const cards = auxiliary.sees().filter((card) => card.includes('防暑物资'));
  expect(cards.map((card) => card.includes('[我要领取]'))).toEqual([false, true]);
  expect(cards[0]).toContain('已失效');
  expect(officer.sees().filter((card) => card.includes('防暑物资'))).toHaveLength(1);
  expect(secretary.sees().filter((card) => card.includes('[结束并对账]'))).toHaveLength(1);
  expect(await auxiliary.presses('我要领取')).toMatchObject({ toast: { type: 'success' } });
  await house.follows();
  expect(secretary.seesLast('领取进度')).toContain('待领 1');
});
