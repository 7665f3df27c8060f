-- AlterTable
ALTER TABLE "part" ADD COLUMN     "nudgedById" TEXT;

-- A person's part with who urged it last, and on which day.
DROP FUNCTION part_of(uuid, text);
CREATE FUNCTION part_of(matter uuid, person text)
RETURNS TABLE (state text, "opensAt" timestamptz, "dueAt" timestamptz, "endedAt" timestamptz, issuer text, audience jsonb, "doneAt" timestamptz, "snoozedUntil" timestamptz, "urgedOn" text, urger text)
LANGUAGE sql STABLE AS $$
  SELECT b.state::text, b."opensAt", b."dueAt", b."endedAt", i.name, b.audience, a."doneAt", a."snoozedUntil",
    CASE WHEN a."nudgedById" IS NOT NULL THEN a."nudgedOn"::text END, u.name
  FROM part a JOIN publication b ON b.id = a."publicationId" LEFT JOIN person i ON i.id = b."issuedById" LEFT JOIN person u ON u.id = a."nudgedById"
  WHERE a."publicationId" = matter AND a."personId" = person
$$;
