/** What all processes of the benchmark agree on: the app's credentials and the people. */
import { BRANCH_FIELD, IN_SERVICE, POLITICS_FIELD, type World } from '../../src/emulator/world/world.ts';

export const CREDENTIALS = {
  appId: 'cli_0123456789abcdef',
  appSecret: 'the secret of the benchmark',
  encryptKey: 'the key of the benchmark',
  verificationToken: 'the token of the benchmark',
};

export const BRANCH_COUNT = 10;
export const PEOPLE_PER_BRANCH = 2_000;

/** The administrator who issues the tasks; belongs to no branch. */
export const ISSUER = 'ou_issuer';

/** The name of a branch, from 0. */
export function branchName(branch: number): string {
  return `测试${branch + 1}号党支部`;
}

/** A detachment with one unit for each branch, all of whose people are Party members. */
export function createWorld(): World {
  const branches = Array.from({ length: BRANCH_COUNT }, (_, branch) => branch);
  const unitId = (branch: number) => `od-${branch}`;
  const person = (id: string, unit: string, branch: string) => ({
    ...{ open_id: `ou_${id}`, union_id: `on_${id}`, user_id: id, name: `民警${id}`, mobile: `+86${id}` },
    ...{ department_ids: [unit], employee_type: 1, job_title: '民警', status: IN_SERVICE },
    custom_attrs: [
      { id: BRANCH_FIELD, type: 'TEXT' as const, value: { text: branch } },
      { id: POLITICS_FIELD, type: 'TEXT' as const, value: { text: '中共党员' } },
    ],
  });
  const members = branches.flatMap((branch) =>
    Array.from({ length: PEOPLE_PER_BRANCH }, (_, seat) =>
      person(`${branch}-${String(seat).padStart(5, '0')}`, unitId(branch), branchName(branch)),
    ),
  );
  return {
    units: branches.map((branch) => ({
      ...{ open_department_id: unitId(branch), name: `测试${branch + 1}号大队`, parent: '0', order: branch },
    })),
    users: [person('issuer', '0', ''), ...members],
    groups: [],
    bot: { name: '警心助手', open_id: 'ou_bot' },
  };
}
