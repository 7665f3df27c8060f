-- AlterTable
ALTER TABLE "publication" ADD COLUMN     "card" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "urgentReason" TEXT NOT NULL DEFAULT '';
UPDATE publication SET card = CASE feature WHEN 'study-tasks' THEN 'task' WHEN 'quizzes' THEN 'paper' ELSE 'claim' END;
ALTER TABLE "publication" ALTER COLUMN "card" DROP DEFAULT;

-- When a card about a matter was first on a person's screen, itself or as a line of the 今天 card that stood for it; null while it never was.
CREATE FUNCTION reached_at(of text, own text, matter uuid, person text) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT min(COALESCE(d."shownAt", g."shownAt")) FROM delivery d LEFT JOIN delivery g ON g.id = d."gatheredInto"
  WHERE d.feature = of AND d.card = own AND d.ref = matter::text AND d.recipient = person
$$;

-- How everybody's part in a publication counts on a day, each person once: done | on-leave | unreachable | waiting | open. Whoever has left
-- is not to be reached, leave or not; whom no card has reached yet waits and is not open. The unit is the one in which it was published.
CREATE OR REPLACE FUNCTION standings(matter uuid, day date)
RETURNS TABLE ("personId" text, name text, "unitId" text, standing text) LANGUAGE sql STABLE AS $$
  SELECT p.id, p.name, a."unitId", CASE
    WHEN a."doneAt" IS NOT NULL THEN 'done'
    WHEN p.status = 'left' THEN 'unreachable'
    WHEN EXISTS (SELECT 1 FROM leave l WHERE l."personId" = p.id AND day BETWEEN l."firstDay" AND l."lastDay") THEN 'on-leave'
    WHEN a."isUnreachable" THEN 'unreachable'
    WHEN reached_at(b.feature, b.card, b.id, p.id) IS NULL THEN 'waiting'
    ELSE 'open' END
  FROM publication b JOIN part a ON a."publicationId" = b.id JOIN person p ON p.id = a."personId" WHERE b.id = matter
$$;

-- When a card reached each person, for what is counted at another moment than now.
CREATE OR REPLACE VIEW published AS
  SELECT id, feature, state::text, audience, "opensAt", "dueAt", "issuedById", "publishedAt", "endedAt", card FROM publication WHERE "publishedAt" IS NOT NULL;
