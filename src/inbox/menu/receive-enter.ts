/** Somebody has opened the talk with the bot: the features hear of it, and nobody else does. */
import { now as clockNow } from '../../basics/clock.ts';
import type { EnterEvent } from '../../messenger/port.ts';
import { findPerson } from '../../people/find-person.ts';
import { createTurn, inTurn } from '../../turn/turn.ts';
import { type InboxParts, keepEvent } from '../kept-events.ts';

/** One transaction, once. Whoever is no person of the contacts is told nothing before they write. */
export async function receiveEnter({ db, registry, context }: InboxParts, event: EnterEvent): Promise<void> {
  const now = clockNow();
  await inTurn(db, context, now, async (open) => {
    const who = await findPerson(open.db, event.person, now);
    for (const { name, entered } of who ? registry.features : [])
      if (who && entered) await entered(createTurn(context, name, open), who);
    await keepEvent(open.db, event.id, now, null);
  });
}
