/** The vote as people meet it: once each, in time, in an order of their own; a voter or a nominee who leaves meanwhile. */
import { expect, it } from 'vitest';
import { now } from '../../../../src/basics/clock.ts';
import { castBallot, findTurnout } from '../../../../src/features/monthly-star/vote/vote.ts';
import { findPressable } from '../../../support/card-reader.ts';
import {
  type Cast,
  candidacyOf,
  commissioner,
  lastRound,
  openCandidate,
  openCast,
  reachReview,
  reachVote,
  toastOf,
} from '../playing.ts';

async function openVote() {
  const cast = await openCast();
  const nominees = [cast.auxiliary.id, cast.leader.id];
  await reachVote(cast, nominees);
  const [first, second] = await Promise.all(nominees.map(async (id) => (await candidacyOf(cast.house, id)).id));
  const round = await lastRound(cast.house);
  return { cast, first: first ?? '', second: second ?? '', round, closesAt: round.voteUntil ?? new Date(0) };
}

const ballots = ({ house }: Cast) => house.app.db.sql<{ candidacyId: string }>`SELECT "candidacyId" FROM star_ballot`;

it('takes one ballot a person, however often and from however many phones it is pressed', async () => {
  const { cast, first, second } = await openVote();
  const { house, officer } = cast;
  expect(toastOf(await officer.presses('提交投票'))).toContain('请至少选一位');
  expect(toastOf(await officer.presses('提交投票', { post0: [first, second] }))).toContain('最多选1位');
  expect(toastOf(await officer.presses('提交投票', { post0: '00000000-0000-4000-8000-000000000000' }))).toContain(
    '候选人有变化',
  );
  const message = house.emulator.messagesOf(officer.id).at(-1);
  const press = findPressable(message?.content, '提交投票', { post0: first });
  const answers = await Promise.all(
    [1, 2, 3, 4].map(() => house.emulator.press(officer.id, message?.id ?? '', press ?? { value: {} })),
  );
  expect(answers.map(toastOf).filter((toast) => toast === '已收到您的投票，谢谢。')).toHaveLength(1);
  expect(answers.map(toastOf).filter((toast) => toast.includes('每人一票，不能再改'))).toHaveLength(3);
  expect(await ballots(cast)).toEqual([{ candidacyId: first }]);
  await house.settles();
  expect(officer.seesLast('每月一星 · 参考投票')).toContain('已收到您的投票');
  expect(officer.seesLast('每月一星 · 参考投票')).not.toContain(await house.nameOf(cast.auxiliary.id));
});

it('shows each voter the candidates in an order of their own, the same each time', async () => {
  const { cast } = await openVote();
  const { house } = cast;
  const people = await house.app.db.sql<{ id: string }>`
    SELECT p.id FROM star_voter v JOIN person p ON p.id = v."personId" WHERE p."isReachable" AND p.status = 'active'`;
  const name = await house.nameOf(cast.leader.id);
  const cards = people.map(({ id }) => house.person(id).seesLast('每月一星 · 参考投票'));
  expect(cards.every((card) => card.includes('投票只供领导研究时参考'))).toBe(true);
  const other = await house.nameOf(cast.auxiliary.id);
  const leaderFirst = cards.filter((card) => card.indexOf(name) < card.indexOf(other)).length;
  expect(leaderFirst).toBeGreaterThan(cards.length / 5);
  expect(leaderFirst).toBeLessThan((cards.length * 4) / 5);
  const before = cast.officer.seesLast('每月一星 · 参考投票');
  await cast.officer.says('今天');
  await cast.officer.presses('去办理');
  await house.settles();
  expect(cast.officer.seesLast('每月一星 · 参考投票')).toBe(before);
});

it('takes a ballot to the last millisecond before the close, and none at the close, by its own clock', async () => {
  const { cast, first, round, closesAt } = await openVote();
  const { house, officer, secretary, auxiliary } = cast;
  const db = house.app.db;
  const castAt = (at: Date) => db.transaction((open) => castBallot(open, round.id, auxiliary.id, [first], at));
  expect(await castAt(closesAt)).toBe('closed');
  expect(await castAt(new Date(closesAt.getTime() - 1))).toBe('taken');
  expect(toastOf(await officer.presses('提交投票', { post0: first }))).toContain('已收到');
  // Even before the timer has fired: the end of the vote is moved to the present instant.
  await db.sql`UPDATE star_round SET "voteUntil" = '2026-11-24T10:00:00+08:00'`;
  expect(toastOf(await secretary.presses('提交投票', { post0: first }))).toContain('投票已经截止');
  expect(await ballots(cast)).toHaveLength(2);
  await db.sql`UPDATE star_round SET "voteUntil" = ${closesAt}`;
  await house.clockMovesTo(new Date(closesAt.getTime() + 1000));
  expect((await lastRound(house)).state).toBe('deciding');
});

