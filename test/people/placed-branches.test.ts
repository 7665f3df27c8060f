/** Where people, branches and audiences stand in the tree of units. */
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { findPlacedBranches, placeAudience } from '../../src/people/places/placed-branches.ts';
import { findPlacedPeople } from '../../src/people/places/placed-people.ts';
import { type Database, openDatabase } from '../../src/storage/database.ts';
import { createTestDatabase } from '../storage/test-database.ts';

const BRANCH = '00000000-0000-4000-8000-000000000001';
let db: Database;

/** 支队 over 一大队 and 二大队, a 中队 in each; ids as an order by name would not have them. */
beforeEach(async () => {
  const database = await createTestDatabase();
  db = openDatabase(database.connectionString, () => {});
  onTestFinished(async () => {
    await db.close();
    await database.drop();
  });
  await db.sql`
    INSERT INTO unit (id, name, "parentId") VALUES ('m', '支队', NULL), ('z', '一大队', 'm'), ('b', '二大队', 'm'), ('c', '一中队', 'z'), ('y', '二中队', 'b')`;
  await db.sql`INSERT INTO branch (id, name) VALUES (${BRANCH}::uuid, '第一党支部')`;
});

async function add(id: string, unit: string | null, politics = 'member', status = 'active') {
  await db.sql`
    INSERT INTO person (id, name, "unitId", "branchId", politics, status) VALUES (${id}, ${id}, ${unit}, ${BRANCH}::uuid, ${politics}, ${status})`;
}

const unitIdsOf = async () => (await placeAudience(db, { kind: 'branch', id: BRANCH })).unitIds;

it('a branch belongs to the units that all its people are in or below, the nearest first', async () => {
  expect(await unitIdsOf()).toEqual([]);
  await add('one', 'c');
  expect(await unitIdsOf()).toEqual(['c', 'z', 'm']);
  await add('two', 'z', 'none');
  await add('left', 'b', 'member', 'left');
  expect(await unitIdsOf()).toEqual(['z', 'm']);
  await add('unplaced', null);
  expect(await findPlacedBranches(db)).toEqual([{ id: BRANCH, name: '第一党支部', members: 2, unitIds: ['z', 'm'] }]);
  await add('three', 'y');
  expect(await unitIdsOf()).toEqual(['m']);
});

it('a unit belongs to itself and those above, the detachment and what has no audience yet to the top', async () => {
  expect(await placeAudience(db, { kind: 'unit', id: 'c' })).toEqual({ branchId: null, unitIds: ['c', 'z', 'm'] });
  expect(await placeAudience(db, { kind: 'detachment', id: null })).toEqual({ branchId: null, unitIds: ['m'] });
  expect(await placeAudience(db, { kind: null, id: null })).toEqual({ branchId: null, unitIds: ['m'] });
});

it('people stand in their unit and all above it', async () => {
  await add('one', 'c');
  await add('unplaced', null);
  expect(await findPlacedPeople(db)).toMatchObject([
    { id: 'one', unit: '一中队', unitIds: ['c', 'z', 'm'], unitNames: ['一中队', '一大队', '支队'] },
    { id: 'unplaced', unit: '', unitIds: [], unitNames: [] },
  ]);
});

it('contacts that go round in a circle end the walk all the same', async () => {
  await db.sql`UPDATE unit SET "parentId" = 'c' WHERE id = 'm'`;
  expect((await placeAudience(db, { kind: 'unit', id: 'c' })).unitIds.slice(0, 4)).toEqual(['c', 'z', 'm', 'c']);
});
