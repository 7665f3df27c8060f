/** A detachment small enough to play whole days of it: a few people of each place of the sample, the well-known ones among them. */
import { sampleWorld } from '../../../src/emulator/world/sample.ts';
import type { World, WorldUser } from '../../../src/emulator/world/world.ts';

/** So many officers and auxiliaries of each unit; the others are left out. The first seats hold the offices. */
const STRENGTH: Record<string, [officers: number, auxiliaries: number]> = {
  澄岭市公安局交通警察支队: [4, 0],
  政治处: [5, 0],
  一大队: [9, 5],
  一大队一中队: [5, 3],
};
const OFFICER_TYPE = 1;

/** These 31 people; the last of 一大队 and of its first squadron have not opened their account yet. */
export function smallWorld(): World {
  const world = sampleWorld();
  const units = world.units.filter(({ name }) => name in STRENGTH);
  const users = units.flatMap((unit) => {
    const people = world.users.filter(({ department_ids }) => department_ids[0] === unit.open_department_id);
    const [officers, auxiliaries] = STRENGTH[unit.name] ?? [0, 0];
    return [
      ...people.filter(({ employee_type }) => employee_type === OFFICER_TYPE).slice(0, officers),
      ...people.filter(({ employee_type }) => employee_type !== OFFICER_TYPE).slice(0, auxiliaries),
    ].map((user, seat, all) => (seat === all.length - 1 && auxiliaries > 0 ? withoutAccount(user) : reachable(user)));
  });
  const kept = new Set(users.map(({ open_id }) => open_id));
  const groups = world.groups.map((group) => ({ ...group, members: group.members.filter((id) => kept.has(id)) }));
  return { ...world, units, users, groups };
}

function reachable(user: WorldUser): WorldUser {
  return { ...user, status: { ...user.status, is_activated: true, is_unjoin: false, is_frozen: false } };
}

function withoutAccount(user: WorldUser): WorldUser {
  return { ...user, status: { ...user.status, is_activated: false, is_unjoin: true } };
}
