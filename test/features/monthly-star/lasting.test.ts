/** A round that lasts longer than Feishu's cards: nobody is left with a dead button, and nothing is edited that cannot be. */
import { expect, it } from 'vitest';
import type { House, TestPerson } from '../../support/house.ts';
import {
  candidacyOf,
  commissioner,
  lastRound,
  nominate,
  openBranchRound,
  openCandidate,
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

/** How often a person has a card that begins with this, with its button and without. */
function countCards(person: TestPerson, title: string, button: string): { live: number; past: number } {
  const cards = person.sees().filter((card) => card.includes(title));
  const past = cards.filter((card) => card.includes('这张卡片快满14天，已失效'));
  return { live: cards.filter((card) => card.includes(button)).length, past: past.length };
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
  expect(officer.seesLast('提交异议')).not.toBe('');
  expect((await lastRound(house)).state).toBe('noticing');
  expect(complaints(house)).toEqual([]);
});

it('gives a question and an objection anew as long as they are open, and says of a form how to get another', async () => {
  const cast = await openCast();
  const { house, secretary, officer, leader, auxiliary } = cast;
  const handler = await commissioner(cast);
  await openBranchRound(cast, { hasVote: 'no' });
  for (const nominator of [officer, leader]) expect(await nominate(cast, nominator, auxiliary.id)).toContain('已提交');
  await secretary.presses('结束提名');
  await house.settles();
  await openCandidate(cast, secretary, await house.nameOf(auxiliary.id));
  expect(toastOf(await secretary.presses('询问提名人', { question: '是哪一天的事？' }))).toContain('已问2位提名人');
  await house.clockMovesTo('2026-11-24T10:10:00+08:00');
  await leader.presses('提交答复', { answer: '11月20日。' });
  await passDays(house, '2026-12-04', 4);
  expect(countCards(officer, '核实问题', '[提交答复]')).toEqual({ live: 0, past: 1 });
  expect(countCards(officer, '核实事迹 · 请答复', '[提交答复]')).toEqual({ live: 1, past: 0 });
  // What was answered needs nothing more.
  expect(countCards(leader, '核实问题', '')).toEqual({ live: 0, past: 0 });
  expect(leader.seesLast('核实事迹 · 请答复')).toContain('已答复');
  expect(toastOf(await officer.presses('提交答复', { answer: '也是11月20日。' }))).toBe('已答复，谢谢。');
  expect(secretary.seesLast('候选人事迹')).toContain('请在“候选人”卡片上再按“查看”');

  await house.settles();
  await openCandidate(cast, secretary, await house.nameOf(auxiliary.id));
  expect(toastOf(await secretary.presses('核实通过'))).toContain('已核实通过');
  await house.settles();
  expect(toastOf(await secretary.presses('完成核实'))).toContain('核实完成');
  await house.clockMovesTo('2026-12-09T10:10:00+08:00');
  await openCandidate(cast, handler, await house.nameOf(auxiliary.id));
  expect(toastOf(await handler.presses('无异议'))).toContain('纪检意见已齐');
  await house.clockMovesTo('2026-12-10T10:10:00+08:00');
  const post0 = (await candidacyOf(house, auxiliary.id)).id;
  expect(toastOf(await leader.presses('确认人选', { post0 }))).toContain('公示5个工作日');
  await house.settles();
  await officer.presses('提出异议');
  await house.settles();
  expect(toastOf(await officer.presses('提交异议', { candidate: post0, text: '请再核实' }))).toContain('已收到');
  await secretary.presses('提出异议');
  await house.settles();
  await passDays(house, '2026-12-20', 5);
  expect((await lastRound(house)).state).toBe('noticing');
  expect(countCards(handler, '公示异议', '[不成立，答复提出人]')).toEqual({ live: 1, past: 1 });
  expect(secretary.seesLast('每月一星 · 提出异议')).toContain('请在“公示”卡片上再按“提出异议”');
  // A form that was handed in says that, and stays.
  expect(officer.seesLast('公示异议 · 请填写')).toContain('异议已收到');
  // Another life of a card later, that of the reminder of December 21, the handler still has one that works.
  await passDays(house, '2026-12-31', 8);
  expect(countCards(handler, '公示异议', '[不成立，答复提出人]')).toEqual({ live: 1, past: 2 });
  expect(toastOf(await handler.presses('不成立', { answer: '已核查，是本人所做。' }))).toBe('已答复提出人。');
  await house.settles();
  expect((await lastRound(house)).state).toBe('published');
  expect(complaints(house)).toEqual([]);
});
