/** Users and departments as the Open API and the contact events show them, fields without their scope left out. */
import type { Core } from '../core.ts';
import type { TenantUser } from '../world/tenant.ts';
import type { WorldUnit } from '../world/world.ts';

const BROAD_SCOPES = ['contact:contact:readonly_as_app', 'contact:contact:readonly'];

/** The scope each user field needs. Source: /contact-v3/user/get. */
const FIELD_SCOPES: Record<string, string> = {
  name: 'contact:user.base:readonly',
  avatar: 'contact:user.base:readonly',
  mobile: 'contact:user.phone:readonly',
  user_id: 'contact:user.employee_id:readonly',
  department_ids: 'contact:user.department:readonly',
  orders: 'contact:user.department:readonly',
  job_title: 'contact:user.employee:readonly',
  employee_type: 'contact:user.employee:readonly',
  employee_no: 'contact:user.employee:readonly',
  status: 'contact:user.employee:readonly',
  custom_attrs: 'contact:user.employee:readonly',
};

/** A user; ids other than the scopes allow are absent. */
export function userData(core: Core, user: TenantUser): Record<string, unknown> {
  const fields = {
    open_id: user.open_id,
    union_id: user.union_id,
    user_id: user.user_id,
    name: user.name,
    en_name: '',
    mobile: user.mobile,
    gender: 0,
    avatar: { avatar_72: '', avatar_240: '', avatar_640: '', avatar_origin: '' },
    status: user.status,
    department_ids: user.department_ids,
    orders: user.department_ids.map((id, index) => ({
      department_id: id,
      user_order: 0,
      department_order: user.department_ids.length - index,
      is_primary_dept: index === 0,
    })),
    employee_type: user.employee_type,
    employee_no: user.employee_no ?? '',
    job_title: user.job_title,
    custom_attrs: user.custom_attrs,
    is_tenant_manager: false,
  };
  return Object.fromEntries(Object.entries(fields).filter(([name]) => isGranted(core, FIELD_SCOPES[name])));
}

function isGranted(core: Core, scope: string | undefined): boolean {
  if (!core.scopes || !scope) return true;
  return core.scopes.has(scope) || BROAD_SCOPES.some((broad) => core.scopes?.has(broad));
}

/** A department. `order` is a string. Source: /contact-v3/department/get. */
export function departmentData(core: Core, unit: WorldUnit): Record<string, unknown> {
  return {
    name: unit.name,
    i18n_name: { zh_cn: '', ja_jp: '', en_us: '' },
    parent_department_id: unit.parent,
    department_id: unit.open_department_id.replace(/^od-/, ''),
    open_department_id: unit.open_department_id,
    ...(unit.leader && { leader_user_id: unit.leader, leaders: [{ leaderType: 1, leaderID: unit.leader }] }),
    order: String(unit.order),
    member_count: core.tenant.membersOf(unit.open_department_id).length,
    status: { is_deleted: false },
  };
}
