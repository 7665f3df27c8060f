/** Cards and files that the messenger refuses, or that cannot be made: counted by kind, and told to whoever has to know. */
import { z } from 'zod';
import { formatInstant } from '../calendar/format.ts';
import { card, type Feature, type Turn } from '../feature.ts';
import { findHolders } from '../people/find-holders.ts';
import { Id } from '../sight.ts';
import type { Reader } from '../storage/database.ts';
import { type Broken, NOT_MADE } from './delivery.ts';

type Kind = { feature: string; card: string; isFile: boolean; failure: string };
type Counted = Kind & { hits: number; firstAt: Date; lastAt: Date };

/** What the outbox says of them: to the administrators, and to whoever waits for one that will never come. */
export const brokenCards: NonNullable<Feature['cards']> = {
  'broken-card': card({
    ref: Id,
    action: 'roles.assign',
    matter: 'anywhere',
    load: async (db, id, viewer) => {
      const found = await findBroken(db, id);
      return (
        found && {
          ...{ isFile: found.isFile, hits: found.hits, failure: found.failure, isRefused: found.failure !== NOT_MADE },
          name: `${found.feature}/${found.card}`,
          firstAt: formatInstant(found.firstAt, viewer),
          lastAt: formatInstant(found.lastAt, viewer),
        }
      );
    },
  }),
  'not-sent': card({
    ref: z.enum(['card', 'file']),
    action: 'self',
    load: async (_db, what) => ({ isFile: what === 'file' }),
  }),
};

/**
 * Counts what was hit, tells the administrators of a kind that they have not heard of, and answers who would wait in vain; `turn` is the
 * outbox's own. Its own cards are only logged: a report on a report would be refused as well.
 */
export async function noteBroken(turn: Turn, broken: Broken[]): Promise<void> {
  const others = broken.filter(({ feature }) => feature !== 'outbox');
  if (others.length === 0) return;
  await turn.deliver(
    ...others
      .filter(({ isUnanswered }) => isUnanswered)
      .map(({ id, isFile, recipient: person }) => {
        const terms = { to: { person }, card: 'not-sent', ref: isFile ? 'file' : 'card', push: 'answer' } as const;
        return { key: `not-sent:${id}`, ...terms };
      }),
  );
  for (const { id, isNew } of await count(turn, others)) {
    if (isNew) await tellAdministrators(turn, id);
    else await turn.refresh({ card: 'broken-card', ref: id });
  }
}

async function tellAdministrators(turn: Turn, id: string): Promise<void> {
  const administrators = await findHolders(turn.db, 'administrator', turn.now);
  const terms = { card: 'broken-card', ref: id, push: 'work' } as const;
  await turn.deliver(
    ...administrators.map((person) => ({ key: `broken-card:${id}:${person}`, to: { person }, ...terms })),
  );
}

function count({ db, now }: Turn, broken: Kind[]): Promise<{ id: string; isNew: boolean }[]> {
  const kinds = broken.map(({ feature, card: name, isFile, failure }) => ({ feature, card: name, isFile, failure }));
  return db.sql`
    INSERT INTO broken_card AS known (id, feature, card, "isFile", failure, hits, "firstAt", "lastAt")
    SELECT gen_random_uuid(), feature, card, "isFile", min(failure), count(*), ${now}::timestamptz, ${now}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(kinds)}::jsonb) AS hit (feature text, card text, "isFile" boolean, failure text)
    GROUP BY feature, card, "isFile" ORDER BY feature, card, "isFile"
    ON CONFLICT (feature, card, "isFile") DO UPDATE
    SET failure = excluded.failure, hits = known.hits + excluded.hits, "lastAt" = excluded."lastAt"
    RETURNING id, xmax = 0 AS "isNew"`;
}

async function findBroken(db: Reader, id: string): Promise<Counted | undefined> {
  const [found] = await db.sql<Counted>`
    SELECT feature, card, "isFile", failure, hits, "firstAt", "lastAt" FROM broken_card WHERE id = ${id}::uuid`;
  return found;
}
