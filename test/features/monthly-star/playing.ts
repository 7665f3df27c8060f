/** How the tests play a round: its people, and the steps that lead to where a test begins. */
import { expect } from 'vitest';
import { now } from '../../../src/basics/clock.ts';
import { SAMPLE_BRANCH, SAMPLE_PEOPLE } from '../../../src/emulator/world/sample.ts';
import { type House, openHouse, type TestPerson } from '../../support/house.ts';
import { toastOf } from '../../support/persons.ts';

export { toastOf };

/** The evening before the first workday of a month. */
export const EVENING_BEFORE = new Date('2026-11-30T18:00:00+08:00');

export type Cast = {
  house: House;
  administrator: TestPerson;
  secretary: TestPerson;
  officer: TestPerson;
  auxiliary: TestPerson;
  leader: TestPerson;
  chief: TestPerson;
};

export async function openCast(at?: Date): Promise<Cast> {
  const house = await openHouse(at ? { at } : {});
  const { administrator, secretary, officer, auxiliary, leader, chief } = SAMPLE_PEOPLE;
  return {
    house,
    administrator: house.person(administrator),
    secretary: house.person(secretary),
    officer: house.person(officer),
    auxiliary: house.person(auxiliary),
    leader: house.person(leader),
    chief: house.person(chief),
  };
}

/** Says it, and gives the limit of five messages a second to one person the time to pass. */
export async function says({ house }: Cast, person: TestPerson, text: string): Promise<void> {
  await person.says(text);
  await house.clockMovesTo(new Date(now().getTime() + 2000));
}

/** The round that was opened last, by hand if any was. */
export async function lastRound(house: House) {
  const [round] = await house.app.db.sql<{
    id: string;
    state: string;
    voteUntil: Date | null;
    noticeUntil: Date | null;
  }>`
    SELECT id, state, "voteUntil", "noticeUntil" FROM star_round ORDER BY "tickMonth" IS NULL DESC, "createdAt" DESC LIMIT 1`;
  if (!round) throw new Error('there is no round');
  return round;
}

export async function postsOf(house: House): Promise<{ id: string; name: string; sort: number }[]> {
  return house.app.db
    .sql`SELECT id, name, sort FROM star_post WHERE "roundId" = ${(await lastRound(house)).id}::uuid ORDER BY sort`;
}

export async function candidacyOf(
  house: House,
  nominee: string,
): Promise<{ id: string; state: string; reason: string | null }> {
  const [row] = await house.app.db.sql<{ id: string; state: string; reason: string | null }>`
    SELECT id, state, reason FROM star_candidacy WHERE "roundId" = ${(await lastRound(house)).id}::uuid AND "nomineeId" = ${nominee}`;
  if (!row) throw new Error('there is no such candidacy');
  return row;
}

/** A secretary's round for the own branch, open for nomination; without the vote if asked. */
export async function openBranchRound(cast: Cast, form: Record<string, unknown> = {}): Promise<void> {
  const { house, secretary } = cast;
  await secretary.says('发起每月一星');
  if (Object.keys(form).length > 0) {
    await secretary.presses('修改');
    await secretary.presses('下一步', form);
  }
  expect(toastOf(await secretary.presses('确认发起'))).toContain('已发起');
  await house.settles();
}

/** Hands in a nomination, found by what is typed. */
export async function nominate(
  cast: Cast,
  who: TestPerson,
  nominee: string,
  post = 0,
  said: Record<string, unknown> = { firm: '带头学习，遇事冲在前面。' },
): Promise<string> {
  const { house } = cast;
  await who.says(`提名 ${await house.nameOf(nominee)}`);
  const posts = await postsOf(house);
  const answer = await who.presses('提交提名', { nominee, post: posts[post]?.id, ...said });
  await house.settles();
  return toastOf(answer);
}

/** The 纪检委员 of a branch; of the well-known people's, unless another is named. */
export async function commissioner({ house }: Cast, branch = SAMPLE_BRANCH): Promise<TestPerson> {
  const [row] = await house.app.db.sql<{ id: string }>`
    SELECT r."personId" AS id FROM role_assignment r JOIN branch b ON b.id::text = r."scopeId" WHERE r.role = 'discipline-commissioner' AND b.name = ${branch}`;
  return house.person(row?.id ?? '');
}

/** A branch's round whose nominees have all been nominated by the officer, with nominations closed. */
export async function reachChecking(cast: Cast, nominees: string[], form: Record<string, unknown> = {}): Promise<void> {
  await openBranchRound(cast, form);
  for (const nominee of nominees) expect(await nominate(cast, cast.officer, nominee)).toContain('已提交');
  expect(toastOf(await cast.secretary.presses('结束提名'))).toContain('提名已结束');
  await cast.house.settles();
}

/** The same, with everybody passed, waiting for the opinions. */
export async function reachReview(cast: Cast, nominees: string[], form: Record<string, unknown> = {}): Promise<void> {
  await reachChecking(cast, nominees, form);
  for (const nominee of nominees) {
    await openCandidate(cast, cast.secretary, await cast.house.nameOf(nominee));
    expect(toastOf(await cast.secretary.presses('核实通过'))).toContain('已核实通过');
    await cast.house.settles();
  }
  expect(toastOf(await cast.secretary.presses('完成核实'))).toContain('核实完成');
  await cast.house.settles();
}

/**
 * The same, with nothing objected by the discipline officer, on the next day: the vote, or the decision where none is held. Office
 * holders had their two quiet pushes of the day already.
 */
export async function reachVote(cast: Cast, nominees: string[], form: Record<string, unknown> = {}): Promise<void> {
  await reachReview(cast, nominees, form);
  const reviewer = await commissioner(cast);
  for (const nominee of nominees) {
    await openCandidate(cast, reviewer, await cast.house.nameOf(nominee));
    expect(toastOf(await reviewer.presses('无异议'))).toContain('已记录');
    await cast.house.settles();
  }
  await cast.house.clockMovesTo(new Date(now().getTime() + 24 * 3_600_000));
}

/** Presses 查看 beside a name on the newest list of candidates. */
export async function openCandidate({ house }: Cast, who: TestPerson, name: string): Promise<void> {
  const message = house.emulator
    .messagesOf(who.id)
    .filter(
      ({ type, content }) => type === 'interactive' && JSON.stringify(content).includes('monthly-star/candidate"'),
    )
    .findLast(({ content }) => JSON.stringify(content).includes(name) && JSON.stringify(content).includes('候选人"'));
  if (!message) throw new Error(`no list of candidates names ${name}`);
  const press = rowsOf(message.content).find((row) => row.text.includes(name));
  if (!press) throw new Error(`no row names ${name}`);
  await house.emulator.press(who.id, message.id, { value: press.value });
  await house.settles();
}

/** Every row of columns that has a button: its words, and what the button carries. */
function rowsOf(node: unknown): { text: string; value: Record<string, unknown> }[] {
  if (Array.isArray(node)) return node.flatMap(rowsOf);
  if (typeof node !== 'object' || node === null) return [];
  const part = node as Record<string, unknown>;
  if (part.tag === 'column_set') {
    const text = JSON.stringify(part);
    const value = /"value":(\{"candidate":[^}]*\})/.exec(text)?.[1];
    return value ? [{ text, value: JSON.parse(value) }] : [];
  }
  return Object.values(part).flatMap(rowsOf);
}
