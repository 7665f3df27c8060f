-- AlterTable
ALTER TABLE "person" ADD COLUMN     "saidBranch" TEXT,
ADD COLUMN     "saidKind" TEXT,
ADD COLUMN     "saidPolitics" TEXT;

-- CreateTable
CREATE TABLE "list_import" (
    "id" UUID NOT NULL,
    "personId" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "bytes" BYTEA,
    "state" TEXT NOT NULL DEFAULT 'reading',
    "lists" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "preview" JSONB,
    "result" JSONB,
    "refusal" TEXT,
    "sentAt" TIMESTAMPTZ(3) NOT NULL,
    "decidedAt" TIMESTAMPTZ(3),

    CONSTRAINT "list_import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "list_export" (
    "id" UUID NOT NULL,
    "personId" TEXT NOT NULL,
    "lists" TEXT[],
    "firstDay" DATE NOT NULL,
    "lastDay" DATE NOT NULL,
    "bytes" BYTEA,
    "refusal" TEXT,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "list_export_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "duty" (
    "id" UUID NOT NULL,
    "personId" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "startsAt" TEXT,
    "endsAt" TEXT,

    CONSTRAINT "duty_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "study_minutes_file" (
    "id" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "sessionId" UUID,
    "name" TEXT NOT NULL,
    "bytes" BYTEA,
    "sentById" TEXT NOT NULL,
    "sentAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "study_minutes_file_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "list_import_state_sentAt_idx" ON "list_import"("state", "sentAt");

-- CreateIndex
CREATE INDEX "list_export_askedAt_idx" ON "list_export"("askedAt");

-- CreateIndex
CREATE INDEX "duty_day_idx" ON "duty"("day");

-- CreateIndex
CREATE UNIQUE INDEX "duty_personId_day_key" ON "duty"("personId", "day");

-- CreateIndex
CREATE UNIQUE INDEX "study_minutes_file_sessionId_key" ON "study_minutes_file"("sessionId");

-- CreateIndex
CREATE INDEX "study_minutes_file_state_sentAt_idx" ON "study_minutes_file"("state", "sentAt");

-- AddForeignKey
ALTER TABLE "duty" ADD CONSTRAINT "duty_personId_fkey" FOREIGN KEY ("personId") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
