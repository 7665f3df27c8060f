/** An audience as people read it. */
import { expect, it, onTestFinished } from 'vitest';
import { createCalendar } from '../../src/calendar/create-calendar.ts';
import { type Audience, audience, MEMBERS, type Place } from '../../src/people/audience/audience.ts';
import { describeAudience, phraseAudience } from '../../src/people/audience/audience-words.ts';
import type { Named } from '../../src/people/find-names.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { createTestDatabase } from '../storage/test-database.ts';

const branch = (index: number) => `00000000-0000-4000-8000-00000000000${index}`;
const NAMES = new Map<string, Named>(
  [
    ...['一大队', '二大队', '三大队', '四大队', '五大队'].map((name) => ({ kind: 'unit' as const, id: name, name })),
    { kind: 'branch' as const, id: branch(1), name: '一大队党支部' },
    ...['姜青禾', '陶归鸿', '华若谷', '程立山', '何晓舟'].map((name) => ({ kind: 'person' as const, id: name, name })),
  ].map((named) => [`${named.kind}:${named.id}`, named]),
);
const units = (...ids: string[]): Place[] => ids.map((id) => ({ kind: 'unit', id }));
const ONE: Place[] = [{ kind: 'branch', id: branch(1) }];
const ALL: Place[] = [{ kind: 'detachment', id: null }];
const left = (persons: string[], places: Place[] = []) => ({ except: { persons, places } });

it.each<[string, Partial<Audience>]>([
  ['一大队党支部全体党员', { places: ONE, politics: MEMBERS }],
  ['全支队全体人员', { places: ALL }],
  [
    '一大队、二大队全体民警（除华若谷）',
    { places: units('二大队', '一大队'), kinds: ['officer'], ...left(['华若谷']) },
  ],
  ['一大队全体民警', { places: units('一大队'), kinds: ['officer'] }],
  ['一大队全体人员', { places: units('一大队'), kinds: ['officer', 'auxiliary'] }],
  ['一大队（不含下属单位）全体辅警', { places: units('一大队'), kinds: ['auxiliary'], withBelow: false }],
  ['一大队全体党员民警', { places: units('一大队'), politics: MEMBERS, kinds: ['officer'] }],
  ['全支队全体预备党员、积极分子', { places: ALL, politics: ['applicant', 'probationary'] }],
  ['各党支部书记', { places: ALL, offices: ['secretary'] }],
  ['各党支部支委', { places: ALL, offices: ['committee'] }],
  ['各单位负责人', { places: ALL, offices: ['head'] }],
  ['各单位、各党支部书记、负责人', { places: ALL, offices: ['head', 'secretary'] }],
  ['一大队党支部书记', { places: ONE, offices: ['secretary'] }],
  ['一大队党支部纪检委员', { places: ONE, offices: ['discipline-commissioner'] }],
  ['二大队负责人', { places: units('二大队'), offices: ['head'] }],
  ['二大队支部书记中的民警', { places: units('二大队'), offices: ['secretary'], kinds: ['officer'] }],
  [
    '一大队、二大队、三大队等5个单位和支部全体人员',
    { places: units('一大队', '二大队', '三大队', '四大队', '五大队') },
  ],
  ['姜青禾、陶归鸿', { persons: ['陶归鸿', '姜青禾'] }],
  ['姜青禾、陶归鸿等5人', { persons: ['程立山', '陶归鸿', '姜青禾', '华若谷', '何晓舟'] }],
  ['一大队党支部全体党员，另加姜青禾', { places: ONE, politics: MEMBERS, persons: ['姜青禾'] }],
  ['全支队全体人员（除一大队、姜青禾）', { places: ALL, ...left(['姜青禾'], units('一大队')) }],
  ['已不在的单位全体人员', { places: units('六大队') }],
  ['已不在的人员', { persons: ['查无此人'] }],
  ['没有人', {}],
])('%s', (words, said) => {
  expect(phraseAudience(audience(said), NAMES)).toBe(words);
});

it('with the head-count, and the names in the office’s order: unit by unit, whoever leads it first', async () => {
  const database = await createTestDatabase();
  const db = openDatabase(database.connectionString, () => {});
  onTestFinished(async () => {
    await db.close();
    await database.drop();
  });
  await db.sql`INSERT INTO unit (id, name, sort) VALUES ('z', '一大队', 1), ('a', '二大队', 2)`;
  await db.sql`
    INSERT INTO person (id, name, "unitId", "isReachable") VALUES ('1', 'B', 'a', true), ('2', 'A', 'a', true), ('3', 'C', 'z', false), ('4', 'D', 'z', true), ('5', 'E', NULL, true)`;
  await db.sql`
    INSERT INTO role_assignment (id, "personId", role, "scopeId", "from", source) VALUES (gen_random_uuid(), '4', 'leader', 'z', '2026-01-01', 'chat')`;
  await db.sql`INSERT INTO leave (id, "personId", "firstDay", "lastDay") VALUES (gen_random_uuid(), '1', '2026-11-23', '2026-11-24')`;
  const moment = {
    now: new Date('2026-11-23T10:00:00+08:00'),
    calendar: createCalendar({ timeZone: 'Asia/Shanghai' }),
  };
  expect(await describeAudience(db, audience({ places: ALL }), moment)).toEqual({
    text: '全支队全体人员，共5人（休假1人、联系不上1人）',
    count: 5,
    names: '一大队：D、C\n二大队：A、B\n没有单位：E',
  });
  await db.sql`INSERT INTO person (id, name, "unitId") SELECT 'n' || n, 'n' || n, 'z' FROM generate_series(1, 300) AS n`;
  const { names } = await describeAudience(db, audience({ places: ALL }), moment);
  expect(names).toMatch(/^一大队：D、C、n1、.*\n……等共305人$/);
});
