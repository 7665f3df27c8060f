-- AlterTable
ALTER TABLE "quiz_question" ADD COLUMN     "shippedDigest" TEXT;

-- AlterTable
ALTER TABLE "quiz" ADD COLUMN     "isByUnit" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "quiz_attempt" ADD COLUMN     "remindedOn" DATE;

-- CreateIndex
CREATE INDEX "quiz_dispute_questionId_idx" ON "quiz_dispute"("questionId");
