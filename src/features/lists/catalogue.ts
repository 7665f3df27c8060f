/** All lists of all features, and which of them a person may send in or get out. */
import type { Feature } from '../../feature.ts';
import type { List } from '../../list.ts';
import { mayAnywhere } from '../../people/permissions.ts';
import type { Person } from '../../people/person.ts';
import { nameKey } from '../../sheets/find-header.ts';

/** A list with its key `<feature>/<list>` and the feature whose turn it needs. */
export type Entry = { key: string; feature: string; list: List };

/** The lists in the order of the features. */
export type Catalogue = {
  all: Entry[];
  importable: (person: Person) => Entry[];
  exportable: (person: Person) => Entry[];
};

/** Builds the catalogue. Throws when two lists share a sheet name, since a sheet is found by it. */
export function createCatalogue(features: Feature[]): Catalogue {
  const all = features.flatMap(({ name, lists = {} }) =>
    Object.entries(lists).map(([key, list]): Entry => ({ key: `${name}/${key}`, feature: name, list })),
  );
  const names = all.flatMap(({ list }) => [list.plan.name, ...(list.plan.synonyms ?? [])].map(nameKey));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) throw new Error(`two lists are called ${twice}`);
  return {
    all,
    importable: (person) => all.filter(({ list }) => list.in && mayAnywhere(person, list.in.action)),
    exportable: (person) => all.filter(({ list }) => list.out && mayAnywhere(person, list.out.action)),
  };
}

/** The list whose sheet is called so, whatever the spaces and the width of its letters. */
export function findByName(entries: Entry[], name: string): Entry | undefined {
  return entries.find(({ list: { plan } }) =>
    [plan.name, ...(plan.synonyms ?? [])].some((one) => nameKey(one) === nameKey(name)),
  );
}

/** 休假、值班. */
export function nameLists(entries: Entry[]): string {
  return entries.map(({ list }) => list.plan.name).join('、');
}

/** What a person may send in, with the columns that each needs: 休假（姓名、开始、结束）. */
export function describeLists(entries: Entry[]): string {
  return entries.map(({ list: { plan } }) => `${plan.name}（${requiredHeaders(plan).join('、')}）`).join('；');
}

/** The headers of the columns that every row has to fill in. */
export function requiredHeaders(plan: List['plan']): string[] {
  return Object.values(plan.columns)
    .filter(({ type }) => !type.safeParse(undefined).success)
    .map(({ header }) => header);
}
