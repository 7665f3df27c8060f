-- CreateTable
CREATE TABLE "star_round" (
    "id" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "title" TEXT NOT NULL,
    "tickMonth" TEXT,
    "audienceKind" TEXT NOT NULL,
    "audienceId" TEXT,
    "nominateUntil" TIMESTAMPTZ(3) NOT NULL,
    "checkUntil" TIMESTAMPTZ(3) NOT NULL,
    "reviewUntil" TIMESTAMPTZ(3) NOT NULL,
    "voteUntil" TIMESTAMPTZ(3),
    "decideUntil" TIMESTAMPTZ(3) NOT NULL,
    "noticeDays" INTEGER NOT NULL DEFAULT 5,
    "noticeUntil" TIMESTAMPTZ(3),
    "openedById" TEXT,
    "isEditing" BOOLEAN NOT NULL DEFAULT false,
    "orderSeed" TEXT NOT NULL,
    "decisionReason" TEXT,
    "cancelReason" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "star_round_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "star_step" (
    "roundId" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "enteredAt" TIMESTAMPTZ(3) NOT NULL,
    "actorId" TEXT,

    CONSTRAINT "star_step_pkey" PRIMARY KEY ("roundId","state")
);

-- CreateTable
CREATE TABLE "star_post" (
    "id" UUID NOT NULL,
    "roundId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "seats" INTEGER NOT NULL,
    "sort" INTEGER NOT NULL,

    CONSTRAINT "star_post_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "star_nomination" (
    "id" UUID NOT NULL,
    "roundId" UUID NOT NULL,
    "nominatorId" TEXT NOT NULL,
    "nomineeId" TEXT,
    "postId" UUID,
    "sought" TEXT NOT NULL DEFAULT '',
    "firm" TEXT NOT NULL DEFAULT '',
    "skilled" TEXT NOT NULL DEFAULT '',
    "conduct" TEXT NOT NULL DEFAULT '',
    "recognised" TEXT NOT NULL DEFAULT '',
    "deedIds" UUID[],
    "state" TEXT NOT NULL DEFAULT 'draft',
    "changedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "star_nomination_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "star_candidacy" (
    "id" UUID NOT NULL,
    "roundId" UUID NOT NULL,
    "nomineeId" TEXT NOT NULL,
    "postId" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'proposed',
    "reason" TEXT,
    "statement" TEXT,
    "opinion" TEXT,
    "opinionText" TEXT,
    "opinionById" TEXT,
    "checkedById" TEXT,
    "isChosen" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "star_candidacy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "star_change" (
    "id" UUID NOT NULL,
    "candidacyId" UUID NOT NULL,
    "changedById" TEXT NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,
    "before" TEXT NOT NULL,
    "after" TEXT NOT NULL,

    CONSTRAINT "star_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "star_question" (
    "id" UUID NOT NULL,
    "candidacyId" UUID NOT NULL,
    "nominatorId" TEXT NOT NULL,
    "askedById" TEXT NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "question" TEXT NOT NULL,
    "answer" TEXT,
    "answeredAt" TIMESTAMPTZ(3),

    CONSTRAINT "star_question_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "star_voter" (
    "roundId" UUID NOT NULL,
    "personId" TEXT NOT NULL,
    "hasVoted" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "star_voter_pkey" PRIMARY KEY ("roundId","personId")
);

-- CreateTable
CREATE TABLE "star_ballot" (
    "id" UUID NOT NULL,
    "roundId" UUID NOT NULL,
    "candidacyId" UUID NOT NULL,

    CONSTRAINT "star_ballot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "star_objection" (
    "id" UUID NOT NULL,
    "roundId" UUID NOT NULL,
    "candidacyId" UUID NOT NULL,
    "objectorId" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "writtenAt" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "answer" TEXT,
    "handledById" TEXT,
    "handledAt" TIMESTAMPTZ(3),

    CONSTRAINT "star_objection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "star_honour" (
    "number" INTEGER NOT NULL,
    "candidacyId" UUID NOT NULL,
    "roundId" UUID NOT NULL,
    "personId" TEXT NOT NULL,
    "post" TEXT NOT NULL,
    "awardedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "star_honour_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "star_deed" (
    "id" UUID NOT NULL,
    "personId" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "doneOn" DATE NOT NULL,
    "loggedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "star_deed_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "star_group" (
    "chatId" TEXT NOT NULL,
    "audienceKind" TEXT NOT NULL,
    "audienceId" TEXT,
    "addedById" TEXT NOT NULL,

    CONSTRAINT "star_group_pkey" PRIMARY KEY ("chatId")
);

-- CreateIndex
CREATE UNIQUE INDEX "star_round_tickMonth_key" ON "star_round"("tickMonth");

-- CreateIndex
CREATE INDEX "star_round_state_idx" ON "star_round"("state");

-- CreateIndex
CREATE UNIQUE INDEX "star_post_roundId_sort_key" ON "star_post"("roundId", "sort");

-- CreateIndex
CREATE INDEX "star_nomination_roundId_nomineeId_idx" ON "star_nomination"("roundId", "nomineeId");

-- CreateIndex
CREATE INDEX "star_nomination_nominatorId_state_idx" ON "star_nomination"("nominatorId", "state");

-- CreateIndex
CREATE UNIQUE INDEX "star_candidacy_roundId_nomineeId_key" ON "star_candidacy"("roundId", "nomineeId");

-- CreateIndex
CREATE INDEX "star_change_candidacyId_idx" ON "star_change"("candidacyId");

-- CreateIndex
CREATE INDEX "star_question_candidacyId_idx" ON "star_question"("candidacyId");

-- CreateIndex
CREATE INDEX "star_question_nominatorId_idx" ON "star_question"("nominatorId");

-- CreateIndex
CREATE INDEX "star_ballot_roundId_idx" ON "star_ballot"("roundId");

-- CreateIndex
CREATE INDEX "star_objection_roundId_state_idx" ON "star_objection"("roundId", "state");

-- CreateIndex
CREATE UNIQUE INDEX "star_honour_candidacyId_key" ON "star_honour"("candidacyId");

-- CreateIndex
CREATE INDEX "star_honour_roundId_idx" ON "star_honour"("roundId");

-- CreateIndex
CREATE INDEX "star_deed_personId_doneOn_idx" ON "star_deed"("personId", "doneOn");
