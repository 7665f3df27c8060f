-- AlterTable
ALTER TABLE "leave_request" ADD COLUMN     "takenBackAt" TIMESTAMPTZ(3);
