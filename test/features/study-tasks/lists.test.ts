/** 学习任务 and 完成情况 as xlsx: what comes out, and for whom. */
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../../src/emulator/world/sample.ts';
import { openHouse } from '../../support/house.ts';
import { lastFile, readTable } from '../lists/workbooks.ts';

it('gives the tasks and who has done them, to each the people they may watch', async () => {
  const house = await openHouse();
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  const administrator = house.person(SAMPLE_PEOPLE.administrator);
  await administrator.says('提醒全支队全体党员下周五18:00前完成第一议题学习：=学习党的二十届四中全会精神');
  await administrator.presses('确认发布');
  await house.settles();
  const officer = house.person(SAMPLE_PEOPLE.officer);
  await officer.presses('我已完成', { reflection: '=1+1' });

  const counts = async (branch: string | null) => {
    const [row] = await house.app.db.sql<{ people: number; done: number }>`
      SELECT count(*)::int AS people, count(a."doneAt")::int AS done FROM part a JOIN person p ON p.id = a."personId"
      LEFT JOIN branch b ON b.id = p."branchId" WHERE ${branch}::text IS NULL OR b.name = ${branch}`;
    return [row?.people, row?.done];
  };
  await secretary.says('导出学习任务 完成情况');
  const own = await lastFile(secretary);
  const [, task] = await readTable(own.bytes, '学习任务');
  expect(task?.slice(7)).toEqual(await counts('一大队党支部'));
  expect(task?.[1]).toBe("'=学习党的二十届四中全会精神");
  const rows = (await readTable(own.bytes, '完成情况')).slice(1);
  expect(new Set(rows.map((cells) => cells[7]))).toEqual(new Set(['一大队党支部']));
  const done = rows.filter((cells) => cells[8] === '已完成');
  expect(done).toHaveLength(1);
  expect(done[0]?.[10]).toBe("'=1+1");

  await administrator.says('导出本月完成情况');
  const all = (await readTable((await lastFile(administrator)).bytes, '完成情况')).slice(1);
  expect([all.length, all.filter((cells) => cells[8] === '已完成').length]).toEqual(await counts(null));
  await administrator.says('导出上月完成情况');
  expect(await readTable((await lastFile(administrator)).bytes, '完成情况')).toHaveLength(1);

  const commissioner = house.person(SAMPLE_PEOPLE.leader);
  await commissioner.says('导出学习任务');
  const [, seen] = await readTable((await lastFile(commissioner)).bytes, '学习任务');
  expect(Number(seen?.[7])).toBeGreaterThan(Number(task?.[7]));
  expect(Number(seen?.[7])).toBeLessThan(Number((await counts(null))[0]));
});
