/** The way of each thing that was sent to a person: for administrators, and for themselves. */
import { type CardVariables, card, type Feature, type Viewer } from '../../feature.ts';
import { findMatches } from '../../people/find-people.ts';
import type { Reader } from '../../storage/database.ts';
import { traceTo } from '../../trace.ts';
import { explainFailure } from './failure-words.ts';
import { describeWay } from './path-words.ts';
import { OwnWaysRef, PeopleRef, WaysRef } from './schema.ts';
import { nameDeliveries } from './titles.ts';

/** A card is read on a phone. */
const WAYS_A_PAGE = 8;

/** Who of several was meant, one press each. */
export const peopleCard = card({
  ref: PeopleRef,
  action: 'deliveries.trace',
  matter: 'anywhere',
  load: async (db, ids) => {
    const people = (await findMatches(db, ids)).map(({ id, name, unit }) => ({ id, text: `${name} ${unit}`.trim() }));
    return { people, count: people.length };
  },
});

/** The way of each thing that was sent to somebody, for administrators. */
export function waysCard(others: Feature[]) {
  return card({
    ref: WaysRef,
    action: 'deliveries.trace',
    matter: 'anywhere',
    load: async (db, { person, page }, viewer) => {
      const [found] = await db.sql<{
        name: string;
        isReachable: boolean;
      }>`SELECT name, "isReachable" FROM person WHERE id = ${person}`;
      if (!found) return undefined;
      const state = found.isReachable ? '' : explainFailure('no-account');
      return {
        ...(await listWays(others, db, person, page, viewer)),
        ...{ name: found.name, state, press: 'deliveries/page' },
      };
    },
  });
}

/** The same for oneself. */
export function ownWaysCard(others: Feature[]) {
  return card({
    ref: OwnWaysRef,
    action: 'self',
    templates: ['deliveries/ways'],
    load: async (db, { page }, viewer) => ({
      template: 'deliveries/ways',
      ...(await listWays(others, db, viewer.person ?? '', page, viewer)),
      ...{ name: '您', state: '', press: 'deliveries/own-page' },
    }),
  });
}

async function listWays(
  others: Feature[],
  db: Reader,
  person: string,
  page: number,
  viewer: Viewer,
): Promise<CardVariables> {
  const found = await traceTo(db, person, page * WAYS_A_PAGE, WAYS_A_PAGE);
  const shown = found.slice(0, WAYS_A_PAGE);
  const titles = await nameDeliveries(others, db, shown, viewer);
  return {
    ways: shown.map((one, at) => ({ title: titles[at] ?? '', way: describeWay(one, viewer) })),
    previous: page - 1,
    next: found.length > WAYS_A_PAGE ? page + 1 : -1,
  };
}
