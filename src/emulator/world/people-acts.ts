/** What people do in their chats besides pressing: write, send files, open a chat, read, use the bot's menu. */
import { now } from '../../basics/clock.ts';
import { FeishuError } from '../api/feishu-error.ts';
import type { Core } from '../core.ts';
import type { OTHER_MESSAGES } from '../site/other-messages.ts';
import { addMessage, isIn } from './conversations.ts';
import type { Message } from './mailbox.ts';
import { p2pChatId, TENANT_KEY, type TenantUser } from './tenant.ts';

/** In which chat, and in a group whether the bot is mentioned; the talk with the bot unless said. */
export type Where = { chat?: string; mentionsBot?: boolean; replyTo?: string };

/** A person writes a text; the message's id. Throws `FeishuError` for somebody who cannot write there. */
export function writeText(core: Core, openId: string, text: string, where: Where = {}): string {
  const content = { text: where.mentionsBot && where.chat ? `@_user_1 ${text}` : text };
  return write(core, openId, 'text', content, where);
}

/** A person sends a file or, by the name's ending, a picture; the message's id. */
export function sendFile(core: Core, openId: string, name: string, bytes: Buffer, where: Where = {}): string {
  const kind = /\.(png|jpe?g|gif|webp|bmp)$/i.test(name) ? 'image' : 'file';
  const { key } = core.files.add({ name, kind, uploadedBy: 'person' }, bytes);
  return write(core, openId, kind, kind === 'image' ? { image_key: key } : { file_key: key, file_name: name }, where);
}

/** A person writes with pictures among the words, as Feishu's desktop does with what is pasted; the message's id. */
export function writePost(core: Core, openId: string, text: string, pictures: Buffer[], where: Where = {}): string {
  const keys = pictures.map(
    (bytes) => core.files.add({ name: 'image', kind: 'image', uploadedBy: 'person' }, bytes).key,
  );
  const lines = [...(text ? [[{ tag: 'text', text }]] : []), ...keys.map((image_key) => [{ tag: 'img', image_key }])];
  return write(core, openId, 'post', { title: '', content: lines }, where);
}

/** What a client sends of the types that hold neither text nor files that are kept. Source: /im-v1/message/events/message_content. */
const OTHERS = {
  sticker: { file_key: 'file_v3_sticker' },
  audio: { file_key: 'file_v3_voice', duration: 2000 },
  media: { file_key: 'file_v3_video', image_key: 'img_v3_cover', file_name: 'video.mp4', duration: 2000 },
  location: { name: '人民路', longitude: '112.55', latitude: '37.87' },
  share_user: { user_id: 'ou_shared' },
  share_chat: { chat_id: 'oc_shared' },
  merge_forward: { content: 'Merged and Forwarded Message' },
  vote: { topic: '投票', options: ['甲', '乙'] },
} satisfies Record<OtherType, unknown>;
/** A type of message that is neither text nor a file. */
export type OtherType = keyof typeof OTHER_MESSAGES;

/** A person sends a sticker, a voice message and the like; the message's id. */
export function sendOther(core: Core, openId: string, type: OtherType): string {
  return write(core, openId, type, OTHERS[type], {});
}

/** A person opens a chat. For the talk with the bot it hears of it. Source: bot_p2p_chat_entered. */
export function enterChat(core: Core, openId: string, chatId: string): void {
  const user = findPerson(core, openId, chatId);
  if (chatId !== p2pChatId(openId)) return;
  const { mailbox } = core.tenant;
  const last = mailbox.get(mailbox.idsOf(chatId).at(-1) ?? '');
  core.push.event('im.chat.access_event.bot_p2p_chat_entered_v1', {
    chat_id: chatId,
    operator_id: idsOf(user),
    ...(last && { last_message_id: last.message_id, last_message_create_time: String(last.create_time) }),
  });
}

/** Everything in the chat counts as read. The bot hears of its own messages in a talk, not in a group. */
export function readChat(core: Core, openId: string, chatId: string): void {
  const user = findPerson(core, openId, chatId);
  const atMs = now().getTime();
  const ids = core.tenant.mailbox.markRead(openId, chatId, atMs);
  if (ids.length === 0) return;
  core.changes.emit({ kind: 'read', chatId, person: openId });
  if (chatId !== p2pChatId(openId)) return;
  core.push.event('im.message.message_read_v1', {
    reader: { reader_id: idsOf(user), read_time: String(atMs), tenant_key: TENANT_KEY },
    message_id_list: ids,
  });
}

/** A person chooses an item of the bot's menu that pushes an event. Source: application-v6/bot/events/menu. */
export function chooseMenuItem(core: Core, openId: string, eventKey: string): void {
  const user = findPerson(core, openId, p2pChatId(openId));
  core.push.event('application.bot.menu_v6', {
    operator: { operator_name: user.name, operator_id: idsOf(user) },
    event_key: eventKey,
    timestamp: Math.floor(now().getTime() / 1000),
  });
}

function write(core: Core, openId: string, type: string, content: unknown, where: Where): string {
  const chatId = where.chat ?? p2pChatId(openId);
  const user = findPerson(core, openId, chatId);
  const isGroup = chatId !== p2pChatId(openId);
  const message = addMessage(core, {
    chat_id: chatId,
    msg_type: type,
    content: JSON.stringify(content),
    sender: { kind: 'person', id: openId },
    ...(where.replyTo && { parent_id: where.replyTo, root_id: where.replyTo }),
    ...(isGroup && where.mentionsBot && { mentionsBot: true }),
  });
  // With the usual scopes a bot hears of a group's messages only when it is mentioned.
  const isHeard = !isGroup || (where.mentionsBot && !core.tenant.groups.get(chatId)?.isBotOut);
  if (isHeard) core.push.event('im.message.receive_v1', receiveEvent(core, user, message, isGroup));
  return message.message_id;
}

/** Source: /im-v1/message/events/receive. */
function receiveEvent(core: Core, user: TenantUser, message: Message, isGroup: boolean): Record<string, unknown> {
  const { bot } = core.tenant;
  const mention = {
    key: '@_user_1',
    id: { open_id: bot.open_id, union_id: '', user_id: '' },
    mentioned_type: 'bot',
    name: bot.name,
    tenant_key: TENANT_KEY,
  };
  return {
    sender: { sender_id: idsOf(user), sender_type: 'user', tenant_key: TENANT_KEY },
    message: {
      message_id: message.message_id,
      ...(message.parent_id && { root_id: message.root_id, parent_id: message.parent_id }),
      create_time: String(message.create_time),
      update_time: String(message.update_time),
      chat_id: message.chat_id,
      chat_type: isGroup ? 'group' : 'p2p',
      message_type: message.msg_type,
      content: message.content,
      ...(message.mentionsBot && { mentions: [mention] }),
    },
  };
}

function findPerson(core: Core, openId: string, chatId: string): TenantUser {
  const user = core.tenant.users.get(openId);
  if (!user || !isIn(core, openId, chatId)) throw new FeishuError(232011, 'Operator can NOT be out of the chat.');
  if (user.status.is_resigned) throw new FeishuError(230029, 'The user has resigned.');
  return user;
}

/** The three ids every event names a person by. */
export function idsOf(user: TenantUser): { open_id: string; union_id: string; user_id: string } {
  return { open_id: user.open_id, union_id: user.union_id, user_id: user.user_id };
}
