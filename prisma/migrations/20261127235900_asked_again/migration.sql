-- What a 今天 card stands for points at that card itself, also where one was gathered into another.
WITH RECURSIVE behind AS (
  SELECT d.id, g.id AS into, g."gatheredInto" AS further FROM delivery d JOIN delivery g ON g.id = d."gatheredInto" WHERE g."gatheredInto" IS NOT NULL
  UNION ALL SELECT b.id, g.id, g."gatheredInto" FROM behind b JOIN delivery g ON g.id = b.further)
UPDATE delivery d SET "gatheredInto" = b.into FROM behind b WHERE b.id = d.id AND b.further IS NULL;

-- Why a card about what was published is not wanted by a person any more whom none has reached: done | ended | withdrawn | recalled | left; else null.
CREATE FUNCTION unwanted(of text, own text, matter text, person text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN a."doneAt" IS NOT NULL THEN 'done' WHEN b.state <> 'published' THEN b.state::text WHEN a."personId" IS NULL THEN 'left' END
  FROM publication b LEFT JOIN part a ON a."publicationId" = b.id AND a."personId" = person
  WHERE b.id = CASE WHEN matter ~ '^[0-9a-f-]{36}$' THEN matter::uuid END AND b.feature = of AND b.card = own
    AND reached_at(of, own, b.id, person) IS NULL
$$;
