-- Written by hand: what Prisma's models cannot say.
-- Nobody nominates themselves, whatever a form sends.
ALTER TABLE star_nomination ADD CONSTRAINT star_nomination_not_self CHECK (state <> 'submitted' OR "nominatorId" <> "nomineeId");
-- One person says it once for the same nominee, however often 提交 is pressed.
CREATE UNIQUE INDEX star_nomination_once ON star_nomination ("roundId", "nominatorId", "nomineeId") WHERE state = 'submitted';
