/** Lists in and out as xlsx, as people have the conversations: preview, confirmation, result, and what is refused. */
import { describe, expect, it } from 'vitest';
import { now } from '../../src/basics/clock.ts';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { features } from '../../src/features/index.ts';
import { createCatalogue } from '../../src/features/lists/catalogue.ts';
import { mayAnywhere } from '../../src/people/permissions.ts';
import type { Person, RoleName } from '../../src/people/person.ts';
import { makeXlsx, makeZip, rowsOf, xlsxParts } from '../sheets/make-xlsx.ts';
import { type House, openHouse, type TestPerson } from '../support/house.ts';
import { confirmImport, lastFile, readSheetNames, readTable, workbook } from './lists/workbooks.ts';

const HEADER = ['姓名', '单位', '开始', '结束'];

type Named = { id: string; name: string; unit: string };

async function open() {
  const house = await openHouse();
  const own = await house.app.db.sql<Named>`
    SELECT p.id, p.name, u.name AS unit FROM person p JOIN unit u ON u.id = p."unitId" JOIN branch b ON b.id = p."branchId"
    WHERE b.name = '一大队党支部' AND p.status = 'active' ORDER BY p.id`;
  return {
    house,
    own,
    secretary: house.person(SAMPLE_PEOPLE.secretary),
    administrator: house.person(SAMPLE_PEOPLE.administrator),
    officer: house.person(SAMPLE_PEOPLE.officer),
  };
}

const leavesOf = (house: House) =>
  house.app.db.sql<{ personId: string; firstDay: string; lastDay: string }>`
    SELECT "personId", "firstDay"::text, "lastDay"::text FROM leave ORDER BY "personId", "firstDay"`;

/** A leave sheet with one row for each of these people. */
function leaveSheet(people: Named[], firstDay = '2026-11-24', lastDay = '2026-11-28'): Promise<Buffer> {
  return workbook({ 休假: [HEADER, ...people.map(({ name, unit }) => [name, unit, firstDay, lastDay])] });
}

async function sendLeaves(person: TestPerson, people: Named[], firstDay?: string, lastDay?: string) {
  await person.sends('休假.xlsx', await leaveSheet(people, firstDay, lastDay));
}

