-- AlterTable
ALTER TABLE "heard_text" ADD COLUMN     "abouts" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];