it('lets no ballot slip in beside the close: it is there as a whole, or it is late', async () => {
  const { cast, first, round } = await openVote();
  const { house } = cast;
  const db = house.app.db;
  const people = await db.sql<{ id: string }>`
    SELECT p.id FROM star_voter v JOIN person p ON p.id = v."personId" WHERE p."isReachable" AND p.status = 'active' LIMIT 30`;
  await db.sql`UPDATE star_round SET "voteUntil" = now() + interval '100 years'`;
  const voting = people.map(async ({ id }) => {
    const person = house.person(id);
    return toastOf(await person.presses('提交投票', { post0: first }));
  });
  await db.sql`UPDATE star_round SET "voteUntil" = '2026-11-24T10:00:00+08:00'`;
  await db.sql`UPDATE pending_job SET "dueAt" = '2026-11-24T10:00:00+08:00' WHERE job = 'end-step'`;
  const answers = await Promise.all([...voting, house.settles()]);
  const taken = answers.filter((toast) => toast === '已收到您的投票，谢谢。').length;
  const late = answers.filter((toast) => typeof toast === 'string' && toast.includes('已经截止')).length;
  expect(taken + late).toBe(people.length);
  await house.settles();
  expect(await ballots(cast)).toHaveLength(taken);
  const voters = await db.sql`SELECT 1 FROM star_voter WHERE "roundId" = ${round.id}::uuid AND "hasVoted"`;
  expect(voters).toHaveLength(taken);
});

it('reminds those who have not voted once, and nobody who has', async () => {
  const { cast, first, closesAt } = await openVote();
  const { house, officer, secretary } = cast;
  await officer.presses('提交投票', { post0: first });
  const count = (person: typeof officer) => person.sees().filter((card) => card.includes('每月一星 · 参考投票')).length;
  const [voted, open] = [count(officer), count(secretary)];
  await house.clockMovesTo(new Date(closesAt.getTime() - 8 * 3_600_000));
  expect(count(officer)).toBe(voted);
  expect(count(secretary)).toBe(open + 1);
  await house.clockMovesTo(new Date(closesAt.getTime() - 3_600_000));
  expect(count(secretary)).toBe(open + 1);
});

it('keeps the ballot of a voter who leaves, and drops a nominee who does', async () => {
  const { cast, first, second, round, closesAt } = await openVote();
  const { house, officer, secretary, auxiliary } = cast;
  const db = house.app.db;
  const { all } = await findTurnout(db, round.id);
  await officer.presses('提交投票', { post0: second });
  expect(await findTurnout(db, round.id)).toEqual({ voted: 1, all });
  await db.sql`UPDATE person SET status = 'left' WHERE id IN (${officer.id}, ${auxiliary.id})`;
  // Who left without a ballot is no longer waited for.
  expect(await findTurnout(db, round.id)).toEqual({ voted: 1, all: all - 1 });
  expect(toastOf(await officer.presses('投诉建议'))).toContain('没有在通讯录里找到您');
  expect(await ballots(cast)).toEqual([{ candidacyId: second }]);
  expect(toastOf(await secretary.presses('提交投票', { post0: first }))).toContain('候选人有变化');
  await house.clockMovesTo(new Date(closesAt.getTime() + 1000));
  expect(await candidacyOf(house, auxiliary.id)).toMatchObject({
    state: 'withdrawn',
    reason: '已离开本单位队伍，自动退出',
  });
});

it('says of a vote that was cancelled that it is over, and not that its end has come', async () => {
  const { cast, first } = await openVote();
  const { house, officer, secretary } = cast;
  const message = house.emulator.messagesOf(officer.id).at(-1);
  const press = findPressable(message?.content, '提交投票', { post0: first }) ?? { value: {} };
  await secretary.says('每月一星');
  expect(toastOf(await secretary.presses('取消本轮', { reason: '重新评选' }))).toBe('本轮已取消。');
  await house.settles();
  const answer = await house.emulator.press(officer.id, message?.id ?? '', press);
  expect(toastOf(answer)).toBe('本轮已取消，投票不再进行，这一票没有计入。');
  await house.follows();
  expect(officer.seesLast('每月一星 · 参考投票')).toContain('本轮已取消，投票不再进行');
  expect(officer.seesLast('每月一星 · 参考投票')).not.toContain('截止');
  expect(await ballots(cast)).toEqual([]);
});

it('puts ninety candidates with long deeds and concerns on a card that can be sent, to voters and to the leader', async () => {
  const cast = await openCast();
  const { house, officer, auxiliary, leader } = cast;
  await reachReview(cast, [auxiliary.id]);
  const first = await candidacyOf(house, auxiliary.id);
  await house.app.db.sql`
    INSERT INTO star_candidacy (id, "roundId", "nomineeId", "postId", state, statement, opinion, "opinionText")
    SELECT gen_random_uuid(), c."roundId", p.id, c."postId", 'passed', repeat('事', 1000), 'concern', repeat('核', 1000)
    FROM star_candidacy c, (SELECT id FROM person WHERE status = 'active' AND id <> ${auxiliary.id} AND id <> ${leader.id} ORDER BY id LIMIT 89) p
    WHERE c.id = ${first.id}::uuid`;
  const reviewer = await commissioner(cast);
  await openCandidate(cast, reviewer, await house.nameOf(auxiliary.id));
  await reviewer.presses('无异议');
  await house.clockMovesTo(new Date(now().getTime() + 24 * 3_600_000));
  expect(officer.seesLast('每月一星 · 参考投票')).toContain('提交投票');
  const { voteUntil } = await lastRound(house);
  await house.clockMovesTo(new Date((voteUntil?.getTime() ?? 0) + 16 * 3_600_000));
  expect(leader.seesLast('每月一星 · 集体研究')).toContain('确认人选');
});
