-- AlterTable
ALTER TABLE "delivery" ADD COLUMN     "gatheredInto" UUID,
ADD COLUMN     "gathers" BOOLEAN NOT NULL DEFAULT false;

-- CreateIndex
CREATE INDEX "delivery_gatheredInto_idx" ON "delivery"("gatheredInto");
