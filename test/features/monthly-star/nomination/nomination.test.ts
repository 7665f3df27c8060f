/** Nominating: searched by name, pinyin and initials, kept as a draft, handed in, taken back, and never oneself. */
import { describe, expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../../../src/emulator/world/sample.ts';
import { meansName } from '../../../../src/people/find-people.ts';
import { findPressable } from '../../../support/card-reader.ts';
import type { TestPerson } from '../../../support/house.ts';
import { candidacyOf, lastRound, nominate, openBranchRound, openCast, postsOf, toastOf } from '../playing.ts';

describe('a name is meant', () => {
  it.each([
    ['周泊舟', '周泊舟', true],
    ['周泊舟', '泊舟', true],
    ['周泊舟', 'zhoubozhou', true],
    ['周泊舟', 'Zhou Bo Zhou', true],
    ['周泊舟', 'zbz', true],
    ['周泊舟', 'ｚｂｚ', true],
    ['周泊舟', 'zhoubz', true],
    ['周泊舟', 'zz', false],
    ['周泊舟', 'wang', false],
    ['周泊舟', '', false],
    ['周泊舟', '<at id=all></at>', false],
    ['单小满', 'shanxiaoman', true],
    ['仇远山', 'qys', true],
    ['吕梁', 'lvliang', true],
    ['吕梁', 'LÜ', true],
    ['买买提·艾力', '买买提艾力', true],
    ['买买提·艾力', 'mmtal', true],
    ['周泊舟', '·', false],
  ])('%s by %s: %s', (name, typed, is) => {
    expect(meansName(name, typed)).toBe(is);
  });
});

it('keeps a draft on every submit, offers deeds, and hands in what is complete', async () => {
  const cast = await openCast();
  const { house, officer, auxiliary } = cast;
  await openBranchRound(cast);
  await auxiliary.says('登记实事 护送走失儿童回家');
  await auxiliary.says(`登记实事 ${'路'.repeat(38)}😀${'边'.repeat(59)}😀等`);
  const name = await house.nameOf(auxiliary.id);

  await officer.says('提名');
  expect(officer.seesLast()).toContain('先写姓名、拼音或首字母');
  expect(toastOf(await officer.presses('提交提名', { firm: '冲在前面' }))).toBe(
    '已暂存，还差：提名对象、岗位。请补上后再提交。',
  );
  expect(toastOf(await officer.presses('查找', { sought: '无此人' }))).toContain('没有找到这个人');
  await officer.presses('查找', { sought: name });
  // The chat is closed; days later the draft is still there, and offers what the nominee logged.
  await house.clockMovesTo('2026-11-26T10:00:00+08:00');
  await officer.says('提名');
  const draft = JSON.stringify(house.emulator.messagesOf(officer.id).at(-1)?.content);
  expect(draft).toContain('冲在前面');
  expect(draft).toContain('护送走失儿童回家');
  // No character is cut in half.
  for (const shown of [officer, auxiliary]) expect(shown.seesLast()).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);

  const [post] = await postsOf(house);
  expect(toastOf(await officer.presses('提交提名', { post: post?.id }))).toContain('已提交');
  expect(officer.seesLast('已提交')).toContain(name);
  expect((await candidacyOf(house, auxiliary.id)).state).toBe('proposed');
});