describe('an import', () => {
  it('is previewed with its counts, writes nothing before it is confirmed, and then exactly that', async () => {
    const { house, own, secretary } = await open();
    const people = own.slice(0, 3);
    await sendLeaves(secretary, people);
    const preview = secretary.seesLast();
    expect(preview).toContain('导入 · 请核对');
    expect(preview).toContain('新增 3 · 更改 0 · 不变 0 · 有问题 0');
    expect(preview).toContain('[确认导入（3行）]');
    expect(preview).toContain('休假.xlsx');
    expect(await leavesOf(house)).toEqual([]);

    await confirmImport(house, secretary);
    expect(await leavesOf(house)).toEqual(
      people.map(({ id }) => ({ personId: id, firstDay: '2026-11-24', lastDay: '2026-11-28' })),
    );
    expect(secretary.seesLast()).toContain('导入 · 已完成');
    expect(secretary.seesLast()).toContain('已新增 3 行，更改 0 行');
    const kept = await house.app.db.sql`SELECT state, bytes FROM list_import`;
    expect(kept).toEqual([{ state: 'imported', bytes: null }]);
  });

  it('of the same file again finds everything as it is and asks for nothing', async () => {
    const { house, own, secretary } = await open();
    await sendLeaves(secretary, own.slice(0, 2));
    await confirmImport(house, secretary);
    const before = await leavesOf(house);
    await sendLeaves(secretary, own.slice(0, 2));
    expect(secretary.seesLast()).toContain('新增 0 · 更改 0 · 不变 2 · 有问题 0');
    expect(secretary.seesLast()).toContain('和现有的内容完全一样，不用导入');
    expect(secretary.seesLast()).not.toContain('[确认导入');
    expect(await leavesOf(house)).toEqual(before);
  });

  it('leaves out bad rows and names each by sheet, row, column and reason', async () => {
    const { house, own, secretary, administrator } = await open();
    const [good, early] = own;
    const [foreign] = await house.app.db
      .sql<Named>`SELECT id, name, '' AS unit FROM person WHERE id = ${administrator.id}`;
    await secretary.sends(
      '十一月.xlsx',
      await workbook({
        十一月: [
          ['十一月休假情况'],
          HEADER,
          [good?.name ?? '', good?.unit ?? '', '2026-11-24', '2026-11-28'],
          ['查无此人', '', '2026-11-24', '2026-11-28'],
          [foreign?.name ?? '', '', '2026-11-24', '2026-11-28'],
          [early?.name ?? '', '', '2026-11-24', '2026-11-20'],
          [early?.name ?? '', '', '昨天', '2026-11-20'],
          [early?.name ?? '', '不存在的单位', '2026-11-24', '2026-11-28'],
        ],
        备注: [['说明'], ['请假以此为准']],
      }),
    );
    const preview = secretary.seesLast();
    expect(preview).toContain('新增 1 · 更改 0 · 不变 0 · 有问题 5');
    expect(preview).toContain('工作表“十一月”第 4 行 A 列（姓名）：通讯录里没有这个人');
    expect(preview).toContain('工作表“十一月”第 5 行 A 列（姓名）：不是您支部的人');
    expect(preview).toContain('工作表“十一月”第 6 行 D 列（结束）：结束日期早于开始日期');
    expect(preview).toContain('工作表“十一月”第 7 行 C 列（开始）：不是完整的日期');
    expect(preview).toContain('工作表“十一月”第 8 行 B 列（单位）：通讯录里这个人在');
    expect(preview).toContain('工作表“备注”：不认识这个工作表，没有读取');
    expect(await confirmImport(house, secretary)).toContain('有问题的 5 行没有导入');
    expect(await leavesOf(house)).toHaveLength(1);
    expect(JSON.stringify(house.logged)).not.toMatch(/查无此人|十一月|休假/);
  });

  it('of a thousand rows with three in a hundred bad ones names exactly those, on the card and in a list', async () => {
    const { house, own, administrator } = await open();
    const people = own.slice(0, 20);
    const bad: number[] = [];
    const rows = Array.from({ length: 1000 }, (_, index) => {
      const person = people[index % people.length];
      const day = calendarDay(index);
      const isBad = index % 33 === 7;
      if (isBad) bad.push(index + 2);
      return [isBad ? `查无此人${index}` : (person?.name ?? ''), person?.unit ?? '', day, day];
    });
    await administrator.sends('全年.xlsx', await workbook({ 休假: [HEADER, ...rows] }));
    expect(bad).toHaveLength(31);
    const preview = administrator.sees().find((card) => card.includes('请核对')) ?? '';
    expect(preview).toContain(`新增 ${1000 - 31} · 更改 0 · 不变 0 · 有问题 31`);
    expect(preview.match(/第 \d+ 行 A 列/g)).toHaveLength(20);
    expect(preview).toContain('共 31 处，其余的在“问题清单”文件里');
    const list = await lastFile(administrator);
    expect(list.name).toBe('问题清单.xlsx');
    const table = await readTable(list.bytes, '问题清单');
    expect(table.slice(1).map(([, row]) => row)).toEqual(bad);
    expect(table[1]).toEqual(['休假', bad[0], 'A', '姓名', '通讯录里没有这个人，请核对姓名']);
    await confirmImport(house, administrator);
    expect(await leavesOf(house)).toHaveLength(1000 - 31);
    expect(await administrator.files()).toHaveLength(1);
  });

  it('can be cancelled, and neither answer counts twice', async () => {
    const { house, own, secretary } = await open();
    await sendLeaves(secretary, own.slice(0, 1));
    const card = house.emulator.messagesOf(secretary.id).at(-1);
    expect(JSON.stringify(await secretary.presses('取消'))).toContain('已取消，没有导入');
    expect(secretary.seesLast()).not.toContain('[确认导入');
    expect(await pressOld(house, secretary, card?.id, 'confirm')).toContain('已经取消，没有导入');
    expect(await leavesOf(house)).toEqual([]);

    await sendLeaves(secretary, own.slice(0, 1));
    const again = house.emulator.messagesOf(secretary.id).at(-1);
    const press = () => pressOld(house, secretary, again?.id, 'confirm');
    const answers = await Promise.all([press(), press(), press()]);
    // One begins it; the others hear that it runs or, where the worker was faster than the press, that it is done.
    const others = answers.filter((answer) => answer.includes('不用再按') || answer.includes('已经导入'));
    expect(others).toHaveLength(2);
    expect(answers.filter((answer) => !others.includes(answer)).join()).toContain('正在导入，完成后');
    await house.settles();
    expect(await pressOld(house, secretary, again?.id, 'confirm')).toContain('已经导入');
    expect(await pressOld(house, secretary, again?.id, 'cancel')).toContain('已经导入');
    expect(await leavesOf(house)).toHaveLength(1);
  });

  it('that waits for more than a week is of the past, whoever notices first', async () => {
    const { house, own, secretary } = await open();
    await sendLeaves(secretary, own.slice(0, 1));
    const card = house.emulator.messagesOf(secretary.id).at(-1);
    await house.app.db.sql`UPDATE list_import SET "sentAt" = ${new Date(now().getTime() - 7 * 86_400_000 - 1000)}`;
    expect(await pressOld(house, secretary, card?.id, 'confirm')).toContain('已经过期，没有导入');
    expect(await leavesOf(house)).toEqual([]);

    await sendLeaves(secretary, own.slice(0, 1));
    await house.clockMovesTo('2026-12-02T05:00:00+08:00');
    const states = await house.app.db.sql`SELECT state, bytes FROM list_import`;
    expect(states).toEqual(Array(2).fill({ state: 'expired', bytes: null }));
    expect(secretary.seesLast()).toContain('已过期，没有导入');
  });

  it('is refused when the permission has ended before the press, or between the press and the import', async () => {
    const { house, own, secretary } = await open();
    await sendLeaves(secretary, own.slice(0, 1));
    const endRoles = () =>
      house.app.db.sql`UPDATE role_assignment SET until = ${now()} WHERE "personId" = ${secretary.id}`;
    const givenBack = () =>
      house.app.db.sql`UPDATE role_assignment SET until = NULL WHERE "personId" = ${secretary.id}`;
    await endRoles();
    expect(JSON.stringify(await secretary.presses('确认导入'))).toContain('您没有办理这件事的权限');
    expect(secretary.seesLast()).toContain('这张卡片已关闭');

    await givenBack();
    await sendLeaves(secretary, own.slice(0, 1));
    await house.app.db.sql`UPDATE list_import SET state = 'importing' WHERE state = 'preview'`;
    await endRoles();
    await house.app.db.sql`
      INSERT INTO pending_job (id, feature, job, payload, "dueAt")
      SELECT gen_random_uuid(), 'lists', 'import', jsonb_build_object('import', id), ${now()} FROM list_import WHERE state = 'importing'`;
    await house.settles();
    expect(await leavesOf(house)).toEqual([]);
    expect(await house.app.db.sql`SELECT state FROM list_import`).toEqual(Array(2).fill({ state: 'refused' }));
  });

  it('says so when the state changed between preview and confirmation', async () => {
    const { house, own, secretary } = await open();
    await sendLeaves(secretary, own.slice(0, 2));
    await secretary.says(`登记请假 ${own[0]?.name} ${own[0]?.unit} 11月24日至11月28日`);
    await secretary.presses('确认登记');
    const result = await confirmImport(house, secretary);
    expect(await leavesOf(house)).toHaveLength(2);
    const card = secretary.sees().find((one) => one.includes('导入 · 已完成')) ?? result;
    expect(card).toContain('新增 1 · 更改 0 · 不变 1 · 有问题 0');
    expect(card).toContain('结果与预览不完全相同');
  });
});

