-- AlterTable
ALTER TABLE "publication" ADD COLUMN     "askedDueAt" TIMESTAMPTZ(3);