it('asks for each open round by its name, and keeps what is written for one nominee apart from another', async () => {
  const cast = await openCast();
  const { house, administrator, officer, auxiliary, leader } = cast;
  await administrator.says('发起每月一星');
  expect(toastOf(await administrator.presses('确认发起'))).toContain('已发起');
  await house.settles();
  // The older card's button leads to its own round, although the branch's is newer.
  await openBranchRound(cast);
  const [older] = await house.app.db.sql<{ id: string; ref: string; messageId: string }>`
    SELECT d.id, d.ref, d."messageId" FROM delivery d JOIN star_round r ON r.id::text = d.ref
    WHERE d.recipient = ${officer.id} AND d.card = 'round' AND r.audience @> '{"places": [{"kind": "detachment"}]}'`;
  const value = { press: 'monthly-star/nominate', d: older?.id ?? '' };
  await house.emulator.press(officer.id, older?.messageId ?? '', { value });
  await house.settles();
  expect(officer.seesLast()).toContain('范围\n全支队');
  const ofRound = await house.app.db.sql`SELECT 1 FROM star_nomination WHERE "roundId" = ${older?.ref}::uuid`;
  expect(ofRound).toHaveLength(1);
  await officer.says('提名');
  expect(officer.sees().slice(-2).join()).toMatch(/一大队党支部.*全支队|全支队.*一大队党支部/s);

  await house.app.db
    .sql`UPDATE star_round SET "nominateUntil" = '2026-11-23T09:00:00+08:00' WHERE audience @> '{"places": [{"kind": "branch"}]}'`;
  await auxiliary.says('登记实事 护送走失儿童回家');
  const [deed] = await house.app.db.sql<{ id: string }>`SELECT id FROM star_deed`;
  const [mine, other] = [await house.nameOf(auxiliary.id), await house.nameOf(leader.id)];
  await officer.says(`提名 ${mine}`);
  await officer.presses('暂存', { sought: mine, nominee: auxiliary.id, deeds: [deed?.id], firm: '护送儿童' });
  await officer.says(`提名 ${other}`);
  expect(JSON.stringify(house.emulator.messagesOf(officer.id).at(-1)?.content)).not.toContain('护送儿童');
  await officer.says(`提名 ${mine}`);
  expect(JSON.stringify(house.emulator.messagesOf(officer.id).at(-1)?.content)).toContain('护送儿童');
  const [draft] = await house.app.db.sql<{ deedIds: string[] }>`
    SELECT "deedIds" FROM star_nomination WHERE "nomineeId" = ${auxiliary.id}`;
  expect(draft?.deedIds).toEqual([deed?.id]);
});

it('makes one candidacy of several nominations, and none of two presses', async () => {
  const cast = await openCast();
  const { house, officer, leader, auxiliary } = cast;
  await openBranchRound(cast);
  expect(await nominate(cast, officer, auxiliary.id)).toContain('已提交');
  expect(await nominate(cast, leader, auxiliary.id, 1)).toContain('已提交');
  expect(await nominate(cast, officer, auxiliary.id)).toContain('您已经提名过这位同志');
  expect(await house.app.db.sql`SELECT 1 FROM star_candidacy`).toHaveLength(1);
  expect(await house.app.db.sql`SELECT 1 FROM star_nomination WHERE state = 'submitted'`).toHaveLength(2);

  // The candidacy goes with the last nomination, and comes back with a new one.
  for (const [who, left] of [
    [officer, 'proposed'],
    [leader, 'withdrawn'],
  ] as const) {
    expect(toastOf(await who.presses('撤回'))).toBe('已撤回。');
    await house.settles();
    expect((await candidacyOf(house, auxiliary.id)).state).toBe(left);
  }
  expect(await nominate(cast, leader, auxiliary.id, 1)).toContain('已提交');
  expect((await candidacyOf(house, auxiliary.id)).state).toBe('proposed');
});

it('lets the candidacy go, or keeps it, when several take back and hand in at the same moment', async () => {
  const cast = await openCast();
  const { house, officer, leader, auxiliary } = cast;
  const { db } = house.app;
  await openBranchRound(cast);
  const pressesOf = async (who: TestPerson) => {
    await who.says(`提名 ${await house.nameOf(auxiliary.id)}`);
    const message = house.emulator.messagesOf(who.id).at(-1);
    const said = { nominee: auxiliary.id, post: (await postsOf(house))[0]?.id, firm: '热心' };
    const handIn = findPressable(message?.content, '提交提名', said) ?? { value: {} };
    await house.emulator.press(who.id, message?.id ?? '', handIn);
    await house.settles();
    const shown = house.emulator.messagesOf(who.id).find(({ id }) => id === message?.id);
    const takeBack = findPressable(shown?.content, '撤回') ?? { value: {} };
    const press = (content: typeof handIn) => () => house.emulator.press(who.id, message?.id ?? '', content);
    return { handIn: press(handIn), takeBack: press(takeBack) };
  };
  const [first, second] = [await pressesOf(officer), await pressesOf(leader)];
  for (let time = 0; time < 12; time += 1) {
    await db.sql`UPDATE star_nomination SET state = 'submitted'`;
    await db.sql`UPDATE star_candidacy SET state = 'proposed'`;
    const both = await Promise.all([first.takeBack(), second.takeBack()]);
    expect(both.map(toastOf)).toEqual(['已撤回。', '已撤回。']);
    expect((await candidacyOf(house, auxiliary.id)).state).toBe('withdrawn');

    await db.sql`UPDATE star_nomination SET state = CASE "nominatorId" WHEN ${officer.id} THEN 'submitted' ELSE 'draft' END`;
    await db.sql`UPDATE star_candidacy SET state = 'proposed'`;
    const [, handedIn] = await Promise.all([first.takeBack(), second.handIn()]);
    expect(toastOf(handedIn)).toContain('已提交');
    expect((await candidacyOf(house, auxiliary.id)).state).toBe('proposed');
  }
});

