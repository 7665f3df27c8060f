/** The bot's calls about messages that write: create, reply, edit, recall, ask for attention. */
import { z } from 'zod';
import { now } from '../../basics/clock.ts';
import type { Core } from '../core.ts';
import { addMessage, changeMessage, editMessage, isIn, isOutdated } from '../world/conversations.ts';
import type { Message } from '../world/mailbox.ts';
import { p2pChatId, type TenantUser, type UserIdKind } from '../world/tenant.ts';
import { FeishuError, invalidParameter, parseInput, unknownId } from './feishu-error.ts';
import { checkContent } from './message-content.ts';
import { messageData } from './message-data.ts';
import type { OpenCall, OpenRequest } from './open-api.ts';

/** The same uuid within an hour sends a message once. */
const UUID_LIFE_MS = 3600_000;
const MOST_EDITS = 20;

const Uuid = z.string().max(50).optional();
const Create = z.object({ receive_id: z.string(), msg_type: z.string(), content: z.string(), uuid: Uuid });
const Reply = z.object({
  msg_type: z.string(),
  content: z.string(),
  reply_in_thread: z.boolean().optional(),
  uuid: Uuid,
});
const Update = z.object({ msg_type: z.enum(['text', 'post']), content: z.string() });
const Patch = z.object({ content: z.string() });
const Urgent = z.object({ user_id_list: z.array(z.string()).min(1).max(200) });
const UserIdType = z.enum(['open_id', 'union_id', 'user_id']).default('open_id');

/** Sources: /im-v1/message/create, reply, patch, update, delete, urgent_app. */
export function messageWrites(core: Core): OpenCall[] {
  const message = '/open-apis/im/v1/messages/:message_id';
  return [
    { method: 'post', path: '/open-apis/im/v1/messages', isMessageWrite: true, handle: (call) => create(core, call) },
    { method: 'patch', path: message, msg: 'ok', isMessageWrite: true, handle: (call) => patch(core, call) },
    { method: 'put', path: message, isMessageWrite: true, handle: (call) => update(core, call) },
    { method: 'delete', path: message, isMessageWrite: true, handle: (call) => recall(core, call) },
    { method: 'post', path: `${message}/reply`, isMessageWrite: true, handle: (call) => reply(core, call) },
    { method: 'patch', path: `${message}/urgent_app`, handle: (call) => askAttention(core, call) },
  ];
}

/** The chat a message to this receiver goes to. Throws what Feishu says of receivers that cannot be reached. */
export function findReceiver(core: Core, idType: unknown, id: string): string {
  if (idType === 'chat_id') {
    checkBotIn(core, id);
    return id;
  }
  if (idType !== 'open_id' && idType !== 'union_id' && idType !== 'user_id')
    throw invalidParameter('invalid receive_id_type');
  const user = core.tenant.findUser(idType, id);
  if (!user) throw idType === 'open_id' ? unknownId(99992351, 'open_id', id) : invalidParameter('invalid receive_id');
  checkReachable(user);
  return p2pChatId(user.open_id);
}

function checkReachable(user: TenantUser): void {
  if (user.status.is_resigned) throw new FeishuError(230029, 'The user has resigned.');
  if (user.isUnavailable) throw new FeishuError(230013, 'Bot has NO availability to this user.');
  if (user.hasStoppedBot) throw new FeishuError(230053, 'The user has stopped the bot from sending messages.');
}

function checkBotIn(core: Core, chatId: string): void {
  const person = core.tenant.users.get(core.tenant.personOf(chatId) ?? '');
  const group = core.tenant.groups.get(chatId);
  if (person) checkReachable(person);
  else if (!group) throw invalidParameter('invalid receive_id');
  else if (group.isDissolved) throw new FeishuError(232009, 'The chat has been dissolved.');
  else if (group.isBotOut) throw new FeishuError(230002, 'The bot can not be outside the group.');
}

function create(core: Core, call: OpenRequest): unknown {
  const input = parseInput(Create, call.body);
  const before = findSent(core, input.uuid);
  if (before) return messageData(core, before);
  return send(core, findReceiver(core, call.query.receive_id_type, input.receive_id), input, {});
}

