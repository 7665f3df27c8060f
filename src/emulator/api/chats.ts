/** The calls about group chats: create, list, look at one, list and add members. */
import { z } from 'zod';
import { now } from '../../basics/clock.ts';
import type { Core } from '../core.ts';
import { type Group, newId, TENANT_KEY, type UserIdKind } from '../world/tenant.ts';
import { FeishuError, parseInput } from './feishu-error.ts';
import { pageOf } from './message-data.ts';
import type { OpenCall, OpenRequest } from './open-api.ts';

const PAGE = { usual: 20, most: 100 };
const CODES = { size: 232001, token: 232001 };
const UUID_LIFE_MS = 10 * 3600_000;
const IdType = z.enum(['open_id', 'union_id', 'user_id']).default('open_id');
const Create = z.object({
  name: z.string().max(60).default('(No subject)'),
  description: z.string().max(100).default(''),
  owner_id: z.string().optional(),
  user_id_list: z.array(z.string()).max(50).default([]),
});
const AddMembers = z.object({ id_list: z.array(z.string()).min(1).max(50) });

/** Sources: /im-v1/chat/create, list, get; /im-v1/chat-members/get, create. */
export function chatCalls(core: Core): OpenCall[] {
  const chats = '/open-apis/im/v1/chats';
  const created = new Map<string, { chatId: string; atMs: number }>();
  return [
    { method: 'post', path: chats, handle: (call) => create(core, call, created) },
    { method: 'get', path: chats, handle: (call) => list(core, call) },
    { method: 'get', path: `${chats}/:chat_id`, handle: (call) => getOne(core, call) },
    { method: 'get', path: `${chats}/:chat_id/members`, handle: (call) => listMembers(core, call) },
    { method: 'post', path: `${chats}/:chat_id/members`, handle: (call) => addMembers(core, call) },
  ];
}

function create(core: Core, call: OpenRequest, created: Map<string, { chatId: string; atMs: number }>): unknown {
  const input = parseInput(Create, call.body ?? {});
  const idType = parseInput(IdType, call.query.user_id_type);
  const uuid = typeof call.query.uuid === 'string' ? call.query.uuid : undefined;
  const before = uuid === undefined ? undefined : created.get(uuid);
  const known =
    before && now().getTime() - before.atMs < UUID_LIFE_MS ? core.tenant.groups.get(before.chatId) : undefined;
  if (known) return groupData(known);
  const ids = [...new Set([...(input.owner_id ? [input.owner_id] : []), ...input.user_id_list])];
  const members = ids.map((id) => core.tenant.findUser(idType, id)?.open_id);
  if (members.includes(undefined))
    throw new FeishuError(232001, 'Your request contains an invalid request parameter, ext=invalid user id');
  const group: Group = {
    chat_id: newId('oc_'),
    name: input.name,
    description: input.description,
    owner_id: members[0] ?? '',
    members: members.filter((id) => id !== undefined),
  };
  core.tenant.groups.set(group.chat_id, group);
  if (uuid !== undefined) created.set(uuid, { chatId: group.chat_id, atMs: now().getTime() });
  core.changes.emit({ kind: 'people' });
  return groupData(group);
}

function list(core: Core, call: OpenRequest): unknown {
  const groups = [...core.tenant.groups.values()].filter((group) => !group.isBotOut && !group.isDissolved);
  const page = pageOf(groups, call.query, PAGE, CODES);
  return { ...page, items: page.items.map(groupData) };
}

function getOne(core: Core, call: OpenRequest): unknown {
  const chatId = call.params.chat_id ?? '';
  const person = core.tenant.personOf(chatId);
  if (person)
    return {
      chat_mode: 'p2p',
      chat_type: 'private',
      name: '',
      user_count: '1',
      bot_count: '1',
      tenant_key: TENANT_KEY,
    };
  const group = findGroup(core, chatId);
  return {
    ...groupData(group),
    chat_mode: 'group',
    chat_type: 'private',
    user_count: String(group.members.length),
    bot_count: '1',
  };
}

function listMembers(core: Core, call: OpenRequest): unknown {
  const idType = parseInput(IdType, call.query.member_id_type);
  const { members } = findGroup(core, call.params.chat_id ?? '');
  const page = pageOf(members, call.query, PAGE, CODES);
  const items = page.items.map((openId) => memberData(core, openId, idType));
  return { ...page, items, member_total: members.length };
}

function addMembers(core: Core, call: OpenRequest): unknown {
  const idType = parseInput(IdType, call.query.member_id_type);
  const { id_list } = parseInput(AddMembers, call.body);
  const group = findGroup(core, call.params.chat_id ?? '');
  const users = id_list.map((id) => ({ id, user: core.tenant.findUser(idType, id) }));
  const unknown = users.filter(({ user }) => !user).map(({ id }) => id);
  const gone = users.filter(({ user }) => user?.status.is_resigned).map(({ id }) => id);
  if (call.query.succeed_type !== '1' && unknown.length + gone.length > 0)
    throw new FeishuError(232024, 'Users do not have the visibility of the app.');
  const added = users.flatMap(({ user }) => (user && !user.status.is_resigned ? [user.open_id] : []));
  core.tenant.groups.set(group.chat_id, { ...group, members: [...new Set([...group.members, ...added])] });
  core.changes.emit({ kind: 'people' });
  return { invalid_id_list: gone, not_existed_id_list: unknown, pending_approval_id_list: [] };
}

function findGroup(core: Core, chatId: string): Group {
  const group = core.tenant.groups.get(chatId);
  if (!group) throw new FeishuError(232006, 'Your request contains an invalid chat_id.');
  if (group.isDissolved) throw new FeishuError(232009, 'The chat has been dissolved.');
  if (group.isBotOut) throw new FeishuError(232011, 'Operator can NOT be out of the chat.');
  return group;
}

function groupData(group: Group): Record<string, unknown> {
  return {
    chat_id: group.chat_id,
    avatar: '',
    name: group.name,
    description: group.description,
    owner_id: group.owner_id,
    owner_id_type: 'open_id',
    external: false,
    tenant_key: TENANT_KEY,
    chat_status: 'normal',
  };
}

function memberData(core: Core, openId: string, idType: UserIdKind): Record<string, unknown> {
  const user = core.tenant.users.get(openId);
  return {
    member_id_type: idType,
    member_id: user?.[idType] ?? openId,
    name: user?.name ?? '',
    tenant_key: TENANT_KEY,
  };
}
