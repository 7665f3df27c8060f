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
    "isFile" BOOLEAN NOT NULL DEFAULT false,
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
    "mayBeOut" BOOLEAN NOT NULL DEFAULT false,
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
CREATE TABLE "quiz_question" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "difficulty" INTEGER NOT NULL,
    "stem" TEXT NOT NULL,
    "options" JSONB NOT NULL,
    "key" TEXT[],
    "explanation" TEXT NOT NULL,
    "law" TEXT NOT NULL,
    "edition" TEXT NOT NULL,
    "article" TEXT NOT NULL,
    "effectiveFrom" DATE NOT NULL,
    "repealedOn" DATE,
    "basis" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'active',
    "comparedAt" TIMESTAMPTZ(3),
    "comparedById" TEXT,

    CONSTRAINT "quiz_question_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quiz" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "topics" TEXT[],
    "questionCount" INTEGER,
    "opensAt" TIMESTAMPTZ(3),
    "closesAt" TIMESTAMPTZ(3),
    "minutes" INTEGER,
    "passPercent" INTEGER,
    "audienceKind" TEXT,
    "audienceId" TEXT,
    "audienceWho" TEXT NOT NULL DEFAULT 'members',
    "isEditing" BOOLEAN NOT NULL DEFAULT false,
    "issuedById" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "publishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "quiz_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quiz_attempt" (
    "quizId" UUID NOT NULL,
    "personId" TEXT NOT NULL,
    "seed" TEXT,
    "questionIds" TEXT[],
    "startedAt" TIMESTAMPTZ(3),
    "isUnreachable" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "quiz_attempt_pkey" PRIMARY KEY ("quizId","personId")
);

-- CreateTable
CREATE TABLE "quiz_answer" (
    "quizId" UUID NOT NULL,
    "personId" TEXT NOT NULL,
    "questionId" TEXT NOT NULL,
    "choice" TEXT[],
    "answeredAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "quiz_answer_pkey" PRIMARY KEY ("quizId","personId","questionId")
);

-- CreateTable
CREATE TABLE "quiz_review" (
    "personId" TEXT NOT NULL,
    "questionId" TEXT NOT NULL,
    "memory" JSONB,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "shownOn" DATE,

    CONSTRAINT "quiz_review_pkey" PRIMARY KEY ("personId","questionId")
);

-- CreateTable
CREATE TABLE "quiz_daily" (
    "scope" TEXT NOT NULL,
    "setById" TEXT NOT NULL,
    "setAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "quiz_daily_pkey" PRIMARY KEY ("scope")
);

-- CreateTable
CREATE TABLE "quiz_daily_opt_out" (
    "personId" TEXT NOT NULL,

    CONSTRAINT "quiz_daily_opt_out_pkey" PRIMARY KEY ("personId")
);

