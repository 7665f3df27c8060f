/** Reads and writes of the pictures of nominations. */
import type { Reader, Transaction } from '../../../storage/database.ts';
import type { Nomination } from './queries.ts';

/** A picture without its bytes. */
export type Picture = { id: string; nominationId: string; isKept: boolean };

/** From now until `until`, what the writer of a nomination sends belongs to it, and to no other of theirs. */
export async function expectPictures(db: Transaction, { id, nominatorId }: Nomination, until: Date): Promise<void> {
  await db.sql`
    UPDATE star_nomination SET "picturesUntil" = CASE WHEN id = ${id}::uuid THEN ${until}::timestamptz END
    WHERE "nominatorId" = ${nominatorId} AND (id = ${id}::uuid OR "picturesUntil" IS NOT NULL)`;
}

/** The nomination to which a picture belongs that this person sent at `sentAt`, or undefined. */
export async function findExpecting(db: Reader, person: string, sentAt: Date): Promise<Nomination | undefined> {
  const where = { nominatorId: person, state: { not: 'withdrawn' }, picturesUntil: { gte: sentAt } };
  return (await db.models.starNomination.findFirst({ where })) ?? undefined;
}

/** Keeps a picture, unless its nomination has `most` already or was taken back; its id, or undefined. Pictures come one after the other. */
export async function addPicture(
  db: Transaction,
  nomination: string,
  bytes: Buffer,
  most: number,
  now: Date,
): Promise<string | undefined> {
  await db.sql`SELECT 1 FROM star_nomination WHERE id = ${nomination}::uuid FOR UPDATE`;
  const [added] = await db.sql<{ id: string }>`
    INSERT INTO star_picture (id, "nominationId", bytes, "sentAt")
    SELECT gen_random_uuid(), n.id, ${bytes}, ${now} FROM star_nomination n WHERE n.id = ${nomination}::uuid AND n.state <> 'withdrawn'
      AND (SELECT count(*) FROM star_picture p WHERE p."nominationId" = n.id AND p.bytes IS NOT NULL) < ${most}::int
    RETURNING id`;
  return added?.id;
}

/** The picture without its bytes, or undefined. */
export async function findPicture(db: Reader, id: string): Promise<Picture | undefined> {
  const [row] = await db.sql<Picture>`
    SELECT id, "nominationId", bytes IS NOT NULL AS "isKept" FROM star_picture WHERE id = ${id}::uuid`;
  return row;
}

/** The bytes of a picture, while it is kept. */
export async function findPictureBytes(db: Reader, id: string): Promise<Buffer | undefined> {
  const [row] = await db.sql<{
    bytes: Buffer;
  }>`SELECT bytes FROM star_picture WHERE id = ${id}::uuid AND bytes IS NOT NULL`;
  return row?.bytes;
}

/** The ids of the pictures that a nomination has, the oldest first. */
export async function findPictures(db: Reader, nomination: string): Promise<string[]> {
  const rows = await db.sql<{ id: string }>`
    SELECT id FROM star_picture WHERE "nominationId" = ${nomination}::uuid AND bytes IS NOT NULL ORDER BY "sentAt", id`;
  return rows.map(({ id }) => id);
}

/** Lets go of one picture; false when it was gone. */
export async function dropPicture(db: Transaction, id: string): Promise<boolean> {
  const rows =
    await db.sql`UPDATE star_picture SET bytes = NULL WHERE id = ${id}::uuid AND bytes IS NOT NULL RETURNING id`;
  return rows.length === 1;
}

/** Lets go of every picture of a nomination. */
export async function dropPicturesOf(db: Transaction, nomination: string): Promise<void> {
  await db.sql`UPDATE star_picture SET bytes = NULL WHERE "nominationId" = ${nomination}::uuid AND bytes IS NOT NULL`;
}

/** Lets go of every picture of a round: they are there to judge by, and nothing else. */
export async function dropPicturesOfRound(db: Transaction, round: string): Promise<void> {
  await db.sql`
    UPDATE star_picture p SET bytes = NULL FROM star_nomination n
    WHERE n.id = p."nominationId" AND n."roundId" = ${round}::uuid AND p.bytes IS NOT NULL`;
}
