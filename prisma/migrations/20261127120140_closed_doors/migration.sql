-- AlterTable
ALTER TABLE "list_export" ADD COLUMN     "standing" TEXT;

-- AlterTable
ALTER TABLE "person" ADD COLUMN     "leftAt" TIMESTAMPTZ(3);

-- Until when what is asked in a quiz is open: to its end, or, once withdrawn, as long as it can be restored (`UNDO_MS` of publication/rules.ts),
-- since it goes on with the same questions then. Written by hand, since Prisma's models know neither views nor functions.
CREATE OR REPLACE VIEW quiz_run AS
  SELECT q.*, CASE b.state WHEN 'ended' THEN 'published' ELSE b.state END AS state, b."opensAt", b."dueAt" AS "closesAt", b."issuedById",
    CASE WHEN b.state IN ('published', 'ended') THEN b."dueAt" WHEN b.state = 'withdrawn' THEN LEAST(b."dueAt", b."endedAt" + interval '10 minutes') END AS "openUntil"
  FROM quiz q JOIN published b ON b.id = q.id;
CREATE OR REPLACE FUNCTION open_questions(at timestamptz, who text) RETURNS TABLE ("questionId" text, "quizId" uuid, until timestamptz) LANGUAGE sql STABLE AS $$
  SELECT asked.id, q.id, q."openUntil" FROM quiz_run q JOIN quiz_attempt a ON a."quizId" = q.id AND a."personId" = who
  CROSS JOIN LATERAL unnest(a."questionIds") AS asked (id)
  WHERE q.kind IN ('exam', 'contest', 'daily') AND q."openUntil" > at
    AND NOT EXISTS (SELECT 1 FROM quiz_answer w WHERE w."quizId" = q.id AND w."personId" = who AND w."questionId" = asked.id)
$$;
CREATE OR REPLACE FUNCTION secret_keys(at timestamptz, who text) RETURNS TABLE ("questionId" text, "quizId" uuid, until timestamptz) LANGUAGE sql STABLE AS $$
  SELECT asked.id, q.id, q."openUntil" FROM quiz_run q JOIN quiz_attempt a ON a."quizId" = q.id
  CROSS JOIN LATERAL unnest(a."questionIds") AS asked (id)
  WHERE q.kind = 'exam' AND q."openUntil" > at
  UNION ALL SELECT "questionId", "quizId", until FROM open_questions(at, who)
$$;
