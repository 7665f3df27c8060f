/** Who may address whom, for every role. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Audience, audience, type Place } from '../../src/people/audience/audience.ts';
import { findBeyond, scopeOf } from '../../src/people/audience/audience-reach.ts';
import { may } from '../../src/people/permissions.ts';
import type { Person, Role } from '../../src/people/person.ts';
import { type Database, openDatabase } from '../../src/storage/database.ts';
import { createTestDatabase, type TestDatabase } from '../storage/test-database.ts';

const branch = (index: number) => `00000000-0000-4000-8000-00000000000${index}`;
let database: TestDatabase;
let db: Database;

/** 支队 over 一大队 (一中队 below it) and 二大队; a branch in each 大队, and one across both. */
beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.connectionString, () => {});
  await db.sql`
    INSERT INTO unit (id, name, "parentId") VALUES ('m', '支队', NULL), ('1', '一大队', 'm'), ('11', '一大队一中队', '1'), ('2', '二大队', 'm')`;
  await db.sql`
    INSERT INTO branch (id, name) VALUES (${branch(1)}::uuid, '一大队党支部'), (${branch(2)}::uuid, '二大队党支部'), (${branch(3)}::uuid, '联合党支部')`;
  await db.sql`
    INSERT INTO person (id, name, "unitId", "branchId", status) VALUES ('甲', '甲', '1', ${branch(1)}::uuid, 'active'), ('乙', '乙', '11', ${branch(1)}::uuid, 'active'),
      ('丙', '丙', '2', ${branch(2)}::uuid, 'active'), ('丁', '丁', '2', ${branch(3)}::uuid, 'active'), ('戊', '戊', '1', ${branch(3)}::uuid, 'active'),
      ('己', '己', '1', ${branch(1)}::uuid, 'left')`;
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

const holder = (...roles: Role[]): Person => ({
  ...{ id: '甲', name: '甲', kind: 'officer', politics: 'member', unitId: '1', branchId: branch(1) },
  roles,
});
const CHIEF = holder({ name: 'leader', scopeId: 'm' });
const LEADER = holder({ name: 'leader', scopeId: '1' });
const SECRETARY = holder({ name: 'secretary', scopeId: branch(1) });
const ADMINISTRATOR = holder({ name: 'administrator', scopeId: null });
const COMMISSIONER = holder({ name: 'discipline-commissioner', scopeId: branch(1) });

const unit = (id: string): Place => ({ kind: 'unit', id });
const one = (index: number): Place => ({ kind: 'branch', id: branch(index) });
const ALL: Place = { kind: 'detachment', id: null };

it.each<[string, Person, Partial<Audience>, string[]]>([
  ['支队长: 支队', CHIEF, { places: [ALL] }, []],
  ['支队长: 二大队', CHIEF, { places: [unit('2')] }, []],
  ['支队长: 中队, branch, person', CHIEF, { places: [unit('11'), one(3)], persons: ['丙'] }, []],
  ['大队长: 本大队', LEADER, { places: [unit('1')] }, []],
  ['大队长: 一大队一中队', LEADER, { places: [unit('11')] }, []],
  ['大队长: the branch within', LEADER, { places: [one(1)] }, []],
  ['大队长: a person of a unit below', LEADER, { persons: ['乙'] }, []],
  ['大队长: 二大队', LEADER, { places: [unit('1'), unit('2')] }, ['二大队']],
  ['大队长: 支队', LEADER, { places: [unit('m')] }, ['支队']],
  ['大队长: 全支队', LEADER, { places: [ALL] }, ['全支队']],
  ['大队长: a branch that reaches beyond', LEADER, { places: [one(3)] }, ['联合党支部']],
  ['大队长: persons elsewhere', LEADER, { places: [unit('1')], persons: ['甲', '丙', '丁'] }, ['丁', '丙']],
  [
    '大队长: whoever is left out may stand anywhere',
    LEADER,
    { places: [unit('1')], except: { places: [unit('2')], persons: ['丙'] } },
    [],
  ],
  ['书记: the own branch', SECRETARY, { places: [one(1)], offices: ['committee'] }, []],
  ['书记: another branch', SECRETARY, { places: [one(1), one(2)] }, ['二大队党支部']],
  ['书记: the unit of the branch', SECRETARY, { places: [unit('11')] }, ['一大队一中队']],
  ['书记: a person of the branch', SECRETARY, { persons: ['乙'] }, []],
  ['书记: a person of the unit and of another branch', SECRETARY, { persons: ['戊'] }, ['戊']],
  ['书记: whoever has left', SECRETARY, { persons: ['己'] }, ['己']],
  ['书记: whoever never was', SECRETARY, { persons: ['x'] }, ['已不在的人员']],
  ['管理员: everything', ADMINISTRATOR, { places: [ALL, unit('2'), one(3)], persons: ['丙'] }, []],
  ['纪检委员: nothing', COMMISSIONER, { places: [one(1)] }, ['一大队党支部']],
  ['nobody: nothing', holder(), { persons: ['甲'] }, ['甲']],
])('%s', async (_name, person, said, beyond) => {
  const found = await findBeyond(db, person, 'study.publish', audience(said));
  expect(found.sort()).toEqual([...beyond].sort());
});

it('where an audience lies is all of its places and persons: whoever may watch it may in each; nobody is the detachment’s', async () => {
  const mayWatch = async (person: Person, said: Partial<Audience>) =>
    may(person, 'quiz.watch', await scopeOf(db, audience(said)));
  expect(await mayWatch(LEADER, { places: [unit('1'), unit('11'), one(1)], persons: ['乙'] })).toBe(true);
  expect(await mayWatch(LEADER, { places: [unit('1'), unit('2')] })).toBe(false);
  expect(await mayWatch(LEADER, { places: [unit('1')], persons: ['丙'] })).toBe(false);
  // Whoever has left is not addressed any more, and does not take from the issuer what was published.
  expect(await mayWatch(SECRETARY, { persons: ['甲', '己'] })).toBe(true);
  expect(await mayWatch(SECRETARY, { persons: ['甲', 'x'] })).toBe(false);
  expect(await mayWatch(COMMISSIONER, { places: [one(1)] })).toBe(true);
  expect(await mayWatch(ADMINISTRATOR, {})).toBe(true);
  expect(await mayWatch(CHIEF, {})).toBe(false);
});

it('of several units at the top, who leads one does not lead the detachment', async () => {
  await db.sql`INSERT INTO unit (id, name) VALUES ('x', '另一支队')`;
  expect(await findBeyond(db, CHIEF, 'study.publish', audience({ places: [ALL] }))).toEqual(['全支队']);
});
