-- AlterTable
ALTER TABLE "delivery" ADD COLUMN     "held" TEXT,
ADD COLUMN     "writtenAt" TIMESTAMPTZ(3);
