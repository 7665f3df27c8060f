/** What people replied to their digest, until it becomes a task. */
import type { Reader, Transaction } from '../../storage/database.ts';

/** Keeps a reply with the matter it is about and gives its id. */
export async function keepReply(
  db: Transaction,
  reply: { personId: string; text: string; matter: string },
  now: Date,
): Promise<string> {
  return (await db.models.digestReply.create({ data: { ...reply, at: now } })).id;
}

export function findReply(db: Reader, id: string): Promise<{ text: string; matter: string } | null> {
  return db.models.digestReply.findUnique({ where: { id }, select: { text: true, matter: true } });
}
