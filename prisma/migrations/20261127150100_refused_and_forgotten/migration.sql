-- AlterTable
ALTER TABLE "delivery" ADD COLUMN     "isPlain" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "card_mark" ADD COLUMN     "onlyId" UUID;

-- AlterTable
ALTER TABLE "part" ADD COLUMN     "reachedAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "broken_card" (
    "id" UUID NOT NULL,
    "feature" TEXT NOT NULL,
    "card" TEXT NOT NULL,
    "isFile" BOOLEAN NOT NULL,
    "failure" TEXT NOT NULL,
    "hits" INTEGER NOT NULL,
    "firstAt" TIMESTAMPTZ(3) NOT NULL,
    "lastAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "broken_card_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "broken_card_lastAt_idx" ON "broken_card"("lastAt");

-- CreateIndex
CREATE UNIQUE INDEX "broken_card_feature_card_isFile_key" ON "broken_card"("feature", "card", "isFile");

-- When a card about a matter was first on a person's screen, itself or as a line of the 今天 card that stood for it; null while it never was.
-- What the deliveries said before they were forgotten stands with the person's part.
CREATE OR REPLACE FUNCTION reached_at(of text, own text, matter uuid, person text) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT LEAST(
    (SELECT a."reachedAt" FROM part a WHERE a."publicationId" = matter AND a."personId" = person),
    (SELECT min(COALESCE(d."shownAt", g."shownAt")) FROM delivery d LEFT JOIN delivery g ON g.id = d."gatheredInto"
     WHERE d.feature = of AND d.card = own AND d.ref = matter::text AND d.recipient = person))
$$;
