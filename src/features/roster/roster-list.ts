/** The roster as a list: people by name and unit, with kind, politics status and Party branch. An empty cell changes nothing. */
import { z } from 'zod';
import type { PersonTurn } from '../../feature.ts';
import { type ListOutcome, type ListRow, list } from '../../list.ts';
import { createMatcher } from '../../people/match-rows.ts';
import type { Person } from '../../people/person.ts';
import { findPlacedPeople, type PlacedPerson, scopeOfPerson } from '../../people/places/placed-people.ts';
import { createBranches, findBranchIds, writeRoster } from '../../people/roster.ts';
import { findNewBranches, KINDS, POLITICS, readPolitics } from './rules.ts';

export const roster = list({
  plan: {
    name: '人员名册',
    synonyms: ['花名册', '名册', '人员'],
    columns: {
      name: { header: '姓名', kind: 'name', type: z.string() },
      unit: { header: '单位', synonyms: ['部门', '所在单位'], kind: 'text', type: z.string().optional() },
      kind: {
        header: '类别',
        synonyms: ['人员类别', '身份'],
        kind: 'text',
        type: z.enum(Object.values(KINDS)).optional(),
      },
      politics: {
        header: '政治面貌',
        kind: 'text',
        type: z.preprocess(readPolitics, z.enum(Object.values(POLITICS)).optional()),
      },
      branch: {
        header: '所属党支部',
        synonyms: ['党支部', '支部', '所在党支部'],
        kind: 'text',
        type: z.string().optional(),
        width: 28,
      },
    },
  },
  in: { action: 'roster.keep', take: takeRoster },
  out: {
    action: 'roster.keep',
    rows: async (turn) => {
      const people = await findPlacedPeople(turn.db);
      return people
        .filter((person) => person.isInService && turn.may('roster.keep', scopeOfPerson(person)))
        .map(({ name, unit, kind, politics, branch }) => {
          return { name, unit, kind: KINDS[kind], politics: POLITICS[politics], branch };
        });
    },
  },
});

type RosterValues = {
  name: string;
  unit?: string | undefined;
  kind?: (typeof KINDS)[Person['kind']] | undefined;
  politics?: (typeof POLITICS)[Person['politics']] | undefined;
  branch?: string | undefined;
};

async function takeRoster(turn: PersonTurn, rows: ListRow<RosterValues>[]): Promise<ListOutcome> {
  const match = createMatcher(await findPlacedPeople(turn.db));
  const outcome: ListOutcome = { added: 0, changed: 0, same: 0, problems: [] };
  const found: (ListRow<RosterValues> & { person: PlacedPerson })[] = [];
  for (const row of rows) {
    const one = match(row.values);
    if ('reason' in one) outcome.problems.push({ row: row.number, ...one });
    else if (!turn.may('roster.keep', scopeOfPerson(one.person)))
      outcome.problems.push({ row: row.number, column: 'name', reason: '您不能修改这个人的信息' });
    else found.push({ ...row, person: one.person });
  }
  const named = found.flatMap(({ values }) => values.branch ?? []);
  const known = await findBranchIds(turn.db);
  await createBranches(turn.db, findNewBranches(named, known));
  const branchIds = await findBranchIds(turn.db);
  const written = new Map<string, { row: number; said: string; values: Parameters<typeof writeRoster>[1][number] }>();
  for (const { number, person, values } of found) {
    const branchId = values.branch === undefined ? person.branchId : branchIds.get(values.branch);
    if (branchId === undefined) {
      const reason = '没有这个党支部，请核对名称；新的支部要以“支部”结尾，并在名册里至少有3人';
      outcome.problems.push({ row: number, column: 'branch', reason });
      continue;
    }
    const kind = keyOf(KINDS, values.kind) ?? person.kind;
    const politics = keyOf(POLITICS, values.politics) ?? person.politics;
    const twin = written.get(person.id);
    const said = [kind, politics, branchId].join('|');
    if (twin && twin.said !== said) {
      outcome.problems.push({ row: number, reason: `与第 ${twin.row} 行是同一个人，内容不同` });
      continue;
    }
    const isSame = twin !== undefined || said === [person.kind, person.politics, person.branchId].join('|');
    outcome[isSame ? 'same' : 'changed'] += 1;
    if (!twin) written.set(person.id, { row: number, said, values: { id: person.id, kind, politics, branchId } });
  }
  await writeRoster(
    turn.db,
    [...written.values()].map(({ values }) => values),
  );
  return outcome;
}

function keyOf<K extends string>(words: Record<K, string>, word: string | undefined): K | undefined {
  return (Object.keys(words) as K[]).find((key) => words[key] === word);
}
