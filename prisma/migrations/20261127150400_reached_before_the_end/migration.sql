-- When a card about a matter was first on a person's screen, itself or as a line of the 今天 card that stood for it; null while it never was.
-- A 今天 card that came when the matter was over told nothing of it. What the deliveries said before they were forgotten stands with the part.
CREATE OR REPLACE FUNCTION reached_at(of text, own text, matter uuid, person text) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT LEAST(
    (SELECT a."reachedAt" FROM part a WHERE a."publicationId" = matter AND a."personId" = person),
    (SELECT min(COALESCE(d."shownAt", g."shownAt")) FROM delivery d LEFT JOIN delivery g ON g.id = d."gatheredInto"
     WHERE d.feature = of AND d.card = own AND d.ref = matter::text AND d.recipient = person
       AND (d."shownAt" IS NOT NULL OR g."shownAt" < COALESCE((SELECT b."endedAt" FROM publication b WHERE b.id = matter), 'infinity'))))
$$;
