/** What a role is called with what it is of: 一大队党支部支部书记, 全支队管理员. */
import { ROLES } from '../../people/assign-role.ts';
import type { RoleName } from '../../people/person.ts';

export function nameOf({ role, scope }: { role: RoleName; scope: string | null }): string {
  const { name } = ROLES[role];
  // 一大队党支部 and 支部书记 share their middle.
  return scope?.endsWith('党支部') ? `${scope}${name.replace(/^支部/u, '')}` : `${scope ?? '全支队'}${name}`;
}
