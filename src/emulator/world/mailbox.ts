/** All messages, who has read them, and what each person has not read yet; every question is answered from an index. */
import type { Journal } from './journal.ts';
import { createTable, setUnder, type Table } from './table.ts';

/** A message as the emulator keeps it. Instants are milliseconds; `content` is the JSON string as it was sent. */
export type Message = {
  message_id: string;
  chat_id: string;
  msg_type: string;
  content: string;
  sender: { kind: 'bot' | 'person'; id: string };
  create_time: number;
  update_time: number;
  root_id?: string;
  parent_id?: string;
  isRecalled?: boolean;
  edits: number;
  uuid?: string;
  mentionsBot?: boolean;
  /** Those whom the bot asked for attention. */
  urgentFor?: string[];
};

export type Mailbox = {
  tables: { messages: Table<Message>; reads: Table<number> };
  get: (messageId: string) => Message | undefined;
  /** Keeps a message, new or changed. */
  put: (message: Message) => void;
  /** Ids of the messages of a chat, oldest first. */
  idsOf: (chatId: string) => readonly string[];
  /** The message that was created with this uuid. */
  findByUuid: (uuid: string) => Message | undefined;
  /** Marks everything in the chat as read; the ids of the messages that were not before. */
  markRead: (person: string, chatId: string, atMs: number) => string[];
  unreadIn: (person: string, chatId: string) => number;
  unreadOf: (person: string) => number;
  isRead: (person: string, message: Message) => boolean;
  /** Who has read a message, and when. */
  readersOf: (messageId: string) => ReadonlyMap<string, number>;
};

const NOBODY: ReadonlyMap<string, number> = new Map();
const NOTHING: readonly string[] = [];

/** An empty mailbox. `peopleOf` names the members of a chat, the bot not among them. */
export function createMailbox(journal: () => Journal, peopleOf: (chatId: string) => string[]): Mailbox {
  const byChat = new Map<string, string[]>();
  const byUuid = new Map<string, string>();
  const readers = new Map<string, Map<string, number>>();
  /** Key: `person/chat`. */
  const unread = new Map<string, Set<string>>();
  const unreadCounts = new Map<string, number>();
  const countUnread = (person: string, by: number) => unreadCounts.set(person, (unreadCounts.get(person) ?? 0) + by);

  const messages = createTable<Message>('messages', journal, (id, before, after) => {
    if (before || !after) return;
    const ids = byChat.get(after.chat_id);
    if (ids) ids.push(id);
    else byChat.set(after.chat_id, [id]);
    if (after.uuid) byUuid.set(after.uuid, id);
    for (const person of peopleOf(after.chat_id)) {
      if (person === after.sender.id) continue;
      setUnder(unread, `${person}/${after.chat_id}`).add(id);
      countUnread(person, 1);
    }
  });
  const reads = createTable<number>('reads', journal, (key, _before, atMs) => {
    const [id = '', person = ''] = key.split('/');
    const chatId = messages.get(id)?.chat_id;
    if (atMs === undefined || chatId === undefined) return;
    readers.set(id, (readers.get(id) ?? new Map()).set(person, atMs));
    if (unread.get(`${person}/${chatId}`)?.delete(id)) countUnread(person, -1);
  });

  return {
    tables: { messages, reads },
    get: messages.get,
    put: (message) => messages.set(message.message_id, message),
    idsOf: (chatId) => byChat.get(chatId) ?? NOTHING,
    findByUuid: (uuid) => messages.get(byUuid.get(uuid) ?? ''),
    markRead: (person, chatId, atMs) => {
      const ids = [...(unread.get(`${person}/${chatId}`) ?? [])];
      for (const id of ids) reads.set(`${id}/${person}`, atMs);
      return ids;
    },
    unreadIn: (person, chatId) => unread.get(`${person}/${chatId}`)?.size ?? 0,
    unreadOf: (person) => unreadCounts.get(person) ?? 0,
    isRead: (person, message) => !unread.get(`${person}/${message.chat_id}`)?.has(message.message_id),
    readersOf: (messageId) => readers.get(messageId) ?? NOBODY,
  };
}
