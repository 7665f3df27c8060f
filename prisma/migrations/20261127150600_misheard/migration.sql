-- CreateTable
CREATE TABLE "misheard" (
    "id" BIGSERIAL NOT NULL,
    "reason" TEXT NOT NULL,
    "wishes" TEXT[] NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "misheard_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "told_text" (
    "id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "toldAt" TIMESTAMPTZ(3) NOT NULL,
    "doneAt" TIMESTAMPTZ(3),

    CONSTRAINT "told_text_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "misheard_at_idx" ON "misheard"("at");

-- CreateIndex
CREATE INDEX "told_text_toldAt_idx" ON "told_text"("toldAt");

-- AlterTable
ALTER TABLE "heard_text" ADD COLUMN     "isTold" BOOLEAN NOT NULL DEFAULT false;
