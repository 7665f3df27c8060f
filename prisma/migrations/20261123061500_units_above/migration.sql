-- Each unit with itself and every unit above it, the nearest first by `distance`; read by `id` it is a unit with those below it. All units
-- at once: whoever needs the chain of one joins or filters, and no statement walks the tree a row. Twenty levels end the walk should the
-- contacts ever go round in a circle. Written by hand, since Prisma's models know no functions.
CREATE FUNCTION units_above() RETURNS TABLE (unit text, id text, name text, distance int) LANGUAGE sql STABLE AS $$
  WITH RECURSIVE above AS (
    SELECT u.id AS unit, u.id, u.name, u."parentId", 0 AS distance FROM unit u
    UNION ALL SELECT a.unit, u.id, u.name, u."parentId", a.distance + 1 FROM above a JOIN unit u ON u.id = a."parentId" WHERE a.distance < 20)
  SELECT above.unit, above.id, above.name, above.distance FROM above
$$;
