/** The SQL function `people_of`, row by row and against a plain computation over generated detachments. */
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Audience, audience, MEMBERS, type Place, wholeOf } from '../../src/people/audience/audience.ts';
import { type Database, openDatabase } from '../../src/storage/database.ts';
import { createTestDatabase, type TestDatabase } from '../storage/test-database.ts';

type PersonRow = {
  id: string;
  kind: string;
  politics: string;
  unitId: string | null;
  branchId: string | null;
  status: string;
};
type RoleRow = { personId: string; role: string; scopeId: string | null; from: number; until: number | null };
type Detachment = { units: { id: string; parentId: string | null }[]; people: PersonRow[]; roles: RoleRow[] };

const branchId = (index: number) => `00000000-0000-4000-8000-00000000000${index}`;
const BRANCHES = [0, 1, 2].map(branchId);
const NOON = Date.parse('2026-11-23T12:00:00+08:00');
const at = (hour: number) => new Date(NOON + hour * 3_600_000);

let database: TestDatabase;
let db: Database;

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.connectionString, () => {});
});
afterAll(async () => {
  await db.close();
  await database.drop();
});
beforeEach(async () => {
  await db.sql`TRUNCATE person, unit, branch CASCADE`;
});

async function fill({ units, people, roles }: Detachment): Promise<void> {
  await db.sql`TRUNCATE person, unit, branch CASCADE`;
  await db.sql`INSERT INTO branch (id, name) SELECT id, id::text FROM unnest(${BRANCHES}::uuid[]) AS id`;
  await db.sql`
    INSERT INTO unit (id, name, "parentId") SELECT id, id, "parentId" FROM jsonb_to_recordset(${JSON.stringify(units)}::jsonb) AS u (id text, "parentId" text)`;
  await db.sql`
    INSERT INTO person (id, name, kind, politics, "unitId", "branchId", status) SELECT id, id, kind, politics, "unitId", "branchId", status
    FROM jsonb_to_recordset(${JSON.stringify(people)}::jsonb) AS p (id text, kind text, politics text, "unitId" text, "branchId" uuid, status text)`;
  const dated = roles.map((role) => ({
    ...role,
    from: at(role.from),
    until: role.until === null ? null : at(role.until),
  }));
  await db.sql`
    INSERT INTO role_assignment (id, "personId", role, "scopeId", "from", until, source) SELECT gen_random_uuid(), "personId", role, "scopeId", "from", until, 'chat'
    FROM jsonb_to_recordset(${JSON.stringify(dated)}::jsonb) AS r ("personId" text, role text, "scopeId" text, "from" timestamptz, until timestamptz)`;
}

async function peopleOf(said: Audience, when = at(0)): Promise<string[]> {
  const rows = await db.sql<{
    id: string;
  }>`SELECT id FROM people_of(${JSON.stringify(said)}::jsonb, ${when}) ORDER BY id COLLATE "C"`;
  return rows.map(({ id }) => id);
}

/** What the words of `Audience` say, one person at a time. */
function compute({ units, people, roles }: Detachment, said: Audience, hour: number): string[] {
  const above = (unit: string | null): string[] => {
    const found = units.find(({ id }) => id === unit);
    return found ? [found.id, ...above(found.parentId)] : [];
  };
  const covers = (place: Place, unit: string | null, branch: string | null) =>
    place.kind === 'detachment' ||
    (place.kind === 'branch' ? branch === place.id : (said.withBelow ? above(unit) : [unit]).includes(place.id));
  const anywhere = (places: Place[], unit: string | null, branch: string | null) =>
    places.some((place) => covers(place, unit, branch));
  const officesOf: Record<string, string[]> = {
    leader: ['head'],
    secretary: ['secretary', 'committee'],
    'discipline-commissioner': ['discipline-commissioner', 'committee'],
    'committee-member': ['committee'],
  };
  const holdsIt = ({ id, unitId, branchId: branch }: PersonRow) =>
    roles.some(
      (role) =>
        role.personId === id &&
        role.from <= hour &&
        (role.until === null || role.until > hour) &&
        officesOf[role.role]?.some((office) => said.offices.includes(office as Audience['offices'][number])) &&
        (role.role === 'leader'
          ? anywhere(said.places, role.scopeId, branch)
          : anywhere(said.places, unitId, role.scopeId)),
    );
  const isMeant = (person: PersonRow) =>
    (said.politics.length === 0 || said.politics.some((one) => one === person.politics)) &&
    (said.kinds.length === 0 || said.kinds.some((one) => one === person.kind)) &&
    (said.offices.length === 0 ? anywhere(said.places, person.unitId, person.branchId) : holdsIt(person));
  return people
    .filter((person) => person.status === 'active')
    .filter((person) => said.persons.includes(person.id) || isMeant(person))
    .filter((person) => !said.except.persons.includes(person.id))
    .filter((person) => !anywhere(said.except.places, person.unitId, person.branchId))
    .map(({ id }) => id)
    .sort();
}