describe('a file that cannot be imported', () => {
  const sheet = { name: '休假', rows: rowsOf([HEADER, ['张伟', '', '2026-11-24', '2026-11-28']]) };
  const many = `<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c><c r="B1" t="inlineStr"><is><t>开始</t></is></c><c r="C1" t="inlineStr"><is><t>结束</t></is></c></row>${Array.from(
    { length: 50_000 },
    (_, index) => `<row r="${index + 2}"><c r="A${index + 2}"><v>${index}</v></c></row>`,
  ).join('')}`;

  it.each<[string, string, Buffer, string]>([
    ['an old workbook', '休假.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'), '只能导入 .xlsx 文件'],
    ['a workbook with macros by name', '休假.xlsm', makeXlsx([sheet]), '只能导入 .xlsx 文件'],
    ['a csv', '休假.csv', Buffer.from('姓名,开始,结束'), '只能导入 .xlsx 文件'],
    ['a csv called xlsx', '休假.xlsx', Buffer.from('姓名,开始,结束'), '可能是 csv 或网页改了名'],
    ['an old workbook called xlsx', '休假.xlsx', Buffer.from('d0cf11e0a1b11ae1ff', 'hex'), '旧版的 .xls'],
    [
      'a workbook with macros called xlsx',
      '休假.xlsx',
      makeZip([...xlsxParts([sheet]), { name: 'xl/vbaProject.bin', content: 'x' }]),
      '文件带有宏',
    ],
    [
      'a zip bomb',
      '休假.xlsx',
      makeZip([...xlsxParts([sheet]), { name: 'xl/media/a.xml', content: Buffer.alloc(60 * 1024 * 1024) }]),
      '解压后过大',
    ],
    ['50,000 rows', '休假.xlsx', makeXlsx([{ name: '休假', rows: many }]), '超过 20000 行，没有读取'],
    ['one byte', '休假.xlsx', Buffer.alloc(1), '这不是 Excel 文件'],
    ['half a workbook', '休假.xlsx', makeXlsx([sheet]).subarray(0, 900), '文件已损坏'],
    [
      'a workbook without any list',
      '开销.xlsx',
      makeXlsx([{ name: '开销', rows: rowsOf([['项目'], ['水']]) }]),
      '您可以导入：',
    ],
  ])('(%s) gets a plain sentence', async (_what, name, bytes, sentence) => {
    const { house, secretary } = await open();
    await secretary.sends(name, bytes);
    expect(secretary.sees()).toHaveLength(1);
    expect(secretary.seesLast()).toContain(sentence);
    expect(await leavesOf(house)).toEqual([]);
    expect(await house.app.db.sql`SELECT 1 FROM list_import WHERE bytes IS NOT NULL`).toEqual([]);
    expect(house.logged.filter(({ level }) => Number(level) >= 50)).toEqual([]);
  });

  it('is told which of its sheets are for others, and which only come out', async () => {
    const { secretary, officer } = await open();
    const roster = { name: '人员名册', rows: rowsOf([['姓名'], ['张伟']]) };
    const completions = { name: '完成情况', rows: rowsOf([['姓名'], ['张伟']]) };
    await secretary.sends('名册.xlsx', makeXlsx([roster, completions]));
    expect(secretary.seesLast()).toContain('“人员名册”您没有导入这种名单的权限');
    expect(secretary.seesLast()).toContain('“完成情况”这种名单只能导出');
    expect(secretary.seesLast()).toContain('休假（姓名、开始、结束）');
    await officer.sends('休假.xlsx', makeXlsx([sheet]));
    expect(officer.seesLast()).toContain('不能处理这个文件');
  });
});

