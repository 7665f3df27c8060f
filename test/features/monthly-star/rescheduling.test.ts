/** 调整时间 and 发布 by hand: dates move for everybody who sees them, timers with them, and nothing is published too early. */
import { expect, it } from 'vitest';
import { now } from '../../../src/basics/clock.ts';
import {
  type Cast,
  candidacyOf,
  commissioner,
  lastRound,
  nominate,
  openBranchRound,
  openCandidate,
  openCast,
  reachChecking,
  reachVote,
  toastOf,
} from './playing.ts';

it('moves the end of a step for everybody who sees it, its timer with it, and later steps as far as they must', async () => {
  const cast = await openCast();
  const { house, secretary, officer, auxiliary } = cast;
  await openBranchRound(cast);
  expect(await nominate(cast, officer, auxiliary.id)).toContain('已提交');
  expect(auxiliary.seesLast('提名：11月30日（周一）18:00 截止')).toContain('组织者 · 12月3日（周四）18:00前');

  expect(toastOf(await secretary.presses('调整时间'))).toContain('请在新卡片上选择');
  await house.settles();
  expect(secretary.seesLast('现在截止')).toContain('11月30日（周一）18:00');
  expect(toastOf(await secretary.presses('确认调整', { until: '2026-11-20 18:00 +0800' }))).toContain(
    '这个时间已经过去',
  );
  expect(toastOf(await secretary.presses('确认调整', { until: '2028-11-20 18:00 +0800' }))).toContain('请核对年份');
  expect(toastOf(await secretary.presses('确认调整', { until: '2026-12-04 12:00 +0800' }))).toBe(
    '这一步改为12月4日（周五）12:00截止。',
  );
  await house.clockMovesTo('2026-11-23T10:05:00+08:00');
  const moved = auxiliary.seesLast('提名：12月4日（周五）12:00 截止');
  expect(moved).toContain('组织者 · 12月7日（周一）18:00前');
  expect(moved).toContain('纪检委员 · 12月8日（周二）18:00前');
  expect(officer.seesLast('已提交：')).toContain('12月4日（周五）12:00 前可以撤回');

  // The old end passes without a word; the new one closes the nominations.
  const { id } = await lastRound(house);
  await house.clockMovesTo('2026-12-01T09:40:00+08:00');
  expect((await lastRound(house)).state).toBe('nominating');
  await house.clockMovesTo('2026-12-04T12:00:01+08:00');
  expect(await lastRound(house)).toMatchObject({ id, state: 'checking' });
  expect(officer.seesLast('已提交：')).not.toContain('撤回');
  // A member's press of the organiser's button is refused.
  const [form] = await house.app.db.sql<{ id: string; messageId: string }>`
    SELECT id, "messageId" FROM delivery WHERE card = 'reschedule'`;
  const value = { press: 'monthly-star/reschedule', d: form?.id ?? '' };
  const late = { form: { until: '2026-12-30 18:00 +0800' }, value };
  expect(toastOf(await house.emulator.press(officer.id, form?.messageId ?? '', late))).not.toContain('这一步改为');
  const [round] = await house.app.db.sql<{ checkUntil: Date }>`
    SELECT "checkUntil" FROM star_round WHERE id = ${id}::uuid`;
  expect(round?.checkUntil).toEqual(new Date('2026-12-07T18:00:00+08:00'));
});

it('says which end nominations really have, when hardly any time was left for them', async () => {
  const cast = await openCast();
  const { secretary } = cast;
  await secretary.says('发起每月一星');
  await secretary.presses('修改');
  const ends = { nominateUntil: '2026-11-23 20:00 +0800', checkUntil: '2026-11-24 12:00 +0800' };
  await secretary.presses('下一步', ends);
  const toast = toastOf(await secretary.presses('确认发起'));
  expect(toast).toBe('已发起。提名至少留一个工作日，改为11月24日（周二）18:00截止。');
  await cast.house.settles();
  expect(secretary.seesLast()).toContain('提名：11月24日（周二）18:00 截止');
  expect(secretary.seesLast()).toContain('组织者 · 11月25日（周三）18:00前');
});

