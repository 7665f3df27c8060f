/** 光荣榜 and 服务实事 as xlsx, through the chat: out, edited, in again. */

import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../../src/emulator/world/sample.ts';
import { EVERYBODY } from '../../support/audience.ts';
import type { House } from '../../support/house.ts';
import { confirmImport, lastFile, readTable, workbook } from '../lists/workbooks.ts';
import { openCast } from './playing.ts';

const HEADER = ['编号', '姓名', '单位', '日期', '做了什么'];

const deedsOf = (house: House) =>
  house.app.db.sql<{ id: string; personId: string; text: string; day: string }>`
    SELECT id, "personId", text, "doneOn"::text AS day FROM star_deed ORDER BY "doneOn", text`;

it('takes deeds in once, gives them out with their numbers, and changes them by these', async () => {
  const { house, secretary, officer, auxiliary } = await openCast();
  const [one, two] = await Promise.all([officer, auxiliary].map(({ id }) => house.nameOf(id)));
  const rows = [
    ['', one ?? '', '一大队', '2026-11-20', '雨天推车'],
    ['', two ?? '', '一大队', '2026-11-21', '护送儿童'],
    ['', two ?? '', '一大队', '2026-11-21', '护送儿童'],
  ];
  const bytes = await workbook({ 服务实事: [HEADER, ...rows] });
  await secretary.sends('实事.xlsx', bytes);
  expect(secretary.seesLast()).toContain('新增 2 · 更改 0 · 不变 1 · 有问题 0');
  await confirmImport(house, secretary);
  const before = await deedsOf(house);
  expect(before).toMatchObject([
    { personId: officer.id, text: '雨天推车', day: '2026-11-20' },
    { personId: auxiliary.id, text: '护送儿童', day: '2026-11-21' },
  ]);
  await secretary.sends('实事.xlsx', bytes);
  expect(secretary.seesLast()).toContain('新增 0 · 更改 0 · 不变 3 · 有问题 0');

  // What came out goes in again as it is, and edited by its number.
  await secretary.says('导出服务实事');
  const out = await lastFile(secretary);
  const table = await readTable(out.bytes, '服务实事');
  expect(table).toHaveLength(3);
  await secretary.sends(out.name, out.bytes);
  expect(secretary.seesLast()).toContain('新增 0 · 更改 0 · 不变 2 · 有问题 0');
  const edited = [before[0]?.id ?? '', one ?? '', '', '2026-11-19', '雨天推车到安全地带'];
  await secretary.sends('实事.xlsx', await workbook({ 服务实事: [HEADER, edited] }));
  expect(secretary.seesLast()).toContain('新增 0 · 更改 1 · 不变 0 · 有问题 0');
  await confirmImport(house, secretary);
  const after = await deedsOf(house);
  expect(after[0]).toEqual({ ...before[0], text: '雨天推车到安全地带', day: '2026-11-19' });
  expect(after).toHaveLength(2);
});

it('leaves out what cannot be, each with its reason', async () => {
  const { house, secretary, officer, auxiliary, administrator } = await openCast();
  const [own = '', other = '', foreign = ''] = await Promise.all(
    [officer, auxiliary, administrator].map(({ id }) => house.nameOf(id)),
  );
  await officer.says('登记实事 雨天推车');
  await officer.says('登记实事 护送儿童');
  const [child, car] = await deedsOf(house);
  await house.app.db.sql`
    INSERT INTO star_nomination (id, "roundId", "nominatorId", state, "deedIds", "changedAt")
    VALUES (gen_random_uuid(), gen_random_uuid(), ${auxiliary.id}, 'submitted', ARRAY[${car?.id}]::uuid[], now())`;
  const rows = [
    ['', foreign, '', '2026-11-20', '别的支部'],
    ['', own, '', '2026-11-24', '明天的事'],
    [randomUUID(), own, '', '2026-11-20', '没有的编号'],
    [child?.id ?? '', other, '', '2026-11-20', '换了人'],
    [child?.id ?? '', own, '', '2026-11-23', '雨天推车'],
    [car?.id ?? '', own, '', '2026-11-23', '改依据'],
    ['', own, '', '2026-11-20', '长'.repeat(1001)],
    [child?.id ?? '', own, '', '2026-11-23', '护送儿童回家'],
    [child?.id ?? '', own, '', '2026-11-23', '护送老人回家'],
  ];
  await secretary.sends('实事.xlsx', await workbook({ 服务实事: [HEADER, ...rows] }));
  const preview = secretary.seesLast();
  for (const words of [
    '第 2 行 B 列（姓名）：不是您支部的人',
    '第 3 行 D 列（日期）：这一天还没有到',
    '第 4 行 A 列（编号）：没有这个编号的实事',
    '第 5 行 B 列（姓名）：这个编号是另一位同志的实事',
    '第 6 行：与这位同志同一天的另一件实事相同',
    '第 7 行 E 列（做了什么）：这件实事已作为提名的依据',
    '第 8 行 E 列（做了什么）：最多1000字',
    '第 10 行：与第 9 行是同一个编号，内容不同',
  ])
    expect(preview).toContain(words);
  expect(preview).toContain('新增 0 · 更改 1 · 不变 0 · 有问题 8');
  await confirmImport(house, secretary);
  expect((await deedsOf(house)).map(({ text }) => text)).toEqual(['护送儿童回家', '雨天推车']);
});

it('gives out the roll of a period, and takes none in', async () => {
  const { house, secretary, administrator } = await openCast();
  const [round, post] = [randomUUID(), randomUUID()];
  const { db } = house.app;
  await db.sql`
    INSERT INTO star_round (id, state, title, audience, "nominateUntil", "checkUntil", "reviewUntil", "decideUntil", "orderSeed", "createdAt")
    VALUES (${round}::uuid, 'published', '2026年10月每月一星', ${EVERYBODY}::jsonb, now(), now(), now(), now(), '', now())`;
  for (const [number, person, awardedAt] of [
    [1, SAMPLE_PEOPLE.officer, '2026-10-31T23:59:59+08:00'],
    [2, SAMPLE_PEOPLE.auxiliary, '2026-11-01T00:00:00+08:00'],
  ] as const) {
    const candidacy = randomUUID();
    await db.sql`
      INSERT INTO star_candidacy (id, "roundId", "nomineeId", "postId", state, statement, "isChosen")
      VALUES (${candidacy}::uuid, ${round}::uuid, ${person}, ${post}::uuid, 'passed', '=1+1 事迹', true)`;
    await db.sql`
      INSERT INTO star_honour (number, "candidacyId", "roundId", "personId", post, "awardedAt")
      VALUES (${number}, ${candidacy}::uuid, ${round}::uuid, ${person}, '执法执勤', ${new Date(awardedAt)})`;
  }
  await secretary.says('导出本月光荣榜');
  const out = await lastFile(secretary);
  const table = (await readTable(out.bytes, '光荣榜')).slice(1);
  expect(table).toHaveLength(1);
  expect(table[0]).toEqual(
    expect.arrayContaining([2, await house.nameOf(SAMPLE_PEOPLE.auxiliary), '执法执勤', "'=1+1 事迹"]),
  );
  await administrator.says('导出光荣榜');
  expect((await readTable((await lastFile(administrator)).bytes, '光荣榜')).slice(1)).toHaveLength(2);
  await secretary.sends(out.name, out.bytes);
  expect(secretary.seesLast()).toContain('“光荣榜”这种名单只能导出');
});
