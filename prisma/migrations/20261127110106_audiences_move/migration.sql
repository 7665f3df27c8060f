-- AlterTable
ALTER TABLE "part" ADD COLUMN     "joinedAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "left_part" (
    "publicationId" UUID NOT NULL,
    "personId" TEXT NOT NULL,
    "leftAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "left_part_pkey" PRIMARY KEY ("publicationId","personId")
);

-- Brings the parts of a publication in line with its audience as it is now: who joined, and who left before doing anything. Whoever is
-- done or among `staying` stays. Who left the service is not to be reached instead, and an audience in which nobody is left says that
-- its place is gone, not that nobody is meant.
CREATE FUNCTION regroup_parts(matter uuid, at timestamptz, staying text[]) RETURNS TABLE ("personId" text, change text) LANGUAGE sql VOLATILE AS $$
  WITH wanted AS (
    SELECT p.id, p."unitId", p."isReachable" FROM publication b CROSS JOIN LATERAL people_of(b.audience, at) p WHERE b.id = matter AND b.audience IS NOT NULL),
  joined AS (
    INSERT INTO part ("publicationId", "personId", "unitId", "isUnreachable", "joinedAt")
    SELECT matter, id, "unitId", NOT "isReachable", at FROM wanted ON CONFLICT DO NOTHING RETURNING "personId"),
  gone AS (
    DELETE FROM part a USING person p
    WHERE a."publicationId" = matter AND p.id = a."personId" AND p.status = 'active' AND a."doneAt" IS NULL AND a."personId" <> ALL (staying)
      AND EXISTS (SELECT 1 FROM wanted) AND NOT EXISTS (SELECT 1 FROM wanted w WHERE w.id = a."personId") RETURNING a."personId"),
  noted AS (INSERT INTO left_part ("publicationId", "personId", "leftAt") SELECT matter, "personId", at FROM gone),
  back AS (DELETE FROM left_part l USING joined j WHERE l."publicationId" = matter AND l."personId" = j."personId")
  SELECT "personId", 'joined' FROM joined UNION ALL SELECT "personId", 'left' FROM gone
$$;

CREATE OR REPLACE VIEW published_part AS SELECT "publicationId", "personId", "unitId", "doneAt", "isUnreachable", "snoozedUntil" FROM part;
CREATE OR REPLACE VIEW quiz_part AS
  SELECT p."publicationId" AS "quizId", p."personId", p."isUnreachable", a.seed, a."startedAt", COALESCE(a."questionIds", '{}') AS "questionIds", p."snoozedUntil"
  FROM published_part p LEFT JOIN quiz_attempt a ON a."quizId" = p."publicationId" AND a."personId" = p."personId";
