-- AlterTable
ALTER TABLE "heard_text" ADD COLUMN     "advice" JSONB;
