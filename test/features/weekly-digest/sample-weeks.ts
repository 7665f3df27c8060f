/** Weeks of work for the sample detachment, written straight into the tables: the same every time. */
import type { Database } from '../../../src/storage/database.ts';

/**
 * A week from Monday on: every branch gets a task and a contest, the detachment one task, branches hold sessions; people finish, answer,
 * go on leave or cannot be reached as a hash of their id decides.
 * Whoever holds an office is never on leave: their cards would wait. `week` only has to differ from week to week.
 */
export async function writeWeek(db: Database, week: number, monday: string): Promise<void> {
  const at = (days: number, time: string) =>
    new Date(new Date(`${monday}T${time}:00+08:00`).getTime() + days * 86_400_000);
  await db.sql`
    INSERT INTO study_task (id, state, kind, topic, "dueAt", "audienceKind", "audienceId", "audienceWho", "issuedById", "createdAt", "publishedAt", "withdrawnAt")
    SELECT gen_random_uuid(), CASE WHEN hash = 3 THEN 'withdrawn' ELSE 'published' END, 'first-agenda-item', 'W' || ${week}::int || ' ' || b.name,
      ${at(3, '18:00')}::timestamptz + CASE hash WHEN 1 THEN interval '4 days' ELSE '0' END, 'branch', b.id::text, 'members', 'nobody', ${at(0, '09:00')}::timestamptz, ${at(0, '09:00')}::timestamptz,
      CASE WHEN hash = 3 THEN ${at(1, '12:00')}::timestamptz END
    FROM (SELECT *, abs(hashtext(name || ${week}::int)) % 8 AS hash FROM branch) b
    UNION ALL SELECT gen_random_uuid(), 'published', 'themed-party-day', 'W' || ${week}::int || ' 全支队', ${at(4, '12:00')}::timestamptz, 'detachment', NULL, 'everyone', 'nobody',
      ${at(0, '10:00')}::timestamptz, ${at(0, '10:00')}::timestamptz, NULL`;
  await db.sql`
    INSERT INTO study_assignment ("taskId", "personId", "completedAt", "isUnreachable")
    SELECT t.id, p.id, CASE WHEN hash < 5 THEN t."publishedAt" + hash * interval '20 hours' WHEN hash = 5 THEN t."publishedAt" + interval '6 days' END, NOT p."isReachable" OR hash = 9
    FROM study_task t, LATERAL (SELECT *, abs(hashtext(id || t.topic)) % 10 AS hash FROM people_of(t."audienceKind", t."audienceId", t."audienceWho")) p
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
    INSERT INTO quiz (id, kind, state, topics, "questionCount", "opensAt", "closesAt", "audienceKind", "audienceId", "createdAt", "publishedAt")
    SELECT gen_random_uuid(), CASE WHEN abs(hashtext(name)) % 5 = 0 THEN 'practice' ELSE 'contest' END, 'published', ARRAY['W' || ${week}::int], 3, ${at(2, '15:00')}::timestamptz,
      ${at(2, '17:00')}::timestamptz + CASE WHEN abs(hashtext(name || 'late')) % 4 = 0 THEN interval '5 days' ELSE '0' END, 'branch', id::text, ${at(2, '09:00')}::timestamptz, ${at(2, '09:00')}::timestamptz FROM branch`;
  await db.sql`
    INSERT INTO quiz_attempt ("quizId", "personId", "questionIds", "startedAt", "isUnreachable")
    SELECT q.id, p.id, ARRAY['q1', 'q2', 'q3'], CASE WHEN hash < 6 THEN q."opensAt" + hash * interval '5 minutes' END, NOT p."isReachable"
    FROM quiz q, LATERAL (SELECT *, abs(hashtext(id || q.id)) % 9 AS hash FROM people_of('branch', q."audienceId", 'everyone')) p WHERE q.topics = ARRAY['W' || ${week}::int]`;
  await db.sql`
    INSERT INTO quiz_answer ("quizId", "personId", "questionId", choice, "answeredAt")
    SELECT a."quizId", a."personId", 'q' || n, CASE WHEN abs(hashtext(a."personId" || n || a."quizId")) % 3 < n % 3 THEN '{b}' ELSE '{a}' END::text[], a."startedAt" + n * interval '1 minute'
    FROM quiz_attempt a JOIN quiz q ON q.id = a."quizId", generate_series(1, 3) n
    WHERE q.topics = ARRAY['W' || ${week}::int] AND a."startedAt" IS NOT NULL AND (n < 3 OR abs(hashtext(a."personId")) % 2 = 0)`;
}
