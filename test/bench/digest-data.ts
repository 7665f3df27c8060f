/** A year of a large detachment, written in bulk: the same shares at any size. */

import type pg from 'pg';
import { MEMBERS_OF_NOWHERE } from '../support/audience.ts';

/** The digest is compiled on a Friday at the end of the year's data. */
export const DIGEST_AT = '17:07';
export const DIGEST_NOW = new Date('2026-11-27T17:08:00+08:00');

/** How much there is. */
export type Size = { people: number; units: number; assignments: number; answers: number };
export const FULL: Size = { people: 20_000, units: 200, assignments: 500_000, answers: 1_000_000 };

/** So many weeks back from the digest's. */
const WEEKS = 50;
const MONDAY = `LATERAL (SELECT '2026-11-23T09:00:00+08:00'::timestamptz - w * interval '7 days' AS monday) m`;

/**
 * Fills an empty, migrated database. Units are a tree of brigades with nine squads each; a branch lies in each unit. Every other week a
 * branch has a task for all its people, every ninth a contest of ten questions; the branches take turns, so all weeks are alike.
 */
export async function seedYear(db: pg.Pool, { people, units, assignments, answers }: Size): Promise<void> {
  const perUnit = Math.round(people / units);
  const run = (text: string, values: unknown[] = []) => db.query(text, values);
  await run(
    `INSERT INTO unit (id, name, "parentId", sort) SELECT 'u' || n, '单位' || n, CASE WHEN n = 0 THEN NULL WHEN n % 10 = 0 THEN 'u0' ELSE 'u' || n / 10 * 10 END, n
     FROM generate_series(0, $1::int - 1) n`,
    [units],
  );
  await run(`INSERT INTO branch (id, name) SELECT gen_random_uuid(), n::text FROM generate_series(0, $1::int - 1) n`, [
    units,
  ]);
  await run(
    `INSERT INTO person (id, name, politics, "unitId", "branchId")
     SELECT 'ou_' || md5(n::text), '民警' || n, 'member', 'u' || n / $2::int, b.id FROM generate_series(0, $1::int - 1) n JOIN branch b ON b.name = (n / $2::int)::text`,
    [people, perUnit],
  );
  await run(
    `WITH task AS (
       INSERT INTO study_task (id, kind, topic) SELECT gen_random_uuid(), 'first-agenda-item', w || ' ' || b.name
       FROM generate_series(0, $1::int - 1) w, branch b WHERE (w + b.name::int) % 2 = 0 RETURNING id, topic)
     INSERT INTO publication (id, feature, card, state, "dueAt", audience, "issuedById", "createdAt", "publishedAt")
     SELECT task.id, 'study-tasks', 'task', 'published', monday + interval '3 days', '${MEMBERS_OF_NOWHERE}'::jsonb || jsonb_build_object('places', jsonb_build_array(jsonb_build_object('kind', 'branch', 'id', b.id::text))), 'nobody', monday, monday
     FROM task, LATERAL (SELECT split_part(topic, ' ', 1)::int AS w) of_week, branch b, ${MONDAY} WHERE b.name = split_part(topic, ' ', 2)`,
    [WEEKS],
  );
  await run(
    `INSERT INTO part ("publicationId", "personId", "doneAt")
     SELECT id, person, CASE WHEN hash < 85 THEN "publishedAt" + hash * interval '1 hour' END FROM (
       SELECT t.id, b."publishedAt", p.id AS person, abs(hashtext(p.id || t.topic)) % 100 AS hash
       FROM study_task t JOIN publication b USING (id) JOIN person p ON p."branchId"::text = b.audience#>>'{places,0,id}'
       ORDER BY b."publishedAt" LIMIT $1::int) a`,
    [assignments],
  );
  await run(
    `INSERT INTO quiz_question (id, kind, topic, difficulty, stem, options, key, explanation, law, edition, article, "effectiveFrom", basis)
     SELECT 'q' || n, 'single', 'integrity', 1, '第' || n || '题', '[]', '{a}', '说明', '法', '2024', '1', '2024-01-01', '依据' FROM generate_series(0, 399) n`,
  );
  await run(
    `WITH asked AS (
       INSERT INTO quiz (id, kind, topics, "questionCount") SELECT gen_random_uuid(), 'contest', ARRAY[w::text, b.name], 10
       FROM generate_series(0, $1::int - 1) w, branch b WHERE (w + b.name::int) % 9 = 0 RETURNING id, topics)
     INSERT INTO publication (id, feature, card, state, "opensAt", "dueAt", audience, "createdAt", "publishedAt", "endedAt")
     SELECT asked.id, 'quizzes', 'paper', 'ended', monday + interval '1 day', monday + interval '2 days', '${MEMBERS_OF_NOWHERE}'::jsonb || jsonb_build_object('places', jsonb_build_array(jsonb_build_object('kind', 'branch', 'id', b.id::text))), monday, monday, monday + interval '2 days'
     FROM asked, LATERAL (SELECT topics[1]::int AS w) of_week, branch b, ${MONDAY} WHERE b.name = topics[2]`,
    [WEEKS],
  );
  await run(
    `WITH invited AS (
       SELECT b.id, p.id AS person, CASE WHEN abs(hashtext(p.id || b.id)) % 20 > 0 THEN b."opensAt" END AS at
       FROM publication b JOIN person p ON p."branchId"::text = b.audience#>>'{places,0,id}' WHERE b.feature = 'quizzes' ORDER BY b."opensAt"),
     begun AS (
       INSERT INTO quiz_attempt ("quizId", "personId", seed, "questionIds", "startedAt") SELECT id, person, '', '{}', at FROM invited WHERE at IS NOT NULL)
     INSERT INTO part ("publicationId", "personId", "doneAt") SELECT id, person, at FROM invited`,
  );
  await run(
    `INSERT INTO quiz_answer ("quizId", "personId", "questionId", choice, "answeredAt")
     SELECT a."quizId", a."personId", 'q' || (abs(hashtext(a."quizId"::text)) + n * 7) % 400, CASE WHEN abs(hashtext(a."personId" || n)) % 4 = 0 THEN '{b}' ELSE '{a}' END::text[], a."startedAt" + n * interval '1 minute'
     FROM quiz_attempt a, generate_series(1, 10) n WHERE a."startedAt" IS NOT NULL ORDER BY a."startedAt" DESC, a."personId" LIMIT $1::int`,
    [answers],
  );
  await run(
    `INSERT INTO study_session (id, state, "branchId", kind, "heldOn", topic, attendees, "enteredById", "createdAt", "recordedAt")
     SELECT gen_random_uuid(), 'recorded', id, 'themed-party-day', '2026-11-25'::date - w * 7, '学习', 9, 'nobody', now(), now() FROM branch, generate_series(0, 46) w`,
  );
  await run('ANALYZE');
}
