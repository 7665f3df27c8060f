/** The inbox's own card: the plain sentence that answers a message. */
import type { Feature, Reply } from '../feature.ts';

/** Lets a reply to a message be sent like everything else: the card reads the reply that was kept with its event. */
export const inbox: Feature = {
  name: 'inbox',
  cards: {
    reply: {
      load: async (db, eventId) => {
        const [event] = await db.sql<{ reply: Reply | null }>`SELECT reply FROM event WHERE id = ${eventId}`;
        return event?.reply ? { text: event.reply.toast, kind: event.reply.kind ?? 'info' } : undefined;
      },
    },
  },
};
