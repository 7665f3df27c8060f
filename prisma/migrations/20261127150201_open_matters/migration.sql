-- AlterTable
ALTER TABLE "feedback" ADD COLUMN     "handledAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "leave_request" (
    "personId" TEXT NOT NULL,
    "firstDay" DATE NOT NULL,
    "lastDay" DATE NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "leave_request_pkey" PRIMARY KEY ("personId","firstDay")
);

-- What was written before anybody could say that it is handled is not brought up again.
UPDATE feedback SET "handledAt" = "writtenAt";