it('tells the organisers again that nobody was nominated when they put the end off within the same day', async () => {
  const cast = await openCast();
  const { house, secretary } = cast;
  await openBranchRound(cast);
  const putOff = async (until: string) => {
    await secretary.says('每月一星');
    await secretary.presses('调整时间');
    await house.settles();
    return toastOf(await secretary.presses('确认调整', { until }));
  };
  // One key is one message: said under the same one again, the card that is out would be edited without a word.
  const toldOf = () => house.app.db.sql`
    SELECT key FROM delivery WHERE card = 'round' AND recipient = ${secretary.id} AND key LIKE '%held-up%'`;
  expect(await putOff('2026-11-26 11:00 +0800')).toContain('11月26日（周四）11:00截止');
  await house.clockMovesTo('2026-11-26T11:00:01+08:00');
  expect(await toldOf()).toHaveLength(1);
  expect(await putOff('2026-11-26 15:00 +0800')).toContain('11月26日（周四）15:00截止');
  await house.clockMovesTo('2026-11-26T15:00:01+08:00');
  expect((await lastRound(house)).state).toBe('nominating');
  expect(await toldOf()).toHaveLength(2);
});

it('moves the close of a vote, and the reminder of those who have not voted', async () => {
  const cast = await openCast();
  const { house, secretary, officer, auxiliary } = cast;
  await reachVote(cast, [auxiliary.id]);
  const old = (await lastRound(house)).voteUntil ?? new Date(0);
  await secretary.says('每月一星');
  await secretary.presses('调整时间');
  await house.settles();
  expect(toastOf(await secretary.presses('确认调整', { until: '2026-12-10 17:00 +0800' }))).toContain('12月10日');
  await house.clockMovesTo(new Date(now().getTime() + 60_000));
  expect(officer.seesLast('每月一星 · 参考投票')).toContain('12月10日（周四）17:00');
  // A card that grew too old for Feishu was issued anew: only those that can be pressed count.
  const isLive = (card: string) => card.includes('每月一星 · 参考投票') && !card.includes('已失效');
  const count = () => officer.sees().filter(isLive).length;
  const before = count();
  await house.clockMovesTo('2026-12-04T10:00:00+08:00'); // in time for the renewal
  await house.clockMovesTo(new Date(old.getTime() + 1000));
  expect((await lastRound(house)).state).toBe('voting');
  expect(count()).toBe(before);
  await house.clockMovesTo('2026-12-10T09:30:00+08:00');
  expect(count()).toBe(before + 1);
  await house.clockMovesTo('2026-12-10T17:00:01+08:00');
  expect((await lastRound(house)).state).toBe('deciding');
});

it('puts off the later steps when one begins late, and lets a leader decide whose own nomination was returned', async () => {
  const cast = await openCast();
  const { house, secretary, auxiliary, leader } = cast;
  await reachChecking(cast, [auxiliary.id, leader.id]);
  await openCandidate(cast, secretary, await house.nameOf(leader.id));
  expect(toastOf(await secretary.presses('退回', { reason: '领导不参评' }))).toContain('已退回');
  await house.settles();
  await openCandidate(cast, secretary, await house.nameOf(auxiliary.id));
  expect(toastOf(await secretary.presses('核实通过'))).toContain('已核实通过');
  await house.clockMovesTo('2026-12-10T10:00:00+08:00'); // a week late
  expect(toastOf(await secretary.presses('完成核实'))).toContain('核实完成');
  await secretary.says('每月一星');
  const shown = secretary.seesLast();
  expect(shown).toContain('进行中 · 纪检委员 · 12月11日（周五）18:00前');
  expect(shown).toContain('全体同志 · 12月14日（周一）18:00前');
  expect(shown).toContain('单位领导 · 12月15日（周二）18:00前');

  const reviewer = await commissioner(cast);
  await openCandidate(cast, reviewer, await house.nameOf(auxiliary.id));
  expect(toastOf(await reviewer.presses('无异议'))).toContain('纪检意见已齐');
  const { voteUntil } = await lastRound(house);
  expect(voteUntil).toEqual(new Date('2026-12-14T18:00:00+08:00'));
  await house.clockMovesTo('2026-12-15T10:00:00+08:00');
  const post0 = (await candidacyOf(house, auxiliary.id)).id;
  expect(toastOf(await leader.presses('确认人选', { post0 }))).toContain('已确认1位');
});

