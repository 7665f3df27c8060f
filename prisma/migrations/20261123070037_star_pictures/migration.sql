-- AlterTable
ALTER TABLE "star_nomination" ADD COLUMN     "picturesUntil" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "star_picture" (
    "id" UUID NOT NULL,
    "nominationId" UUID NOT NULL,
    "bytes" BYTEA,
    "sentAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "star_picture_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "star_picture_nominationId_idx" ON "star_picture"("nominationId");
