/** Feishu's events → the events of the port. Everything is parsed and bounded here; Feishu's JSON goes no further. */
import { z } from 'zod';
import { Digits, Id } from '../fields.ts';
import type { ContactsEvent, EnterEvent, Event, MenuEvent, MessageEvent, PressEvent, ReadEvent } from '../port.ts';
import { readChosen, readEntered } from './read-chat-act.ts';
import { readInstant } from './read-instant.ts';
import { readMessage } from './read-message.ts';
import { readPress } from './read-press.ts';
import { readReceipt } from './read-receipt.ts';

/** What both doors hand in: a header and the body of one event, schema 2.0. */
export const Pushed = z.object({
  header: z.object({
    event_id: Id,
    event_type: Id,
    create_time: Digits,
  }),
  event: z.unknown(),
});
export type Pushed = z.infer<typeof Pushed>;

/** The type of event that a press is. */
export const PRESS = 'card.action.trigger';

type Reader = (pushed: Pushed) => Event | undefined;

const READERS = new Map<string, Reader>([
  ['im.message.receive_v1', ({ event }): MessageEvent | undefined => readMessage(event)],
  [
    PRESS,
    ({ header, event }): PressEvent | undefined => {
      const press = readPress(event);
      return press && { kind: 'press', id: header.event_id, at: readInstant(header.create_time), ...press };
    },
  ],
  [
    'im.message.message_read_v1',
    ({ header, event }): ReadEvent | undefined => {
      const read = readReceipt(event);
      return read && { kind: 'read', id: header.event_id, ...read };
    },
  ],
  [
    'im.chat.access_event.bot_p2p_chat_entered_v1',
    ({ header, event }): EnterEvent | undefined => {
      const entered = readEntered(event);
      return entered && { kind: 'entered', id: header.event_id, at: readInstant(header.create_time), ...entered };
    },
  ],
  [
    'application.bot.menu_v6',
    ({ header, event }): MenuEvent | undefined => {
      const chosen = readChosen(event);
      return chosen && { kind: 'menu', id: header.event_id, at: readInstant(header.create_time), ...chosen };
    },
  ],
  ...[
    ...['contact.user.created_v3', 'contact.user.updated_v3', 'contact.user.deleted_v3'],
    ...['contact.department.created_v3', 'contact.department.updated_v3', 'contact.department.deleted_v3'],
    'contact.scope.updated_v3',
  ].map((type): [string, Reader] => [
    type,
    ({ header }): ContactsEvent => ({ kind: 'contacts', id: header.event_id, at: readInstant(header.create_time) }),
  ]),
]);

/** The types of event that the bot understands, as they are named in the developer console. */
export const EVENT_TYPES: readonly string[] = [...READERS.keys()];

/**
 * The event that was pushed; undefined for one that is none of the bot's business. Throws when a known type has an unknown
 * shape. A message has its message id, since Feishu may push it twice under two event ids.
 * Paths: /uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/events/receive, /server-docs/im-v1/message/events/message_read, /uAjLw4CM/ukTMukTMukTM/im-v1/chat-member-bot/events/bot_p2p_chat_entered, /uAjLw4CM/ukzMukzMukzM/feishu-cards/card-callback-communication
 */
export function normalise(pushed: Pushed): Event | undefined {
  return READERS.get(pushed.header.event_type)?.(pushed);
}
