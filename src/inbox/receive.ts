/** The door for people: an event becomes one transaction, once, and its answer. */
import { now as clockNow } from '../basics/clock.ts';
import type { Answer, ContactsEvent, Event, PressEvent, Receive } from '../messenger/port.ts';
import { createTurn, inTurn } from '../turn/turn.ts';
import { Duplicate, type InboxParts, keepEvent } from './kept-events.ts';
import { receiveEnter } from './menu/receive-enter.ts';
import { receiveMenu } from './menu/receive-menu.ts';
import { receiveMessage } from './receive-message.ts';
import { receivePress } from './receive-press.ts';
import { receiveRead } from './receive-read.ts';

/** Takes events from the messenger. Resolves once the event and everything it caused is durable; throws when that failed. */
export function createReceive(parts: InboxParts): Receive {
  return async (event: Event): Promise<Answer | undefined> => {
    if (event.kind === 'press') return receivePress(parts, event);
    await take(parts, event).catch(ignoreDuplicate);
    return undefined;
  };
}

function take(parts: InboxParts, event: Exclude<Event, PressEvent>): Promise<void> {
  if (event.kind === 'message') return receiveMessage(parts, event);
  if (event.kind === 'entered') return receiveEnter(parts, event);
  if (event.kind === 'menu') return receiveMenu(parts, event);
  return event.kind === 'read' ? receiveRead(parts, event) : receiveContacts(parts, event);
}

/** One reading of the contacts, two seconds later, serves a burst of changes. */
async function receiveContacts({ db, context }: InboxParts, event: ContactsEvent): Promise<void> {
  const now = clockNow();
  await inTurn(db, context, now, async (open) => {
    await createTurn(context, 'people', open).later(
      'synchronise',
      {},
      { key: 'synchronise', at: new Date(now.getTime() + 2000) },
    );
    await keepEvent(open.db, event.id, now, null);
  });
}

function ignoreDuplicate(error: unknown): void {
  if (!(error instanceof Duplicate)) throw error;
}
