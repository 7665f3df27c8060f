/** The bot's calls about messages that only read: one message, a chat's messages, who has read, what was attached. */
import { z } from 'zod';
import { now } from '../../basics/clock.ts';
import type { Core } from '../core.ts';
import type { Message } from '../world/mailbox.ts';
import { TENANT_KEY } from '../world/tenant.ts';
import { FeishuError, invalidParameter, parseInput } from './feishu-error.ts';
import { messageData, pageOf } from './message-data.ts';
import { findMessage } from './messages.ts';
import { Download, type OpenCall, type OpenRequest } from './open-api.ts';

const READERS_KNOWN_MS = 7 * 24 * 3600_000;

const List = z.object({
  container_id_type: z.literal('chat'),
  container_id: z.string().min(1),
  start_time: z.coerce.number().optional(),
  end_time: z.coerce.number().optional(),
  sort_type: z.enum(['ByCreateTimeAsc', 'ByCreateTimeDesc']).default('ByCreateTimeAsc'),
});

const UserIdType = z.enum(['open_id', 'union_id', 'user_id']);
const ResourceType = z.enum(['image', 'file']);

/** Sources: /im-v1/message/get, list, read_users, /im-v1/message-resource/get. */
export function messageReads(core: Core): OpenCall[] {
  const messages = '/open-apis/im/v1/messages';
  return [
    { method: 'get', path: `${messages}/:message_id`, handle: (call) => getOne(core, call) },
    { method: 'get', path: messages, handle: (call) => list(core, call) },
    { method: 'get', path: `${messages}/:message_id/read_users`, handle: (call) => readUsers(core, call) },
    { method: 'get', path: `${messages}/:message_id/resources/:file_key`, handle: (call) => getResource(core, call) },
  ];
}

function getOne(core: Core, call: OpenRequest): unknown {
  const message = core.tenant.mailbox.get(call.params.message_id ?? '');
  if (!message) throw invalidParameter('invalid message_id');
  return { items: [messageData(core, message)] };
}

function list(core: Core, call: OpenRequest): unknown {
  const input = parseInput(List, call.query);
  if (!core.tenant.groups.get(input.container_id) && !core.tenant.personOf(input.container_id)) {
    throw invalidParameter('invalid container_id');
  }
  const fromMs = (input.start_time ?? 0) * 1000;
  const untilMs = (input.end_time ?? Number.MAX_SAFE_INTEGER) * 1000;
  const found = core.tenant.mailbox
    .idsOf(input.container_id)
    .map((id) => core.tenant.mailbox.get(id))
    .filter((message): message is Message => message !== undefined)
    .filter((message) => message.create_time >= fromMs && message.create_time < untilMs);
  if (input.sort_type === 'ByCreateTimeDesc') found.reverse();
  const page = pageOf(found, call.query, { usual: 20, most: 50 }, { size: 230001, token: 230001 });
  return { ...page, items: page.items.map((message) => messageData(core, message)) };
}

function readUsers(core: Core, call: OpenRequest): unknown {
  const idType = parseInput(UserIdType, call.query.user_id_type);
  const message = findMessage(core, call);
  if (message.sender.kind !== 'bot') throw new FeishuError(230012, 'Bot is NOT the sender of the message.');
  if (now().getTime() - message.create_time > READERS_KNOWN_MS) {
    throw new FeishuError(230033, 'The message was sent more than 7 days ago.');
  }
  const readers = [...core.tenant.mailbox.readersOf(message.message_id)].flatMap(([openId, atMs]) => {
    const user = core.tenant.users.get(openId);
    if (!user) return [];
    return { user_id_type: idType, user_id: user[idType], timestamp: String(atMs), tenant_key: TENANT_KEY };
  });
  return pageOf(readers, call.query, { usual: 20, most: 100 }, { size: 230001, token: 230001 });
}

function getResource(core: Core, call: OpenRequest): unknown {
  const type = parseInput(ResourceType, call.query.type);
  const message = findMessage(core, call);
  const key = call.params.file_key ?? '';
  if (message.msg_type === 'interactive') throw new FeishuError(234043, 'Unsupported message type.');
  const found = message.content.includes(JSON.stringify(key)) ? core.files.find(key) : undefined;
  if (found?.file.kind !== type) throw new FeishuError(234003, 'File not in msg.');
  return new Download(found.bytes, found.file.name);
}
