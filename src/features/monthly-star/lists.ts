/** 光荣榜 and 服务实事 as lists: the roll comes out, deeds go both ways and are known by 编号, or by person, day and words. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Day } from '../../calendar/calendar.ts';
import type { PersonTurn } from '../../feature.ts';
import { type ListOutcome, type ListProblem, type ListRow, list } from '../../list.ts';
import { createMatcher } from '../../people/match-rows.ts';
import { findPlacedPeople, type PlacedPerson, scopeOfPerson } from '../../people/places/placed-people.ts';
import * as queries from './deeds/queries.ts';
import { findHonoursWithin } from './notice/honour.ts';
import { MAX_TEXT_CHARACTERS } from './schema.ts';

/** Everybody may read the roll in the chat, so whoever may export at all may take it along. */
export const honourList = list({
  plan: {
    name: '光荣榜',
    synonyms: ['每月一星'],
    columns: {
      number: { header: '序号', kind: 'number', type: z.number() },
      name: { header: '姓名', kind: 'name', type: z.string() },
      unit: { header: '单位', kind: 'text', type: z.string() },
      post: { header: '岗位', kind: 'text', type: z.string() },
      title: { header: '届次', kind: 'text', type: z.string(), width: 24 },
      awardedOn: { header: '发布日期', kind: 'day', type: z.string() },
      statement: { header: '事迹', kind: 'text', type: z.string(), width: 60 },
    },
  },
  out: {
    action: 'self',
    rows: async ({ db, calendar }, { firstDay, lastDay }) => {
      const from = calendar.at(firstDay, '00:00');
      const until = calendar.at(calendar.addDays(lastDay, 1), '00:00');
      return (await findHonoursWithin(db, from, until)).map(({ awardedAt, ...honour }) => ({
        ...honour,
        awardedOn: calendar.dayOf(awardedAt),
      }));
    },
  },
});

/** A secretary's list of the own branch; one's own deeds are logged in the chat. */
export const deedList = list({
  plan: {
    name: '服务实事',
    synonyms: ['我为群众办实事', '实事', '实事登记'],
    columns: {
      id: {
        header: '编号（新登记请留空）',
        kind: 'text',
        type: z.uuid('不是实事的编号，新登记请留空').optional(),
        width: 20,
      },
      name: { header: '姓名', kind: 'name', type: z.string() },
      unit: { header: '单位', synonyms: ['部门', '所在单位'], kind: 'text', type: z.string().optional() },
      day: { header: '日期', synonyms: ['时间', '哪一天'], kind: 'day', type: z.string() },
      text: {
        header: '做了什么',
        synonyms: ['内容', '实事', '实事内容'],
        kind: 'text',
        type: z.string().max(MAX_TEXT_CHARACTERS, `最多${MAX_TEXT_CHARACTERS}字，请缩短`),
        width: 60,
      },
    },
  },
  in: { action: 'star.organise', take: takeDeeds },
  out: {
    action: 'star.organise',
    rows: async (turn, period) => {
      const people = (await findPlacedPeople(turn.db)).filter((person) => isOwn(turn, person));
      const own = new Map(people.map((person) => [person.id, person]));
      return (await queries.findDeedsWithin(turn.db, period)).flatMap(({ id, personId, doneOn, text }) => {
        const person = own.get(personId);
        return person ? [{ id, name: person.name, unit: person.unit, day: doneOn, text }] : [];
      });
    },
  },
});

type DeedValues = { id?: string | undefined; name: string; unit?: string | undefined; day: Day; text: string };
type Row = { number: number; id: string | undefined; deed: Omit<queries.OwnedDeed, 'id' | 'isEvidence'> };
/** A deed as it stands by now, with the row of the file that spoke of it. */
type Kept = queries.OwnedDeed & { number?: number };

async function takeDeeds(turn: PersonTurn, rows: ListRow<DeedValues>[]): Promise<ListOutcome> {
  await queries.lockDeeds(turn.db);
  const { read, problems } = await readRows(turn, rows);
  const people = [...new Set(read.map(({ deed }) => deed.personId))];
  const ids = read.flatMap(({ id }) => id ?? []);
  const byId = new Map<string, Kept>();
  const byContent = new Map<string, Kept>();
  for (const known of await queries.findDeedsOf(turn.db, people, ids)) {
    byId.set(known.id, known);
    byContent.set(contentOf(known), known);
  }
  const outcome: ListOutcome = { added: 0, changed: 0, same: 0, problems };
  const written = new Map<string, Kept>();
  for (const { number, id, deed } of read) {
    const twin = byContent.get(contentOf(deed));
    const before = id === undefined ? twin : byId.get(id);
    const problem = objectToRow(id, before, twin, deed);
    if (problem) {
      problems.push({ row: number, ...problem });
      continue;
    }
    const decision = !before ? 'added' : before === twin ? 'same' : 'changed';
    outcome[decision] += 1;
    if (before) byContent.delete(contentOf(before));
    const kept: Kept = { id: before?.id ?? randomUUID(), isEvidence: before?.isEvidence ?? false, ...deed, number };
    byId.set(kept.id, kept);
    byContent.set(contentOf(kept), kept);
    if (decision !== 'same') written.set(kept.id, kept);
  }
  await queries.writeDeeds(turn.db, [...written.values()], turn.now);
  return outcome;
}

/** The rows whose person is clear and the writer's, on a day that has come. */
async function readRows(
  turn: PersonTurn,
  rows: ListRow<DeedValues>[],
): Promise<{ read: Row[]; problems: ListProblem[] }> {
  const match = createMatcher(await findPlacedPeople(turn.db));
  const today = turn.calendar.dayOf(turn.now);
  const read: Row[] = [];
  const problems: ListProblem[] = [];
  for (const { number, values } of rows) {
    const one = match(values);
    if ('reason' in one) problems.push({ row: number, ...one });
    else if (!isOwn(turn, one.person))
      problems.push({ row: number, column: 'name', reason: '不是您支部的人，您只能登记本支部的人' });
    else if (values.day > today) problems.push({ row: number, column: 'day', reason: '这一天还没有到' });
    else
      read.push({
        ...{ number, id: values.id },
        deed: { personId: one.person.id, doneOn: values.day, text: values.text },
      });
  }
  return { read, problems };
}

function objectToRow(
  id: string | undefined,
  before: Kept | undefined,
  twin: Kept | undefined,
  deed: Row['deed'],
): Omit<ListProblem, 'row'> | undefined {
  if (id !== undefined && !before)
    return { column: 'id', reason: '没有这个编号的实事，可能已经删除；新登记请把编号留空' };
  if (!before || before === twin) return undefined;
  if (before.personId !== deed.personId) return { column: 'name', reason: '这个编号是另一位同志的实事，不能换人' };
  if (twin) return { reason: '与这位同志同一天的另一件实事相同' };
  if (before.number !== undefined) return { reason: `与第 ${before.number} 行是同一个编号，内容不同` };
  if (before.isEvidence) return { column: 'text', reason: '这件实事已作为提名的依据，不能修改' };
  return undefined;
}

function isOwn(turn: PersonTurn, person: PlacedPerson): boolean {
  return turn.may('star.organise', scopeOfPerson(person));
}

function contentOf({ personId, doneOn, text }: Row['deed']): string {
  return JSON.stringify([personId, doneOn, text]);
}
