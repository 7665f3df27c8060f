/** A round that lasts longer than Feishu's cards: nobody is left with a dead button, and nothing is edited that cannot be. */
import { expect, it } from 'vitest';
import type { House } from '../../support/house.ts';
import {
  candidacyOf,
  cardWith,
  lastRound,
  nominate,
  openBranchRound,
  openCast,
  reachVote,
  toastOf,
} from './playing.ts';

/** What the log calls an error; and Feishu's code for an edit that comes too late. */
const ERROR = 50;
const TOO_OLD = '230031';
const DAY_MS = 86_400_000;

async function passDays(house: House, from: string, days: number): Promise<void> {
  for (let day = 0; day <= days; day += 1)
    await house.clockMovesTo(new Date(new Date(`${from}T10:10:00+08:00`).getTime() + day * DAY_MS));
}

const complaints = ({ logged }: House) =>
  logged.filter(({ level, code }) => Number(level) >= ERROR || code === TOO_OLD);

it('keeps a card of the round alive for its organiser over 40 days, and tells the others that theirs is of the past', async () => {
  const cast = await openCast();
  const { house, secretary, officer, auxiliary } = cast;
  await openBranchRound(cast, { hasVote: 'no' });
  await nominate(cast, officer, auxiliary.id);
  await secretary.presses('调整时间');
  await house.settles();
  expect(toastOf(await secretary.presses('确认调整', { until: '2027-01-20 18:00 +0800' }))).toContain('1月20日');
  const roundCards = (person: typeof officer) => person.sees().filter((card) => card.includes('组织者 · '));
  expect(roundCards(officer)).toHaveLength(1);
  await passDays(house, '2026-11-24', 39);

  expect(roundCards(officer)).toHaveLength(0);
  expect(officer.sees().filter((card) => card.includes('这张卡片快满14天，已失效'))).toHaveLength(1);
  // Three lives of a card later the organiser has one that works, and no other.
  expect(roundCards(secretary)).toHaveLength(1);
  expect(secretary.sees().filter((card) => card.includes('这张卡片快满14天，已失效')).length).toBeGreaterThan(1);
  expect(toastOf(await secretary.presses('结束提名'))).toContain('提名已结束');
  await house.clockMovesTo('2027-01-02T10:20:00+08:00');
  expect(roundCards(secretary)[0]).toContain('核实');
  await officer.says('每月一星');
  expect(officer.seesLast()).toContain('事迹核实');
  expect(complaints(house)).toEqual([]);
});

it('lets everybody object to the last day of a notice of thirty workdays', async () => {
  const cast = await openCast();
  const { house, officer, leader, auxiliary } = cast;
  await reachVote(cast, [auxiliary.id], { hasVote: 'no', noticeDays: '30' });
  const post0 = (await candidacyOf(house, auxiliary.id)).id;
  expect(toastOf(await leader.presses('确认人选', { post0 }))).toContain('公示30个工作日');
  await passDays(house, '2026-11-25', 18);
  const notices = officer.sees().filter((card) => card.includes('每月一星 · 公示'));
  expect(notices.map((card) => card.includes('[提出异议]'))).toEqual([false, true]);
  expect(toastOf(await officer.presses('提出异议'))).toContain('请在单独发给您的卡片上填写');
  await house.settles();
  expect(cardWith(officer, '提交异议')).not.toBe('');
  expect((await lastRound(house)).state).toBe('noticing');
  expect(complaints(house)).toEqual([]);
});
