/** What changes while cards wait is asked about again at once: leave, the end of the matter, who can be reached; and what is said follows. */
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { openHouse } from '../support/house.ts';
import { toastOf } from '../support/persons.ts';

/** A Friday morning; the Monday after it is the next workday. */
const FRIDAY = new Date('2026-11-27T10:00:00+08:00');

async function openCast(at = FRIDAY) {
  const house = await openHouse({ at });
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  const officer = house.person(SAMPLE_PEOPLE.officer);
  const admin = house.person(SAMPLE_PEOPLE.administrator);
  const name = await house.nameOf(officer.id);
  const issue = async (sentence: string) => {
    await secretary.says(sentence);
    const answer = toastOf(await secretary.presses('确认发布（'));
    await house.settles();
    return answer;
  };
  const leave = async (words: string) => {
    await secretary.says(words);
    await secretary.presses('确认登记');
    await house.settles();
  };
  const why = async () => {
    await admin.says(`为什么没收到 ${name}`);
    return admin.seesLast('送达情况');
  };
  return { house, secretary, officer, name, issue, leave, why };
}

const task = (topic: string) => `提醒本支部全体党员12月15日18:00前完成主题党日：${topic}`;

it('brings what waited for the end of a leave as soon as the leave is ended', async () => {
  const { house, secretary, officer, name, issue, leave, why } = await openCast();
  await leave(`登记请假 ${name} 11月26日至12月8日`);
  await issue(task('学习党章'));
  expect(officer.sees().join()).not.toContain('学习党章');
  expect(await why()).toContain('正在休假 → 将于12月9日（周三）07:30起送达');
  await secretary.says(`销假 ${name}`);
  await house.settles();
  await house.follows();
  expect(officer.seesLast()).toContain('学习党章');
  expect(await why()).toContain('11月27日（周五）10:00送达');
});

it('moves what waits with a leave that lasts longer, or is booked meanwhile', async () => {
  const { house, name, issue, leave, why } = await openCast();
  for (const topic of ['学习党章', '学习纪律处分条例', '学习廉洁自律准则']) await issue(task(topic));
  expect(await why()).toContain('将于11月30日（周一）07:30起送达');
  await leave(`登记请假 ${name} 11月30日至12月2日`);
  await leave(`登记请假 ${name} 11月27日至11月29日`);
  await house.follows();
  expect(await why()).toContain('正在休假 → 将于12月3日（周四）07:30起送达');
});

it('sends what was too late during a leave once the leave is ended and there is time', async () => {
  const { house, secretary, officer, name, issue, leave } = await openCast();
  await leave(`登记请假 ${name} 11月26日至11月30日`);
  await issue('给本支部发布10道党纪题，今天10:10到17:00');
  expect(officer.sees().join()).not.toContain('党纪');
  await secretary.says(`销假 ${name}`);
  await house.settles();
  await house.follows();
  expect(officer.seesLast()).toContain('党纪');
});

it('tries again whom Feishu refused, says so before confirming, and takes no push from their day', async () => {
  const { house, secretary, officer, issue, why } = await openCast();
  house.emulator.contacts.setReach(officer.id, { isUnavailable: true });
  await issue(task('学习党章'));
  await secretary.says('送达情况');
  expect(secretary.seesLast('送达情况')).toMatch(/1人：不在应用的可用范围里.*；每天会再试一次/);
  await secretary.says(task('学习纪律处分条例'));
  expect(secretary.seesLast()).toMatch(/确认后马上送达\d+人；\d+人联系不上/);
  await secretary.presses('取消');
  house.emulator.contacts.setReach(officer.id, { isUnavailable: false });
  await house.clockMovesTo('2026-11-30T08:21:00+08:00');
  await house.settles();
  expect(officer.seesLast()).toContain('学习党章');
  await house.follows();
  expect(await why()).not.toContain('当天的提醒已满两条');
  const [part] = await house.app.db.sql<{ standing: string }>`
    SELECT standing FROM publication b, standings(b.id, '2026-11-30') WHERE b.state = 'published' AND "personId" = ${officer.id}`;
  expect(part?.standing).toBe('open');
});

it('keeps whom a card has reached, though a later one was refused', async () => {
  const { house, secretary, officer, issue } = await openCast();
  await issue(task('学习党章'));
  house.emulator.contacts.setReach(officer.id, { hasStoppedBot: true });
  await secretary.presses('催办');
  await house.settles();
  await house.follows();
  await secretary.says('送达情况');
  const [, come, all] = /已送达(\d+)人[\s\S]*?共(\d+)人/.exec(secretary.seesLast('送达情况')) ?? [];
  const [row] = await house.app.db.sql<{ reached: number }>`
    SELECT count(*) FILTER (WHERE reached_at(b.feature, b.card, b.id, a."personId") IS NOT NULL)::int AS reached
    FROM publication b JOIN part a ON a."publicationId" = b.id WHERE b.state = 'published'`;
  expect(Number(come)).toBe(row?.reached);
  expect(Number(all)).toBeGreaterThan(0);
  expect(secretary.seesLast('送达情况')).not.toContain('停用了机器人');
});

it('says whom the new end of a quiz comes too early for', async () => {
  const { house, secretary, issue, why } = await openCast(new Date('2026-11-28T10:00:00+08:00'));
  await issue('给本支部发布10道党纪题，今天11:00到12月1日17:00');
  await secretary.presses('延期');
  await house.settles();
  const answer = toastOf(await secretary.presses('确认延期', { dueAt: '2026-11-29 12:00 +0800' }));
  await house.settles();
  expect(answer).toMatch(/还没收到卡片的\d+人来不及收到/);
  expect(await why()).not.toContain('起送达');
});

it('warns of a task whose end passes before it can come, and gives its issuer the list all the same', async () => {
  const { house, secretary } = await openCast(new Date('2026-11-28T10:00:00+08:00'));
  await secretary.says('提醒本支部全体党员11月29日18:00前完成主题党日：学习党章');
  expect(secretary.seesLast()).toContain('所有人收到卡片时已经过了完成时间。请改时间，或者写明理由后立即送达。');
  await secretary.presses('确认发布（');
  await house.clockMovesTo('2026-11-30T07:31:00+08:00');
  await house.settles();
  expect(secretary.sees().join('\n')).toContain('已到期 · 未完成名单');
});

it('says of what waits that it is done, or withdrawn', async () => {
  const { house, secretary, officer, issue, why } = await openCast();
  for (const topic of ['学习党章', '学习纪律处分条例', '学习廉洁自律准则']) await issue(task(topic));
  await officer.says('今天');
  await officer.presses('去办理');
  await house.settles();
  await secretary.presses('撤销');
  await house.settles();
  expect(await why()).toContain('已经撤销，不再发');
});
