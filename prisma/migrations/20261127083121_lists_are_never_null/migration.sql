-- Prisma makes the column of a list one that may be null, and reads null as an empty list; SQL does not. Written by hand but for the defaults.

ALTER TABLE "supply_handout" ALTER COLUMN "pointIds" SET DEFAULT ARRAY[]::UUID[];
ALTER TABLE "star_nomination" ALTER COLUMN "deedIds" SET DEFAULT ARRAY[]::UUID[];
ALTER TABLE "quiz" ALTER COLUMN "topics" SET DEFAULT ARRAY[]::TEXT[];

UPDATE "supply_handout" SET "pointIds" = '{}' WHERE "pointIds" IS NULL;
ALTER TABLE "supply_handout" ALTER COLUMN "pointIds" SET NOT NULL;
UPDATE "star_nomination" SET "deedIds" = '{}' WHERE "deedIds" IS NULL;
ALTER TABLE "star_nomination" ALTER COLUMN "deedIds" SET NOT NULL;
UPDATE "quiz" SET "topics" = '{}' WHERE "topics" IS NULL;
ALTER TABLE "quiz" ALTER COLUMN "topics" SET NOT NULL;
UPDATE "quiz_attempt" SET "questionIds" = '{}' WHERE "questionIds" IS NULL;
ALTER TABLE "quiz_attempt" ALTER COLUMN "questionIds" SET NOT NULL;
ALTER TABLE "quiz_answer" ALTER COLUMN "choice" SET NOT NULL;
ALTER TABLE "quiz_question" ALTER COLUMN "key" SET NOT NULL;
UPDATE "list_export" SET "lists" = '{}' WHERE "lists" IS NULL;
ALTER TABLE "list_export" ALTER COLUMN "lists" SET NOT NULL;
UPDATE "list_import" SET "lists" = '{}' WHERE "lists" IS NULL;
ALTER TABLE "list_import" ALTER COLUMN "lists" SET NOT NULL;
UPDATE "held_loss" SET "personIds" = '{}' WHERE "personIds" IS NULL;
ALTER TABLE "held_loss" ALTER COLUMN "personIds" SET NOT NULL;
UPDATE "study_session" SET "names" = '{}' WHERE "names" IS NULL;
ALTER TABLE "study_session" ALTER COLUMN "names" SET NOT NULL;
UPDATE "study_focus" SET "topics" = '{}' WHERE "topics" IS NULL;
ALTER TABLE "study_focus" ALTER COLUMN "topics" SET NOT NULL;
UPDATE "study_series" SET "skippedMonths" = '{}' WHERE "skippedMonths" IS NULL;
ALTER TABLE "study_series" ALTER COLUMN "skippedMonths" SET NOT NULL;
