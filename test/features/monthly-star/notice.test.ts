/** The decision and the notice: reasons that are kept, objections up to the last day, known to their handler alone. */
import { expect, it } from 'vitest';
import { now } from '../../../src/basics/clock.ts';
import { findPressable } from '../../support/card-reader.ts';
import { type Cast, candidacyOf, commissioner, lastRound, openCast, reachVote, says, toastOf } from './playing.ts';

/** The leader chooses the one candidate; the notice begins. */
async function decideFor(cast: Cast, star: string): Promise<{ candidacy: string; ends: Date }> {
  const candidacy = (await candidacyOf(cast.house, star)).id;
  expect(toastOf(await cast.leader.presses('确认人选', { post0: candidacy }))).toContain('已确认1位');
  await cast.house.settles();
  const { noticeUntil } = await lastRound(cast.house);
  return { candidacy, ends: noticeUntil ?? new Date(0) };
}

it('decides without a vote, and takes an objection on the last day from somebody whom only the handler knows', async () => {
  const cast = await openCast();
  const star = cast.auxiliary.id;
  await reachVote(cast, [star], { hasVote: 'no' });
  expect((await lastRound(cast.house)).state).toBe('deciding');
  expect(cast.leader.seesLast('每月一星 · 集体研究')).toContain('本轮没有进行参考投票');
  const { house, officer, leader, secretary, administrator } = cast;
  const { candidacy, ends } = await decideFor(cast, star);

  await house.clockMovesTo(new Date(ends.getTime() - 9 * 3_600_000));
  await officer.presses('提出异议');
  await house.settles();
  expect(toastOf(await officer.presses('提交异议', { candidate: candidacy }))).toContain('请写明异议的内容');
  const text = '其中一件事不是他做的 <at id=all></at>';
  expect(toastOf(await officer.presses('提交异议', { candidate: candidacy, text }))).toContain('处理后会单独答复您');
  await house.settles();
  const handler = await commissioner(cast);
  expect(handler.seesLast('公示异议 · 请处理')).toContain(await house.nameOf(officer.id));
  expect(handler.seesLast('公示异议 · 请处理')).toContain('<at id=all></at>');
  for (const person of [leader, secretary, administrator, cast.auxiliary, cast.chief])
    expect(person.sees().join('\n')).not.toContain('不是他做的');

  // The notice is over, but the objection is open: nothing is published, the organiser is reminded, and no further one is taken.
  const shown = house.emulator
    .messagesOf(secretary.id)
    .findLast(({ content }) => findPressable(content, '提出异议') !== undefined);
  const ask = findPressable(shown?.content, '提出异议') ?? { value: {} };
  await house.emulator.press(secretary.id, shown?.id ?? '', ask);
  await house.settles();
  const late = house.emulator.messagesOf(secretary.id).at(-1);
  const handIn = findPressable(late?.content, '提交异议', { candidate: candidacy, text: '晚了' }) ?? { value: {} };
  await house.clockMovesTo(new Date(ends.getTime() + 1000));
  expect(toastOf(await house.emulator.press(secretary.id, late?.id ?? '', handIn))).toContain('公示已经结束');
  expect(toastOf(await house.emulator.press(secretary.id, shown?.id ?? '', ask))).toContain('公示已经结束');
  expect(await house.app.db.sql`SELECT 1 FROM star_objection`).toHaveLength(1);
  expect((await lastRound(house)).state).toBe('noticing');
  await officer.presses('投诉建议');
  await house.clockMovesTo(new Date(ends.getTime() + 5000));
  expect(officer.seesLast('每月一星 · 公示')).toContain('公示已经结束');
  // The handler is the one who holds it up, and is told so on the next workday; the one of that day, whoever it was before.
  const asked = () => handler.sees().filter((card) => card.includes('公示异议 · 请处理')).length;
  expect(asked()).toBe(1);
  await house.clockMovesTo(new Date(ends.getTime() + 10 * 3_600_000));
  expect(asked()).toBe(2);
  expect(toastOf(await handler.presses('不成立'))).toContain('请先写下核查情况');
  expect(toastOf(await handler.presses('不成立', { answer: '已核查，是本人所做。' }))).toBe('已答复提出人。');
  await house.settles();
  expect((await lastRound(house)).state).toBe('published');
  await house.clockMovesTo(new Date(ends.getTime() + 60 * 3_600_000));
  expect(officer.seesLast('公示异议 · 答复')).toContain('已核查，是本人所做。');
  await says(cast, officer, '光荣榜');
  expect(officer.seesLast()).toContain('第1位');
  expect(handler.seesLast('公示异议 · 请处理')).not.toContain('[不成立');
});

