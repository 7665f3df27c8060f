/** The sample detachment is whole, plausible, and the same every time. */
import { describe, expect, it } from 'vitest';
import { SAMPLE_BRANCH, SAMPLE_PEOPLE, sampleRoles, sampleWorld } from '../../src/emulator/world/sample.ts';
import { BRANCH_FIELD, POLITICS_FIELD, type WorldUser } from '../../src/emulator/world/world.ts';

const world = sampleWorld();
const roles = sampleRoles();
const field = (user: WorldUser, id: string) =>
  user.custom_attrs.find((attribute) => attribute.id === id)?.value.text ?? '';
const branches = groupUsers((user) => field(user, BRANCH_FIELD));

function groupUsers(keyOf: (user: WorldUser) => string): Map<string, WorldUser[]> {
  const groups = new Map<string, WorldUser[]>();
  for (const user of world.users) groups.set(keyOf(user), [...(groups.get(keyOf(user)) ?? []), user]);
  return groups;
}

describe('the sample detachment', () => {
  it('is the same every time', () => {
    expect(sampleWorld()).toEqual(world);
    expect(sampleRoles()).toEqual(roles);
  });

  it('has 400 people in 12 units and 18 branches', () => {
    expect([world.users.length, world.units.length, branches.size]).toEqual([400, 12, 18]);
  });

  it('gives nobody another’s name, id or number', () => {
    for (const key of ['open_id', 'union_id', 'user_id', 'name', 'mobile'] as const) {
      expect(new Set(world.users.map((user) => user[key])).size).toBe(world.users.length);
    }
  });

  it('has numbers that cannot be dialled', () => {
    expect(world.users.filter(({ mobile }) => !/^\+86100\d{8}$/.test(mobile))).toEqual([]);
  });

  it('is one tree, and its leaders serve in their units', () => {
    const ids = world.units.map((unit) => unit.open_department_id);
    expect(world.units.filter(({ parent }) => parent === '0')).toHaveLength(1);
    for (const [place, unit] of world.units.entries()) {
      if (unit.parent !== '0') expect(ids.slice(0, place)).toContain(unit.parent);
      const leader = world.users.find(({ open_id }) => open_id === unit.leader);
      expect(leader?.department_ids).toEqual([unit.open_department_id]);
    }
  });

  it('has branches of three full members to fifty, led by a member who is in the branch', () => {
    for (const [name, people] of branches) {
      const members = people.filter((user) => field(user, POLITICS_FIELD) === '中共党员');
      expect(members.length).toBeGreaterThanOrEqual(3);
      expect(members.length).toBeLessThanOrEqual(50);
      for (const role of ['secretary', 'discipline-commissioner']) {
        const holders = roles.filter((one) => one.role === role && one.scope.branchName === name);
        expect(holders).toHaveLength(1);
        expect(members.map(({ open_id }) => open_id)).toContain(holders[0]?.personId);
      }
    }
  });

  it('has officers and auxiliaries, every politics status, and a few who cannot be reached', () => {
    const unreachable = world.users.filter(({ status }) => status.is_frozen || !status.is_activated);
    expect(unreachable.length).toBeGreaterThan(4);
    expect(unreachable.length).toBeLessThan(20);
    expect(new Set(world.users.map((user) => field(user, POLITICS_FIELD))).size).toBe(4);
    expect(world.users.filter(({ employee_type }) => employee_type === 1)).toHaveLength(190);
    const holders = new Set(roles.map(({ personId }) => personId));
    expect(unreachable.filter(({ open_id }) => holders.has(open_id))).toEqual([]);
  });

  it('has units that take more than one page of the contacts', () => {
    const biggest = Math.max(
      ...[...groupUsers((user) => user.department_ids[0] ?? '').values()].map((unit) => unit.length),
    );
    expect(biggest).toBeGreaterThan(50);
  });

  it('knows its well-known people', () => {
    const known = Object.entries(SAMPLE_PEOPLE).map(([who, id]) => {
      const user = world.users.find(({ open_id }) => open_id === id);
      const role = roles.find(({ personId }) => personId === id)?.role ?? 'none';
      return (
        user &&
        `${who}: ${user.name}, ${user.job_title}, ${field(user, POLITICS_FIELD)}, ${field(user, BRANCH_FIELD)}, ${role}`
      );
    });
    expect(known).toEqual([
      'chief: 赵知行, 支队长, 中共党员, 支队机关党支部, leader',
      'administrator: 陈致远, 民警（系统管理员）, 中共党员, 政治处党支部, administrator',
      'leader: 严安澜, 大队长, 中共党员, 一大队党支部, leader',
      'secretary: 华若谷, 教导员、党支部书记, 中共党员, 一大队党支部, secretary',
      'officer: 魏维清, 民警, 中共党员, 一大队党支部, none',
      'auxiliary: 周泊舟, 辅警, 群众, 一大队党支部, none',
    ]);
    expect(SAMPLE_BRANCH).toBe('一大队党支部');
  });

  it('has groups of known people, the owner first', () => {
    const ids = new Set(world.users.map(({ open_id }) => open_id));
    expect(world.groups.map(({ name }) => name)).toEqual(['支队通知群', '支部书记群', '一大队工作群']);
    for (const { members } of world.groups) {
      expect(members.filter((id) => !ids.has(id))).toEqual([]);
      expect(new Set(members).size).toBe(members.length);
    }
  });
});
