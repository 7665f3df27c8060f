/** The contact calls: departments, their members, single users, ids by mobile number, and what the app may see. */
import { z } from 'zod';
import type { Core } from '../core.ts';
import type { TenantUser } from '../world/tenant.ts';
import type { WorldUnit } from '../world/world.ts';
import { departmentData, userData } from './contact-data.ts';
import { FeishuError, parseInput, unknownId } from './feishu-error.ts';
import { pageOf } from './message-data.ts';
import type { OpenCall, OpenRequest } from './open-api.ts';

const PAGE = { usual: 10, most: 50 };
const UserIdType = z.enum(['open_id', 'union_id', 'user_id']).default('open_id');
const Flag = z.enum(['true', 'false']).default('false');
const OneOrMany = z.union([z.string().transform((id) => [id]), z.array(z.string())]);
const BatchGetId = z.object({
  emails: z.array(z.string()).max(50).default([]),
  mobiles: z.array(z.string()).max(50).default([]),
  include_resigned: z.boolean().default(false),
});

/** Sources: /contact-v3/department/children, get; /contact-v3/user/find_by_department, get, batch, batch_get_id; /contact-v3/scope/list. */
export function contactCalls(core: Core): OpenCall[] {
  const contact = '/open-apis/contact/v3';
  return [
    {
      method: 'get',
      path: `${contact}/departments/:department_id/children`,
      handle: (call) => listChildren(core, call),
    },
    {
      method: 'get',
      path: `${contact}/departments/:department_id`,
      handle: (call) => ({ department: departmentData(core, findUnit(core, call.params.department_id)) }),
    },
    { method: 'get', path: `${contact}/users/find_by_department`, handle: (call) => listMembers(core, call) },
    { method: 'get', path: `${contact}/users/batch`, handle: (call) => getUsers(core, call) },
    { method: 'post', path: `${contact}/users/batch_get_id`, handle: (call) => findIds(core, call) },
    {
      method: 'get',
      path: `${contact}/users/:user_id`,
      handle: (call) => ({ user: userData(core, findUser(core, call, call.params.user_id ?? '')) }),
    },
    { method: 'get', path: `${contact}/scopes`, handle: (call) => listScopes(core, call) },
  ];
}

function listChildren(core: Core, call: OpenRequest): unknown {
  const fetchChild = parseInput(Flag, call.query.fetch_child) === 'true';
  const id = call.params.department_id ?? '';
  const parent = id === '0' ? '0' : findUnit(core, id).open_department_id;
  const ids = fetchChild ? descendantsOf(core, parent) : core.tenant.childrenOf(parent);
  const page = pageOf(ids, call.query, PAGE);
  return { ...page, items: page.items.map((child) => departmentData(core, findUnit(core, child))) };
}

function descendantsOf(core: Core, unitId: string): string[] {
  return core.tenant.childrenOf(unitId).flatMap((child) => [child, ...descendantsOf(core, child)]);
}

function listMembers(core: Core, call: OpenRequest): unknown {
  const id = parseInput(z.string().min(1), call.query.department_id);
  const unitId = id === '0' ? '0' : findUnit(core, id).open_department_id;
  const members = core.tenant.membersOf(unitId).filter((user) => !user.status.is_resigned);
  const page = pageOf(members, call.query, PAGE);
  return { ...page, items: page.items.map((user) => userData(core, user)) };
}

function getUsers(core: Core, call: OpenRequest): unknown {
  const ids = parseInput(OneOrMany, call.query.user_ids ?? call.query['user_ids[]']);
  if (ids.length > 50) throw new FeishuError(40011, 'too many user ids');
  const idType = parseInput(UserIdType, call.query.user_id_type);
  const users = ids.map((id) => core.tenant.findUser(idType, id)).filter((user) => user !== undefined);
  return { items: users.map((user) => userData(core, user)) };
}

function findIds(core: Core, call: OpenRequest): unknown {
  const input = parseInput(BatchGetId, call.body);
  const idType = parseInput(UserIdType, call.query.user_id_type);
  const known = (user: TenantUser | undefined) =>
    user && (input.include_resigned || !user.status.is_resigned) ? { user_id: user[idType], status: user.status } : {};
  const byMobile = input.mobiles.map((mobile) => ({ mobile, ...known(core.tenant.findUser('mobile', mobile)) }));
  return { user_list: [...byMobile, ...input.emails.map((email) => ({ email }))] };
}

function listScopes(core: Core, call: OpenRequest): unknown {
  const page = pageOf(core.tenant.childrenOf('0'), call.query, { usual: 50, most: 100 });
  const { items, ...rest } = page;
  return { department_ids: items, user_ids: [], group_ids: [], ...rest };
}

function findUnit(core: Core, id: string | undefined): WorldUnit {
  const unit = core.tenant.units.get(id ?? '') ?? core.tenant.units.get(`od-${id}`);
  if (!unit) throw new FeishuError(40004, 'no dept authority error', 403);
  return unit;
}

function findUser(core: Core, call: OpenRequest, id: string): TenantUser {
  const idType = parseInput(UserIdType, call.query.user_id_type);
  const user = core.tenant.findUser(idType, id);
  if (!user)
    throw idType === 'open_id' ? unknownId(99992351, 'open_id', id) : new FeishuError(41050, 'no user authority error');
  return user;
}
