-- What Prisma's models cannot say of study tasks and of old cards. Written by hand.

-- How everybody's part in a task counts on a day, each person once: done | on-leave | unreachable | open. Whoever has left is not to be
-- reached, leave or not. The unit is the one in which the task was issued to them.
CREATE FUNCTION study_standings(task uuid, today date)
RETURNS TABLE ("personId" text, name text, "unitId" text, standing text) LANGUAGE sql STABLE AS $$
  SELECT p.id, p.name, a."unitId", CASE
    WHEN a."completedAt" IS NOT NULL THEN 'done'
    WHEN p.status = 'left' THEN 'unreachable'
    WHEN EXISTS (SELECT 1 FROM leave l WHERE l."personId" = p.id AND today BETWEEN l."firstDay" AND l."lastDay") THEN 'on-leave'
    WHEN a."isUnreachable" THEN 'unreachable'
    ELSE 'open' END
  FROM study_assignment a JOIN person p ON p.id = a."personId" WHERE a."taskId" = task
$$;

-- The cards whose end is still to come.
CREATE INDEX "delivery_lasting_idx" ON delivery ("shownAt") WHERE "retiredAt" IS NULL;

ALTER TABLE study_task ADD CONSTRAINT "study_task_last_act" CHECK ("lastAct" IN ('publish', 'extend', 'withdraw'));

-- What was there before these columns.
UPDATE study_task SET "announcedAt" = "publishedAt" WHERE "publishedAt" IS NOT NULL;
UPDATE study_assignment a SET "unitId" = p."unitId" FROM person p WHERE p.id = a."personId";
UPDATE delivery SET "shownAt" = "sentAt" WHERE "messageId" IS NOT NULL;
