-- CreateEnum
CREATE TYPE "publication_state" AS ENUM ('draft', 'published', 'ended', 'withdrawn', 'recalled', 'cancelled');

-- CreateTable
CREATE TABLE "publication" (
    "id" UUID NOT NULL,
    "feature" TEXT NOT NULL,
    "state" "publication_state" NOT NULL DEFAULT 'draft',
    "audience" JSONB,
    "opensAt" TIMESTAMPTZ(3),
    "dueAt" TIMESTAMPTZ(3),
    "isEditing" BOOLEAN NOT NULL DEFAULT false,
    "isUrgent" BOOLEAN NOT NULL DEFAULT false,
    "issuedById" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "publishedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "announcedCount" INTEGER NOT NULL DEFAULT 0,
    "announcedAt" TIMESTAMPTZ(3),
    "lastAct" TEXT,
    "lastActAt" TIMESTAMPTZ(3),
    "dueBefore" TIMESTAMPTZ(3),

    CONSTRAINT "publication_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "part" (
    "publicationId" UUID NOT NULL,
    "personId" TEXT NOT NULL,
    "unitId" TEXT,
    "doneAt" TIMESTAMPTZ(3),
    "isUnreachable" BOOLEAN NOT NULL DEFAULT false,
    "nudgedOn" DATE,
    "snoozedUntil" TIMESTAMPTZ(3),

    CONSTRAINT "part_pkey" PRIMARY KEY ("publicationId","personId")
);

-- CreateTable
CREATE TABLE "study_reflection" (
    "taskId" UUID NOT NULL,
    "personId" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "study_reflection_pkey" PRIMARY KEY ("taskId","personId")
);

-- CreateIndex
CREATE INDEX "publication_feature_state_dueAt_idx" ON "publication"("feature", "state", "dueAt");

-- CreateIndex
CREATE INDEX "publication_issuedById_idx" ON "publication"("issuedById");

-- CreateIndex
CREATE INDEX "part_personId_doneAt_idx" ON "part"("personId", "doneAt");

-- CreateIndex
CREATE INDEX "part_doneAt_idx" ON "part"("doneAt");

-- AddForeignKey
ALTER TABLE "part" ADD CONSTRAINT "part_publicationId_fkey" FOREIGN KEY ("publicationId") REFERENCES "publication"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand: what Prisma's models cannot say.

ALTER TABLE publication ADD CONSTRAINT "publication_last_act" CHECK ("lastAct" IN ('publish', 'extend', 'withdraw'));

-- How everybody's part in a publication counts on a day, each person once: done | on-leave | unreachable | open. Whoever has left is not to
-- be reached, leave or not. The unit is the one in which it was published to them.
CREATE FUNCTION standings(matter uuid, day date)
RETURNS TABLE ("personId" text, name text, "unitId" text, standing text) LANGUAGE sql STABLE AS $$
  SELECT p.id, p.name, a."unitId", CASE
    WHEN a."doneAt" IS NOT NULL THEN 'done'
    WHEN p.status = 'left' THEN 'unreachable'
    WHEN EXISTS (SELECT 1 FROM leave l WHERE l."personId" = p.id AND day BETWEEN l."firstDay" AND l."lastDay") THEN 'on-leave'
    WHEN a."isUnreachable" THEN 'unreachable'
    ELSE 'open' END
  FROM part a JOIN person p ON p.id = a."personId" WHERE a."publicationId" = matter
$$;

-- One person's part with what is said of the whole, for the person's own card and for what a crowd presses at once.
CREATE FUNCTION part_of(matter uuid, person text)
RETURNS TABLE (state text, "opensAt" timestamptz, "dueAt" timestamptz, "endedAt" timestamptz, issuer text, audience jsonb, "doneAt" timestamptz, "snoozedUntil" timestamptz)
LANGUAGE sql STABLE AS $$
  SELECT b.state::text, b."opensAt", b."dueAt", b."endedAt", i.name, b.audience, a."doneAt", a."snoozedUntil"
  FROM part a JOIN publication b ON b.id = a."publicationId" LEFT JOIN person i ON i.id = b."issuedById"
  WHERE a."publicationId" = matter AND a."personId" = person
$$;

-- Marks one part as done if it is open and the matter stands; null where it is not.
CREATE FUNCTION finish_part(matter uuid, person text, at timestamptz) RETURNS boolean LANGUAGE sql VOLATILE AS $$
  UPDATE part a SET "doneAt" = at FROM publication b
  WHERE b.id = a."publicationId" AND b.state = 'published' AND a."publicationId" = matter AND a."personId" = person AND a."doneAt" IS NULL RETURNING true
$$;

-- What was published before.
INSERT INTO publication (id, feature, state, audience, "dueAt", "isEditing", "isUrgent", "issuedById", "createdAt", "publishedAt", "endedAt",
  "announcedCount", "announcedAt", "lastAct", "lastActAt", "dueBefore", "opensAt")
SELECT id, 'study-tasks', state::publication_state,
  audience,
  "dueAt", "isEditing", "isUrgent", "issuedById", "createdAt", "publishedAt", "withdrawnAt", "announcedCount", "announcedAt", "lastAct", "lastActAt", "dueBefore", "publishedAt"
FROM study_task;
INSERT INTO part ("publicationId", "personId", "unitId", "doneAt", "isUnreachable", "nudgedOn", "snoozedUntil")
SELECT "taskId", "personId", "unitId", "completedAt", "isUnreachable", "nudgedOn", "snoozedUntil" FROM study_assignment;
INSERT INTO study_reflection ("taskId", "personId", text)
SELECT "taskId", "personId", reflection FROM study_assignment WHERE reflection <> '';
UPDATE pending_job SET payload = payload - 'task' || jsonb_build_object('id', payload -> 'task') WHERE feature = 'study-tasks' AND payload ? 'task';
UPDATE delivery SET card = 'names' WHERE feature = 'study-tasks' AND card = 'open-list';
DROP FUNCTION study_standings(uuid, date);

-- DropForeignKey
ALTER TABLE "study_assignment" DROP CONSTRAINT "study_assignment_taskId_fkey";

-- DropIndex
DROP INDEX "study_task_state_dueAt_idx";

-- AlterTable
ALTER TABLE "study_task" DROP COLUMN "announcedAt",
DROP COLUMN "announcedCount",
DROP COLUMN "audience",
DROP COLUMN "branchId",
DROP COLUMN "createdAt",
DROP COLUMN "dueAt",
DROP COLUMN "dueBefore",
DROP COLUMN "isEditing",
DROP COLUMN "isUrgent",
DROP COLUMN "issuedById",
DROP COLUMN "lastAct",
DROP COLUMN "lastActAt",
DROP COLUMN "publishedAt",
DROP COLUMN "state",
DROP COLUMN "withdrawnAt";

-- DropTable
DROP TABLE "study_assignment";

