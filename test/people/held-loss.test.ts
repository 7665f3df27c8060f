/** A reading of the contacts that lacks many people changes nothing until an administrator says that they have left. */
import { describe, expect, it, test } from 'vitest';
import { now } from '../../src/basics/clock.ts';
import { SAMPLE_PEOPLE, sampleWorld } from '../../src/emulator/world/sample.ts';
import { isHeavyLoss } from '../../src/people/heavy-loss.ts';
import { type House, openHouse } from '../support/house.ts';

const { users } = sampleWorld();
/** In the order of the world, but for the administrators and the chief. */
const OTHERS = users
  .map(({ open_id }) => open_id)
  .filter((id) => id !== SAMPLE_PEOPLE.administrator && id !== SAMPLE_PEOPLE.chief);
const BUTTON = '确认这些人已离开';

describe('a loss is heavy', () => {
  it.each([
    [41, 400, true],
    [40, 400, false],
    [400, 400, true],
    [5, 49, true],
    [5, 50, false],
    [4, 9, false],
    [4, 8, false],
    [4, 7, true],
    [1, 2, false],
    [1, 1, true],
    [0, 400, false],
    [0, 0, false],
  ])('%i of %i: %s', (lost, inService, isHeavy) => expect(isHeavyLoss(lost, inService)).toBe(isHeavy));
});

test('many leave the contacts: nothing changes, the administrator is asked, and 确认 retires exactly them', async () => {
  const house = await openHouse();
  const administrator = house.person(SAMPLE_PEOPLE.administrator);
  const before = await readState(house);
  const gone = [SAMPLE_PEOPLE.secretary, ...OTHERS.filter((id) => id !== SAMPLE_PEOPLE.secretary).slice(0, 59)];

  await lose(house, gone);
  expect(await readState(house)).toEqual(before);
  expect(administrator.seesLast()).toContain('在职400人，通讯录里少了60人，还没有作任何改动');
  expect(administrator.seesLast()).not.toMatch(new RegExp(users.map(({ name }) => name).join('|')));

  await house.clockMovesTo('2026-11-24T03:13:00+08:00'); // the nightly reading asks nobody anew
  await house.clockMovesTo('2026-11-24T10:00:00+08:00');
  expect(await readState(house)).toEqual(before);
  expect(administrator.sees().filter((card) => card.includes('少了60人'))).toHaveLength(1);

  expect(await administrator.presses(BUTTON)).toMatchObject({ ok: true, toast: { type: 'success' } });
  await settle(house);
  expect((await readState(house)).left).toEqual(gone.toSorted());
  expect((await readState(house)).roles).not.toContain(`secretary ${SAMPLE_PEOPLE.secretary}`);
  expect(administrator.seesLast()).toContain('60人已按离开办理');
});

test('what was accepted counts once, and for nobody else', async () => {
  const house = await openHouse();
  const administrator = house.person(SAMPLE_PEOPLE.administrator);
  const before = await readState(house);
  await lose(house, OTHERS.slice(0, 50));
  for (const id of OTHERS.slice(50, 60)) house.emulator.contacts.leave(id); // seen by the reading that the press asks for
  expect(await administrator.presses(BUTTON)).toMatchObject({ ok: true, toast: { type: 'success' } });
  await settle(house);
  expect(await readState(house)).toEqual(before);
  expect(administrator.seesLast()).toContain('少了60人');
  expect(administrator.sees().some((card) => card.includes('请看新的卡片'))).toBe(true);

  await administrator.presses(BUTTON);
  await settle(house);
  expect((await readState(house)).left).toHaveLength(60);
  await lose(house, OTHERS.slice(60, 100));
  expect((await readState(house)).left).toHaveLength(60);
  await house.clockMovesTo('2026-11-24T10:00:00+08:00'); // the third quiet card of a day comes on the next one
  expect(administrator.seesLast()).toContain('在职340人，通讯录里少了40人');
});

test('a press on a question that is over changes nothing', async () => {
  const house = await openHouse();
  const administrator = house.person(SAMPLE_PEOPLE.administrator);
  await lose(house, OTHERS.slice(0, 50));
  await house.app.db.sql`UPDATE held_loss SET state = 'settled'`;
  expect(await administrator.presses(BUTTON)).toMatchObject({ toast: { type: 'warning' } });
  const jobs = await house.app.db.sql`SELECT 1 FROM pending_job WHERE job = 'synchronise' AND "dueAt" <= now()`;
  expect(jobs).toEqual([]);
});

test('people who come back settle it, and the reading goes on as always', async () => {
  const house = await openHouse();
  const administrator = house.person(SAMPLE_PEOPLE.administrator);
  const gone = OTHERS.slice(0, 50);
  await lose(house, gone);
  for (const user of users.filter(({ open_id }) => gone.slice(1).includes(open_id))) house.emulator.contacts.add(user);
  await settle(house);
  expect((await readState(house)).left).toEqual(gone.slice(0, 1));
  expect(administrator.seesLast()).toContain('通讯录已经恢复，不需要处理');
});

