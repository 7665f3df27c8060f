/** Weeks of work for the sample detachment, written straight into the tables: the same every time. */

import type { Database } from '../../../src/storage/database.ts';
import { allHaveSeen } from '../../support/all-have-seen.ts';
import { EVERYBODY, MEMBERS_OF_NOWHERE, NOWHERE } from '../../support/audience.ts';

/**
 * A week from Monday on: every branch gets a task and a contest, the detachment one task, branches hold sessions; people finish, answer,
 * go on leave or cannot be reached as a hash of their id decides.
 * Whoever holds an office is never on leave: their cards would wait. `week` only has to differ from week to week.
 */
export async function writeWeek(db: Database, week: number, monday: string): Promise<void> {
  const at = (days: number, time: string) =>
    new Date(new Date(`${monday}T${time}:00+08:00`).getTime() + days * 86_400_000);
  await db.sql`
    WITH task AS (
      INSERT INTO study_task (id, kind, topic)
      SELECT gen_random_uuid(), 'first-agenda-item', 'W' || ${week}::int || ' ' || name FROM branch
      UNION ALL SELECT gen_random_uuid(), 'themed-party-day', 'W' || ${week}::int || ' 全支队' RETURNING id, topic)
    INSERT INTO publication (id, feature, card, state, "dueAt", audience, "issuedById", "createdAt", "publishedAt", "endedAt")
    SELECT task.id, 'study-tasks', 'task', CASE WHEN hash = 3 THEN 'withdrawn' ELSE 'published' END::publication_state,
      CASE WHEN b.id IS NULL THEN ${at(4, '12:00')}::timestamptz ELSE ${at(3, '18:00')}::timestamptz + CASE hash WHEN 1 THEN interval '4 days' ELSE '0' END END,
      CASE WHEN b.id IS NULL THEN ${EVERYBODY}::jsonb ELSE ${MEMBERS_OF_NOWHERE}::jsonb || jsonb_build_object('places', jsonb_build_array(jsonb_build_object('kind', 'branch', 'id', b.id::text))) END,
      'nobody', COALESCE(begins, ${at(0, '10:00')}::timestamptz), COALESCE(begins, ${at(0, '10:00')}::timestamptz), CASE WHEN hash = 3 THEN ${at(1, '12:00')}::timestamptz END
    FROM task LEFT JOIN (SELECT *, abs(hashtext(name || ${week}::int)) % 8 AS hash, ${at(0, '09:00')}::timestamptz AS begins FROM branch) b ON task.topic = 'W' || ${week}::int || ' ' || b.name`;
  await db.sql`
    INSERT INTO part ("publicationId", "personId", "doneAt", "isUnreachable")
    SELECT b.id, p.id, CASE WHEN hash < 5 THEN b."publishedAt" + hash * interval '20 hours' WHEN hash = 5 THEN b."publishedAt" + interval '6 days' END, NOT p."isReachable" OR hash = 9
    FROM publication b JOIN study_task t USING (id), LATERAL (SELECT *, abs(hashtext(id || t.topic)) % 10 AS hash FROM people_of(b.audience, now())) p
    WHERE t.topic LIKE 'W' || ${week}::int || ' %'`;
  await db.sql`
    INSERT INTO leave (id, "personId", "firstDay", "lastDay")
    SELECT gen_random_uuid(), id, ${monday}::date + 3, ${monday}::date + 6 FROM person p
    WHERE abs(hashtext(id || 'leave' || ${week}::int)) % 12 = 0 AND NOT EXISTS (SELECT 1 FROM role_assignment WHERE "personId" = p.id)`;
  await db.sql`
    INSERT INTO study_session (id, state, "branchId", kind, "heldOn", topic, attendees, "enteredById", "createdAt", "recordedAt")
    SELECT gen_random_uuid(), 'recorded', id, (ARRAY['first-agenda-item', 'themed-party-day', 'branch-committee-meeting'])[1 + hash % 3], ${monday}::date + hash % 6, name, 9, 'nobody', ${at(4, '09:00')}::timestamptz, ${at(4, '09:00')}::timestamptz
    FROM (SELECT *, abs(hashtext('session' || name || ${week}::int)) AS hash FROM branch) b WHERE hash % 4 > 0
    UNION ALL SELECT gen_random_uuid(), 'recorded', NULL, 'theory-study-center-group', ${monday}::date + 1, '专题学习', 9, 'nobody', ${at(4, '09:00')}::timestamptz, ${at(4, '09:00')}::timestamptz`;
  await db.sql`
    INSERT INTO quiz_question (id, kind, topic, difficulty, stem, options, key, explanation, law, edition, article, "effectiveFrom", basis)
    SELECT 'q' || n, 'single', 'integrity', 1, '第' || n || '题怎样理解？', '[{"id":"a","text":"甲"},{"id":"b","text":"乙"}]', '{a}', '说明', '测试法', '2024', '1', '2024-01-01', '依据'
    FROM generate_series(1, 6) n ON CONFLICT DO NOTHING`;
  await db.sql`
    WITH asked AS (
      INSERT INTO quiz (id, kind, topics, "questionCount")
      SELECT gen_random_uuid(), CASE WHEN abs(hashtext(name)) % 5 = 0 THEN 'practice' ELSE 'contest' END, ARRAY['W' || ${week}::int, name], 3 FROM branch RETURNING id, topics)
    INSERT INTO publication (id, feature, card, state, "opensAt", "dueAt", audience, "createdAt", "publishedAt")
    SELECT asked.id, 'quizzes', 'paper', 'published', ${at(2, '15:00')}::timestamptz, ${at(2, '17:00')}::timestamptz + CASE WHEN abs(hashtext(name || 'late')) % 4 = 0 THEN interval '5 days' ELSE '0' END,
      ${NOWHERE}::jsonb || jsonb_build_object('places', jsonb_build_array(jsonb_build_object('kind', 'branch', 'id', b.id::text))), ${at(2, '09:00')}::timestamptz, ${at(2, '09:00')}::timestamptz
    FROM asked JOIN branch b ON b.name = topics[2]`;
  await db.sql`
    WITH invited AS (
      SELECT b.id, b."opensAt", p.id AS person, p."isReachable", hash FROM quiz q JOIN publication b USING (id),
        LATERAL (SELECT *, abs(hashtext(id || b.id)) % 9 AS hash FROM people_of(b.audience, now())) p WHERE q.topics[1] = 'W' || ${week}::int),
    begun AS (
      INSERT INTO quiz_attempt ("quizId", "personId", seed, "questionIds", "startedAt")
      SELECT id, person, person, ARRAY['q1', 'q2', 'q3'], "opensAt" + hash * interval '5 minutes' FROM invited WHERE hash < 6)
    INSERT INTO part ("publicationId", "personId", "doneAt", "isUnreachable")
    SELECT id, person, CASE WHEN hash < 6 THEN "opensAt" + hash * interval '5 minutes' END, NOT "isReachable" FROM invited`;
  await db.sql`
    INSERT INTO quiz_answer ("quizId", "personId", "questionId", choice, "answeredAt")
    SELECT a."quizId", a."personId", 'q' || n, CASE WHEN abs(hashtext(a."personId" || n || a."quizId")) % 3 < n % 3 THEN '{b}' ELSE '{a}' END::text[], a."startedAt" + n * interval '1 minute'
    FROM quiz_attempt a JOIN quiz q ON q.id = a."quizId", generate_series(1, 3) n
    WHERE q.topics[1] = 'W' || ${week}::int AND (n < 3 OR abs(hashtext(a."personId")) % 2 = 0)`;
  await writeHandout(db, week, at);
  await allHaveSeen(db, 7);
  await writeStar(db, week, at);
}

