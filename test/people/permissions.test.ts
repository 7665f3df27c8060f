/** The permission table, every role × action × scope, as the features declare it. */
import { describe, expect, it } from 'vitest';
import { declared } from '../../src/declared.ts';
import { card } from '../../src/feature.ts';
import { type Action, type Actions, enterActions, may, mayAnywhere, type Scope } from '../../src/people/permissions.ts';
import type { Person, RoleName } from '../../src/people/person.ts';
import { AnyRef } from '../../src/sight.ts';
import { createRegistry } from '../../src/turn/registry.ts';

const ROOT = 'root';
const SCOPES: Record<string, Scope> = {
  'own branch': { branchId: 'own-branch' },
  'other branch': { branchId: 'other-branch' },
  'no branch': { branchId: null },
  'own unit': { unitIds: ['own-unit', ROOT] },
  'unit below': { unitIds: ['below', 'own-unit', ROOT] },
  'other unit': { unitIds: ['other', ROOT] },
  'own point': { pointId: 'own-point' },
  'other point': { pointId: 'other-point' },
  detachment: 'detachment',
};
const EVERYWHERE = Object.keys(SCOPES);

/** What a role is given over, and so how far any action may reach for it; the scopes that lie within. */
const ROLES: Record<RoleName, { scopeId: string | null; reach: string; within: string[] }> = {
  administrator: { scopeId: null, reach: 'detachment', within: EVERYWHERE },
  secretary: { scopeId: 'own-branch', reach: 'own branch', within: ['own branch'] },
  leader: { scopeId: 'own-unit', reach: 'own unit and below', within: ['own unit', 'unit below'] },
  'discipline-commissioner': { scopeId: 'own-branch', reach: 'own branch', within: ['own branch'] },
  'committee-member': { scopeId: 'own-branch', reach: 'own branch', within: ['own branch'] },
  keeper: { scopeId: 'own-point', reach: 'own point', within: ['own point'] },
};
const NAMES = Object.keys(ROLES) as RoleName[];

createRegistry(declared);
const table = declared.flatMap(({ actions = {} }) => Object.entries(actions as Actions)) as [Action, Actions[string]][];

it('is declared by the features, each action for at least one role', () => {
  expect(table.length).toBeGreaterThan(20);
  expect(table.filter(([, reaches]) => Object.keys(reaches).length === 0)).toEqual([]);
});

it.each(NAMES)('lets a %s reach what the role is given over, and nothing else', (role) => {
  const { scopeId, reach, within } = ROLES[role];
  const person = personWith(role, scopeId);
  for (const [action, reaches] of table) {
    const allowed = EVERYWHERE.filter((scope) => may(person, action, SCOPES[scope] ?? 'detachment'));
    expect([action, reaches[role] ?? reach]).toEqual([action, reach]);
    expect([action, allowed]).toEqual([action, reaches[role] ? within : []]);
    expect([action, mayAnywhere(person, action)]).toEqual([action, reaches[role] !== undefined]);
  }
});

it('lets a leader of the whole detachment reach every unit, and no branch or point as such', () => {
  const chief = personWith('leader', ROOT);
  const allowed = EVERYWHERE.filter((scope) => may(chief, 'study.watch', SCOPES[scope] ?? 'detachment'));
  expect(allowed).toEqual(['own unit', 'unit below', 'other unit']);
});

it('gives nobody without a role more than what is their own', () => {
  const person: Person = { ...personWith('leader', null), roles: [] };
  for (const [action] of table) expect(mayAnywhere(person, action)).toBe(false);
  expect(mayAnywhere(person, 'self')).toBe(true);
});

describe('an action that does not stand in the table', () => {
  const unknown = 'umbrellas.lose' as Action;

  it('stops the start, and is not quietly refused', () => {
    const lost = card({ ref: AnyRef, action: unknown as 'study.watch', matter: 'anywhere', load: async () => ({}) });
    expect(() => createRegistry([{ name: 'umbrellas', cards: { lost } }])).toThrow(
      'umbrellas/lost asks for umbrellas.lose, an action that no feature declares',
    );
    expect(() => mayAnywhere(personWith('administrator', null), unknown)).toThrow(/umbrellas\.lose/);
  });

  it('cannot be entered over another of its name', () => {
    expect(() => enterActions({ 'study.publish': { keeper: 'detachment' } })).toThrow(
      /study\.publish is declared twice/,
    );
    expect(mayAnywhere(personWith('keeper', 'own-point'), 'study.publish')).toBe(false);
  });
});

function personWith(name: RoleName, scopeId: string | null): Person {
  return {
    id: 'ou_1',
    name: '',
    kind: 'officer',
    politics: 'member',
    unitId: null,
    branchId: null,
    roles: [{ name, scopeId }],
  };
}
