/** The news that a person has read → who, and which messages. The time of reading is left at the door. */
import { z } from 'zod';
import { Id } from '../fields.ts';
import type { ReadEvent } from '../port.ts';

/** More than anybody opens at once: a chat shows its newest messages, and those are what is counted. */
const MOST_MESSAGES = 200;

const Receipt = z.object({
  reader: z.object({ reader_id: z.object({ open_id: Id.nullish() }) }),
  message_id_list: z.array(Id),
});

/** The reader and the messages; undefined for a reader without an open_id. Throws when the shape is not the documented one. */
export function readReceipt(event: unknown): Pick<ReadEvent, 'person' | 'messages'> | undefined {
  const { reader, message_id_list } = Receipt.parse(event);
  const person = reader.reader_id.open_id;
  return person ? { person, messages: message_id_list.slice(-MOST_MESSAGES) } : undefined;
}
