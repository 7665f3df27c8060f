/** Reads and writes of publications and parts; nobody else touches these tables but through here and the functions of the migrations. */
import { DAY_MS } from '../basics/durations.ts';
import { type Audience, audienceOf } from '../people/audience/audience.ts';
import { scopeOf } from '../people/audience/audience-reach.ts';
import type { Matter } from '../sight.ts';
import type { Reader, Transaction } from '../storage/database.ts';
import type { Publication as Row } from '../storage/generated/client.ts';
import type { Draft, Kind, Published, Terms } from './contract.ts';
import type { UndoableAct } from './schema.ts';

/** A publication with its audience read. */
export type Publication = Omit<Row, 'audience'> & { audience: Audience | null };

/** The publication, if it is one of this kind. */
export async function find<C>(kind: Kind<C>, db: Reader, id: string): Promise<Published<C> | undefined> {
  return (await findMany(kind, db, [id]))[0];
}

/** The same for whoever decides on it: it is held as it is until the transaction ends. */
export async function hold<C>(kind: Kind<C>, db: Transaction, id: string): Promise<Published<C> | undefined> {
  await db.sql`SELECT FROM publication WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  return find(kind, db, id);
}

/** Where a publication lies: within its audience. What nobody issued is nobody's to watch. */
export async function findMatter<C>(kind: Kind<C>, db: Reader, id: string): Promise<Matter | undefined> {
  const audience = (await find(kind, db, id))?.audience;
  return audience ? { scope: await scopeOf(db, audience) } : undefined;
}

/** A draft is its writer's own. Its audience may lie beyond their reach: its form says so, and it cannot be published. */
export async function findDraftMatter<C>(kind: Kind<C>, db: Reader, id: string): Promise<Matter | undefined> {
  const owner = (await find(kind, db, id))?.issuedById;
  return owner ? { owner } : undefined;
}

/** These publications of the kind, each with its content, in no order. */
export async function findMany<C>(kind: Kind<C>, db: Reader, ids: string[]): Promise<Published<C>[]> {
  const rows = await db.sql<Publication>`
    SELECT * FROM publication WHERE id = ANY (${ids}::uuid[]) AND feature = ${kind.feature}`;
  return withContent(kind, db, rows);
}

/** What was said of a publication, as its draft. */
export function draftOf<C>({ audience, opensAt, dueAt, unused, content }: Published<C>): Draft<C> {
  return { ...content, audience, opensAt, dueAt, unused };
}

/** Keeps a new draft and gives its id. */
export async function createDraft<C>(
  kind: Kind<C>,
  db: Transaction,
  draft: Draft<C>,
  issuer: string,
  now: Date,
): Promise<string> {
  const [row] = await db.sql<{ id: string }>`
    INSERT INTO publication (id, feature, card, audience, "opensAt", "dueAt", unused, "isEditing", "issuedById", "createdAt")
    VALUES (gen_random_uuid(), ${kind.feature}, ${kind.card}, ${jsonOf(draft)}::jsonb, ${draft.opensAt}, ${draft.dueAt}, ${draft.unused ?? []},
      ${(draft.unused ?? []).length > 0}, ${issuer}, ${now}) RETURNING id`;
  if (!row) throw new Error('a draft was not written');
  await kind.write(db, row.id, draft);
  return row.id;
}

/** Changes a draft and shows its preview again; false when it is no draft any more. */
export async function updateDraft<C>(kind: Kind<C>, db: Transaction, id: string, draft: Draft<C>): Promise<boolean> {
  const changed = await db.sql`
    UPDATE publication SET audience = ${jsonOf(draft)}::jsonb, "opensAt" = ${draft.opensAt}, "dueAt" = ${draft.dueAt},
      unused = ${draft.unused ?? []}, "isEditing" = ${(draft.unused ?? []).length > 0}
    WHERE id = ${id}::uuid AND state = 'draft' RETURNING id`;
  if (changed.length === 0) return false;
  await kind.write(db, id, draft);
  return true;
}

/** Shows a draft's form again, with everything filled in; false when it is no draft any more. */
export async function reopenDraft(db: Transaction, id: string): Promise<boolean> {
  return isOne(
    db.sql`UPDATE publication SET "isEditing" = true WHERE id = ${id}::uuid AND state = 'draft' RETURNING id`,
  );
}

/** Ends a draft, once; false when it is none any more. */
export async function cancelDraft(db: Transaction, id: string): Promise<boolean> {
  return isOne(
    db.sql`UPDATE publication SET state = 'cancelled' WHERE id = ${id}::uuid AND state = 'draft' RETURNING id`,
  );
}

/** Publishes a draft, once, and gives everybody of its audience their part; who these are, undefined when somebody else did. */
export async function publishDraft(
  db: Transaction,
  id: string,
  /** Why its cards may pass the notification policy; undefined: they may not. */
  urgentReason: string | undefined,
  now: Date,
): Promise<string[] | undefined> {
  const isPublished = await isOne(db.sql`
    UPDATE publication SET state = 'published', "publishedAt" = ${now}, "opensAt" = COALESCE("opensAt", ${now}), "isUrgent" = ${urgentReason !== undefined}, "urgentReason" = ${urgentReason ?? ''},
      "lastAct" = 'publish', "lastActAt" = ${now}
    WHERE id = ${id}::uuid AND state = 'draft' RETURNING id`);
  if (!isPublished) return undefined;
  const given = await db.sql<{ personId: string }>`
      INSERT INTO part ("publicationId", "personId", "unitId", "isUnreachable")
      SELECT b.id, p.id, p."unitId", NOT p."isReachable"
      FROM publication b CROSS JOIN LATERAL people_of(b.audience, ${now}) p
      WHERE b.id = ${id}::uuid ON CONFLICT DO NOTHING RETURNING "personId"`;
  return given.map(({ personId }) => personId);
}

/** Publishes at once, to these people and by nobody, and gives its id. */
export async function publishTo<C>(
  kind: Kind<C>,
  db: Transaction,
  draft: Draft<C>,
  people: string[],
  now: Date,
): Promise<string> {
  const [row] = await db.sql<{ id: string }>`
    WITH published AS (
      INSERT INTO publication (id, feature, card, state, "opensAt", "dueAt", "createdAt", "publishedAt")
      VALUES (gen_random_uuid(), ${kind.feature}, ${kind.card}, 'published', ${draft.opensAt ?? now}, ${draft.dueAt}, ${now}, ${now}) RETURNING id),
    given AS (
      INSERT INTO part ("publicationId", "personId", "unitId", "isUnreachable")
      SELECT published.id, p.id, p."unitId", NOT p."isReachable" FROM published, person p WHERE p.id = ANY (${people}::text[]))
    SELECT id FROM published`;
  if (!row) throw new Error('a publication was not written');
  await kind.write(db, row.id, draft);
  return row.id;
}

/** Ends or withdraws what is published, once; false when somebody else did. Only a withdrawal can be undone. */
export async function endPublished(
  db: Transaction,
  id: string,
  state: 'ended' | 'withdrawn',
  now: Date,
): Promise<boolean> {
  const act = state === 'withdrawn' ? 'withdraw' : null;
  return isOne(db.sql`
    UPDATE publication SET state = ${state}::publication_state, "endedAt" = ${now}, "lastAct" = ${act}, "lastActAt" = ${act ? now : null}
    WHERE id = ${id}::uuid AND state = 'published' RETURNING id`);
}

/** Puts off the end of what is published and remembers the old one; false when it is not published. */
export async function putOff(db: Transaction, id: string, dueAt: Date, now: Date): Promise<boolean> {
  return isOne(db.sql`
    UPDATE publication SET "dueBefore" = "dueAt", "dueAt" = ${dueAt}, "askedDueAt" = NULL, "lastAct" = 'extend', "lastActAt" = ${now}
    WHERE id = ${id}::uuid AND state = 'published' RETURNING id`);
}

/**
 * Undoes what was done last, once: a publication is recalled, an extension gives the old end back, what was withdrawn stands again
 * and is announced anew. False when something else was done since.
 */
export async function undoLastAct(db: Transaction, id: string, act: UndoableAct, now: Date): Promise<boolean> {
  return isOne(db.sql`
    UPDATE publication SET "lastAct" = NULL, "lastActAt" = NULL, "dueBefore" = NULL,
      state = CASE WHEN ${act} = 'publish' THEN 'recalled' ELSE 'published' END::publication_state,
      "endedAt" = CASE WHEN ${act} = 'publish' THEN ${now}::timestamptz END,
      "dueAt" = CASE WHEN ${act} = 'extend' THEN "dueBefore" ELSE "dueAt" END,
      "announcedAt" = CASE WHEN ${act} = 'withdraw' THEN NULL ELSE "announcedAt" END,
      "announcedCount" = CASE WHEN ${act} = 'withdraw' THEN 0 ELSE "announcedCount" END
    WHERE id = ${id}::uuid AND "lastAct" = ${act} AND state = CASE WHEN ${act} = 'withdraw' THEN 'withdrawn' ELSE 'published' END::publication_state
    RETURNING id`);
}

/**
 * Writes down how far the announcing of a publication has come: up to the person `last`, or to the end. Undefined when it is
 * not published any more. It holds the row: whoever takes the publication back waits until this round is written.
 */
export async function noteAnnounced(
  db: Transaction,
  id: string,
  last: string | undefined,
  isEnd: boolean,
  now: Date,
): Promise<{ isUrgent: boolean; dueAt: Date } | undefined> {
  const [row] = await db.sql<{ isUrgent: boolean; dueAt: Date }>`
    UPDATE publication SET "announcedAt" = CASE WHEN ${isEnd} THEN ${now}::timestamptz END,
      "announcedCount" = GREATEST("announcedCount", (SELECT count(*)::int FROM part WHERE "publicationId" = ${id}::uuid AND "personId" <= ${last ?? ''}))
    WHERE id = ${id}::uuid AND state = 'published' RETURNING "isUrgent", "dueAt"`;
  return row;
}

/** What a person has yet to do, the most urgent first; what is over by itself at its end is left out then. */
export async function findOpen(
  db: Reader,
  feature: string,
  person: string,
  after: Date | null,
): Promise<{ id: string; dueAt: Date }[]> {
  return db.sql`
    SELECT b.id, b."dueAt" FROM part a JOIN publication b ON b.id = a."publicationId"
    WHERE a."personId" = ${person} AND a."doneAt" IS NULL AND b.state = 'published' AND b.feature = ${feature} AND (${after}::timestamptz IS NULL OR b."dueAt" > ${after})
    ORDER BY b."dueAt"`;
}

/** What is published to an audience and whose end is ahead. */
export async function findOpenIds(db: Reader, feature: string, now: Date): Promise<string[]> {
  const rows = await db.sql<{ id: string }>`
    SELECT id FROM publication WHERE feature = ${feature} AND state = 'published' AND audience IS NOT NULL AND "dueAt" > ${now} ORDER BY id`;
  return rows.map(({ id }) => id);
}

/** Who is open in a publication, each with the scope in which somebody may answer for them. */
export function findScopesOfOpen(
  db: Reader,
  id: string,
): Promise<{ personId: string; branchId: string | null; unitIds: string[] }[]> {
  return db.sql`
    WITH chain AS (SELECT unit, array_agg(id) AS ids FROM units_above() GROUP BY unit)
    SELECT p.id AS "personId", p."branchId"::text AS "branchId", COALESCE(chain.ids, '{}') AS "unitIds"
    FROM part a JOIN person p ON p.id = a."personId" AND p.status = 'active' LEFT JOIN chain ON chain.unit = p."unitId"
    WHERE a."publicationId" = ${id}::uuid AND a."doneAt" IS NULL`;
}

/** A person's drafts and what they issued that still runs (what ends by itself only up to `until`), not older than these instants. */
export async function findAtHand<C>(
  kind: Kind<C>,
  db: Reader,
  issuer: string,
  since: { draft: Date; running: Date },
  until: Date | null,
): Promise<Published<C>[]> {
  const rows = await db.sql<Publication>`
    SELECT * FROM publication WHERE feature = ${kind.feature} AND "issuedById" = ${issuer} AND (state = 'draft' AND "createdAt" > ${since.draft}
      OR state = 'published' AND "publishedAt" > ${since.running} AND (${until}::timestamptz IS NULL OR "dueAt" > ${until}))
    ORDER BY COALESCE("publishedAt", "createdAt") DESC, id LIMIT 10`;
  return withContent(kind, db, rows);
}

/** Keeps the end that is asked for, to be confirmed. */
export async function askDue(db: Transaction, id: string, dueAt: Date): Promise<void> {
  await db.sql`UPDATE publication SET "askedDueAt" = ${dueAt} WHERE id = ${id}::uuid`;
}

/** What was issued and still runs, or whose time was over within the last `days`, the latest end first. */
export async function findRecent(db: Reader, feature: string, days: number, now: Date): Promise<Publication[]> {
  const rows = await db.sql<Publication>`
    SELECT * FROM publication WHERE feature = ${feature} AND state IN ('published', 'ended') AND "issuedById" IS NOT NULL
      AND COALESCE("endedAt", "dueAt") > ${new Date(now.getTime() - days * DAY_MS)} ORDER BY "dueAt" DESC LIMIT 50`;
  return rows.map((row) => ({ ...row, audience: audienceOf(row) }));
}

/** A publication with who issued it and everybody's part, for lists. */
export type Issued<C> = Published<C> & {
  publishedAt: Date;
  dueAt: Date;
  issuer: string;
  parts: { personId: string; doneAt: string | null; isReached: boolean }[];
};

/** What was published in the period and not recalled, the oldest first. */
export async function findPublished<C>(kind: Kind<C>, db: Reader, from: Date, until: Date): Promise<Issued<C>[]> {
  const rows = await db.sql<Omit<Issued<C>, 'content'>>`
    SELECT b.*, COALESCE(i.name, '') AS issuer,
      COALESCE((SELECT json_agg(json_build_object('personId', a."personId", 'doneAt', a."doneAt",
        'isReached', reached_at(b.feature, b.card, b.id, a."personId") IS NOT NULL) ORDER BY p.name, p.id)
        FROM part a JOIN person p ON p.id = a."personId" WHERE a."publicationId" = b.id), '[]') AS parts
    FROM publication b LEFT JOIN person i ON i.id = b."issuedById"
    WHERE b.feature = ${kind.feature} AND b."publishedAt" >= ${from} AND b."publishedAt" < ${until} AND b.state IN ('published', 'ended', 'withdrawn')
    ORDER BY b."publishedAt", b.id`;
  return withContent(kind, db, rows);
}

async function withContent<C, Row extends Publication>(kind: Kind<C>, db: Reader, rows: Row[]) {
  const contents = await kind.read(
    db,
    rows.map(({ id }) => id),
  );
  return rows.flatMap((row) => {
    const content = contents.get(row.id);
    return content === undefined ? [] : [{ ...row, audience: audienceOf(row), content }];
  });
}

function jsonOf({ audience }: Terms): string | null {
  return audience && JSON.stringify(audience);
}

async function isOne(rows: Promise<unknown[]>): Promise<boolean> {
  return (await rows).length === 1;
}
