-- AlterTable
ALTER TABLE "delivery" ADD COLUMN     "isRecalled" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "retiredAt" TIMESTAMPTZ(3),
ADD COLUMN     "shownAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "study_task" ADD COLUMN     "announcedAt" TIMESTAMPTZ(3),
ADD COLUMN     "announcedCount" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "dueBefore" TIMESTAMPTZ(3),
ADD COLUMN     "lastAct" TEXT,
ADD COLUMN     "lastActAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "study_assignment" ADD COLUMN     "snoozedUntil" TIMESTAMPTZ(3),
ADD COLUMN     "unitId" TEXT;
