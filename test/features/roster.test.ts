/** 人员名册: what an administrator sends in of people, and what the contacts say afterwards. */
import { describe, expect, it } from 'vitest';
import { createLog } from '../../src/basics/log.ts';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { synchronisePeople } from '../../src/people/synchronise.ts';
import { openHouse } from '../support/house.ts';
import { confirmImport, lastFile, workbook } from './lists/workbooks.ts';

const HEADER = ['姓名', '单位', '类别', '政治面貌', '所属党支部'];

async function open() {
  const house = await openHouse();
  const people = await house.app.db.sql<{ id: string; name: string; unit: string }>`
    SELECT p.id, p.name, u.name AS unit FROM person p JOIN unit u ON u.id = p."unitId"
    WHERE p.status = 'active' AND u.name = '一大队' AND p.kind = 'auxiliary' ORDER BY p.id LIMIT 5`;
  const readPerson = async (id: string) => {
    const [row] = await house.app.db.sql<{ kind: string; politics: string; branch: string | null }>`
      SELECT kind, politics, b.name AS branch FROM person p LEFT JOIN branch b ON b.id = p."branchId" WHERE p.id = ${id}`;
    return row;
  };
  return { house, people, readPerson, administrator: house.person(SAMPLE_PEOPLE.administrator) };
}

describe('the roster', () => {
  it('comes out and goes back in without a change, and one edited cell is one change', async () => {
    const { house, people, readPerson, administrator } = await open();
    await administrator.says('导出人员名册');
    const file = await lastFile(administrator);
    await administrator.sends(file.name, file.bytes);
    const [count] = await house.app.db.sql<{ count: number }>`SELECT count(*)::int FROM person WHERE status = 'active'`;
    expect(administrator.seesLast()).toContain(`新增 0 · 更改 0 · 不变 ${count?.count} · 有问题 0`);

    const [one] = people;
    const rows = [[one?.name ?? '', one?.unit ?? '', '', '党员', '']];
    await administrator.sends('名册.xlsx', await workbook({ 花名册: [HEADER, ...rows] }));
    expect(administrator.seesLast()).toContain('新增 0 · 更改 1 · 不变 0 · 有问题 0');
    const before = await readPerson(one?.id ?? '');
    await confirmImport(house, administrator);
    expect(await readPerson(one?.id ?? '')).toEqual({ ...before, politics: 'member' });
  });

  it('takes a new branch when three people are of it, and no misspelt one', async () => {
    const { house, people, readPerson, administrator } = await open();
    const rows = people.map(({ name, unit }, index) => [
      name,
      unit,
      '辅警',
      '',
      index < 3 ? '青年突击党支部' : '一大队党之部',
    ]);
    await administrator.sends(
      '名册.xlsx',
      await workbook({ 人员名册: [HEADER, ...rows, ['查无此人', '', '局长', '', '']] }),
    );
    const preview = administrator.seesLast();
    expect(preview).toContain('更改 3 · 不变 0 · 有问题 3');
    expect(preview).toContain('第 5 行 E 列（所属党支部）：没有这个党支部，请核对名称');
    expect(preview).toContain('第 7 行 C 列（类别）：只能填 民警、辅警');
    expect(await house.app.db.sql`SELECT 1 FROM branch WHERE name = '青年突击党支部'`).toEqual([]);
    await confirmImport(house, administrator);
    expect((await readPerson(people[0]?.id ?? ''))?.branch).toBe('青年突击党支部');
    expect((await readPerson(people[4]?.id ?? ''))?.branch).not.toBe('一大队党之部');
  });

  it('asks for the unit where several have one name, and is for administrators alone', async () => {
    const { house, people, administrator } = await open();
    await house.app.db
      .sql`UPDATE person SET name = '同名' WHERE id IN (${people[0]?.id}, ${SAMPLE_PEOPLE.administrator})`;
    const rows = [
      ['同名', '', '', '群众', ''],
      ['同名', '一大队', '', '群众', ''],
    ];
    await administrator.sends('名册.xlsx', await workbook({ 人员名册: [HEADER, ...rows] }));
    expect(administrator.seesLast()).toContain('第 2 行 B 列（单位）：同名的有2位（');
    expect(administrator.seesLast()).toContain('有问题 1');
    const secretary = house.person(SAMPLE_PEOPLE.secretary);
    await secretary.sends('名册.xlsx', await workbook({ 人员名册: [HEADER, ...rows] }));
    expect(secretary.seesLast()).toContain('您没有导入这种名单的权限');
  });

  it('stands when the contacts are read again, until they say something new', async () => {
    const { house, people, readPerson, administrator } = await open();
    const chosen = people.slice(0, 3);
    const rows = chosen.map(({ name, unit }) => [name, unit, '民警', '中共预备党员', '青年突击党支部']);
    await administrator.sends('名册.xlsx', await workbook({ 人员名册: [HEADER, ...rows] }));
    await confirmImport(house, administrator);
    const id = chosen[0]?.id ?? '';
    const said = { kind: 'officer', politics: 'probationary', branch: '青年突击党支部' };
    expect(await readPerson(id)).toEqual(said);
    await house.clockMovesTo('2026-11-24T03:13:00+08:00');
    expect(await readPerson(id)).toEqual(said);
    house.emulator.contacts.change(id, { employee_type: 2 });
    await house.clockMovesTo('2026-11-25T03:13:00+08:00');
    expect(await readPerson(id)).toEqual({ ...said, kind: 'auxiliary' });
  });

  it('stands for good where the contacts have no field for branch and politics', async () => {
    const { house, people, readPerson } = await open();
    const [one] = people;
    const known = await readPerson(one?.id ?? '');
    const person = { id: one?.id ?? '', name: '新名', unitIds: [], employeeType: 4, fields: {} };
    const contacts = {
      units: [],
      people: new Map([[person.id, { ...person, hasLeft: false, isActivated: true, isFrozen: false }]]),
    };
    await house.app.db.transaction((db) => synchronisePeople(db, contacts, {}, createLog('silent')));
    expect(await readPerson(person.id)).toEqual(known);
    const [row] = await house.app.db.sql`SELECT name FROM person WHERE id = ${person.id}`;
    expect(row).toEqual({ name: '新名' });
    const fields = { branch: 'C-1', politics: 'C-2' };
    const full = contacts.people.get(person.id);
    if (full) contacts.people.set(person.id, { ...full, fields: { 'C-1': '新支部', 'C-2': '中共党员' } });
    await house.app.db.transaction((db) => synchronisePeople(db, contacts, fields, createLog('silent')));
    expect(await readPerson(person.id)).toMatchObject({ politics: 'member', branch: '新支部' });
  });
});
