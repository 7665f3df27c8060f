-- CreateTable
CREATE TABLE "held_loss" (
    "id" UUID NOT NULL,
    "personIds" TEXT[],
    "inService" INTEGER NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "acceptedBy" TEXT,

    CONSTRAINT "held_loss_pkey" PRIMARY KEY ("id")
);
