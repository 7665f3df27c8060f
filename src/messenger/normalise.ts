/** Feishu's events → the events of the port. Everything is parsed and bounded here; Feishu's JSON goes no further. */
import { z } from 'zod';
import type { ContactsEvent, Event, MessageEvent, PressEvent } from './port.ts';
import { readInstant } from './read-instant.ts';
import { readMessage } from './read-message.ts';
import { readPress } from './read-press.ts';

/** What both doors hand in: a header and the body of one event, schema 2.0. */
export const Pushed = z.object({
  header: z.object({
    event_id: z.string().min(1).max(200),
    event_type: z.string().min(1).max(200),
    create_time: z.string().regex(/^\d{10,17}$/),
  }),
  event: z.unknown(),
});
export type Pushed = z.infer<typeof Pushed>;

type Reader = (pushed: Pushed) => Event | undefined;

const READERS = new Map<string, Reader>([
  ['im.message.receive_v1', ({ event }): MessageEvent | undefined => readMessage(event)],
  [
    'card.action.trigger',
    ({ header, event }): PressEvent | undefined => {
      const press = readPress(event);
      return press && { kind: 'press', id: header.event_id, at: readInstant(header.create_time), ...press };
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
 * Paths: /uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/events/receive, /uAjLw4CM/ukzMukzMukzM/feishu-cards/card-callback-communication
 */
export function normalise(pushed: Pushed): Event | undefined {
  return READERS.get(pushed.header.event_type)?.(pushed);
}
