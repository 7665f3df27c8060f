-- CreateTable
CREATE TABLE "digest_run" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "from" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "previousFrom" TIMESTAMPTZ(3) NOT NULL,
    "previousId" UUID,
    "askedById" TEXT,
    "isLate" BOOLEAN NOT NULL DEFAULT false,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "deliveredAt" TIMESTAMPTZ(3),

    CONSTRAINT "digest_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "digest_group" (
    "runId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "parentId" TEXT,
    "sort" INTEGER NOT NULL,
    "people" INTEGER NOT NULL,
    "allPeople" INTEGER NOT NULL,

    CONSTRAINT "digest_group_pkey" PRIMARY KEY ("runId","kind","id")
);

-- CreateTable
CREATE TABLE "digest_chapter" (
    "runId" UUID NOT NULL,
    "section" TEXT NOT NULL,
    "sort" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "figures" JSON NOT NULL,
    "ratios" JSONB NOT NULL,
    "chart" JSON,
    "compiledAt" TIMESTAMPTZ(3),

    CONSTRAINT "digest_chapter_pkey" PRIMARY KEY ("runId","section")
);

-- CreateTable
CREATE TABLE "digest_part" (
    "runId" UUID NOT NULL,
    "section" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "groupId" TEXT NOT NULL,
    "own" JSONB NOT NULL,
    "total" JSONB NOT NULL,
    "totalBefore" JSONB NOT NULL,
    "matters" JSONB NOT NULL,

    CONSTRAINT "digest_part_pkey" PRIMARY KEY ("runId","section","version","kind","groupId")
);

-- CreateTable
CREATE TABLE "digest_letter" (
    "runId" UUID NOT NULL,
    "personId" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "digest_letter_pkey" PRIMARY KEY ("runId","personId")
);

-- CreateTable
CREATE TABLE "digest_reply" (
    "id" UUID NOT NULL,
    "personId" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "matter" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "digest_reply_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "digest_run_key_key" ON "digest_run"("key");

-- CreateIndex
CREATE INDEX "digest_run_name_startedAt_idx" ON "digest_run"("name", "startedAt");

-- CreateIndex
CREATE INDEX "quiz_answer_answeredAt_idx" ON "quiz_answer"("answeredAt");

-- CreateIndex
CREATE INDEX "study_assignment_completedAt_idx" ON "study_assignment"("completedAt");

-- AddForeignKey
ALTER TABLE "digest_group" ADD CONSTRAINT "digest_group_runId_fkey" FOREIGN KEY ("runId") REFERENCES "digest_run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "digest_chapter" ADD CONSTRAINT "digest_chapter_runId_fkey" FOREIGN KEY ("runId") REFERENCES "digest_run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "digest_part" ADD CONSTRAINT "digest_part_runId_fkey" FOREIGN KEY ("runId") REFERENCES "digest_run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "digest_letter" ADD CONSTRAINT "digest_letter_runId_fkey" FOREIGN KEY ("runId") REFERENCES "digest_run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
