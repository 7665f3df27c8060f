/** An item of the bot's menu is chosen: the command that its key names runs as if its word had been written. */
import { now as clockNow } from '../../basics/clock.ts';
import type { Reply } from '../../feature.ts';
import type { MenuEvent } from '../../messenger/port.ts';
import { findPerson } from '../../people/find-person.ts';
import { createTurn, inTurn, type OpenTurn } from '../../turn/turn.ts';
import { Duplicate, type InboxParts, isKept, keepEvent } from '../kept-events.ts';
import { asRefusal, REFUSALS, refuse } from '../refusals.ts';
import { deliverReply } from '../reply-card.ts';
import { runWord } from './run-word.ts';

/** One choice, once; answered by what the command sends, or by a sentence. Throws as `receiveMessage` does. */
export async function receiveMenu(parts: InboxParts, event: MenuEvent): Promise<void> {
  const { db, context } = parts;
  const now = clockNow();
  const keep = async (open: OpenTurn, reply: Reply | undefined) => {
    if (reply) await deliverReply(createTurn(context, 'inbox', open), event.id, event.person);
    await keepEvent(open.db, event.id, now, reply ?? null);
  };
  try {
    await inTurn(db, context, now, async (open) => {
      if (await isKept(open.db, event.id)) throw new Duplicate();
      await keep(open, await choose(parts, open, event));
    });
  } catch (error) {
    const refusal = asRefusal(error, context.log, event.id);
    if (!refusal) throw error;
    await inTurn(db, context, now, (open) => keep(open, refusal));
  }
}

/** A key is `<feature>.<command>`. One that names none was set for another version. */
async function choose(
  { registry, context, hear }: InboxParts,
  open: OpenTurn,
  { id, person, key, at }: MenuEvent,
): Promise<Reply | undefined> {
  const who = await findPerson(open.db, person, open.now);
  if (!who) return refuse(context.log, id, REFUSALS.stranger, 'a stranger chose from the menu');
  const [feature = '', command = ''] = key.split('.');
  const found = registry.features.find(({ name }) => name === feature)?.commands ?? {};
  const word = Object.hasOwn(found, command) ? found[command]?.words[0] : undefined;
  if (!word) return refuse(context.log, id, REFUSALS.noSuchItem, 'a menu item names no command');
  return runWord({ hear, turnOf: (name) => createTurn(context, name, open) }, { word, who, eventId: id, at });
}