-- CreateTable
CREATE TABLE "quiz_dispute" (
    "id" UUID NOT NULL,
    "questionId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "text" TEXT,
    "writtenAt" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "decidedAt" TIMESTAMPTZ(3),
    "decidedById" TEXT,

    CONSTRAINT "quiz_dispute_pkey" PRIMARY KEY ("id")
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
CREATE TABLE "study_session" (
    "id" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "branchId" UUID,
    "kind" TEXT,
    "heldOn" DATE,
    "host" TEXT NOT NULL DEFAULT '',
    "topic" TEXT NOT NULL DEFAULT '',
    "agenda" TEXT NOT NULL DEFAULT '',
    "attendees" INTEGER,
    "names" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "minutes" TEXT NOT NULL DEFAULT '',
    "identity" TEXT,
    "editingById" TEXT,
    "enteredById" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "recordedAt" TIMESTAMPTZ(3),

    CONSTRAINT "study_session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "study_session_change" (
    "id" UUID NOT NULL,
    "sessionId" UUID NOT NULL,
    "what" TEXT NOT NULL,
    "before" JSONB NOT NULL,
    "changedById" TEXT NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "study_session_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "study_requirement" (
    "kind" TEXT NOT NULL,
    "period" TEXT NOT NULL,

    CONSTRAINT "study_requirement_pkey" PRIMARY KEY ("kind")
);

-- CreateTable
CREATE TABLE "study_warning" (
    "id" UUID NOT NULL,
    "branchId" UUID NOT NULL,
    "warnedOn" DATE NOT NULL,

    CONSTRAINT "study_warning_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "study_focus" (
    "month" TEXT NOT NULL,
    "audience" TEXT NOT NULL,
    "topics" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "setById" TEXT NOT NULL,
    "setAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "study_focus_pkey" PRIMARY KEY ("month","audience")
);

-- CreateTable
CREATE TABLE "study_series" (
    "id" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "kind" TEXT,
    "topic" TEXT NOT NULL DEFAULT '',
    "dayOfMonth" INTEGER,
    "branchId" UUID,
    "leadDays" INTEGER NOT NULL DEFAULT 7,
    "shift" TEXT NOT NULL DEFAULT 'before',
    "remindedMonth" TEXT NOT NULL DEFAULT '',
    "skippedMonths" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "editingById" TEXT,
    "createdById" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "study_series_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "study_occurrence" (
    "id" UUID NOT NULL,
    "seriesId" UUID NOT NULL,
    "branchId" UUID NOT NULL,
    "month" TEXT NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "study_occurrence_pkey" PRIMARY KEY ("id")
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
CREATE INDEX "delivery_ref_card_recipient_idx" ON "delivery"("ref", "card", "recipient");

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
CREATE INDEX "quiz_question_state_topic_idx" ON "quiz_question"("state", "topic");

-- CreateIndex
CREATE INDEX "quiz_question_law_idx" ON "quiz_question"("law");

-- CreateIndex
CREATE INDEX "quiz_kind_state_closesAt_idx" ON "quiz"("kind", "state", "closesAt");

-- CreateIndex
CREATE INDEX "quiz_attempt_personId_idx" ON "quiz_attempt"("personId");

-- CreateIndex
CREATE INDEX "quiz_answer_questionId_idx" ON "quiz_answer"("questionId");

-- CreateIndex
CREATE INDEX "quiz_review_personId_dueAt_idx" ON "quiz_review"("personId", "dueAt");

-- CreateIndex
CREATE UNIQUE INDEX "pending_job_key_key" ON "pending_job"("key");

-- CreateIndex
CREATE INDEX "pending_job_dueAt_idx" ON "pending_job"("dueAt");

-- CreateIndex
CREATE UNIQUE INDEX "study_session_identity_key" ON "study_session"("identity");

-- CreateIndex
CREATE INDEX "study_session_state_heldOn_idx" ON "study_session"("state", "heldOn");

-- CreateIndex
CREATE INDEX "study_session_branchId_heldOn_idx" ON "study_session"("branchId", "heldOn");

-- CreateIndex
CREATE INDEX "study_session_change_sessionId_idx" ON "study_session_change"("sessionId");

-- CreateIndex
CREATE UNIQUE INDEX "study_warning_branchId_warnedOn_key" ON "study_warning"("branchId", "warnedOn");

-- CreateIndex
CREATE INDEX "study_series_state_idx" ON "study_series"("state");

-- CreateIndex
CREATE INDEX "study_occurrence_branchId_dueAt_idx" ON "study_occurrence"("branchId", "dueAt");

-- CreateIndex
CREATE UNIQUE INDEX "study_occurrence_seriesId_branchId_month_key" ON "study_occurrence"("seriesId", "branchId", "month");

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
ALTER TABLE "quiz_attempt" ADD CONSTRAINT "quiz_attempt_quizId_fkey" FOREIGN KEY ("quizId") REFERENCES "quiz"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "study_session_change" ADD CONSTRAINT "study_session_change_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "study_session"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "study_occurrence" ADD CONSTRAINT "study_occurrence_seriesId_fkey" FOREIGN KEY ("seriesId") REFERENCES "study_series"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "study_assignment" ADD CONSTRAINT "study_assignment_taskId_fkey" FOREIGN KEY ("taskId") REFERENCES "study_task"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the data model cannot say: no question without a source and a key, no answer without a choice.
ALTER TABLE "quiz_question"
  ADD CONSTRAINT "quiz_question_has_source" CHECK (law <> '' AND edition <> '' AND article <> '' AND basis <> ''),
  ADD CONSTRAINT "quiz_question_has_key" CHECK (cardinality(key) > 0);
ALTER TABLE "quiz_answer" ADD CONSTRAINT "quiz_answer_is_given" CHECK (cardinality(choice) > 0);