/** Something is handed out to everybody, every other week until Thursday; some collect it, some a part, some nothing. */
async function writeHandout(db: Database, week: number, at: (days: number, time: string) => Date): Promise<void> {
  await db.sql`
    WITH given AS (INSERT INTO supply_handout (id, kind, "itemsText", "pointIds") VALUES (gen_random_uuid(), 'heat', 'W' || ${week}::int, '{}') RETURNING id)
    INSERT INTO publication (id, feature, card, state, audience, "issuedById", "createdAt", "publishedAt", "opensAt", "dueAt", "endedAt")
    SELECT id, 'heat-supplies', 'claim', CASE WHEN ${week}::int % 2 = 0 THEN 'ended' ELSE 'published' END::publication_state, ${EVERYBODY}::jsonb, 'nobody',
      ${at(0, '09:30')}::timestamptz, ${at(0, '09:30')}::timestamptz, ${at(0, '09:30')}::timestamptz, ${at(9, '18:00')}::timestamptz, CASE WHEN ${week}::int % 2 = 0 THEN ${at(3, '18:00')}::timestamptz END FROM given`;
  await db.sql`
    WITH claim AS (
      INSERT INTO supply_claim ("handoutId", "personId", state, "settledAt")
      SELECT h.id, p.id, CASE WHEN hash < 5 THEN 'collected' WHEN hash = 5 THEN 'partial' WHEN hash = 6 THEN 'missed' ELSE 'open' END,
        CASE WHEN hash < 7 THEN h."publishedAt" + hash * interval '17 hours' END
      FROM handout_run h, LATERAL (SELECT id, abs(hashtext(id || h."itemsText")) % 10 AS hash FROM people_of(${EVERYBODY}::jsonb, now())) p
      WHERE h."itemsText" = 'W' || ${week}::int RETURNING "handoutId", "personId", "settledAt")
    INSERT INTO part ("publicationId", "personId", "doneAt") SELECT "handoutId", "personId", "settledAt" FROM claim`;
}

