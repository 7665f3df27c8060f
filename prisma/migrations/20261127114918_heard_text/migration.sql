-- CreateTable
CREATE TABLE "heard_text" (
    "id" UUID NOT NULL,
    "personId" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "wishes" TEXT[] NOT NULL,
    "isUnknown" BOOLEAN NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "heard_text_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "heard_text_at_idx" ON "heard_text"("at");
