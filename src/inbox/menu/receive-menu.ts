/** An item of the bot's menu is chosen: the command that its key names runs as if its word had been written. */
import type { Reply } from '../../feature.ts';
import type { MenuEvent } from '../../messenger/port.ts';
import { findPerson } from '../../people/find-person.ts';
import { createTurn, type OpenTurn } from '../../turn/turn.ts';
import type { InboxParts } from '../kept-events.ts';
import { answerOnce } from '../receive-message.ts';
import { REFUSALS, refuse } from '../refusals.ts';
import { runWord } from './run-word.ts';

/** One choice, once; answered by what the command sends, or by a sentence. Throws as `receiveMessage` does. */
export function receiveMenu(parts: InboxParts, event: MenuEvent): Promise<void> {
  return answerOnce(parts, event, (open) => choose(parts, open, event));
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
