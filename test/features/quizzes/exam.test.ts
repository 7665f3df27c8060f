/** An exam: timed by our clock, resumed where it was left, its results for those entitled only. */
import { expect, it } from 'vitest';
import { moveTo } from '../../../src/basics/clock.ts';
import { SAMPLE_PEOPLE } from '../../../src/emulator/world/sample.ts';
import { type House, openHouse, type TestPerson } from '../../support/house.ts';
import { lastFile, readTable } from '../lists/workbooks.ts';
import { answerAll, cardOf, chooseRight, chooseWrong, pressOn, readCurrent } from './answering.ts';

async function openWithExam(): Promise<{ house: House; secretary: TestPerson; officer: TestPerson }> {
  const house = await openHouse();
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  await secretary.says('发布考试 本支部5道党纪题，明天15:00到17:00');
  expect(secretary.seesLast()).toContain('每人5题，30分钟，答对60%及格');
  await secretary.presses('确认发布');
  await house.settles();
  await house.clockMovesTo('2026-11-24T15:00:00+08:00');
  return { house, secretary, officer: house.person(SAMPLE_PEOPLE.officer) };
}

it('says nothing about right or wrong until it is over, and then whether it was a pass', async () => {
  const { house, secretary, officer } = await openWithExam();
  expect(officer.seesLast()).toContain('5题，开始后30分钟内答完，答对60%及格');
  await officer.presses('开始答题');
  expect(await chooseRight(house, officer)).toMatchObject({ toast: { content: '已记录。' } });
  expect(await chooseWrong(house, officer)).toMatchObject({ toast: { content: '已记录。' } });
  expect(officer.seesLast()).not.toMatch(/答对|答错|正确答案/);
  await answerAll(house, officer);
  expect(officer.seesLast()).toContain('已交卷。成绩和错题在11月24日（周二）17:00考试结束后公布');
  expect(officer.seesLast()).not.toMatch(/答对|尚未及格/);
  await officer.presses('看错题');
  await house.settles();
  expect(officer.seesLast()).toContain('结束后可以看错题');

  expect(secretary.seesLast()).not.toContain('查看成绩单');
  await house.clockMovesTo('2026-11-24T17:00:10+08:00');
  expect(officer.sees().join('\n')).toContain('答对 4 题，共 5 题，及格');
  await secretary.presses('查看成绩单');
  await house.settles();
  const [row] = await house.app.db.sql<{ name: string }>`SELECT name FROM person WHERE id = ${officer.id}`;
  expect(secretary.seesLast()).toContain(`${row?.name}（4/5）`);
  expect(secretary.seesLast()).toContain('参加1人');

  // The same as a table, of those alone whom the reader may watch: a secretary's branch, a leader's unit.
  await secretary.says('导出考试成绩');
  await house.settles();
  const [header, ...rows] = await readTable((await lastFile(secretary)).bytes, '考试成绩');
  expect(header).toEqual(['考试内容', '结束时间', '姓名', '单位', '所属党支部', '答对题数', '总题数', '结果']);
  const people = await house.app.db.sql`SELECT 1 FROM quiz_part`;
  expect(rows).toHaveLength(people.length);
  expect(rows.filter((cells) => cells[2] === row?.name).map((cells) => cells.slice(5))).toEqual([[4, 5, '及格']]);
  expect(rows.filter((cells) => cells[7] === '未参加')).toHaveLength(people.length - 1);
  const stranger = house.person(SAMPLE_PEOPLE.leader);
  await stranger.says('导出考试成绩');
  await house.settles();
  const own = await readTable((await lastFile(stranger)).bytes, '考试成绩');
  const brigade = await house.app.db.sql<{ name: string }>`
    SELECT p.name FROM quiz_part a JOIN person p ON p.id = a."personId" JOIN unit u ON u.id = p."unitId"
    WHERE u.id IN (SELECT unit FROM units_above() WHERE id = (SELECT "unitId" FROM person WHERE id = ${SAMPLE_PEOPLE.leader})) ORDER BY p.name, p.id`;
  expect(own.slice(1).map((cells) => cells[2])).toEqual(brigade.map(({ name }) => name));
});

