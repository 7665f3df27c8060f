/** For parts that a test writes itself: their people have had the card on the screen since it was published. */
import type { Reader } from '../../src/storage/database.ts';

/** How the keys of these deliveries begin. */
export const SEEN = 'seen:';

/** Call it again after more was published. `but`: of so many people one has not seen it, by chance and always the same. */
export async function allHaveSeen(db: Reader, but = 0): Promise<void> {
  await db.sql`
    INSERT INTO delivery (id, key, feature, card, ref, recipient, push, state, "dueAt", "shownAt")
    SELECT gen_random_uuid(), ${SEEN} || b.id || a."personId", b.feature, b.card, b.id::text, a."personId", 'quiet', 'dropped', b."publishedAt", b."publishedAt"
    FROM publication b JOIN part a ON a."publicationId" = b.id WHERE b."publishedAt" IS NOT NULL
      AND (${but}::int = 0 OR abs(hashtext(a."personId" || b.id)) % NULLIF(${but}::int, 0) <> 0) ON CONFLICT DO NOTHING`;
}
