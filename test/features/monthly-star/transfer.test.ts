/** A nominee or a voter who is transferred in the middle of a round: the deeds were done here, and the vote was given to them here. */
import { expect, it } from 'vitest';
import { now } from '../../../src/basics/clock.ts';
import { BRANCH_FIELD } from '../../../src/emulator/world/world.ts';
import {
  type Cast,
  candidacyOf,
  commissioner,
  lastRound,
  nominate,
  openBranchRound,
  openCandidate,
  openCast,
  toastOf,
} from './playing.ts';

const NEW_UNIT = '二大队';
const NEW_BRANCH = '二大队党支部';

/** The contacts say so, and the bot has read them. */
async function transfer({ house }: Cast, person: string): Promise<void> {
  const [unit] = await house.app.db.sql<{ id: string }>`SELECT id FROM unit WHERE name = ${NEW_UNIT}`;
  house.emulator.contacts.transfer(person, unit?.id ?? '');
  house.emulator.contacts.change(person, {
    custom_attrs: [{ id: BRANCH_FIELD, type: 'TEXT', value: { text: NEW_BRANCH } }],
  });
  await house.settles();
  await house.clockMovesTo(new Date(now().getTime() + 180_000));
  const [moved] = await house.app.db.sql<{ name: string }>`
    SELECT b.name FROM person p JOIN branch b ON b.id = p."branchId" WHERE p.id = ${person}`;
  expect(moved?.name).toBe(NEW_BRANCH);
}

it('keeps a nominee who is transferred, under the new unit, with the discipline officer of the new branch', async () => {
  const cast = await openCast();
  const { house, secretary, officer, auxiliary, leader } = cast;
  await openBranchRound(cast);
  expect(await nominate(cast, officer, auxiliary.id)).toContain('已提交');
  await transfer(cast, auxiliary.id);
  const name = await house.nameOf(auxiliary.id);
  // Nobody else can nominate them here any more; what was handed in stays.
  await leader.says(`提名 ${name}`);
  expect(toastOf(await leader.presses('查找', { sought: name }))).toContain('没有找到这个人');
  expect(toastOf(await secretary.presses('结束提名'))).toContain('共1位候选人');
  await house.settles();
  expect(secretary.seesLast('每月一星 · 候选人')).toContain(`${name} · ${NEW_UNIT}`);
  await openCandidate(cast, secretary, name);
  expect(toastOf(await secretary.presses('核实通过'))).toContain('已核实通过');
  await house.settles();
  expect(toastOf(await secretary.presses('完成核实'))).toContain('1位候选人');
  await house.settles();

  const former = await commissioner(cast);
  const reviewer = await commissioner(cast, NEW_BRANCH);
  expect(reviewer.id).not.toBe(former.id);
  expect(former.seesLast('每月一星 · 候选人')).toBe('');
  await openCandidate(cast, reviewer, name);
  expect(toastOf(await reviewer.presses('无异议'))).toContain('纪检意见已齐');
  await house.clockMovesTo(new Date(now().getTime() + 24 * 3_600_000));

  // Who came here before the vote has a ballot; who left before it has none; who leaves during it keeps it.
  const isVoter = async (id: string) =>
    (await house.app.db.sql`SELECT 1 FROM star_voter WHERE "personId" = ${id}`).length;
  expect([await isVoter(officer.id), await isVoter(auxiliary.id)]).toEqual([1, 0]);
  await transfer(cast, officer.id);
  const post0 = (await candidacyOf(house, auxiliary.id)).id;
  expect(toastOf(await officer.presses('提交投票', { post0 }))).toBe('已收到您的投票，谢谢。');
  const { voteUntil } = await lastRound(house);
  await house.clockMovesTo(new Date((voteUntil?.getTime() ?? 0) + 16 * 3_600_000));
  expect(toastOf(await leader.presses('确认人选', { post0 }))).toContain('已确认1位');
  await house.clockMovesTo(new Date(now().getTime() + 24 * 3_600_000));
  expect(secretary.seesLast('每月一星 · 公示')).toContain(`${name} · ${NEW_UNIT}`);
  // Whoever leaves during the notice has its card, and hears before writing anything that objecting is for those who are here.
  await transfer(cast, leader.id);
  expect(toastOf(await leader.presses('提出异议'))).toContain('您不在本轮的范围内');
  await house.settles();
  expect(leader.seesLast('公示异议 · 请填写')).toBe('');
});
