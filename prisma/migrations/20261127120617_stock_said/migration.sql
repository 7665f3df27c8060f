-- AlterTable
ALTER TABLE "stock_form" ADD COLUMN     "said" JSONB;
