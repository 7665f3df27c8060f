-- AlterTable
ALTER TABLE "publication" ADD COLUMN     "unused" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];
