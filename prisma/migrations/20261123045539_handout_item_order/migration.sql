-- AlterTable
ALTER TABLE "supply_handout_item" ADD COLUMN     "sort" INTEGER NOT NULL DEFAULT 0;