const UNITS = ['u0', 'u1', 'u2', 'u3', 'u4'];
const PEOPLE = Array.from({ length: 14 }, (_, index) => `p${String(index).padStart(2, '0')}`);
const unitOrNone = fc.constantFrom(...UNITS, null);
const branchOrNone = fc.constantFrom(...BRANCHES, null);
const detachments: fc.Arbitrary<Detachment> = fc.record({
  units: fc
    .tuple(...UNITS.map((_, index) => fc.option(fc.nat({ max: Math.max(0, index - 1) }), { freq: 4 })))
    .map((parents) =>
      UNITS.map((id, index) => ({ id, parentId: index === 0 ? null : (UNITS[parents[index] ?? -1] ?? null) })),
    ),
  people: fc
    .tuple(
      ...PEOPLE.map((id) =>
        fc.record({
          id: fc.constant(id),
          kind: fc.constantFrom('officer', 'auxiliary'),
          politics: fc.constantFrom('member', 'probationary', 'applicant', 'none'),
          unitId: unitOrNone,
          branchId: branchOrNone,
          status: fc.constantFrom('active', 'active', 'active', 'left'),
        }),
      ),
    )
    .map((people) => people as PersonRow[]),
  roles: fc.array(
    fc
      .record({
        personId: fc.constantFrom(...PEOPLE),
        role: fc.constantFrom(
          'leader',
          'secretary',
          'discipline-commissioner',
          'committee-member',
          'administrator',
          'keeper',
        ),
        unit: unitOrNone,
        branch: branchOrNone,
        from: fc.constantFrom(-2, 0, 1),
        until: fc.constantFrom(-1, 0, 2, null),
      })
      .map(({ unit, branch, ...role }) => ({ ...role, scopeId: role.role === 'leader' ? unit : branch })),
    { maxLength: 12 },
  ),
});
const places: fc.Arbitrary<Place[]> = fc.array(
  fc.oneof(
    { weight: 1, arbitrary: fc.constant<Place>({ kind: 'detachment', id: null }) },
    { weight: 4, arbitrary: fc.constantFrom(...UNITS).map((id): Place => ({ kind: 'unit', id })) },
    { weight: 4, arbitrary: fc.constantFrom(...BRANCHES).map((id): Place => ({ kind: 'branch', id })) },
  ),
  { maxLength: 3 },
);
const few = <T extends string>(...words: T[]) =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant<T[]>([]) },
    { weight: 1, arbitrary: fc.subarray(words, { minLength: 1 }) },
  );
const audiences: fc.Arbitrary<Audience> = fc
  .record({
    places,
    persons: fc.subarray(PEOPLE, { maxLength: 3 }),
    except: fc.record({
      places: fc.oneof(fc.constant<Place[]>([]), places),
      persons: fc.subarray(PEOPLE, { maxLength: 3 }),
    }),
    politics: few('member', 'probationary', 'applicant', 'none'),
    kinds: few('officer', 'auxiliary'),
    offices: few('committee', 'secretary', 'discipline-commissioner', 'head'),
    withBelow: fc.boolean(),
  })
  .map(audience);