/** A round of the star of the month: of the detachment and published on Thursday, or of one branch and still open. */
async function writeStar(db: Database, week: number, at: (days: number, time: string) => Date): Promise<void> {
  const isWhole = week % 2 === 0;
  await db.sql`
    INSERT INTO star_round (id, state, title, audience, "nominateUntil", "checkUntil", "reviewUntil", "decideUntil", "orderSeed", "createdAt")
    SELECT gen_random_uuid(), ${isWhole ? 'published' : 'nominating'}, 'W' || ${week}::int, CASE WHEN ${isWhole}::boolean THEN ${EVERYBODY}::jsonb ELSE ${NOWHERE}::jsonb || jsonb_build_object('places', jsonb_build_array(jsonb_build_object('kind', 'branch', 'id', (SELECT min(id::text) FROM branch)))) END,
      ${at(60, '18:00')}::timestamptz, ${at(61, '18:00')}::timestamptz, ${at(62, '18:00')}::timestamptz, ${at(63, '18:00')}::timestamptz, '', ${at(0, '09:00')}::timestamptz`;
  await db.sql`
    INSERT INTO star_step ("roundId", state, "enteredAt") SELECT id, 'nominating', ${at(0, '09:00')}::timestamptz FROM star_round WHERE title = 'W' || ${week}::int
    UNION ALL SELECT id, 'published', ${at(3, '12:00')}::timestamptz FROM star_round WHERE title = 'W' || ${week}::int AND state = 'published'`;
  await db.sql`
    INSERT INTO star_nomination (id, "roundId", "nominatorId", "nomineeId", state, "changedAt")
    SELECT gen_random_uuid(), r.id, 'nobody' || n || p.id, p.id, 'submitted', ${at(1, '10:00')}::timestamptz
    FROM star_round r, (SELECT id FROM people_of(${EVERYBODY}::jsonb, now()) WHERE abs(hashtext(id || ${week}::int)) % 20 = 0) p, generate_series(1, 2) n
    WHERE r.title = 'W' || ${week}::int`;
  await db.sql`
    INSERT INTO star_honour (number, "candidacyId", "roundId", "personId", post, "awardedAt")
    SELECT ${week}::int * 100 + row_number() OVER (ORDER BY n."nomineeId"), gen_random_uuid(), r.id, n."nomineeId", '执法执勤', ${at(3, '12:00')}::timestamptz
    FROM star_round r JOIN (SELECT DISTINCT "roundId", "nomineeId" FROM star_nomination) n ON n."roundId" = r.id
    WHERE r.title = 'W' || ${week}::int AND r.state = 'published' AND abs(hashtext(n."nomineeId")) % 3 = 0`;
}
