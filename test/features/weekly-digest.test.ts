/** The weekly digest as conversations: read, looked behind, replied to, asked for again, and run under bad luck. */
import { expect, it } from 'vitest';
import type { PressAnswer } from '../../src/emulator/site/page-api.ts';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { type House, openHouse } from '../support/house.ts';
import { writeWeek } from './weekly-digest/sample-weeks.ts';

const FRIDAY = '2026-11-27T17:07:20+08:00';
/** After the deadline of the task: what it says to the secretary is a push of that day. */
const THURSDAY = '2026-11-26T19:00:00+08:00';
const TASK = '提醒一大队党支部全体党员本周四18:00前完成第一议题学习：学习讲话';

/** The week of November 23rd, with a task of 一大队党支部 that one officer has done. */
async function openWeek(options: Parameters<typeof openHouse>[0] = {}) {
  const house = await openHouse(options);
  const person = (who: keyof typeof SAMPLE_PEOPLE) => house.person(SAMPLE_PEOPLE[who]);
  const people = {
    secretary: person('secretary'),
    officer: person('officer'),
    leader: person('leader'),
    chief: person('chief'),
  };
  await people.secretary.says(TASK);
  await people.secretary.presses('确认发布');
  await house.settles();
  await people.officer.presses('我已完成');
  return { house, ...people, administrator: person('administrator') };
}

const toastOf = (answer: PressAnswer) => ({ content: '', type: '', ...(answer.ok ? answer.toast : {}) });
const digestsOf = (person: { sees: () => string[] }) => person.sees().filter((card) => card.includes('工作汇总'));

async function recordSession(house: House, day: string, branch: string | null, topic = '专题学习') {
  await house.app.db.sql`
    INSERT INTO study_session (id, state, "branchId", kind, "heldOn", topic, attendees, "enteredById", "createdAt", "recordedAt")
    SELECT gen_random_uuid(), 'recorded', (SELECT id FROM branch WHERE name = ${branch}), 'branch-themed-study', ${day}::date, ${topic}, 9, 'nobody', now(), now()`;
}

it('comes at 17:07 on the last workday, to leaders and secretaries only', async () => {
  const { house, leader, secretary, officer } = await openWeek();
  await house.clockMovesTo(THURSDAY);
  await house.clockMovesTo('2026-11-27T17:06:00+08:00');
  expect([...digestsOf(leader), ...digestsOf(secretary)]).toEqual([]);
  await house.clockMovesTo(FRIDAY);
  expect(digestsOf(officer)).toEqual([]);
  expect(digestsOf(secretary)).toHaveLength(1);
  const [card = ''] = digestsOf(leader);
  expect(card).toContain('第48周工作汇总\n一大队\n已汇总');
  expect(card).toContain('11月20日（周五）17:07 至 11月27日（周五）17:07');
  expect(card).toContain('完成任务\n1人次\n较上周 +1');
  expect(card).toContain('1. 第一议题学习：学习讲话\n20人逾期未完成\n[催办]\n[查看]\n[转为任务]');
  expect(card).toContain('本级：完成1 · 逾期20');
});

it('is made on the workday before a holiday', async () => {
  const house = await openHouse({ at: new Date('2026-09-24T16:00:00+08:00') });
  await recordSession(house, '2026-09-23', '一大队党支部');
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  await house.clockMovesTo('2026-09-24T18:00:00+08:00'); // Mid-Autumn on Friday the 25th
  expect(digestsOf(secretary)).toHaveLength(1);
  await house.clockMovesTo('2026-09-26T12:00:00+08:00');
  expect(digestsOf(secretary)).toHaveLength(1);
});

it('has nothing to say where nothing happened: no card, and the administrator sees that', async () => {
  const house = await openHouse({ at: new Date('2026-11-16T10:00:00+08:00') });
  await recordSession(house, '2026-11-18', '一大队党支部');
  await house.clockMovesTo('2026-11-20T17:08:00+08:00');
  const [secretary, other] = [house.person(SAMPLE_PEOPLE.secretary), house.person(SAMPLE_PEOPLE.chief)];
  expect([digestsOf(secretary).length, digestsOf(other).length]).toEqual([1, 1]);
  const administrator = house.person(SAMPLE_PEOPLE.administrator);
  await administrator.says('周报记录');
  expect(administrator.seesLast()).toContain('第47周\n11月20日（周五）17:08 · 发送3人 · 无内容27人');
  expect(await house.app.db.sql`SELECT 1 FROM delivery WHERE card = 'digest'`).toHaveLength(3);
});

