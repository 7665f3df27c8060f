/** Whom the rows of these lists mean, and whether they are the writer's to record. */
import { z } from 'zod';
import type { PersonTurn } from '../../feature.ts';
import type { ListProblem, ListRow } from '../../list.ts';
import { createMatcher, type MatchRow, type RowMatch } from '../../people/match-rows.ts';
import { findPlacedPeople, type PlacedPerson, scopeOfPerson } from '../../people/places/placed-people.ts';
import type { ColumnPlan } from '../../sheets/plan.ts';

/** The columns that say who. */
export const PERSON_COLUMNS = {
  name: { header: '姓名', kind: 'name', type: z.string() },
  unit: { header: '单位', synonyms: ['部门', '所在单位'], kind: 'text', type: z.string().optional() },
} satisfies Record<string, ColumnPlan>;

/** The rows whose person is clear and the writer's to record, and why the others are not. */
export async function findRowPeople<V extends { name: string; unit?: string | undefined }>(
  turn: PersonTurn,
  rows: ListRow<V>[],
): Promise<{ found: (ListRow<V> & { person: PlacedPerson })[]; problems: ListProblem[] }> {
  const match = createMatcher(await findPlacedPeople(turn.db));
  const found: (ListRow<V> & { person: PlacedPerson })[] = [];
  const problems: ListProblem[] = [];
  for (const row of rows) {
    const one = matchOwn(turn, match, row.values);
    if ('person' in one) found.push({ ...row, person: one.person });
    else problems.push({ row: row.number, ...one });
  }
  return { found, problems };
}

function matchOwn(turn: PersonTurn, match: MatchRow, values: Parameters<MatchRow>[0]): RowMatch {
  const one = match(values);
  if ('reason' in one || turn.may('leave.record', scopeOfPerson(one.person))) return one;
  return { column: 'name', reason: '不是您支部的人，您只能登记本支部的人' };
}

/** Those in service whom the person may record, by id. */
export async function findOwnPeople(turn: PersonTurn): Promise<Map<string, PlacedPerson>> {
  const people = await findPlacedPeople(turn.db);
  const own = people.filter((person) => person.isInService && turn.may('leave.record', scopeOfPerson(person)));
  return new Map(own.map((person) => [person.id, person]));
}
