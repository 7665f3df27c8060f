/** Chats and the messages in them, as both sides use them: who is in a chat, what was written, what changed. */
import { now } from '../../basics/clock.ts';
import type { Core } from '../core.ts';
import type { Message } from './mailbox.ts';
import { newId } from './tenant.ts';

/** Feishu gives a card 14 days: then it can be neither pressed nor edited. */
export const CARD_LIFE_MS = 14 * 24 * 3600_000;

/** The people of a chat, the bot not counted; empty for an unknown chat. */
export function peopleIn(core: Core, chatId: string): string[] {
  const person = core.tenant.personOf(chatId);
  return person ? [person] : (core.tenant.groups.get(chatId)?.members ?? []);
}

/** Whether the person sees this chat. */
export function isIn(core: Core, person: string, chatId: string): boolean {
  return peopleIn(core, chatId).includes(person);
}

/** Writes a message into a chat and says so. */
export function addMessage(
  core: Core,
  what: Pick<Message, 'chat_id' | 'msg_type' | 'content' | 'sender'> &
    Partial<Pick<Message, 'uuid' | 'parent_id' | 'root_id' | 'mentionsBot'>>,
): Message {
  const atMs = now().getTime();
  const message: Message = { message_id: newId('om_'), create_time: atMs, update_time: atMs, edits: 0, ...what };
  core.tenant.mailbox.put(message);
  announce(core, message);
  return message;
}

/** Changes a message and says so; returns it as it is now. */
export function changeMessage(core: Core, message: Message, change: Partial<Message>): Message {
  const changed = { ...message, ...change };
  core.tenant.mailbox.put(changed);
  announce(core, changed);
  return changed;
}

/** Replaces what stands on a card or in a text. */
export function editMessage(core: Core, message: Message, content: string): Message {
  return changeMessage(core, message, { content, edits: message.edits + 1, update_time: now().getTime() });
}

/** Whether a card has outlived its 14 days. Source: /feishu-cards/card-json-v2-structure. */
export function isOutdated(message: Message): boolean {
  return now().getTime() - message.create_time > CARD_LIFE_MS;
}

function announce(core: Core, message: Message): void {
  const { chat_id: chatId, message_id: messageId } = message;
  core.changes.emit({ kind: 'message', chatId, messageId, people: peopleIn(core, chatId) });
}
