-- AlterTable
ALTER TABLE "publication" ADD COLUMN     "countsReads" BOOLEAN NOT NULL DEFAULT true;

-- AlterTable
ALTER TABLE "part" ADD COLUMN     "isRead" BOOLEAN NOT NULL DEFAULT false;
