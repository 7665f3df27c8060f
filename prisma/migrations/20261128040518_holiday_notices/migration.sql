-- CreateTable
CREATE TABLE "holiday_notice" (
    "id" UUID NOT NULL,
    "year" INTEGER NOT NULL,
    "days" JSONB NOT NULL,
    "writtenById" TEXT NOT NULL,
    "writtenAt" TIMESTAMPTZ(3) NOT NULL,
    "appliedAt" TIMESTAMPTZ(3),

    CONSTRAINT "holiday_notice_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "holiday_notice_appliedAt_idx" ON "holiday_notice"("appliedAt");