it('opens the rows behind a number by the same query, with its definition and its file', async () => {
  const { house, leader, officer } = await openWeek();
  await house.clockMovesTo(THURSDAY);
  await house.clockMovesTo(FRIDAY);
  await leader.presses('查看');
  await house.settles();
  expect(leader.seesLast()).toContain('逾期未完成 · 明细');
  expect(leader.seesLast()).toContain('逾期未完成 20人次\n口径：完成时间在本期内、到本期末仍未完成的人次。');
  expect(leader.seesLast()).toContain('11月26日18:00截止');
  expect(leader.seesLast()).toContain('第1页，共3页');
  await leader.presses('下一页');
  await house.settles();
  expect(leader.seesLast()).toContain('第2页，共3页');
  await leader.presses('下载表格');
  await house.settles();
  const [file] = await leader.files();
  expect(file?.name).toBe('一大队第48周逾期未完成.xlsx');
  await expect(officer.says('周报').then(() => officer.seesLast())).resolves.not.toContain('工作汇总');
});

it('nudges only whom the leader answers for, and turns a matter or a reply into a draft', async () => {
  const { house, leader, officer } = await openWeek();
  await house.clockMovesTo('2026-11-27T17:07:20+08:00');
  expect(toastOf(await leader.presses('催办')).content).toMatch(/^已提醒\d+人。.*每人每天最多提醒一次。$/);
  expect(toastOf(await leader.presses('催办')).content).toContain('没有需要催办的人');
  await house.settles();
  const nudged = await house.app.db.sql<{ unit: string }>`
    SELECT DISTINCT u.name AS unit FROM part a JOIN person p ON p.id = a."personId" JOIN unit u ON u.id = p."unitId" WHERE a."nudgedOn" IS NOT NULL`;
  expect(nudged).toEqual([{ unit: '一大队' }]);

  await leader.replies('工作汇总', '1 请教导员本周内逐人落实<at id=all></at>');
  expect(leader.seesLast()).toContain(
    '请教导员本周内逐人落实<at id=all></at>\n针对\n第一议题学习：学习讲话，20人逾期未完成',
  );
  await leader.presses('转为任务');
  await house.settles();
  expect(leader.seesLast()).toContain('学习任务 · 请填写');
  const drafts = await house.app.db
    .sql`SELECT topic, state FROM publication JOIN study_task USING (id) WHERE "issuedById" = ${leader.id}`;
  expect(drafts).toEqual([
    { topic: '请教导员本周内逐人落实<at id=all></at>（针对：第一议题学习：学习讲话，20人逾期未完成）', state: 'draft' },
  ]);
  await officer.replies('第一议题学习', '好的'); // a reply to any other card is an ordinary text
  expect(officer.seesLast()).not.toContain('转为任务');
});

it('keeps what it told: a correction afterwards is stated by the next one', async () => {
  const { house, secretary } = await openWeek();
  await recordSession(house, '2026-11-24', '一大队党支部', '第一次');
  await recordSession(house, '2026-11-25', '一大队党支部', '第二次');
  await house.clockMovesTo(THURSDAY);
  await house.clockMovesTo(FRIDAY);
  const [told = ''] = digestsOf(secretary);
  expect(told).toContain('开展学习\n2次');
  await house.app.db.sql`UPDATE study_session SET state = 'deleted' WHERE topic = '第二次'`;
  await secretary.says('周报');
  expect(secretary.seesLast()).toBe(told);
  await secretary.presses('全部数字');
  await house.settles();
  await secretary.presses('2次');
  await house.settles();
  expect(secretary.seesLast()).toContain('开展学习 1次');
  expect(secretary.seesLast()).toContain('周报中为2次（11月27日（周五）17:07统计），之后数据有更正。');

  await house.clockMovesTo('2026-12-04T17:08:00+08:00');
  expect(digestsOf(secretary).at(-1)).toContain('上周数字更正：开展学习 2次 → 1次');
  await secretary.says('周报 2026-W48');
  expect(secretary.seesLast()).toBe(told);
});

it('gives a month on request, and says what to do when it does not understand', async () => {
  const { house, secretary, officer } = await openWeek();
  await recordSession(house, '2026-11-04', '一大队党支部');
  await secretary.says('周报');
  expect(secretary.seesLast()).toContain('还没有周报');
  await secretary.says('周报 本月');
  expect(secretary.seesLast()).toContain('11月工作汇总');
  expect(secretary.seesLast()).toContain('开展学习\n1次\n较上月 +1');
  await secretary.says('周报 昨天的');
  expect(secretary.seesLast()).toContain('没有看懂要哪一期。请发送“周报”看最近一期');
  await secretary.says('周报 2025-W03');
  expect(secretary.seesLast()).toContain('没有2025-W03这一期周报');
  await officer.says('周报');
  expect(officer.seesLast()).not.toContain('工作汇总');
  await officer.says('周报记录');
  expect(officer.seesLast()).not.toContain('期');
});

it('is sent once though the tick comes twice, from two schedulers at the same moment', async () => {
  const { house, leader } = await openWeek();
  await house.app.db.sql`
    INSERT INTO pending_job (id, feature, job, payload, "dueAt")
    SELECT gen_random_uuid(), 'weekly-digest', 'start', '{"slot": "2026-11-27T09:07:00.000Z"}', '2026-11-27T17:07:00+08:00' FROM generate_series(1, 6)`;
  await house.clockMovesTo(THURSDAY);
  await house.clockMovesTo(FRIDAY);
  expect(digestsOf(leader)).toHaveLength(1);
  expect(await house.app.db.sql`SELECT name FROM digest_run`).toEqual([{ name: '2026-W48' }]);
  const [doubled] = await house.app.db
    .sql`SELECT recipient FROM delivery WHERE card = 'digest' GROUP BY 1 HAVING count(*) > 1`;
  expect(doubled).toBeUndefined();
});

