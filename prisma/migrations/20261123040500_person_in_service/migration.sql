-- Who somebody in service is, with the roles in force at an instant: for reading one person, and for the one statement that opens a
-- press. Written by hand, since Prisma's models know no functions.
CREATE FUNCTION person_in_service(person_id text, at timestamptz)
RETURNS TABLE (id text, name text, kind text, politics text, "unitId" text, "branchId" uuid, roles json) LANGUAGE sql STABLE AS $$
  SELECT p.id, p.name, p.kind, p.politics, p."unitId", p."branchId", COALESCE(
    (SELECT json_agg(json_build_object('name', r.role, 'scopeId', r."scopeId")) FROM role_assignment r
     WHERE r."personId" = p.id AND r."from" <= at AND (r."until" IS NULL OR r."until" > at)), '[]')
  FROM person p WHERE p.id = person_id AND p.status = 'active'
$$;
