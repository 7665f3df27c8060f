-- CreateTable
CREATE TABLE "supply_item" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "lowAt" INTEGER NOT NULL DEFAULT 10,

    CONSTRAINT "supply_item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "supply_batch" (
    "id" UUID NOT NULL,
    "itemId" UUID NOT NULL,
    "label" TEXT NOT NULL DEFAULT '',
    "expiresOn" DATE NOT NULL DEFAULT '9999-12-31 00:00:00 +00:00',

    CONSTRAINT "supply_batch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stock_level" (
    "pointId" UUID NOT NULL,
    "batchId" UUID NOT NULL,
    "itemId" UUID NOT NULL,
    "onHand" INTEGER NOT NULL DEFAULT 0,
    "reserved" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "stock_level_pkey" PRIMARY KEY ("pointId","batchId")
);

-- CreateTable
CREATE TABLE "stock_entry" (
    "no" SERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "pointId" UUID NOT NULL,
    "batchId" UUID NOT NULL,
    "itemId" UUID NOT NULL,
    "onHand" INTEGER NOT NULL DEFAULT 0,
    "reserved" INTEGER NOT NULL DEFAULT 0,
    "actorId" TEXT NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "document" TEXT,
    "handoutId" UUID,
    "personId" TEXT,
    "corrects" INTEGER,

    CONSTRAINT "stock_entry_pkey" PRIMARY KEY ("no")
);

-- CreateTable
CREATE TABLE "stock_warning" (
    "pointId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "what" UUID NOT NULL,

    CONSTRAINT "stock_warning_pkey" PRIMARY KEY ("pointId","kind","what")
);

-- CreateTable
CREATE TABLE "supply_handout" (
    "id" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "kind" TEXT NOT NULL,
    "itemsText" TEXT NOT NULL DEFAULT '',
    "opensAt" TIMESTAMPTZ(3),
    "closesAt" TIMESTAMPTZ(3),
    "pointIds" UUID[],
    "audienceKind" TEXT,
    "audienceId" TEXT,
    "audienceWho" TEXT NOT NULL DEFAULT 'everyone',
    "isEditing" BOOLEAN NOT NULL DEFAULT false,
    "issuedById" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "publishedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "alertId" UUID,

    CONSTRAINT "supply_handout_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "supply_handout_item" (
    "handoutId" UUID NOT NULL,
    "itemId" UUID NOT NULL,
    "each" INTEGER NOT NULL,

    CONSTRAINT "supply_handout_item_pkey" PRIMARY KEY ("handoutId","itemId")
);

-- CreateTable
CREATE TABLE "supply_claim" (
    "handoutId" UUID NOT NULL,
    "personId" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "pointId" UUID,
    "reservedAt" TIMESTAMPTZ(3),
    "proxyId" TEXT,
    "settledAt" TIMESTAMPTZ(3),
    "settledById" TEXT,
    "reason" TEXT NOT NULL DEFAULT '',
    "objectedAt" TIMESTAMPTZ(3),
    "isUnreachable" BOOLEAN NOT NULL DEFAULT false,
    "nudgedOn" DATE,

    CONSTRAINT "supply_claim_pkey" PRIMARY KEY ("handoutId","personId")
);

-- CreateTable
CREATE TABLE "weather_reading" (
    "id" UUID NOT NULL,
    "readAt" TIMESTAMPTZ(3) NOT NULL,
    "day" DATE NOT NULL,
    "source" TEXT NOT NULL,
    "maxTenths" INTEGER,
    "alert" TEXT,
    "alertColor" TEXT,
    "failure" TEXT,

    CONSTRAINT "weather_reading_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "heat_alert" (
    "id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "level" INTEGER NOT NULL,
    "recipientId" TEXT NOT NULL,
    "readingId" UUID NOT NULL,

    CONSTRAINT "heat_alert_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pickup_point" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "place" TEXT NOT NULL DEFAULT '',
    "hours" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "pickup_point_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "supply_item_name_key" ON "supply_item"("name");

-- CreateIndex
CREATE UNIQUE INDEX "supply_batch_itemId_label_expiresOn_key" ON "supply_batch"("itemId", "label", "expiresOn");

-- CreateIndex
CREATE INDEX "stock_level_itemId_pointId_idx" ON "stock_level"("itemId", "pointId");

-- CreateIndex
CREATE UNIQUE INDEX "stock_entry_corrects_key" ON "stock_entry"("corrects");

-- CreateIndex
CREATE INDEX "stock_entry_handoutId_personId_idx" ON "stock_entry"("handoutId", "personId");

-- CreateIndex
CREATE INDEX "stock_entry_pointId_no_idx" ON "stock_entry"("pointId", "no");

-- CreateIndex
CREATE INDEX "stock_entry_itemId_at_idx" ON "stock_entry"("itemId", "at");

-- CreateIndex
CREATE INDEX "supply_handout_state_closesAt_idx" ON "supply_handout"("state", "closesAt");

-- CreateIndex
CREATE INDEX "supply_claim_personId_state_idx" ON "supply_claim"("personId", "state");

-- CreateIndex
CREATE INDEX "supply_claim_pointId_state_idx" ON "supply_claim"("pointId", "state");

-- CreateIndex
CREATE INDEX "weather_reading_readAt_idx" ON "weather_reading"("readAt");

-- CreateIndex
CREATE UNIQUE INDEX "heat_alert_day_level_recipientId_key" ON "heat_alert"("day", "level", "recipientId");

-- CreateIndex
CREATE UNIQUE INDEX "pickup_point_name_key" ON "pickup_point"("name");