describe('an export', () => {
  it('gives what the person may see, for the period that was said, and comes back unchanged', async () => {
    const { house, own, secretary, administrator } = await open();
    await administrator.says(`登记请假 ${own[0]?.name} ${own[0]?.unit} 11月24日至11月28日`);
    await administrator.presses('确认登记');
    const [foreign] = await house.app.db.sql<Named>`
      SELECT p.id, p.name, u.name AS unit FROM person p JOIN unit u ON u.id = p."unitId" WHERE p.id = ${administrator.id}`;
    await administrator.says(`登记请假 ${foreign?.name} ${foreign?.unit} 12月1日至12月2日`);
    await administrator.presses('确认登记');

    await secretary.says('导出');
    expect(secretary.seesLast()).toContain(
      '正在准备学习任务、完成情况、学习台账、考试成绩、发放记录、光荣榜、服务实事、休假、值班（',
    );
    expect(secretary.seesLast()).toContain('1月1日（周四）至12月31日（周四）');
    const all = await lastFile(secretary);
    expect(all.name).toBe('导出_2026-01-01至2026-12-31.xlsx');
    expect(await readTable(all.bytes, '休假')).toHaveLength(2);

    await administrator.says('导出本月休假');
    const month = await lastFile(administrator);
    expect(month.name).toBe('休假_2026-11-01至2026-11-30.xlsx');
    expect(await readSheetNames(month.bytes)).toEqual(['休假']);
    expect((await readTable(month.bytes, '休假')).slice(1).map(([name]) => name)).toEqual([own[0]?.name]);
    await administrator.says('导出 2026年第四季度 休假');
    expect(await readTable((await lastFile(administrator)).bytes, '休假')).toHaveLength(3);

    await secretary.sends(all.name, all.bytes);
    expect(secretary.seesLast()).toContain('新增 0 · 更改 0 · 不变 1 · 有问题 0');
    expect(secretary.seesLast()).toContain('工作表“完成情况”：这种名单只能导出，没有读取');
  });

  it('can be edited and sent back: one cell is one change', async () => {
    const { house, own, secretary } = await open();
    await sendLeaves(secretary, own.slice(0, 3));
    await confirmImport(house, secretary);
    await secretary.says('导出休假');
    const table = await readTable((await lastFile(secretary)).bytes, '休假');
    const rows = table.slice(1).map(([name, unit]) => [String(name), String(unit), '2026-11-24', '2026-11-28']);
    rows[1] = [...(rows[1] ?? []).slice(0, 3), '2026-11-25'];
    await secretary.sends('休假.xlsx', await workbook({ 休假: [HEADER, ...rows] }));
    expect(secretary.seesLast()).toContain('新增 0 · 更改 1 · 不变 2 · 有问题 0');
    await confirmImport(house, secretary);
    expect((await leavesOf(house)).filter(({ lastDay }) => lastDay === '2026-11-25')).toHaveLength(1);
  });

  it('that is not understood says what can be written, and officers cannot export', async () => {
    const { secretary, officer } = await open();
    await secretary.says('导出张三的工资');
    expect(secretary.seesLast()).toContain('没有听懂要导出什么。可以写：导出、导出本月');
    expect(await secretary.files()).toEqual([]);
    await officer.says('导出');
    expect(officer.seesLast()).toContain('您没有办理这件事的权限');
  });

  it('is made of what the person may see by then', async () => {
    const { house, secretary } = await open();
    await house.app.db.sql`
      INSERT INTO list_export (id, "personId", lists, "firstDay", "lastDay", "askedAt")
      VALUES (gen_random_uuid(), ${secretary.id}, ARRAY['leave/leaves', 'roster/roster'], '2026-01-01', '2026-12-31', ${now()})`;
    await house.app.db.sql`UPDATE role_assignment SET until = ${now()} WHERE "personId" = ${secretary.id}`;
    await house.app.db.sql`
      INSERT INTO pending_job (id, feature, job, payload, "dueAt")
      SELECT gen_random_uuid(), 'lists', 'export', jsonb_build_object('export', id), ${now()} FROM list_export`;
    await house.settles();
    expect(await secretary.files()).toEqual([]);
    expect(secretary.seesLast()).toContain('您现在没有可以导出的内容');
  });

  it('goes to nobody who answers for another branch by the time it is sent', async () => {
    const { house, secretary } = await open();
    const { db } = house.app;
    await secretary.says('导出');
    await house.settles();
    expect(await secretary.files()).toHaveLength(1);
    // As if it had been waiting to be sent: once before the change, and once after it.
    const sendAgain = async (key: string) => {
      await db.sql`
        INSERT INTO delivery (id, key, feature, card, "isFile", ref, recipient, push, state, "dueAt")
        SELECT gen_random_uuid(), ${key}, 'lists', 'export', true, id::text, "personId", 'answer', 'pending', ${now()} FROM list_export`;
      await house.settles();
      return (await secretary.files()).length;
    };
    expect(await sendAgain('before')).toBe(2);
    await db.sql`
      UPDATE role_assignment SET "scopeId" = (SELECT id::text FROM branch WHERE name = '二大队党支部')
      WHERE "personId" = ${secretary.id} AND role = 'secretary'`;
    expect(await sendAgain('after')).toBe(2);
  });
});