it('is sent once on Monday when the service was off on Friday evening, marked as late, with Friday’s numbers', async () => {
  const { house, leader, officer } = await openWeek();
  await house.clockMovesTo('2026-11-26T12:00:00+08:00');
  await house.app.db.sql`
    UPDATE part SET "doneAt" = '2026-11-28T10:00:00+08:00' WHERE "doneAt" IS NULL AND "personId" <> ${officer.id}`;
  await house.isOffUntil('2026-11-30T09:00:00+08:00');
  expect(digestsOf(leader)).toHaveLength(1);
  expect(digestsOf(leader)[0]).toContain('第48周工作汇总\n一大队\n补发');
  expect(digestsOf(leader)[0]).toContain('完成任务\n1人次');
  await house.clockMovesTo('2026-12-04T17:08:00+08:00');
  expect(digestsOf(leader)).toHaveLength(2);
  expect(digestsOf(leader)[1]).toContain('完成任务\n20人次\n较上周 +19'); // Saturday's are in the next one
});

it('goes out without a section that fails, says so, and is completed by a patch', async () => {
  const { house, leader, administrator } = await openWeek();
  await house.app.db.sql`ALTER TABLE quiz_answer RENAME TO quiz_answer_gone`;
  await house.clockMovesTo(THURSDAY);
  await house.clockMovesTo(FRIDAY);
  expect(digestsOf(leader)).toEqual([]);
  await house.clockMovesTo('2026-11-27T17:23:00+08:00');
  expect(digestsOf(leader)).toHaveLength(1);
  expect(digestsOf(leader)[0]).toContain('待补齐');
  expect(digestsOf(leader)[0]).toContain('暂缺：答题。补齐后本卡片自动更新。');
  expect(digestsOf(leader)[0]).toContain('完成任务\n1人次');
  await administrator.says('周报记录');
  expect(administrator.seesLast()).toContain('第48周（有板块未完成）');

  await house.app.db.sql`ALTER TABLE quiz_answer_gone RENAME TO quiz_answer`;
  await administrator.presses('详情');
  await house.settles();
  expect(administrator.seesLast()).toContain('答题（系统会继续重试）');
  await house.clockMovesTo('2026-11-27T19:30:00+08:00');
  expect(digestsOf(leader)).toHaveLength(1);
  expect(digestsOf(leader)[0]).toContain('已汇总');
  expect(digestsOf(leader)[0]).toContain('参加答题\n0人次');
  expect(administrator.seesLast()).toContain('5/5个板块');
});

it('is sent again to one person by the administrator, and to nobody else', async () => {
  const { house, leader, secretary, administrator } = await openWeek();
  await house.clockMovesTo(THURSDAY);
  await house.clockMovesTo(FRIDAY);
  await administrator.says('周报记录');
  await administrator.presses('详情');
  await house.settles();
  const [{ name } = { name: '' }] = await house.app.db.sql<{
    name: string;
  }>`SELECT name FROM person WHERE id = ${leader.id}`;
  expect(toastOf(await administrator.presses('补发', { name: '查无此人' })).content).toContain('没有找到这个人');
  expect(toastOf(await administrator.presses('补发', { name })).content).toBe(`已补发给${name}，其他人不会再收到。`);
  await house.settles();
  expect([digestsOf(leader).length, digestsOf(secretary).length]).toEqual([2, 1]);
  expect(await house.app.db.sql`SELECT 1 FROM digest_run`).toHaveLength(1);
});

it('shows nothing any more to whoever does not answer for it', async () => {
  const { house, leader } = await openWeek();
  await house.clockMovesTo(THURSDAY);
  await house.clockMovesTo(FRIDAY);
  await house.app.db
    .sql`UPDATE role_assignment SET until = '2026-11-27T17:08:00+08:00' WHERE "personId" = ${leader.id}`;
  await house.clockMovesTo('2026-11-27T17:09:00+08:00');
  const before = leader.sees().length;
  expect(toastOf(await leader.presses('查看')).type).not.toBe('success');
  await house.settles();
  expect(leader.sees()).toHaveLength(before);
  expect(leader.seesLast()).not.toContain('人次');
});

it('is not broken by a week of everything', async () => {
  const house = await openHouse();
  await writeWeek(house.app.db, 1, '2026-11-23');
  await house.clockMovesTo(FRIDAY);
  const chief = house.person(SAMPLE_PEOPLE.chief);
  expect(digestsOf(chief)).toHaveLength(1);
  expect(digestsOf(chief)[0]).toMatch(/今年中心组1次 · 今年支部\d+次/);
  expect(house.logged.filter(({ level }) => Number(level) >= 50)).toEqual([]);
});
