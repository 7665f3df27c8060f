-- Whom something is for, in one column: places, persons, what is left out, and who of the places. What was said in three columns
-- (a place, its id, members or everyone) says the same in the new words.
CREATE FUNCTION pg_temp.audience_of(kind text, id text, who text) RETURNS jsonb LANGUAGE sql AS $$
  SELECT CASE WHEN kind IS NULL THEN NULL ELSE jsonb_build_object(
    'places', jsonb_build_array(jsonb_build_object('kind', kind, 'id', CASE kind WHEN 'detachment' THEN NULL ELSE id END)), 'persons', '[]'::jsonb,
    'except', '{"places": [], "persons": []}'::jsonb,
    'politics', CASE who WHEN 'members' THEN '["member", "probationary"]'::jsonb ELSE '[]'::jsonb END,
    'kinds', '[]'::jsonb, 'offices', '[]'::jsonb, 'withBelow', true) END
$$;

ALTER TABLE "study_task" ADD COLUMN "audience" JSONB;
UPDATE "study_task" SET "audience" = pg_temp.audience_of("audienceKind", "audienceId", "audienceWho");
ALTER TABLE "study_task" DROP COLUMN "audienceId", DROP COLUMN "audienceKind", DROP COLUMN "audienceWho";

ALTER TABLE "quiz" ADD COLUMN "audience" JSONB;
UPDATE "quiz" SET "audience" = pg_temp.audience_of("audienceKind", "audienceId", "audienceWho");
ALTER TABLE "quiz" DROP COLUMN "audienceId", DROP COLUMN "audienceKind", DROP COLUMN "audienceWho";

ALTER TABLE "supply_handout" ADD COLUMN "audience" JSONB;
UPDATE "supply_handout" SET "audience" = pg_temp.audience_of("audienceKind", "audienceId", "audienceWho");
ALTER TABLE "supply_handout" DROP COLUMN "audienceId", DROP COLUMN "audienceKind", DROP COLUMN "audienceWho";

ALTER TABLE "star_round" ADD COLUMN "audience" JSONB;
UPDATE "star_round" SET "audience" = pg_temp.audience_of("audienceKind", "audienceId", 'everyone');
ALTER TABLE "star_round" ALTER COLUMN "audience" SET NOT NULL, DROP COLUMN "audienceId", DROP COLUMN "audienceKind";

ALTER TABLE "star_group" ADD COLUMN "audience" JSONB;
UPDATE "star_group" SET "audience" = pg_temp.audience_of("audienceKind", "audienceId", 'everyone');
ALTER TABLE "star_group" ALTER COLUMN "audience" SET NOT NULL, DROP COLUMN "audienceId", DROP COLUMN "audienceKind";

ALTER TABLE "person" ADD COLUMN "employeeNo" TEXT;
CREATE INDEX "person_employeeNo_idx" ON "person"("employeeNo");

-- The units among `places`, with the units below them where `with_below` says so; and the branches among them. Written by hand, since
-- Prisma's models know no functions.
CREATE FUNCTION units_in(places jsonb, with_below boolean) RETURNS TABLE (id text) LANGUAGE sql STABLE AS $$
  SELECT a.unit FROM units_above() a JOIN jsonb_to_recordset(places) AS place (kind text, id text) ON place.kind = 'unit' AND place.id = a.id
  WHERE with_below OR a.distance = 0
$$;
CREATE FUNCTION branches_in(places jsonb) RETURNS TABLE (id uuid) LANGUAGE sql STABLE AS $$
  SELECT place.id::uuid FROM jsonb_to_recordset(places) AS place (kind text, id text) WHERE place.kind = 'branch'
$$;

-- Who belongs to an audience at an instant: the one place that says it; `people/audience.ts` says what the words mean. Of the places it is
-- those in service with one of the politics statuses, of one of the kinds, and with one of the offices in force, where any are asked for;
-- then the named persons; and nobody who is left out. An office counts where it is held: a leader's in the unit, the others in the branch.
-- Only the set of places is worked out for all at once, the rest of it person by person, so that asking about one person costs one.
DROP FUNCTION people_of(text, text, text);
CREATE FUNCTION people_of(audience jsonb, at timestamptz) RETURNS SETOF person LANGUAGE sql STABLE AS $$
  SELECT p.* FROM person p
  WHERE p.status = 'active'
    AND (p.id IN (SELECT jsonb_array_elements_text(audience->'persons'))
      OR (audience->'politics' = '[]' OR audience->'politics' ? p.politics) AND (audience->'kinds' = '[]' OR audience->'kinds' ? p.kind)
        AND CASE WHEN audience->'offices' = '[]' THEN
          audience->'places' @> '[{"kind": "detachment"}]'
          OR p."unitId" IN (SELECT u.id FROM units_in(audience->'places', (audience->>'withBelow')::boolean) u)
          OR p."branchId" IN (SELECT b.id FROM branches_in(audience->'places') b)
        ELSE EXISTS (
          SELECT 1 FROM role_assignment r
          WHERE r."personId" = p.id AND r."from" <= at AND (r.until IS NULL OR r.until > at)
            AND CASE r.role
              WHEN 'leader' THEN audience->'offices' ? 'head'
              WHEN 'secretary' THEN audience->'offices' ?| ARRAY['secretary', 'committee']
              WHEN 'discipline-commissioner' THEN audience->'offices' ?| ARRAY['discipline-commissioner', 'committee']
              WHEN 'committee-member' THEN audience->'offices' ? 'committee' END
            AND (audience->'places' @> '[{"kind": "detachment"}]'
              OR CASE r.role WHEN 'leader' THEN r."scopeId" ELSE p."unitId" END IN (SELECT u.id FROM units_in(audience->'places', (audience->>'withBelow')::boolean) u)
              OR CASE r.role WHEN 'leader' THEN p."branchId"::text ELSE r."scopeId" END IN (SELECT b.id::text FROM branches_in(audience->'places') b))) END)
    AND p.id NOT IN (SELECT jsonb_array_elements_text(audience#>'{except,persons}'))
    AND NOT audience#>'{except,places}' @> '[{"kind": "detachment"}]'
    AND (p."unitId" IN (SELECT u.id FROM units_in(audience#>'{except,places}', (audience->>'withBelow')::boolean) u)) IS NOT TRUE
    AND (p."branchId" IN (SELECT b.id FROM branches_in(audience#>'{except,places}') b)) IS NOT TRUE
$$;
