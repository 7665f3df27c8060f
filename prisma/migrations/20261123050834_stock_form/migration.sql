-- CreateTable
CREATE TABLE "stock_form" (
    "id" UUID NOT NULL,
    "pointId" UUID NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "bookedAt" TIMESTAMPTZ(3),
    "answer" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "stock_form_pkey" PRIMARY KEY ("id")
);
