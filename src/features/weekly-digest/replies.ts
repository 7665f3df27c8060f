/** What people replied to their digest, until it becomes a task. */
import type { Matter } from '../../sight.ts';
import type { Reader, Transaction } from '../../storage/database.ts';

/** Keeps a reply with the matter it is about and gives its id. */
export async function keepReply(
  db: Transaction,
  reply: { personId: string; text: string; matter: string },
  now: Date,
): Promise<string> {
  return (await db.models.digestReply.create({ data: { ...reply, at: now } })).id;
}

/** A reply is its writer's own. */
export async function findReplyMatter(db: Reader, id: string): Promise<Matter | undefined> {
  const reply = await db.models.digestReply.findUnique({ where: { id }, select: { personId: true } });
  return reply ? { owner: reply.personId } : undefined;
}

export function findReply(db: Reader, id: string): Promise<{ text: string; matter: string } | null> {
  return db.models.digestReply.findUnique({ where: { id }, select: { text: true, matter: true } });
}