function reply(core: Core, call: OpenRequest): unknown {
  const input = parseInput(Reply, call.body);
  const before = findSent(core, input.uuid);
  if (before) return messageData(core, before);
  const parent = findMessage(core, call);
  checkBotIn(core, parent.chat_id);
  return send(core, parent.chat_id, input, {
    parent_id: parent.message_id,
    root_id: parent.root_id ?? parent.message_id,
  });
}

type Content = { msg_type: string; content: string; uuid?: string };

function send(core: Core, chatId: string, input: Content, thread: Partial<Message>): unknown {
  checkContent(core, input.msg_type, input.content);
  core.limits.countMessage(chatId);
  const { msg_type, content, uuid } = input;
  const sender = { kind: 'bot' as const, id: core.app.id };
  return messageData(core, addMessage(core, { chat_id: chatId, msg_type, content, sender, uuid, ...thread }));
}

function findSent(core: Core, uuid: string | undefined): Message | undefined {
  const before = uuid ? core.tenant.mailbox.findByUuid(uuid) : undefined;
  return before && now().getTime() - before.create_time < UUID_LIFE_MS ? before : undefined;
}

/** The message the call is about. Throws 99992354 when there is none, 230011 when it was recalled. */
export function findMessage(core: Core, call: OpenRequest): Message {
  const id = call.params.message_id ?? '';
  const message = core.tenant.mailbox.get(id);
  if (!message)
    throw id.startsWith('om_') ? invalidParameter('invalid message_id') : unknownId(99992354, 'message_id', id);
  if (message.isRecalled) throw new FeishuError(230011, 'The message is recalled.');
  return message;
}

function patch(core: Core, call: OpenRequest): unknown {
  const { content } = parseInput(Patch, call.body);
  const message = findMessage(core, call);
  if (message.sender.kind !== 'bot') throw new FeishuError(230012, 'Bot is NOT the sender of the message.');
  if (message.msg_type !== 'interactive') throw invalidParameter('This message is NOT a card.');
  if (isOutdated(message)) throw new FeishuError(230031, 'The message was sent more than 14 days ago.');
  checkContent(core, 'interactive', content);
  core.limits.countMessage(message.message_id);
  editMessage(core, message, content);
  return undefined;
}

function update(core: Core, call: OpenRequest): unknown {
  const { msg_type, content } = parseInput(Update, call.body);
  const message = findMessage(core, call);
  if (message.sender.kind !== 'bot') throw new FeishuError(230071, 'The operator is not the sender of the message.');
  if (message.msg_type !== 'text' && message.msg_type !== 'post')
    throw invalidParameter('This message can NOT be edited.');
  if (message.edits >= MOST_EDITS) throw new FeishuError(230072, 'The message has reached the limit of edits.');
  if (isPastWindow(core, message))
    throw new FeishuError(230075, 'The message is past the time in which it can be edited.');
  checkContent(core, msg_type, content);
  const edited = editMessage(core, message, content);
  return messageData(core, changeMessage(core, edited, { msg_type }));
}

function recall(core: Core, call: OpenRequest): unknown {
  const message = findMessage(core, call);
  if (message.sender.kind !== 'bot') throw new FeishuError(230026, 'No permission to recall this message.');
  if (isPastWindow(core, message))
    throw new FeishuError(230009, 'The message can not be recalled: it exceeds the time limit.');
  changeMessage(core, message, { isRecalled: true, update_time: now().getTime() });
  return undefined;
}

function isPastWindow(core: Core, message: Message): boolean {
  return now().getTime() - message.create_time > core.recallWindowMs;
}

function askAttention(core: Core, call: OpenRequest): unknown {
  const { user_id_list } = parseInput(Urgent, call.body);
  const idType: UserIdKind = parseInput(UserIdType, call.query.user_id_type);
  const message = findMessage(core, call);
  if (message.sender.kind !== 'bot') throw new FeishuError(230012, 'Bot is NOT the sender of the message.');
  const openIds = new Map(user_id_list.map((id) => [id, core.tenant.findUser(idType, id)?.open_id]));
  const inChat = (openId: string | undefined) => openId !== undefined && isIn(core, openId, message.chat_id);
  const reached = [...openIds.values()].filter(inChat) as string[];
  changeMessage(core, message, { urgentFor: [...new Set([...(message.urgentFor ?? []), ...reached])] });
  return { invalid_user_id_list: user_id_list.filter((id) => !inChat(openIds.get(id))) };
}