it('gives the empty sheets of what the person may send in, which come back as nothing to do', async () => {
  const { secretary, administrator } = await open();
  await secretary.says('导入模板');
  const template = await lastFile(secretary);
  expect(await readSheetNames(template.bytes)).toEqual(['学习台账', '服务实事', '休假', '值班']);
  expect((await readTable(template.bytes, '休假'))[1]).toEqual(HEADER);
  await administrator.says('导入模板');
  expect(await readSheetNames((await lastFile(administrator)).bytes)).toContain('人员名册');
  await secretary.sends(template.name, template.bytes);
  expect(secretary.seesLast()).toContain('表格里没有填写内容，没有导入');
});

it('is open to everybody who may send in or get out any list, and to nobody else', () => {
  const catalogue = createCatalogue(features);
  const roleNames: RoleName[] = ['administrator', 'leader', 'secretary', 'discipline-commissioner'];
  for (const name of roleNames) {
    const person: Person = {
      ...{ id: 'ou_1', name: '', kind: 'officer', politics: 'member', unitId: null, branchId: null },
      roles: [{ name, scopeId: 'somewhere' }],
    };
    expect(mayAnywhere(person, 'lists.import')).toBe(catalogue.importable(person).length > 0);
    expect(mayAnywhere(person, 'lists.export')).toBe(catalogue.exportable(person).length > 0);
  }
});

/** Every twentieth index is two days further on, from New Year 2026. */
function calendarDay(index: number): string {
  return new Date(Date.UTC(2026, 0, 1 + 2 * Math.floor(index / 20))).toISOString().slice(0, 10);
}

/** A press of a button as an older screen still shows it. */
async function pressOld(house: House, person: TestPerson, messageId: string | undefined, button: string) {
  const [row] = await house.app.db.sql<{ id: string }>`SELECT id FROM delivery WHERE "messageId" = ${messageId ?? ''}`;
  const value = { press: `lists/${button}`, d: row?.id ?? '' };
  return JSON.stringify(await house.emulator.press(person.id, messageId ?? '', { tag: 'button', value }));
}
