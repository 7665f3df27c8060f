-- Hand-outs become publications. Written by hand, but for the middle part.

-- A part that was done is open again.
CREATE FUNCTION reopen_part(matter uuid, person text) RETURNS boolean LANGUAGE sql VOLATILE AS $$
  UPDATE part SET "doneAt" = NULL WHERE "publicationId" = matter AND "personId" = person AND "doneAt" IS NOT NULL RETURNING true
$$;

INSERT INTO publication (id, feature, state, audience, "opensAt", "dueAt", "isEditing", "issuedById", "createdAt", "publishedAt", "endedAt", "announcedAt")
SELECT id, 'heat-supplies', CASE state WHEN 'open' THEN 'published' WHEN 'closed' THEN 'ended' ELSE state END::publication_state, audience,
  COALESCE("opensAt", "publishedAt"), "closesAt", "isEditing", "issuedById", "createdAt", "publishedAt", "endedAt", "publishedAt"
FROM supply_handout;
UPDATE publication b SET "announcedCount" = (SELECT count(*) FROM supply_claim WHERE "handoutId" = b.id) WHERE feature = 'heat-supplies';
INSERT INTO part ("publicationId", "personId", "unitId", "doneAt", "isUnreachable", "nudgedOn")
SELECT c."handoutId", c."personId", p."unitId", c."settledAt", c."isUnreachable", c."nudgedOn" FROM supply_claim c LEFT JOIN person p ON p.id = c."personId";
UPDATE pending_job SET job = CASE job WHEN 'close' THEN 'deadline' ELSE job END,
  key = replace(replace(key, 'heat-supplies:close:', 'heat-supplies:deadline:'), 'heat-supplies:remind:', 'heat-supplies:remind-workday-before:'),
  payload = payload - 'handout' || jsonb_build_object('id', payload -> 'handout') || CASE job WHEN 'remind' THEN '{"moment": "workday-before"}'::jsonb ELSE '{}' END
WHERE feature = 'heat-supplies' AND job IN ('close', 'remind', 'nudge', 'announce');
UPDATE pending_job SET key = regexp_replace(key, 'remind-workday-before:(.*)$', 'remind:\1:workday-before') WHERE feature = 'heat-supplies' AND job = 'remind';
UPDATE delivery SET card = 'names' WHERE feature = 'heat-supplies' AND card = 'unclaimed';

-- DropIndex
DROP INDEX "supply_handout_state_closesAt_idx";

-- AlterTable
ALTER TABLE "supply_handout" DROP COLUMN "audience",
DROP COLUMN "closesAt",
DROP COLUMN "createdAt",
DROP COLUMN "endedAt",
DROP COLUMN "isEditing",
DROP COLUMN "issuedById",
DROP COLUMN "opensAt",
DROP COLUMN "publishedAt",
DROP COLUMN "state";

-- AlterTable
ALTER TABLE "supply_claim" DROP COLUMN "isUnreachable",
DROP COLUMN "nudgedOn";

-- A hand-out with its time, as statements about hand-outs know it: open, closed or withdrawn.
CREATE VIEW handout_run AS
  SELECT h.*, CASE b.state WHEN 'published' THEN 'open' WHEN 'ended' THEN 'closed' ELSE 'withdrawn' END AS state, b.audience, b."opensAt", b."dueAt" AS "closesAt",
    b."issuedById", b."publishedAt", b."endedAt"
  FROM supply_handout h JOIN published b ON b.id = h.id;
