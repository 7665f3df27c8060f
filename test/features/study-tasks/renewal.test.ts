/** A task of 32 days: Feishu lets a card be pressed for 14, so it is issued anew in time, and nothing is ever refused. */
import { expect, it } from 'vitest';
import { openOffice, progressCard, taskCards } from './office.ts';

const DAY_MS = 86_400_000;

it('keeps one live card in the chat, on working days only, without a refused call', async () => {
  const { house, secretary, officer, other } = await openOffice('12月25日18:00前完成第一议题学习：学习讲话');
  const start = new Date('2026-11-23T00:00:00+08:00').getTime();
  const refused = new Map<number, string>();
  const live = () => taskCards(officer).filter((card) => card.includes('[我已完成]'));
  await other.presses('我已完成');
  for (let day = 0; day < 30; day += 1) {
    for (const hour of [9, 15, 22]) {
      const before = taskCards(officer).length;
      const at = new Date(start + day * DAY_MS + hour * 3_600_000);
      if (day > 0 || hour > 10) await house.clockMovesTo(at);
      for (const { id, status, path, code } of house.emulator.calls)
        if (path.startsWith('/open-apis') && (status >= 400 || code)) refused.set(id, `${path} ${status} ${code}`);
      const isWorking = house.app.isWorkday(new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10));
      if (hour === 22 || !isWorking) expect(taskCards(officer)).toHaveLength(before);
      if (isWorking) expect(live().length, at.toISOString()).toBe(1);
    }
  }
  expect([...refused.values()].filter((line) => line.includes('/im/'))).toEqual([]);
  expect(house.logged.filter(({ msg }) => msg === 'a delivery failed')).toEqual([]);

  expect(taskCards(officer).length).toBe(3);
  expect(
    taskCards(officer)
      .slice(0, -1)
      .every((card) => card.includes('已失效')),
  ).toBe(true);
  expect(taskCards(other)).toHaveLength(1);
  expect(taskCards(other).join()).toContain('您已于 11月23日（周一）10:00 完成');
  const progress = secretary.sees().filter((card) => card.includes('· 进度'));
  expect(progress).toHaveLength(3);
  expect(progress.slice(0, -1).every((card) => card.includes('已失效'))).toBe(true);
  expect(progressCard(secretary)).toContain('[催办]');

  expect(await officer.presses('我已完成')).toMatchObject({ toast: { type: 'success' } });
  await secretary.presses('撤销');
  await house.clockMovesTo('2026-12-22T23:00:00+08:00');
  expect(house.logged.filter(({ msg }) => msg === 'a delivery failed')).toEqual([]);
});
