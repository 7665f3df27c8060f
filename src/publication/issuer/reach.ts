/** What a person has published, and to whom it came, by the standings that its progress card counts. */
import type { SentOut } from '../../delivery.ts';
import type { Viewpoint } from '../../feature.ts';
import type { Reader } from '../../storage/database.ts';
import type { Kind } from '../contract.ts';
import { findTitles } from '../digest.ts';

/** People by where they stand; `come` are all whom its card reached, done or not, and whoever is on leave and had it. */
export type Reach = { isOver: boolean; come: string[]; missing: string[]; lost: string[] };

/** Undefined for what was never published. */
export async function findReach(db: Reader, id: string, { calendar, now }: Viewpoint): Promise<Reach | undefined> {
  const [found] = await db.sql<{ isOver: boolean }>`
    SELECT state <> 'published' AS "isOver" FROM publication WHERE id = ${id}::uuid AND "publishedAt" IS NOT NULL`;
  if (!found) return undefined;
  const people = await db.sql<{ personId: string; standing: string; isReached: boolean }>`
    SELECT s."personId", s.standing, reached_at(b.feature, b.card, b.id, s."personId") IS NOT NULL AS "isReached"
    FROM publication b, standings(b.id, ${calendar.dayOf(now)}::date) s WHERE b.id = ${id}::uuid`;
  const those = (test: (one: { standing: string; isReached: boolean }) => boolean) =>
    people.filter(test).map(({ personId }) => personId);
  return {
    ...found,
    come: those(({ standing, isReached }) => standing === 'done' || (isReached && standing !== 'unreachable')),
    missing: those(({ standing, isReached }) => !isReached && standing !== 'done' && standing !== 'unreachable'),
    lost: those(({ standing }) => standing === 'unreachable'),
  };
}

/** What a person has published of a kind and not taken back, the newest first. */
export async function findSentOut<C>(kind: Kind<C>, db: Reader, person: string): Promise<SentOut[]> {
  const rows = await db.sql<{ id: string; at: Date; isOver: boolean }>`
    SELECT id, "publishedAt" AS at, state <> 'published' AS "isOver" FROM publication
    WHERE "issuedById" = ${person} AND feature = ${kind.feature} AND "publishedAt" IS NOT NULL AND state IN ('published', 'ended')
    ORDER BY "publishedAt" DESC LIMIT 20`;
  const titles = await findTitles(
    kind,
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({ ...row, title: titles.get(row.id)?.title ?? '', card: kind.card, refs: [row.id] }));
}
