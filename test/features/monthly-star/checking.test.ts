/** Checking and the opinion: asked back, mended with the change kept, passed or returned, and nobody judges themselves. */
import { expect, it } from 'vitest';
import { findPressable } from '../../support/card-reader.ts';
import {
  candidacyOf,
  commissioner,
  lastRound,
  nominate,
  openBranchRound,
  openCandidate,
  openCast,
  reachChecking,
  reachReview,
  toastOf,
} from './playing.ts';

it('asks the nominator back, and shows the answer to the checker alone', async () => {
  const cast = await openCast();
  const { house, secretary, officer, auxiliary } = cast;
  await reachChecking(cast, [auxiliary.id]);
  await openCandidate(cast, secretary, await house.nameOf(auxiliary.id));
  expect(toastOf(await secretary.presses('询问提名人'))).toContain('请先写下要问的问题');
  expect(toastOf(await secretary.presses('询问提名人', { question: '是哪一天的事？' }))).toContain('已问1位提名人');
  // Asked again while it is open, nobody gets a second card.
  expect(toastOf(await secretary.presses('询问提名人', { question: '是哪一天的事？' }))).toContain('已经问过');
  await house.settles();
  expect(officer.seesLast('核实事迹 · 请答复')).toContain('是哪一天的事？');
  expect(officer.seesLast('核实事迹 · 请答复')).toContain('12月3日（周四）18:00');
  await officer.says('今天');
  expect(officer.seesLast()).toContain('每月一星：答复核实问题');
  expect(toastOf(await officer.presses('提交答复', { answer: '11月20日晚高峰。' }))).toBe('已答复，谢谢。');
  await house.settles();
  // Nothing is announced that would not come.
  expect(toastOf(await officer.presses('去办理'))).toContain('没有需要您看的内容');
  expect(secretary.seesLast('候选人 · 事迹')).toContain('11月20日晚高峰。');
  for (const person of [auxiliary, cast.leader, cast.chief])
    expect(person.sees().join('\n')).not.toContain('11月20日晚高峰。');
  await house.app.db.sql`UPDATE person SET status = 'left' WHERE id = ${officer.id}`;
  expect(toastOf(await secretary.presses('询问提名人', { question: '在哪里？' }))).toContain('没有人可以答复');
});

it('keeps what a checker changed, warns of private marks, and finishes only when everybody was looked at', async () => {
  const cast = await openCast();
  const { house, secretary, officer, auxiliary, leader } = cast;
  await reachChecking(cast, [auxiliary.id, leader.id]);
  const name = await house.nameOf(auxiliary.id);
  await openCandidate(cast, secretary, name);
  expect(toastOf(await secretary.presses('完成核实'))).toContain('还有2位没有核实');
  const marked = { statement: '救助晋A12345的驾驶人，电话13812345678。' };
  expect(toastOf(await secretary.presses('核实通过', marked))).toContain(
    '发布前请删改：疑似车牌号“晋A12345”、电话号码',
  );
  expect((await candidacyOf(house, auxiliary.id)).state).toBe('proposed');
  expect(secretary.seesLast('候选人 · 事迹')).toContain('修改前');
  await secretary.presses('保存修改', { statement: '救助受困驾驶人。' });
  const changes = await house.app.db.sql`SELECT before, after FROM star_change ORDER BY "changedAt", id`;
  expect(changes).toContainEqual({ before: marked.statement, after: '救助受困驾驶人。' });
  expect(toastOf(await secretary.presses('核实通过'))).toContain('已核实通过');
  expect(toastOf(await secretary.presses('核实通过', { statement: '长'.repeat(5000) }))).toContain('现在有5000字');

  // The other one is returned with a reason that the nominator hears.
  await house.settles();
  await openCandidate(cast, secretary, await house.nameOf(leader.id));
  expect(toastOf(await secretary.presses('退回'))).toContain('请先写明退回的原因');
  expect(toastOf(await secretary.presses('退回', { reason: '没有查到依据' }))).toContain('已退回');
  await house.settles();
  expect(officer.seesLast('提名核实结果')).toContain('没有查到依据');
  // Looked at again and passed, then not: the nominator's card never says what is not so.
  await secretary.presses('核实通过');
  await house.follows();
  expect(officer.seesLast('提名核实结果')).toContain('已重新核实通过');
  await secretary.presses('退回', { reason: '没有查到依据' });
  await house.follows();
  expect(officer.seesLast('提名核实结果')).toContain('没有查到依据');
  expect(toastOf(await secretary.presses('完成核实'))).toContain('1位候选人');
  expect(toastOf(await secretary.presses('核实通过'))).toContain('这一步已经不能办了');
});

