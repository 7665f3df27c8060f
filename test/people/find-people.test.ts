/** Who is meant by typed words. */
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { audience } from '../../src/people/audience/audience.ts';
import { findOne, findPeople } from '../../src/people/find-people.ts';
import { type Database, openDatabase } from '../../src/storage/database.ts';
import { createTestDatabase } from '../storage/test-database.ts';

let db: Database;

beforeAll(async () => {
  const database = await createTestDatabase();
  db = openDatabase(database.connectionString, () => {});
  await db.sql`
    INSERT INTO unit (id, name, "parentId", sort) VALUES ('m', '支队', NULL, 0), ('1', '一大队', 'm', 1), ('11', '一大队一中队', '1', 2), ('2', '二大队', 'm', 3)`;
  await db.sql`
    INSERT INTO person (id, name, "unitId", "employeeNo", status) VALUES ('ou_a', '张伟', '11', '104217', 'active'), ('ou_b', '张伟', '2', '104218', 'active'),
      ('ou_c', '程立山', '1', NULL, 'active'), ('ou_d', '买买提·艾力', '2', NULL, 'active'), ('ou_e', '张伟强', '1', NULL, 'active'),
      ('ou_f', '吕行', '1', NULL, 'active'), ('ou_g', '何晓舟', '1', NULL, 'left'), ('ou_h', '曾乐', NULL, NULL, 'active'),
      ('ou_i', '孙一', '2', NULL, 'active'), ('ou_j', '孙一', '2', NULL, 'active')`;
  return async () => {
    await db.close();
    await database.drop();
  };
});

const ids = async (words: string, options = {}) => (await findPeople(db, words, options)).map(({ id }) => id);

it.each<[string, string[]]>([
  ['程立山', ['ou_c']],
  [' 程 立 山 ', ['ou_c']],
  ['@程立山', ['ou_c']],
  ['chenglishan', ['ou_c']],
  ['ChengLiShan', ['ou_c']],
  ['cls', ['ou_c']],
  ['lvxing', ['ou_f']],
  ['lüxing', ['ou_f']],
  ['zengle', ['ou_h']],
  ['cengyue', ['ou_h']],
  ['买买提艾力', ['ou_d']],
  ['买买提•艾力', ['ou_d']],
  ['104218', ['ou_b']],
  ['ou_a', ['ou_a']],
  ['张伟', ['ou_a', 'ou_b']],
  ['张伟（二大队）', ['ou_b']],
  ['张伟(二大队)', ['ou_b']],
  ['张伟 二大队', ['ou_b']],
  ['二大队张伟', ['ou_b']],
  ['二大队的张伟', ['ou_b']],
  ['一大队张伟', ['ou_a']],
  ['一大队一中队张伟', ['ou_a']],
  ['张伟强', ['ou_e']],
  ['zhangwei', ['ou_a', 'ou_b']],
  ['张伟 三大队', []],
  ['张', []],
  ['立山', []],
  ['何晓舟', []],
  ['查无此人', []],
  ['104', []],
  ['', []],
  ['%', []],
])('%s', async (words, expected) => {
  expect(await ids(words)).toEqual(expected);
});

it('a part of a name is enough for whoever chooses from what was found, an exact name hides the longer ones', async () => {
  expect(await ids('立山', { partly: true })).toEqual(['ou_c']);
  expect(await ids('张', { partly: true })).toEqual(['ou_e', 'ou_a', 'ou_b']);
  expect(await ids('张伟', { partly: true })).toEqual(['ou_a', 'ou_b']);
  expect(await ids('zhangw', { partly: true })).toEqual(['ou_e', 'ou_a', 'ou_b']);
});

it('looks among an audience only where one is given', async () => {
  const among = audience({ places: [{ kind: 'unit', id: '1' }] });
  expect(await ids('张伟', { among })).toEqual(['ou_a']);
  expect(await ids('买买提艾力', { among })).toEqual([]);
});

it('says in words why it is not clear who is meant, with the units to tell them apart by', async () => {
  expect(await findOne(db, '张伟（二大队）')).toEqual({ person: { id: 'ou_b', name: '张伟', unit: '二大队' } });
  const unclear = async (words: string) => {
    const found = await findOne(db, words);
    return 'unclear' in found ? found.unclear : '';
  };
  expect(await unclear('张伟')).toBe(
    '同名的有2位（一大队一中队、二大队），请在姓名后加空格写上单位，例如：张伟 一大队一中队',
  );
  expect(await unclear('zw')).toContain('同名的有2位');
  expect(await unclear('孙一')).toBe('同名的有2位（二大队、二大队），请改写警号或工号。');
  expect(await unclear('查无此人')).toContain('没有找到这个人');
});

it('finds one of twenty thousand', async () => {
  const database = await createTestDatabase();
  const many = openDatabase(database.connectionString, () => {});
  onTestFinished(async () => {
    await many.close();
    await database.drop();
  });
  await many.sql`
    INSERT INTO person (id, name) SELECT 'ou_' || n, '赵钱孙李周吴郑王'::char(1) || chr(19968 + n % 5000) || chr(20000 + n / 5000) FROM generate_series(1, 20000) AS n`;
  await many.sql`INSERT INTO person (id, name) VALUES ('ou_x', '程立山')`;
  for (const words of ['程立山', 'chenglishan']) {
    const begun = performance.now();
    expect((await findPeople(many, words)).map(({ id }) => id)).toContain('ou_x');
    console.log(`${words} among 20,000 in ${Math.round(performance.now() - begun)} ms`);
  }
});