it('ends for each person after the own time, and resumes from the 今天 card until then', async () => {
  const { house, officer } = await openWithExam();
  await officer.presses('开始答题');
  await chooseRight(house, officer);
  await house.clockMovesTo('2026-11-24T15:20:00+08:00');
  await officer.says('今天');
  await officer.presses('去办理');
  await house.settles();
  expect(officer.seesLast()).toContain('第2/5题');
  await chooseRight(house, officer);
  await house.clockMovesTo('2026-11-24T15:31:00+08:00');
  expect(officer.seesLast()).toContain('已交卷。成绩和错题在');
  expect(officer.seesLast()).toContain('3题没有作答');
  await house.clockMovesTo('2026-11-24T17:00:10+08:00');
  expect(officer.seesLast()).toContain('答对 2 题，共 5 题，尚未及格');
});

it('goes on after a lost connection: a press that is made again counts once, and the card moves on', async () => {
  const { house, officer } = await openWithExam();
  await officer.presses('开始答题');
  const seen = cardOf(house, officer);
  const { question } = await readCurrent(house, officer);
  const press = pressOn(
    seen,
    question.options.slice(0, 1).map(({ text }) => text),
  );
  // The first is kept, but its answer never reaches the phone: the person presses again on the card as it was.
  await house.emulator.press(officer.id, seen?.id ?? '', press);
  await house.clockMovesTo('2026-11-24T15:10:00+08:00');
  expect(await house.emulator.press(officer.id, seen?.id ?? '', press)).toMatchObject({
    toast: { type: 'warning', content: '这道题已经答过，以第一次为准。' },
  });
  expect(officer.seesLast()).toContain('第2/5题');
  expect(officer.seesLast()).not.toContain('[开始答题]');
  expect(await house.app.db.sql`SELECT 1 FROM quiz_answer`).toHaveLength(1);
});

it('shows nobody else the results', async () => {
  const { house, officer } = await openWithExam();
  await officer.says('答题情况');
  expect(officer.seesLast()).not.toContain('知识考试');
  const commissioner = await house.app.db.sql<{ id: string }>`
    SELECT r."personId" AS id FROM role_assignment r JOIN branch b ON b.id::text = r."scopeId"
    WHERE r.role = 'discipline-commissioner' ORDER BY b.name = '一大队党支部' DESC LIMIT 2`;
  const [own, foreign] = commissioner.map(({ id }) => house.person(id));
  await own?.says('答题情况');
  expect(own?.seesLast()).toContain('党纪知识考试');
  await foreign?.says('答题情况');
  expect(foreign?.seesLast()).toContain('最近没有答题活动');
});

it('is over by the clock, however late the job that ends it: nobody puts it off once its answers are told', async () => {
  const { house, secretary, officer } = await openWithExam();
  await officer.presses('开始答题');
  await answerAll(house, officer, 'wrong');
  await secretary.presses('延期');
  await house.settles();
  // The clock alone moves: no worker has looked at it yet.
  moveTo(new Date('2026-11-24T17:00:01+08:00'));
  expect(await secretary.presses('确认延期', { dueAt: '2026-11-24 18:00 +0800' })).toMatchObject({
    toast: { content: '这次答题已经结束，不能再操作。' },
  });
  await house.settles();
  expect(await house.app.db.sql`SELECT "dueAt" FROM publication`).toEqual([
    { dueAt: new Date('2026-11-24T17:00:00+08:00') },
  ]);
});

it('is not reopened by 恢复原时间 after it was closed early and its answers were told', async () => {
  const { house, secretary, officer } = await openWithExam();
  await officer.presses('开始答题');
  await secretary.presses('延期');
  await house.settles();
  await secretary.presses('确认延期', { dueAt: '2026-11-24 15:02 +0800' });
  await house.settles();
  await house.follows();
  moveTo(new Date('2026-11-24T15:02:01+08:00'));
  await secretary.presses('恢复原时间');
  await house.settles();
  expect(await house.app.db.sql`SELECT "dueAt" FROM publication`).toEqual([
    { dueAt: new Date('2026-11-24T15:02:00+08:00') },
  ]);
});