it('shows the newest deeds on every page of a candidate, and every candidate of a long list in turn', async () => {
  const cast = await openCast();
  const { house, secretary, officer, leader, auxiliary } = cast;
  const { db } = house.app;
  await openBranchRound(cast);
  // As long as a form takes, with all that may come later: the card still fits into 30 KB.
  const long = Object.fromEntries(['firm', 'skilled', 'conduct', 'recognised'].map((key) => [key, '长'.repeat(1000)]));
  for (const who of [officer, leader]) expect(await nominate(cast, who, auxiliary.id, 0, long)).toContain('已提交');
  await db.sql`
    INSERT INTO star_deed (id, "personId", text, "doneOn", "loggedAt")
    SELECT gen_random_uuid(), ${auxiliary.id}, repeat('事', 900), '2026-11-20', '2026-11-20T10:00:00+08:00' FROM generate_series(1, 5)`;
  await db.sql`UPDATE star_nomination SET "deedIds" = ARRAY(SELECT id FROM star_deed) WHERE state = 'submitted'`;
  await db.sql`
    INSERT INTO star_question (id, "candidacyId", "nominatorId", "askedById", "askedAt", question, answer, "answeredAt")
    SELECT gen_random_uuid(), c.id, ${officer.id}, ${secretary.id}, '2026-11-20T10:00:00+08:00', repeat('问', 900), repeat('答', 900), NULL FROM star_candidacy c, generate_series(1, 6)`;
  await db.sql`
    INSERT INTO star_change (id, "candidacyId", "changedById", "changedAt", before, after)
    SELECT gen_random_uuid(), c.id, ${secretary.id}, '2026-11-20T10:00:00+08:00', repeat('前', 900), '' FROM star_candidacy c, generate_series(1, 3)`;
  await db.sql`UPDATE star_candidacy SET reason = repeat('因', 900), statement = repeat('述', 1000)`;
  await secretary.presses('结束提名');
  await house.settles();
  await openCandidate(cast, secretary, await house.nameOf(auxiliary.id));
  const first = house.emulator.messagesOf(secretary.id).at(-1);
  await secretary.presses('下一份提名');
  await house.settles();
  const edit = findPressable(first?.content, '保存修改', { statement: '改过的事迹' });
  await house.emulator.press(secretary.id, first?.id ?? '', edit ?? { value: {} });
  await house.follows();
  // The newest card is the second page.
  expect(toastOf(await secretary.presses('核实通过'))).toContain('已核实通过');
  expect(await db.sql`SELECT statement FROM star_candidacy`).toEqual([{ statement: '改过的事迹' }]);

  await db.sql`
    INSERT INTO star_candidacy (id, "roundId", "nomineeId", "postId", state)
    SELECT gen_random_uuid(), s."roundId", p.id, s.id, 'passed' FROM star_post s, (SELECT id FROM person WHERE id <> ${auxiliary.id} AND status = 'active' ORDER BY name LIMIT 45) p WHERE s.sort = 0`;
  const [last] = await db.sql<{ id: string; name: string }>`
    SELECT c.id, p.name FROM star_candidacy c JOIN person p ON p.id = c."nomineeId" WHERE c."nomineeId" <> ${auxiliary.id} ORDER BY p.name DESC, c.id DESC LIMIT 1`;
  await db.sql`UPDATE star_candidacy SET state = 'proposed' WHERE id = ${last?.id}::uuid`;
  await secretary.says('今天');
  await secretary.presses('去办理');
  await house.settles();
  expect(secretary.seesLast()).toContain(last?.name);
  expect(secretary.seesLast()).toContain('看其余30位');
  const [passed] = await db.sql<{ id: string; name: string }>`
    SELECT c.id, p.name FROM star_candidacy c JOIN person p ON p.id = c."nomineeId" WHERE c.state = 'passed' ORDER BY p.name DESC, c.id DESC LIMIT 1`;
  for (const rest of [30, 14]) {
    await secretary.presses(`看其余${rest}位`);
    await house.settles();
  }
  const lastPage = secretary.seesLast();
  expect(lastPage).not.toContain('看其余');
  expect(lastPage).not.toContain('完成核实');
  await openCandidate(cast, secretary, passed?.name ?? '');
  await secretary.presses('退回', { reason: '重名，请重新提名' });
  await house.follows();
  const lists = secretary.sees().filter((card) => card.includes('（共46位）') && card.includes(passed?.name ?? ''));
  expect(lists.join()).toContain('已退回');
});

