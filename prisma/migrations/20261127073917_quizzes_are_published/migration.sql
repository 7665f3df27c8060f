-- Quizzes become publications. Written by hand, but for the last part.

-- What a feature may know of what was published, and of everybody's part in it.
CREATE VIEW published AS
  SELECT id, feature, state::text, audience, "opensAt", "dueAt", "issuedById", "publishedAt", "endedAt" FROM publication WHERE "publishedAt" IS NOT NULL;
CREATE VIEW published_part AS SELECT "publicationId", "personId", "unitId", "doneAt", "isUnreachable" FROM part;

INSERT INTO publication (id, feature, state, audience, "opensAt", "dueAt", "isEditing", "issuedById", "createdAt", "publishedAt", "announcedAt", "endedAt")
SELECT id, 'quizzes', CASE WHEN state = 'published' AND "closesAt" <= now() THEN 'ended' ELSE state END::publication_state, audience, "opensAt", "closesAt", "isEditing",
  "issuedById", "createdAt", "publishedAt", "publishedAt", CASE WHEN state = 'published' AND "closesAt" <= now() THEN "closesAt" END
FROM quiz;
UPDATE publication b SET "announcedCount" = (SELECT count(*) FROM quiz_attempt WHERE "quizId" = b.id) WHERE feature = 'quizzes';
INSERT INTO part ("publicationId", "personId", "unitId", "doneAt", "isUnreachable", "nudgedOn")
SELECT a."quizId", a."personId", p."unitId", CASE WHEN q.kind <> 'daily' THEN a."startedAt" END, a."isUnreachable", a."remindedOn"
FROM quiz_attempt a JOIN quiz q ON q.id = a."quizId" LEFT JOIN person p ON p.id = a."personId";
DELETE FROM quiz_attempt WHERE "startedAt" IS NULL;
UPDATE pending_job SET job = CASE job WHEN 'close' THEN 'deadline' WHEN 'remind' THEN 'nudge' ELSE job END, key = replace(key, 'quizzes:close:', 'quizzes:deadline:'),
  payload = payload - 'quiz' || jsonb_build_object('id', payload -> 'quiz')
WHERE feature = 'quizzes' AND job IN ('close', 'remind', 'announce');
UPDATE delivery SET card = 'names' WHERE feature = 'quizzes' AND card = 'absent';

-- DropForeignKey
ALTER TABLE "quiz_attempt" DROP CONSTRAINT "quiz_attempt_quizId_fkey";

-- DropIndex
DROP INDEX "quiz_kind_state_closesAt_idx";

-- AlterTable
ALTER TABLE "quiz" DROP COLUMN "audience",
DROP COLUMN "closesAt",
DROP COLUMN "createdAt",
DROP COLUMN "isEditing",
DROP COLUMN "issuedById",
DROP COLUMN "opensAt",
DROP COLUMN "publishedAt",
DROP COLUMN "state";

-- AlterTable
ALTER TABLE "quiz_attempt" DROP COLUMN "isUnreachable",
DROP COLUMN "remindedOn",
ALTER COLUMN "seed" SET NOT NULL,
ALTER COLUMN "startedAt" SET NOT NULL;

-- CreateIndex
CREATE INDEX "quiz_kind_idx" ON "quiz"("kind");

-- A quiz with its time, and everybody's part in it with their paper, as statements about quizzes know them. What is over by its time has been
-- published: whether it is, the end says.
CREATE VIEW quiz_run AS
  SELECT q.*, CASE b.state WHEN 'ended' THEN 'published' ELSE b.state END AS state, b."opensAt", b."dueAt" AS "closesAt", b."issuedById"
  FROM quiz q JOIN published b ON b.id = q.id;
CREATE VIEW quiz_part AS
  SELECT p."publicationId" AS "quizId", p."personId", p."isUnreachable", a.seed, a."startedAt", COALESCE(a."questionIds", '{}') AS "questionIds"
  FROM published_part p LEFT JOIN quiz_attempt a ON a."quizId" = p."publicationId" AND a."personId" = p."personId";

CREATE OR REPLACE FUNCTION open_questions(at timestamptz, who text) RETURNS TABLE ("questionId" text, "quizId" uuid, until timestamptz) LANGUAGE sql STABLE AS $$
  SELECT asked.id, q.id, q."closesAt" FROM quiz_run q JOIN quiz_attempt a ON a."quizId" = q.id AND a."personId" = who
  CROSS JOIN LATERAL unnest(a."questionIds") AS asked (id)
  WHERE q.kind IN ('exam', 'contest', 'daily') AND q.state = 'published' AND q."closesAt" > at
    AND NOT EXISTS (SELECT 1 FROM quiz_answer w WHERE w."quizId" = q.id AND w."personId" = who AND w."questionId" = asked.id)
$$;
CREATE OR REPLACE FUNCTION secret_keys(at timestamptz, who text) RETURNS TABLE ("questionId" text, "quizId" uuid, until timestamptz) LANGUAGE sql STABLE AS $$
  SELECT asked.id, q.id, q."closesAt" FROM quiz_run q JOIN quiz_attempt a ON a."quizId" = q.id
  CROSS JOIN LATERAL unnest(a."questionIds") AS asked (id)
  WHERE q.kind = 'exam' AND q.state = 'published' AND q."closesAt" > at
  UNION ALL SELECT "questionId", "quizId", until FROM open_questions(at, who)
$$;
