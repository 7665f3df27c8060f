-- CreateTable
CREATE TABLE "tenant" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "appId" TEXT NOT NULL,
    "writtenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tenant_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "tenant" ADD CONSTRAINT "tenant_is_one_row" CHECK ("id" = 1);
