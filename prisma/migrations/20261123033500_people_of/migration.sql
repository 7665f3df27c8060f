-- Who belongs to an audience: the one place that says it. Written by hand, since Prisma's models know no functions.
-- audience_kind: branch | unit (with the units below it) | detachment; who: members (党员) | everyone
CREATE FUNCTION people_of(audience_kind text, audience_id text, who text) RETURNS SETOF person LANGUAGE sql STABLE AS $$
  WITH RECURSIVE below AS (
    SELECT u.id FROM unit u WHERE audience_kind = 'unit' AND u.id = audience_id
    UNION SELECT u.id FROM unit u JOIN below ON u."parentId" = below.id)
  SELECT p.* FROM person p
  WHERE p.status = 'active' AND (who = 'everyone' OR p.politics IN ('member', 'probationary'))
    AND CASE audience_kind
      WHEN 'branch' THEN p."branchId"::text = audience_id
      WHEN 'unit' THEN p."unitId" IN (SELECT id FROM below)
      WHEN 'detachment' THEN true
      ELSE false END
$$;