it('lets nobody check or review themselves: another organiser, and the political office, stand in', async () => {
  const cast = await openCast();
  const { house, secretary, administrator } = cast;
  const reviewer = await commissioner(cast);
  await reachChecking(cast, [secretary.id, reviewer.id]);
  expect(secretary.seesLast('每月一星 · 候选人')).not.toContain(await house.nameOf(secretary.id));
  const own = await candidacyOf(house, secretary.id);
  await openCandidate(cast, secretary, await house.nameOf(reviewer.id));
  await secretary.presses('核实通过');
  await house.settles();
  expect(toastOf(await secretary.presses('完成核实'))).toBe('还有1位由另一位组织者核实，核实后才能完成。');
  // The political office is asked by itself to check the secretary who opened the round.
  await administrator.says('今天');
  expect(administrator.seesLast()).toContain('事迹核实');
  await openCandidate(cast, administrator, await house.nameOf(secretary.id));
  await administrator.presses('核实通过');
  await house.settles();
  expect(toastOf(await secretary.presses('完成核实'))).toContain('2位候选人');
  await house.settles();
  expect(own.state).toBe('proposed');

  // The 纪检委员 gives the opinion on the secretary, the political office the one on the 纪检委员.
  expect(reviewer.seesLast('每月一星 · 候选人')).not.toContain(await house.nameOf(reviewer.id));
  await openCandidate(cast, reviewer, await house.nameOf(secretary.id));
  await reviewer.presses('无异议');
  await house.settles();
  expect((await lastRound(house)).state).toBe('reviewing');
  await openCandidate(cast, administrator, await house.nameOf(reviewer.id));
  await administrator.presses('无异议');
  await house.settles();
  expect((await lastRound(house)).state).toBe('voting');
});

it('wants a concern in words, and goes on after the last opinion', async () => {
  const cast = await openCast();
  const { house, auxiliary } = cast;
  await reachReview(cast, [auxiliary.id]);
  const reviewer = await commissioner(cast);
  await openCandidate(cast, reviewer, await house.nameOf(auxiliary.id));
  expect(toastOf(await reviewer.presses('有意见'))).toContain('请写明意见的内容');
  expect(toastOf(await reviewer.presses('有意见', { opinion: '有一件投诉正在核查' }))).toContain('纪检意见已齐');
  await house.settles();
  expect((await lastRound(house)).state).toBe('voting');
  expect(reviewer.seesLast('候选人 · 事迹')).not.toContain('[无异议]');
});

it('asks the organiser to end a round whose candidates have all left, and nobody for an opinion on them', async () => {
  const cast = await openCast();
  const { house, auxiliary, secretary } = cast;
  await reachReview(cast, [auxiliary.id]);
  const reviewer = await commissioner(cast);
  await openCandidate(cast, reviewer, await house.nameOf(auxiliary.id));
  await house.app.db.sql`UPDATE person SET status = 'left' WHERE id = ${auxiliary.id}`;
  expect(toastOf(await reviewer.presses('无异议'))).toContain('已经退出');
  await reviewer.says('今天');
  expect(reviewer.seesLast()).not.toContain('纪检意见');
  await secretary.says('今天');
  await secretary.presses('去办理');
  await house.settles();
  expect(secretary.seesLast()).toContain('候选人都已退出，请写明原因取消本轮');
});

it('goes on by the clock when the last candidate who waited for an opinion leaves', async () => {
  const cast = await openCast();
  const { house, auxiliary, leader } = cast;
  await reachReview(cast, [auxiliary.id, leader.id]);
  const reviewer = await commissioner(cast);
  await openCandidate(cast, reviewer, await house.nameOf(auxiliary.id));
  await reviewer.presses('无异议');
  await house.settles();
  await house.app.db.sql`UPDATE person SET status = 'left' WHERE id = ${leader.id}`;
  await house.clockMovesTo('2026-11-24T09:36:00+08:00');
  expect((await lastRound(house)).state).toBe('voting');
});
