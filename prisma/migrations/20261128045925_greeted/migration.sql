-- AlterTable
ALTER TABLE "person" ADD COLUMN     "greetedAt" TIMESTAMPTZ(3);

-- Whoever has had something from the bot before is no stranger.
UPDATE person SET "greetedAt" = now() WHERE EXISTS (SELECT FROM delivery d WHERE d.recipient = person.id);
