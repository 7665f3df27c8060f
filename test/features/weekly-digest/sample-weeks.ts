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
  await writeHandout(db, week, at);
  await writeStar(db, week, at);
}

/** Something is handed out to everybody, every other week until Thursday; some collect it, some a part, some nothing. */
async function writeHandout(db: Database, week: number, at: (days: number, time: string) => Date): Promise<void> {
  await db.sql`
    INSERT INTO supply_handout (id, state, kind, "itemsText", "pointIds", "audienceKind", "audienceWho", "issuedById", "createdAt", "publishedAt", "closesAt", "endedAt")
    SELECT gen_random_uuid(), CASE WHEN ${week}::int % 2 = 0 THEN 'closed' ELSE 'open' END, 'heat', 'W' || ${week}::int, '{}', 'detachment', 'everyone', 'nobody',
      ${at(0, '09:30')}::timestamptz, ${at(0, '09:30')}::timestamptz, ${at(9, '18:00')}::timestamptz, CASE WHEN ${week}::int % 2 = 0 THEN ${at(3, '18:00')}::timestamptz END`;
  await db.sql`
    INSERT INTO supply_claim ("handoutId", "personId", state, "settledAt")
    SELECT h.id, p.id, CASE WHEN hash < 5 THEN 'collected' WHEN hash = 5 THEN 'partial' WHEN hash = 6 THEN 'missed' ELSE 'open' END,
      CASE WHEN hash < 7 THEN h."publishedAt" + hash * interval '17 hours' END
    FROM supply_handout h, LATERAL (SELECT id, abs(hashtext(id || h."itemsText")) % 10 AS hash FROM people_of('detachment', NULL, 'everyone')) p
    WHERE h."itemsText" = 'W' || ${week}::int`;
}

/** A round of the star of the month: of the detachment and published on Thursday, or of one branch and still open. */
async function writeStar(db: Database, week: number, at: (days: number, time: string) => Date): Promise<void> {
  const isWhole = week % 2 === 0;
  await db.sql`
    INSERT INTO star_round (id, state, title, "audienceKind", "audienceId", "nominateUntil", "checkUntil", "reviewUntil", "decideUntil", "orderSeed", "createdAt")
    SELECT gen_random_uuid(), ${isWhole ? 'published' : 'nominating'}, 'W' || ${week}::int, ${isWhole ? 'detachment' : 'branch'}, CASE WHEN ${isWhole}::boolean THEN NULL ELSE (SELECT min(id::text) FROM branch) END,
      ${at(60, '18:00')}::timestamptz, ${at(61, '18:00')}::timestamptz, ${at(62, '18:00')}::timestamptz, ${at(63, '18:00')}::timestamptz, '', ${at(0, '09:00')}::timestamptz`;
  await db.sql`
    INSERT INTO star_step ("roundId", state, "enteredAt") SELECT id, 'nominating', ${at(0, '09:00')}::timestamptz FROM star_round WHERE title = 'W' || ${week}::int
    UNION ALL SELECT id, 'published', ${at(3, '12:00')}::timestamptz FROM star_round WHERE title = 'W' || ${week}::int AND state = 'published'`;
  await db.sql`
    INSERT INTO star_nomination (id, "roundId", "nominatorId", "nomineeId", state, "changedAt")
    SELECT gen_random_uuid(), r.id, 'nobody' || n || p.id, p.id, 'submitted', ${at(1, '10:00')}::timestamptz
    FROM star_round r, (SELECT id FROM people_of('detachment', NULL, 'everyone') WHERE abs(hashtext(id || ${week}::int)) % 20 = 0) p, generate_series(1, 2) n
    WHERE r.title = 'W' || ${week}::int`;
  await db.sql`
    INSERT INTO star_honour (number, "candidacyId", "roundId", "personId", post, "awardedAt")
    SELECT ${week}::int * 100 + row_number() OVER (ORDER BY n."nomineeId"), gen_random_uuid(), r.id, n."nomineeId", '执法执勤', ${at(3, '12:00')}::timestamptz
    FROM star_round r JOIN (SELECT DISTINCT "roundId", "nomineeId" FROM star_nomination) n ON n."roundId" = r.id
    WHERE r.title = 'W' || ${week}::int AND r.state = 'published' AND abs(hashtext(n."nomineeId")) % 3 = 0`;
}