it('is what the words say, whatever the detachment and the audience', async () => {
  await fc.assert(
    fc.asyncProperty(detachments, fc.array(audiences, { minLength: 10, maxLength: 10 }), async (detachment, asked) => {
      await fill(detachment);
      for (const said of asked) {
        for (const hour of [0, 1])
          expect(await peopleOf(said, at(hour)), JSON.stringify(said)).toEqual(compute(detachment, said, hour));
      }
    }),
    { numRuns: 25 },
  );
});

/** 支队 over 一大队 (with 一中队 below) and 二大队; each unit with an officer who is a member, and an auxiliary who is none. */
const SAMPLE: Detachment = {
  units: [
    { id: '支队', parentId: null },
    { id: '一大队', parentId: '支队' },
    { id: '一中队', parentId: '一大队' },
    { id: '二大队', parentId: '支队' },
  ],
  people: ['支队', '一大队', '一中队', '二大队'].flatMap((unitId) => [
    {
      id: `${unitId}甲`,
      kind: 'officer',
      politics: 'member',
      unitId,
      branchId: branchId(unitId === '二大队' ? 1 : 0),
      status: 'active',
    },
    { id: `${unitId}乙`, kind: 'auxiliary', politics: 'none', unitId, branchId: null, status: 'active' },
  ]),
  roles: [
    { personId: '一大队甲', role: 'secretary', scopeId: branchId(0), from: -1, until: null },
    { personId: '一中队甲', role: 'committee-member', scopeId: branchId(0), from: -1, until: null },
    { personId: '支队甲', role: 'leader', scopeId: '二大队', from: -1, until: 1 },
  ],
};
const unit = (id: string): Place => ({ kind: 'unit', id });
const ALL: Place[] = [{ kind: 'detachment', id: null }];

it.each<[string, Audience, string[]]>([
  ['a unit with those below', wholeOf(unit('一大队'), 'everyone'), ['一中队乙', '一中队甲', '一大队乙', '一大队甲']],
  ['a unit alone', audience({ places: [unit('一大队')], withBelow: false }), ['一大队乙', '一大队甲']],
  ['a branch', wholeOf({ kind: 'branch', id: branchId(1) }, 'members'), ['二大队甲']],
  ['two units', audience({ places: [unit('一中队'), unit('二大队')], politics: MEMBERS }), ['一中队甲', '二大队甲']],
  ['officers', audience({ places: ALL, kinds: ['officer'] }), ['一中队甲', '一大队甲', '二大队甲', '支队甲']],
  [
    'a named person whatever the rest says',
    audience({ places: [unit('二大队')], politics: MEMBERS, persons: ['支队乙'] }),
    ['二大队甲', '支队乙'],
  ],
  [
    'except wins',
    audience({
      places: [unit('一大队')],
      persons: ['二大队甲'],
      except: { places: [unit('一中队')], persons: ['二大队甲'] },
    }),
    ['一大队乙', '一大队甲'],
  ],
  ['the secretaries', audience({ places: ALL, offices: ['secretary'] }), ['一大队甲']],
  [
    'the committee of a branch',
    audience({ places: [{ kind: 'branch', id: branchId(0) }], offices: ['committee'] }),
    ['一中队甲', '一大队甲'],
  ],
  ['the head of a unit who serves elsewhere', audience({ places: [unit('二大队')], offices: ['head'] }), ['支队甲']],
  ['nobody', audience({}), []],
])('%s', async (_name, said, expected) => {
  await fill(SAMPLE);
  expect((await peopleOf(said)).sort()).toEqual([...expected].sort());
});

it('an office counts while it is in force', async () => {
  await fill(SAMPLE);
  expect(await peopleOf(audience({ places: ALL, offices: ['head'] }), at(0))).toEqual(['支队甲']);
  expect(await peopleOf(audience({ places: ALL, offices: ['head'] }), at(1))).toEqual([]);
});

it('no audience is nobody', async () => {
  await fill(SAMPLE);
  expect(await db.sql`SELECT id FROM people_of(NULL, ${at(0)})`).toEqual([]);
});