it('takes a star back when an objection is upheld, and keeps why', async () => {
  const cast = await openCast();
  await reachVote(cast, [cast.auxiliary.id], { hasVote: 'no' });
  const { candidacy } = await decideFor(cast, cast.auxiliary.id);
  const { house, officer, secretary, auxiliary } = cast;
  await officer.presses('提出异议');
  await house.settles();
  await officer.presses('提交异议', { candidate: candidacy, text: '事迹不实' });
  await house.settles();
  await secretary.presses('提出异议');
  await house.settles();
  await secretary.presses('提交异议', { candidate: candidacy, text: '时间不对' });
  await house.clockMovesTo(new Date(now().getTime() + 24 * 3_600_000));
  const handler = await commissioner(cast);
  expect(toastOf(await handler.presses('异议成立', { answer: '经查属实' }))).toContain(
    '本轮没有其他入选的同志，已结束',
  );
  await house.clockMovesTo(new Date(now().getTime() + 24 * 3_600_000));
  expect(await candidacyOf(house, auxiliary.id)).toMatchObject({
    state: 'withdrawn',
    reason: '公示期异议成立：经查属实',
  });
  expect((await lastRound(house)).state).toBe('cancelled');
  // Of two objections one was answered, whichever came as a card of its own; the other's round is over.
  const answers = [secretary, officer].map((one) => one.seesLast('公示异议 · 答复'));
  expect(answers.filter((answer) => answer.includes('经查属实'))).toHaveLength(1);
  expect(answers.filter((answer) => answer.includes('这份异议不再处理'))).toHaveLength(1);
  await says(cast, officer, '光荣榜');
  expect(officer.seesLast()).toContain('还没有发布过每月一星');
});

it('ends without a star, and nothing on the roll, when the one who was chosen leaves during the notice', async () => {
  const cast = await openCast();
  await reachVote(cast, [cast.auxiliary.id], { hasVote: 'no' });
  const { ends } = await decideFor(cast, cast.auxiliary.id);
  const { house, auxiliary } = cast;
  await house.app.db.sql`UPDATE person SET status = 'left' WHERE id = ${auxiliary.id}`;
  await house.clockMovesTo(new Date(ends.getTime() + 1000));
  expect((await lastRound(house)).state).toBe('cancelled');
  const [round] = await house.app.db.sql`SELECT "cancelReason" FROM star_round WHERE "tickMonth" IS NULL`;
  expect(round).toEqual({ cancelReason: '公示后没有入选的同志' });
  expect(await house.app.db.sql`SELECT 1 FROM star_honour`).toEqual([]);
});

it('asks nobody to handle the objection of a round that was cancelled, and tells whoever objected', async () => {
  const cast = await openCast();
  await reachVote(cast, [cast.auxiliary.id], { hasVote: 'no' });
  const { candidacy } = await decideFor(cast, cast.auxiliary.id);
  const { house, officer, secretary } = cast;
  await officer.presses('提出异议');
  await house.settles();
  await officer.presses('提交异议', { candidate: candidacy, text: '事迹不实' });
  await house.settles();
  const handler = await commissioner(cast);
  await says(cast, handler, '今天');
  expect(handler.seesLast()).toContain('每月一星：处理公示异议');
  await says(cast, secretary, '每月一星');
  expect(toastOf(await secretary.presses('取消本轮', { reason: '长'.repeat(5000) }))).toContain('现在有5000字');
  expect(toastOf(await secretary.presses('取消本轮', { reason: '重新评选' }))).toBe('本轮已取消。');
  await says(cast, handler, '今天');
  expect(handler.seesLast()).not.toContain('处理公示异议');
  expect(handler.seesLast('公示异议 · 请处理')).toContain('已失效');
  await house.clockMovesTo(new Date(now().getTime() + 24 * 3_600_000));
  expect(officer.seesLast('公示异议 · 答复')).toContain('本轮评选已取消，这份异议不再处理');
  expect(officer.seesLast('公示异议 · 答复')).toContain('重新评选');
  // Nobody became a star: the name does not stand there as if the notice had run its time.
  expect(officer.seesLast('每月一星 · 公示')).toContain('本轮已取消：重新评选');
  expect(officer.seesLast('每月一星 · 公示')).not.toContain(await house.nameOf(cast.auxiliary.id));
  // The steps that were, each with its actor and date, and none to come.
  const steps = officer.seesLast('取消（');
  expect(steps).toContain('全体同志可提出异议 · 已于');
  expect(steps).not.toContain('公示期满');
});

