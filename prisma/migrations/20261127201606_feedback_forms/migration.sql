-- CreateTable
CREATE TABLE "feedback_form" (
    "id" UUID NOT NULL,
    "said" TEXT NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "feedback_form_pkey" PRIMARY KEY ("id")
);