test('whoever is no administrator any more cannot accept a loss', async () => {
  const house = await openHouse();
  const administrator = house.person(SAMPLE_PEOPLE.administrator);
  await lose(house, OTHERS.slice(0, 50));
  await house.app.db.sql`UPDATE role_assignment SET until = "from" WHERE role = 'administrator'`;
  expect(await administrator.presses(BUTTON)).not.toMatchObject({ toast: { type: 'success' } });
  expect(await house.app.db.sql`SELECT state FROM held_loss`).toEqual([{ state: 'open' }]);
});

test('an empty answer is a loss too, and without an administrator the log says so', async () => {
  const house = await openHouse({ environment: { ADMIN_IDS: 'ou_nobody' } });
  await house.app.db.sql`UPDATE role_assignment SET until = "from" WHERE role = 'administrator'`;
  const before = await readState(house);
  await lose(
    house,
    users.map(({ open_id }) => open_id),
  );
  expect(await readState(house)).toEqual(before);
  const errors = house.logged.filter(({ level }) => level === 50);
  expect(errors).toContainEqual(expect.objectContaining({ lost: 400, inService: 400 }));
});

test('a range that is narrowed step by step is asked about as soon as a tenth is lacking within a day', async () => {
  const house = await openHouse();
  const administrator = house.person(SAMPLE_PEOPLE.administrator);
  await lose(house, OTHERS.slice(0, 30));
  expect((await readState(house)).left).toHaveLength(30);
  await lose(house, OTHERS.slice(30, 60));
  expect((await readState(house)).left).toHaveLength(30);
  expect(administrator.seesLast()).toContain('在职370人，通讯录里少了30人，还没有作任何改动');
  await administrator.presses(BUTTON);
  await settle(house);
  expect((await readState(house)).left).toHaveLength(60);
  // What was accepted is no reason to ask again, and neither is what happened on another day.
  await lose(house, OTHERS.slice(60, 61));
  expect((await readState(house)).left).toHaveLength(61);
  await house.clockMovesTo('2026-11-25T10:00:00+08:00');
  await lose(house, OTHERS.slice(61, 90));
  expect((await readState(house)).left).toHaveLength(90);
});

test('a field that the contacts no longer tell takes nothing from anybody; one that changes for a few does', async () => {
  const house = await openHouse();
  const known = () =>
    house.app.db
      .sql`SELECT id, kind, politics, "unitId", "branchId"::text FROM person WHERE id <> ${OTHERS[0] ?? ''} ORDER BY id`;
  const before = await known();
  const silent = { custom_attrs: [], employee_type: undefined };
  house.emulator.contacts.change(OTHERS[0] ?? '', silent as never);
  await settle(house);
  const [one] = await house.app.db.sql`SELECT kind, politics, "branchId" FROM person WHERE id = ${OTHERS[0] ?? ''}`;
  expect(one).toEqual({ kind: 'officer', politics: 'none', branchId: null });

  for (const { open_id } of users) house.emulator.contacts.change(open_id, silent as never);
  await settle(house);
  expect(await known()).toEqual(before);
  const fields = house.logged.filter(({ msg }) => msg === 'the contacts say nothing of many people');
  expect(new Set(fields.map(({ field }) => field))).toEqual(new Set(['saidKind', 'saidPolitics', 'saidBranch']));
});

test('single people leave without a question', async () => {
  const house = await openHouse();
  await lose(house, [SAMPLE_PEOPLE.secretary]);
  const { left, roles } = await readState(house);
  expect(left).toEqual([SAMPLE_PEOPLE.secretary]);
  expect(roles).not.toContain(`secretary ${SAMPLE_PEOPLE.secretary}`);
  expect(house.person(SAMPLE_PEOPLE.administrator).sees().join()).not.toContain('通讯录里少了');
});

async function lose(house: House, ids: string[]): Promise<void> {
  for (const id of ids) house.emulator.contacts.leave(id);
  await settle(house);
}

/** Lets the reading happen that follows a change by two seconds, and the cards' edits that follow by two more. */
async function settle(house: House): Promise<void> {
  await house.settles();
  for (let step = 0; step < 3; step++) await house.clockMovesTo(new Date(now().getTime() + 3_000));
}

/** Who has left, and every role in force. */
async function readState({ app }: House): Promise<{ left: string[]; roles: string[] }> {
  const left = await app.db.sql<{ id: string }>`SELECT id FROM person WHERE status = 'left' ORDER BY id`;
  const roles = await app.db.sql<{ role: string; personId: string }>`
    SELECT role, "personId" FROM role_assignment WHERE until IS NULL ORDER BY role, "personId"`;
  return { left: left.map(({ id }) => id), roles: roles.map(({ role, personId }) => `${role} ${personId}`) };
}