it('wants a reason where the choice departs from advice or opinion, and gives the decision to the next leader', async () => {
  const cast = await openCast();
  const { house, officer, auxiliary, secretary, leader, chief } = cast;
  await reachVote(cast, [auxiliary.id, leader.id]);
  const winner = (await candidacyOf(house, auxiliary.id)).id;
  const other = (await candidacyOf(house, leader.id)).id;
  const people = await house.app.db.sql<{ id: string }>`
    SELECT p.id FROM star_voter v JOIN person p ON p.id = v."personId" WHERE p."isReachable" AND p.status = 'active' LIMIT 6`;
  for (const { id } of people) await house.person(id).presses('提交投票', { post0: winner });
  const { voteUntil } = await lastRound(house);
  await house.clockMovesTo(new Date((voteUntil?.getTime() ?? 0) + 16 * 3_600_000));

  // The 大队长 is a candidate: the 支队长 decides.
  expect(leader.sees().join('\n')).not.toContain('每月一星 · 集体研究');
  expect(chief.seesLast('每月一星 · 集体研究')).toContain('参考票 6');
  expect(toastOf(await chief.presses('确认人选', { post0: other }))).toBe(
    '请写明理由再确认：选了参考票较少的人。理由会留存。',
  );
  expect(toastOf(await chief.presses('确认人选', { post0: other, reason: '全年事故处理零投诉' }))).toContain(
    '已确认1位',
  );
  const [kept] = await house.app.db.sql<{
    reason: string;
  }>`SELECT "decisionReason" AS reason FROM star_round WHERE "tickMonth" IS NULL`;
  expect(kept?.reason).toBe('全年事故处理零投诉');
  for (const person of [officer, secretary]) expect(person.sees().join('\n')).not.toContain('全年事故处理零投诉');
});

it('wants a reason where the advice is equal, and keeps it', async () => {
  const cast = await openCast();
  const { house, auxiliary, leader, chief } = cast;
  await reachVote(cast, [auxiliary.id, leader.id]);
  const candidates = [(await candidacyOf(house, auxiliary.id)).id, (await candidacyOf(house, leader.id)).id];
  const people = await house.app.db.sql<{ id: string }>`
    SELECT p.id FROM star_voter v JOIN person p ON p.id = v."personId" WHERE p."isReachable" AND p.status = 'active' LIMIT 6`;
  for (const [index, { id }] of people.entries())
    await house.person(id).presses('提交投票', { post0: candidates[index % 2] });
  const { voteUntil } = await lastRound(house);
  await house.clockMovesTo(new Date((voteUntil?.getTime() ?? 0) + 16 * 3_600_000));
  expect(chief.seesLast('每月一星 · 集体研究').match(/参考票 3/g)).toHaveLength(2);
  const choice = { post0: candidates[1] };
  expect(toastOf(await chief.presses('确认人选', choice))).toBe('请写明理由再确认：参考票相同。理由会留存。');
  expect((await lastRound(house)).state).toBe('deciding');
  expect(toastOf(await chief.presses('确认人选', { ...choice, reason: '任务更重' }))).toContain('已确认1位');
  await house.settles();
  expect(chief.seesLast('任务更重')).toContain('已确认');
});

it('shows no result of fewer than five ballots, however many names they hold', async () => {
  const cast = await openCast();
  const { house, officer, auxiliary, leader, chief, secretary } = cast;
  await reachVote(cast, [auxiliary.id, leader.id], { posts: '执法执勤 2' });
  const names = [(await candidacyOf(house, auxiliary.id)).id, (await candidacyOf(house, leader.id)).id];
  for (const voter of [officer, auxiliary, secretary])
    expect(toastOf(await voter.presses('提交投票', { post0: names }))).toContain('已收到');
  const { voteUntil } = await lastRound(house);
  await house.clockMovesTo(new Date((voteUntil?.getTime() ?? 0) + 16 * 3_600_000));
  const card = chief.seesLast('每月一星 · 集体研究');
  expect(card).toContain('参考投票 3人');
  expect(card).not.toMatch(/参考票 \d/);
  // Cancelled before the decision: the card names nobody, and says so.
  await says(cast, secretary, '每月一星');
  expect(toastOf(await secretary.presses('取消本轮', { reason: '重新评选' }))).toBe('本轮已取消。');
  await house.follows();
  expect(chief.seesLast('每月一星 · 集体研究')).toContain('本轮已取消，没有入选的同志');
});
