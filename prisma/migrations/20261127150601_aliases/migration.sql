-- CreateTable
CREATE TABLE "alias" (
    "id" UUID NOT NULL,
    "said" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "targetId" TEXT NOT NULL,
    "addedById" TEXT NOT NULL,
    "addedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "alias_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "alias_said_key" ON "alias"("said");

-- By which names and aliases the people of a unit may be told apart: its own, those of the units above it, the nearest first, then the
-- aliases of all of these. Written by hand, since Prisma's models know no functions.
CREATE FUNCTION unit_names() RETURNS TABLE (unit text, ids text[], names text[]) LANGUAGE sql STABLE AS $$
  SELECT c.unit, array_agg(c.id ORDER BY c.distance) FILTER (WHERE c."isName"), array_agg(c.name ORDER BY c."isName" DESC, c.distance, c.name)
  FROM (
    SELECT a.unit, a.id, a.name, a.distance, true AS "isName" FROM units_above() a
    UNION ALL SELECT a.unit, a.id, s.said, a.distance, false FROM units_above() a JOIN alias s ON s.kind = 'unit' AND s."targetId" = a.id) c
  GROUP BY c.unit
$$;
