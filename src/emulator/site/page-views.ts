/** What one person sees: the people of the tenant, their chats, and the messages in them. */

import { FeishuError } from '../api/feishu-error.ts';
import { parseJson } from '../api/message-content.ts';
import type { Core } from '../core.ts';
import { peopleIn } from '../world/conversations.ts';
import type { Message } from '../world/mailbox.ts';
import { p2pChatId, type TenantUser } from '../world/tenant.ts';
import { BRANCH_FIELD, POLITICS_FIELD } from '../world/world.ts';
import { OTHER_MESSAGES } from './other-messages.ts';
import type {
  ChatsAnswer,
  MessagesAnswer,
  MessageType,
  PageChat,
  PageMessage,
  PagePerson,
  PageUnit,
  PeopleAnswer,
} from './page-api.ts';

/** Everybody and every unit, units in their order from the top. */
export function viewPeople(core: Core): PeopleAnswer {
  const units = unitsBelow(core, '0', '');
  const paths = new Map(units.map((unit) => [unit.id, unit.path]));
  const people = [...core.tenant.users.values()].map((user) => viewPerson(core, user, paths));
  const { open_id: id, name, menu = [] } = core.tenant.bot;
  return { bot: { id, name, menu }, units, people };
}

function unitsBelow(core: Core, parentId: string, parentPath: string): PageUnit[] {
  return core.tenant.childrenOf(parentId).flatMap((id) => {
    const unit = core.tenant.units.get(id);
    if (!unit) return [];
    const path = parentPath ? `${parentPath} / ${unit.name}` : unit.name;
    return [{ id, name: unit.name, parentId, path, order: unit.order }, ...unitsBelow(core, id, path)];
  });
}

function viewPerson(core: Core, user: TenantUser, paths: Map<string, string>): PagePerson {
  const field = (id: string) => user.custom_attrs.find((attribute) => attribute.id === id)?.value.text ?? '';
  const unitId = user.department_ids[0] ?? null;
  return {
    id: user.open_id,
    name: user.name,
    unitId,
    unitPath: paths.get(unitId ?? '') ?? '',
    branch: field(BRANCH_FIELD),
    politics: field(POLITICS_FIELD),
    jobTitle: user.job_title,
    ...(user.badge && { badge: user.badge }),
    unread: core.tenant.mailbox.unreadOf(user.open_id),
    hasLeft: user.status.is_resigned,
  };
}

/** The person's chats, the talk with the bot first. */
export function viewChats(core: Core, openId: string): ChatsAnswer {
  const talk = { id: p2pChatId(openId), kind: 'p2p' as const, name: core.tenant.bot.name };
  const groups = core.tenant
    .groupsOf(openId)
    .map((group) => ({ id: group.chat_id, kind: 'group' as const, name: group.name }));
  return { chats: [talk, ...groups].map((chat) => viewChat(core, openId, chat)) };
}

function viewChat(core: Core, openId: string, chat: Pick<PageChat, 'id' | 'kind' | 'name'>): PageChat {
  const { mailbox } = core.tenant;
  const last = mailbox.get(mailbox.idsOf(chat.id).at(-1) ?? '');
  return {
    ...chat,
    memberCount: peopleIn(core, chat.id).length,
    unread: mailbox.unreadIn(openId, chat.id),
    ...(last && { last: { line: summarise(last), at: new Date(last.create_time).toISOString() } }),
  };
}

function summarise(message: Message): string {
  if (message.isRecalled) return '消息已撤回';
  const content = contentOf(message) as Record<string, unknown> | undefined;
  if (message.msg_type === 'post') return String(content?.title || '[富文本]');
  if (message.msg_type === 'text') return String(content?.text ?? '');
  if (message.msg_type === 'image') return '[图片]';
  if (message.msg_type === 'file') return '[文件]';
  const other = OTHER_MESSAGES[message.msg_type as keyof typeof OTHER_MESSAGES];
  if (other) return other;
  const card = content as
    | { config?: { summary?: { content?: string } }; header?: { title?: { content?: string } } }
    | undefined;
  return card?.config?.summary?.content ?? card?.header?.title?.content ?? '[卡片]';
}

/** Rich text is written once for each language, and read in the reader's own. */
function contentOf({ msg_type, content }: Message): unknown {
  const parsed = parseJson(content) as { zh_cn?: unknown } | undefined;
  return msg_type === 'post' ? (parsed?.zh_cn ?? parsed) : parsed;
}

/** Up to `limit` messages of a chat before the message `before`, oldest first. Throws for a chat the person is not in. */
export function viewMessages(
  core: Core,
  openId: string,
  chatId: string,
  limit: number,
  before?: string,
): MessagesAnswer {
  if (!peopleIn(core, chatId).includes(openId)) throw new FeishuError(232011, 'the person is not in this chat', 404);
  const ids = core.tenant.mailbox.idsOf(chatId);
  const end = before === undefined ? ids.length : Math.max(0, ids.lastIndexOf(before));
  const start = Math.max(0, end - limit);
  return { messages: viewAll(core, openId, ids.slice(start, end)), hasMore: start > 0 };
}

/** Everything in all chats of a person, in the order of time. */
export function viewAllMessages(core: Core, openId: string): PageMessage[] {
  const chatIds = [p2pChatId(openId), ...core.tenant.groupsOf(openId).map((group) => group.chat_id)];
  const messages = chatIds.flatMap((chatId) => viewAll(core, openId, core.tenant.mailbox.idsOf(chatId)));
  return messages.sort((a, b) => a.createdAt.localeCompare(b.createdAt));
}

function viewAll(core: Core, openId: string, ids: readonly string[]): PageMessage[] {
  return ids.flatMap((id) => {
    const message = core.tenant.mailbox.get(id);
    return message ? viewMessage(core, openId, message) : [];
  });
}

function viewMessage(core: Core, openId: string, message: Message): PageMessage {
  const { tenant } = core;
  const { kind, id } = message.sender;
  const isBot = kind === 'bot';
  return {
    id: message.message_id,
    chatId: message.chat_id,
    sender: {
      kind,
      id: isBot ? tenant.bot.open_id : id,
      name: isBot ? tenant.bot.name : (tenant.users.get(id)?.name ?? ''),
    },
    type: message.msg_type as MessageType,
    content: message.isRecalled ? null : contentOf(message),
    ...(message.parent_id && { parentId: message.parent_id }),
    createdAt: new Date(message.create_time).toISOString(),
    updatedAt: new Date(message.update_time).toISOString(),
    isEdited: message.edits > 0,
    isRecalled: message.isRecalled === true,
    isRead: tenant.mailbox.isRead(openId, message),
    isUrgent: message.urgentFor?.includes(openId) ?? false,
  };
}
