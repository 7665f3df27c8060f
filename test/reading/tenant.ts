/** The sample detachment as the reader is told of it, and the people who write in the tests. */
import { createCalendar } from '../../src/calendar/create-calendar.ts';
import { sampleWorld } from '../../src/emulator/world/sample.ts';
import { SAMPLE_UNITS } from '../../src/emulator/world/sample-units.ts';
import { BRANCH_FIELD } from '../../src/emulator/world/world.ts';
import { createReader, learnIntents } from '../../src/reading/create-reader.ts';
import type { Context, Lexicon } from '../../src/reading/lexicon.ts';
import { INTENTS, TERMS } from './intents.ts';

export const calendar = createCalendar({ timeZone: 'Asia/Shanghai' });
/** A Friday. */
export const NOW = calendar.at('2026-11-27', '10:00');

const world = sampleWorld();
const unitId = (name: string) => world.units.find((unit) => unit.name === name)?.open_department_id ?? '';

export const LEXICON: Lexicon = {
  units: world.units.map(({ open_department_id: id, name, parent }) => ({
    id,
    name,
    parentId: parent === '0' ? null : parent,
  })),
  branches: SAMPLE_UNITS.flatMap(({ name, branches }) =>
    branches.map((branch) => ({ id: `branch:${branch}`, name: branch, unitId: unitId(name) })),
  ),
  people: world.users.map(({ open_id: id, name, department_ids: [unit], custom_attrs }) => ({
    id,
    name,
    unitId: unit ?? null,
    branchId: `branch:${custom_attrs.find((field) => field.id === BRANCH_FIELD)?.value.text}`,
  })),
  terms: TERMS,
};

/** Who plays whom. */
export const CAST = {
  secretary: '华若谷',
  leader: '严安澜',
  admin: '陈致远',
  officer: '魏维清',
  keeper: '陶归鸿',
} as const;
export type Part = keyof typeof CAST;

export const ranker = learnIntents(INTENTS, TERMS, calendar);
export const read = createReader(LEXICON, ranker);

export function personOf(name: string) {
  const person = LEXICON.people.find((one) => one.name === name);
  if (!person) throw new Error(`nobody is called ${name}`);
  return person;
}

/** The context of one of the cast; `pending` is the intent of an open draft. */
export function as(part: Part, pending?: string): Context {
  const { id, unitId: unit, branchId = null } = personOf(CAST[part]);
  return { now: NOW, calendar, writer: { id, unitId: unit, branchId }, ...(pending && { pending }) };
}

/** The name of a unit or branch. */
export function nameOf(id: string): string {
  return [...LEXICON.units, ...LEXICON.branches].find((place) => place.id === id)?.name ?? id;
}