it('refuses oneself, strangers to the round, long texts and what comes late', async () => {
  const cast = await openCast();
  const { house, officer, chief, auxiliary } = cast;
  await openBranchRound(cast);
  const self = await house.nameOf(officer.id);
  await officer.says(`提名 ${self}`);
  expect(officer.seesLast()).toContain('不能提名自己，可以请同事来提名您。');
  await officer.says('提名');
  expect(toastOf(await officer.presses('查找', { sought: self }))).toContain('不能提名自己');
  const [post] = await postsOf(house);
  const said = { firm: '事迹', post: post?.id };
  expect(toastOf(await officer.presses('提交提名', { ...said, nominee: officer.id }))).toContain('不能提名自己');
  expect(toastOf(await officer.presses('提交提名', { ...said, nominee: chief.id }))).toContain('不在本轮的范围内');
  expect(toastOf(await officer.presses('提交提名', { firm: '长'.repeat(5000) }))).toBe(
    '“政治坚定”最多1000字，现在有5000字，请缩短后再提交。',
  );
  expect(await house.app.db.sql`SELECT 1 FROM star_candidacy`).toHaveLength(0);
  await chief.says('提名');
  expect(chief.seesLast()).toContain('现在没有开放的提名');

  // A plate number is warned about at once.
  expect(await nominate(cast, officer, auxiliary.id, 0, { firm: '救助晋A12345的驾驶人' })).toContain(
    '发布前请删改：疑似车牌号“晋A12345”',
  );
  await house.app.db.sql`UPDATE star_round SET "nominateUntil" = '2026-11-23T10:00:00+08:00'`;
  expect(toastOf(await officer.presses('撤回'))).toContain('提名已经截止');
  expect((await candidacyOf(house, auxiliary.id)).state).toBe('proposed');
});

it('waits with an empty round, and reminds its organiser once a workday', async () => {
  const cast = await openCast();
  const { house, secretary } = cast;
  await openBranchRound(cast);
  const count = () => secretary.sees().filter((card) => card.includes('提名已到期')).length;
  // Day by day: whatever else a week brings uses up the pushes of its own days.
  for (const day of [24, 25, 26, 27, 30]) await house.clockMovesTo(`2026-11-${day}T18:00:30+08:00`);
  expect((await lastRound(house)).state).toBe('nominating');
  await house.clockMovesTo('2026-12-01T10:00:00+08:00');
  const first = count();
  await house.clockMovesTo('2026-12-01T15:00:00+08:00');
  expect(count()).toBe(first);
  await house.clockMovesTo('2026-12-02T10:00:00+08:00');
  expect(count()).toBe(first + 1);
  const late = secretary.seesLast('提名已到期');
  expect(late).toContain('还没有人提名，请调整时间，或者取消本轮');
  expect(late).not.toContain('[提名]');
  await secretary.says('今天');
  expect(secretary.seesLast()).toContain('每月一星：提名已到期');
  expect(toastOf(await secretary.presses('结束提名'))).toContain('还没有人提名');
  expect(toastOf(await secretary.presses('取消本轮'))).toContain('请先写明取消的原因');
  expect(toastOf(await secretary.presses('取消本轮', { reason: '本月集中安保' }))).toBe('本轮已取消。');
  await house.clockMovesTo('2026-12-03T10:00:00+08:00');
  expect(house.person(SAMPLE_PEOPLE.secretary).seesLast('本轮已取消：本月集中安保')).not.toBe('');
});