/** A notice that is over, held up by an objection which was answered with the clock's own turn lost. */
async function reachLostTurn(cast: Cast): Promise<void> {
  const { house, secretary, officer, leader, auxiliary } = cast;
  await reachVote(cast, [auxiliary.id], { hasVote: 'no' });
  const candidate = (await candidacyOf(house, auxiliary.id)).id;
  await leader.presses('确认人选', { post0: candidate });
  await house.settles();
  const ends = (await lastRound(house)).noticeUntil ?? new Date(0);
  await officer.presses('提出异议');
  await house.settles();
  await officer.presses('提交异议', { candidate, text: '请再核实' });
  await secretary.says('每月一星');
  expect(secretary.seesLast()).toContain('公示到');
  expect(secretary.seesLast()).not.toContain('[发布]');

  // The objection is open: the organiser has the button, and is told what is missing.
  await house.clockMovesTo(new Date(ends.getTime() + 10 * 3_600_000));
  await secretary.says('每月一星');
  expect(toastOf(await secretary.presses('发布'))).toBe('还有异议没有答复，答复后才能发布。');
  expect((await lastRound(house)).state).toBe('noticing');
  const handler = await commissioner(cast);
  await house.app.db
    .sql`UPDATE star_objection SET state = 'rejected', answer = '已核实', "handledById" = ${handler.id}`;
}

it('publishes by hand when the notice is over and the last objection has been answered, and not before', async () => {
  const cast = await openCast();
  const { house, secretary } = cast;
  await reachLostTurn(cast);
  expect(toastOf(await secretary.presses('发布'))).toBe('已发布，并记入光荣榜。');
  await house.settles();
  expect((await lastRound(house)).state).toBe('published');
  expect(await house.app.db.sql`SELECT number FROM star_honour`).toEqual([{ number: 1 }]);
  // A card that was edited just now is edited again two seconds later.
  await house.follows();
  expect(secretary.sees().join('\n')).not.toContain('[发布]');
});

it('publishes nothing by hand when nobody who was chosen is left', async () => {
  const cast = await openCast();
  const { house, secretary, auxiliary } = cast;
  await reachLostTurn(cast);
  await house.app.db.sql`UPDATE person SET status = 'left' WHERE id = ${auxiliary.id}`;
  expect(toastOf(await secretary.presses('发布'))).toBe('入选的同志都已退出，没有可以发布的，本轮已结束。');
  await house.settles();
  expect((await lastRound(house)).state).toBe('cancelled');
  expect(await house.app.db.sql`SELECT 1 FROM star_honour`).toEqual([]);
});

it('tells the organisers when there is nobody who could decide', async () => {
  const cast = await openCast();
  const { house, secretary, leader, auxiliary } = cast;
  await house.app.db.sql`DELETE FROM role_assignment WHERE role = 'leader' AND "personId" <> ${leader.id}`;
  // The only leader stands, and may not decide on that.
  await reachVote(cast, [auxiliary.id, leader.id], { hasVote: 'no' });
  expect(secretary.seesLast('没有能确定人选的领导')).toContain('[取消本轮]');
  const toldBy = await house.app.db.sql`
    SELECT 1 FROM delivery WHERE card = 'round' AND recipient = ${secretary.id} AND key LIKE '%step:deciding'`;
  expect(toldBy).toHaveLength(1);
  expect(cast.officer.seesLast('集体研究：')).not.toContain('没有能确定人选的领导');
});
