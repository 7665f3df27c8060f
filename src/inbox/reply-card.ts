/** The inbox's own card: the plain sentence that answers a message. */
import { card, type Reply, type Turn } from '../feature.ts';
import { AnyRef } from '../sight.ts';

/** Lets a reply to a message be sent like everything else: the card reads the reply that was kept with its event. */
export const replyCard = card({
  ref: AnyRef,
  action: 'self',
  load: async (db, eventId) => {
    const [event] = await db.sql<{ reply: Reply | null }>`SELECT reply FROM event WHERE id = ${eventId}`;
    return event?.reply ? { text: event.reply.toast, kind: event.reply.kind ?? 'info' } : undefined;
  },
});

/** Sends the reply that is kept with the event, in private; `turn` is the inbox's own. */
export async function deliverReply(turn: Turn, eventId: string, person: string): Promise<void> {
  await turn.deliver({ key: `reply:${eventId}`, to: { person }, card: 'reply', ref: eventId, push: 'answer' });
}
