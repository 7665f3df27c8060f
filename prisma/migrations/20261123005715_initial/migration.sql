-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "feedback" (
    "id" UUID NOT NULL,
    "personId" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "writtenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "feedback_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event" (
    "id" TEXT NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "reply" JSONB,

    CONSTRAINT "event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "feature" TEXT NOT NULL,
    "card" TEXT NOT NULL,
    "ref" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "isChat" BOOLEAN NOT NULL DEFAULT false,
    "push" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "notAfter" TIMESTAMPTZ(3),
    "revision" INTEGER NOT NULL DEFAULT 1,
    "sentRevision" INTEGER NOT NULL DEFAULT 0,
    "claimedAt" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "firstTriedAt" TIMESTAMPTZ(3),
    "messageId" TEXT,
    "sentAt" TIMESTAMPTZ(3),
    "pushedOn" DATE,
    "contentHash" TEXT,
    "failure" TEXT,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "card_mark" (
    "id" BIGSERIAL NOT NULL,
    "feature" TEXT NOT NULL,
    "card" TEXT NOT NULL,
    "ref" TEXT NOT NULL,
    "recipient" TEXT,
    "exceptId" UUID,

    CONSTRAINT "card_mark_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "daily_push" (
    "personId" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "used" INTEGER NOT NULL,

    CONSTRAINT "daily_push_pkey" PRIMARY KEY ("personId","day")
);

-- CreateTable
CREATE TABLE "call_window" (
    "window" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "used" INTEGER NOT NULL,

    CONSTRAINT "call_window_pkey" PRIMARY KEY ("window")
);

-- CreateTable
CREATE TABLE "unit" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "parentId" TEXT,
    "leaderId" TEXT,
    "sort" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "unit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "branch" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "branch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'officer',
    "politics" TEXT NOT NULL DEFAULT 'none',
    "unitId" TEXT,
    "branchId" UUID,
    "status" TEXT NOT NULL DEFAULT 'active',
    "isReachable" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "role_assignment" (
    "id" UUID NOT NULL,
    "personId" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "scopeId" TEXT,
    "from" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3),
    "source" TEXT NOT NULL,

    CONSTRAINT "role_assignment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "leave" (
    "id" UUID NOT NULL,
    "personId" TEXT NOT NULL,
    "firstDay" DATE NOT NULL,
    "lastDay" DATE NOT NULL,

    CONSTRAINT "leave_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pending_job" (
    "id" UUID NOT NULL,
    "key" TEXT,
    "feature" TEXT NOT NULL,
    "job" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "claimedAt" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "failure" TEXT,

    CONSTRAINT "pending_job_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "timetable" (
    "name" TEXT NOT NULL,
    "cron" TEXT NOT NULL,
    "nextRunAt" TIMESTAMPTZ(3) NOT NULL,
    "lastRunAt" TIMESTAMPTZ(3),

    CONSTRAINT "timetable_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "calendar_day" (
    "day" DATE NOT NULL,
    "isWorkday" BOOLEAN NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "calendar_day_pkey" PRIMARY KEY ("day")
);

-- CreateTable
CREATE TABLE "study_task" (
    "id" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "kind" TEXT,
    "topic" TEXT,
    "link" TEXT,
    "dueAt" TIMESTAMPTZ(3),
    "reflection" TEXT NOT NULL DEFAULT 'optional',
    "audienceKind" TEXT,
    "audienceId" TEXT,
    "audienceWho" TEXT NOT NULL DEFAULT 'members',
    "isEditing" BOOLEAN NOT NULL DEFAULT false,
    "isUrgent" BOOLEAN NOT NULL DEFAULT false,
    "issuedById" TEXT NOT NULL,
    "branchId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "publishedAt" TIMESTAMPTZ(3),
    "withdrawnAt" TIMESTAMPTZ(3),

    CONSTRAINT "study_task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "study_assignment" (
    "taskId" UUID NOT NULL,
    "personId" TEXT NOT NULL,
    "completedAt" TIMESTAMPTZ(3),
    "reflection" TEXT,
    "isUnreachable" BOOLEAN NOT NULL DEFAULT false,
    "nudgedOn" DATE,

    CONSTRAINT "study_assignment_pkey" PRIMARY KEY ("taskId","personId")
);

-- CreateIndex
CREATE INDEX "event_receivedAt_idx" ON "event"("receivedAt");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_key_key" ON "delivery"("key");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_messageId_key" ON "delivery"("messageId");

-- CreateIndex
CREATE INDEX "delivery_state_dueAt_idx" ON "delivery"("state", "dueAt");

-- CreateIndex
CREATE INDEX "delivery_recipient_state_idx" ON "delivery"("recipient", "state");

-- CreateIndex
CREATE INDEX "delivery_ref_card_idx" ON "delivery"("ref", "card");

-- CreateIndex
CREATE UNIQUE INDEX "branch_name_key" ON "branch"("name");

-- CreateIndex
CREATE INDEX "person_unitId_idx" ON "person"("unitId");

-- CreateIndex
CREATE INDEX "person_branchId_idx" ON "person"("branchId");

-- CreateIndex
CREATE INDEX "role_assignment_personId_idx" ON "role_assignment"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "leave_personId_firstDay_key" ON "leave"("personId", "firstDay");

-- CreateIndex
CREATE UNIQUE INDEX "pending_job_key_key" ON "pending_job"("key");

-- CreateIndex
CREATE INDEX "pending_job_dueAt_idx" ON "pending_job"("dueAt");

-- CreateIndex
CREATE INDEX "study_task_state_dueAt_idx" ON "study_task"("state", "dueAt");

-- CreateIndex
CREATE INDEX "study_assignment_personId_completedAt_idx" ON "study_assignment"("personId", "completedAt");

-- AddForeignKey
ALTER TABLE "unit" ADD CONSTRAINT "unit_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "unit"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person" ADD CONSTRAINT "person_unitId_fkey" FOREIGN KEY ("unitId") REFERENCES "unit"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person" ADD CONSTRAINT "person_branchId_fkey" FOREIGN KEY ("branchId") REFERENCES "branch"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_assignment" ADD CONSTRAINT "role_assignment_personId_fkey" FOREIGN KEY ("personId") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "leave" ADD CONSTRAINT "leave_personId_fkey" FOREIGN KEY ("personId") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "study_assignment" ADD CONSTRAINT "study_assignment_taskId_fkey" FOREIGN KEY ("taskId") REFERENCES "study_task"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
