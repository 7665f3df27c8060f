/** Changes to the contacts as a personnel office makes them; each is pushed to the bot as a contact event. */
import { departmentData, userData } from '../api/contact-data.ts';
import { FeishuError } from '../api/feishu-error.ts';
import type { Core } from '../core.ts';
import type { TenantUser } from './tenant.ts';
import type { WorldUnit, WorldUser } from './world.ts';

/** Somebody new joins. Source: /contact-v3/user/events/created. */
export function addUser(core: Core, user: WorldUser): void {
  core.tenant.users.set(user.open_id, user);
  core.push.event('contact.user.created_v3', { object: userData(core, user) });
  core.changes.emit({ kind: 'people' });
}

/** Fields of a user change; the event names the old values of those only. Source: /contact-v3/user/events/updated. */
export function changeUser(core: Core, openId: string, change: Partial<TenantUser>): void {
  const before = findUser(core, openId);
  const after = { ...before, ...change, open_id: openId };
  core.tenant.users.set(openId, after);
  const old = Object.entries(userData(core, before)).filter(([field]) => field in change);
  if (old.length > 0) {
    core.push.event('contact.user.updated_v3', { object: userData(core, after), old_object: Object.fromEntries(old) });
  }
  core.changes.emit({ kind: 'people' });
}

/** Somebody moves to these units, the main one first. */
export function transferUser(core: Core, openId: string, ...unitIds: string[]): void {
  for (const id of unitIds) if (!core.tenant.units.get(id)) throw new FeishuError(40004, 'no such department', 403);
  changeUser(core, openId, { department_ids: unitIds });
}

/** Somebody leaves the tenant: out of units and groups, and beyond the bot's reach. Source: /contact-v3/user/events/deleted. */
export function removeUser(core: Core, openId: string): void {
  const before = findUser(core, openId);
  const status = { ...before.status, is_resigned: true, is_activated: false };
  core.tenant.users.set(openId, { ...before, status, department_ids: [] });
  for (const group of core.tenant.groupsOf(openId)) {
    core.tenant.groups.set(group.chat_id, { ...group, members: group.members.filter((id) => id !== openId) });
  }
  core.push.event('contact.user.deleted_v3', {
    object: { open_id: openId, union_id: before.union_id, user_id: before.user_id },
    old_object: { status: before.status, department_ids: before.department_ids, open_id: openId },
  });
  core.changes.emit({ kind: 'people' });
}

/** A unit is made, or changed when it exists. Source: /contact-v3/department/events/created, updated. */
export function putUnit(core: Core, unit: WorldUnit): void {
  const before = core.tenant.units.get(unit.open_department_id);
  core.tenant.units.set(unit.open_department_id, unit);
  core.push.event(before ? 'contact.department.updated_v3' : 'contact.department.created_v3', {
    object: departmentData(core, unit),
    ...(before && { old_object: departmentData(core, before) }),
  });
  core.changes.emit({ kind: 'people' });
}

/** A unit is dissolved. Its people stay in the contacts without it. Source: /contact-v3/department/events/deleted. */
export function removeUnit(core: Core, unitId: string): void {
  const unit = core.tenant.units.get(unitId);
  if (!unit) throw new FeishuError(40004, 'no such department', 403);
  for (const user of core.tenant.membersOf(unitId)) {
    changeUser(core, user.open_id, { department_ids: user.department_ids.filter((id) => id !== unitId) });
  }
  core.tenant.units.delete(unitId);
  core.push.event('contact.department.deleted_v3', {
    object: { ...departmentData(core, unit), status: { is_deleted: true } },
    old_object: { status: { is_deleted: false }, open_department_id: unitId },
  });
  core.changes.emit({ kind: 'people' });
}

/** Whether the bot can write to somebody: no event tells it, only the next call does. */
export function setReach(
  core: Core,
  openId: string,
  reach: { isUnavailable?: boolean; hasStoppedBot?: boolean },
): void {
  core.tenant.users.set(openId, { ...findUser(core, openId), ...reach });
}

function findUser(core: Core, openId: string): TenantUser {
  const user = core.tenant.users.get(openId);
  if (!user) throw new FeishuError(41050, 'no such user');
  return user;
}
