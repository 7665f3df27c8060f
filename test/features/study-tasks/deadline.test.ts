/** What follows on a deadline: silence for the overdue, one list for the issuer, one line a unit for its leader. */
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../../src/emulator/world/sample.ts';
import { openOffice, progressCard, taskCards } from './office.ts';

/** The deadline is Thursday at 18:00; two workdays later is Monday. */
const TASK = '本周四18:00前完成第一议题学习：学习讲话';

it('leaves the overdue in peace: the card turns to 已逾期, 今天 keeps it, only a person reminds', async () => {
  const { house, secretary, officer } = await openOffice(TASK);
  await house.clockMovesTo('2026-11-25T12:00:00+08:00');
  await house.clockMovesTo('2026-11-26T12:00:00+08:00');
  const before = taskCards(officer).length;
  expect(before).toBe(3);
  await house.clockMovesTo('2026-11-26T18:02:00+08:00');
  await house.clockMovesTo('2026-11-26T18:04:00+08:00');
  expect(taskCards(officer).at(-1)).toContain('已逾期');
  for (const day of ['27', '28', '29', '30']) await house.clockMovesTo(`2026-11-${day}T09:00:00+08:00`);
  await house.clockMovesTo('2026-12-03T18:30:00+08:00');
  expect(taskCards(officer)).toHaveLength(before);
  await officer.says('今天');
  expect(officer.seesLast()).toContain('第一议题学习：学习讲话');
  expect(officer.seesLast()).toContain('（已逾期）');

  await secretary.presses('催办');
  await house.settles();
  expect(taskCards(officer)).toHaveLength(before + 1);
  expect(await officer.presses('我已完成')).toMatchObject({ toast: { type: 'success' } });
});

it('drops a reminder that could not go before the deadline', async () => {
  const { house, officer } = await openOffice('11月24日17:00前完成第一议题学习：学习讲话');
  // The day's pushes are used up: the morning's reminder would come tomorrow, after the deadline.
  await house.clockMovesTo('2026-11-24T07:40:00+08:00');
  await house.app.db.sql`
    INSERT INTO daily_push ("personId", day, used) VALUES (${officer.id}, '2026-11-24', 4) ON CONFLICT ("personId", day) DO UPDATE SET used = 4`;
  const before = officer.sees().length;
  for (const at of ['2026-11-24T09:00:00+08:00', '2026-11-25T09:00:00+08:00', '2026-11-26T09:00:00+08:00'])
    await house.clockMovesTo(at);
  expect(officer.sees()).toHaveLength(before);
  const dropped = await house.app.db.sql`
    SELECT failure FROM delivery WHERE recipient = ${officer.id} AND state = 'dropped' AND "notAfter" IS NOT NULL`;
  expect(dropped).toEqual([{ failure: 'budget' }]);
});

it('gives the issuer the list of who is open, once, and the way to act on it', async () => {
  const { house, secretary, officer } = await openOffice(TASK);
  await officer.presses('我已完成');
  const lists = () => secretary.sees().filter((card) => card.includes('已到期 · 未完成名单'));
  await house.clockMovesTo('2026-11-25T12:00:00+08:00');
  await house.clockMovesTo('2026-11-26T17:59:00+08:00');
  expect(lists()).toEqual([]);
  await house.clockMovesTo('2026-11-26T18:02:00+08:00');
  expect(lists()).toHaveLength(1);
  const [row] = await house.app.db.sql<{ name: string }>`SELECT name FROM person WHERE id = ${officer.id}`;
  expect(lists().join()).not.toContain(row?.name ?? '');
  expect(lists().join()).toContain('完成时间已到');
  expect(await secretary.presses('催办')).toMatchObject({ toast: { content: expect.stringContaining('已提醒') } });
  await house.clockMovesTo('2026-11-30T12:00:00+08:00');
  expect(lists()).toHaveLength(1);
});

it('gives no list when nobody is open', async () => {
  const { house, secretary } = await openOffice(TASK);
  await house.app.db.sql`UPDATE part SET "doneAt" = now() WHERE NOT "isUnreachable"`;
  await house.clockMovesTo('2026-11-26T18:02:00+08:00');
  expect(secretary.sees().join()).not.toContain('未完成名单');
});

it('tells each leader of the own units, with causes and without names, two workdays later', async () => {
  const { house } = await openOffice(TASK);
  const administrator = house.person(SAMPLE_PEOPLE.administrator);
  await administrator.says('提醒全支队全体人员本周四18:00前完成线上平台学习：观看专题片');
  await administrator.presses('确认发布（');
  await house.settles();
  // In 一大队 nobody does it, in 三大队 everybody; of 二大队一中队 all are on leave.
  const [done, away, brigade] = await Promise.all(
    ['三大队', '二大队一中队', '一大队'].map(
      async (name) => (await house.app.db.sql<{ id: string }>`SELECT id FROM unit WHERE name = ${name}`)[0]?.id ?? '',
    ),
  );
  await house.app.db.sql`UPDATE part SET "doneAt" = now() WHERE "unitId" = ${done}`;
  await house.app.db.sql`
    INSERT INTO leave (id, "personId", "firstDay", "lastDay")
    SELECT gen_random_uuid(), id, '2026-11-23', '2026-12-31' FROM person WHERE "unitId" = ${away}`;
  const leaders = await house.app.db.sql<{ unit: string; personId: string }>`
    SELECT u.name AS unit, r."personId" FROM role_assignment r JOIN unit u ON u.id = r."scopeId" WHERE r.role = 'leader' AND r.until IS NULL`;
  const leaderOf = (unit: string) => house.person(leaders.find((one) => one.unit === unit)?.personId ?? '');
  const notices = (unit: string) =>
    leaderOf(unit)
      .sees()
      .filter((card) => card.includes('学习任务 · 完成情况'));

  await house.clockMovesTo('2026-11-30T17:59:00+08:00');
  expect(notices('一大队')).toEqual([]);
  await house.clockMovesTo('2026-11-30T18:02:00+08:00');
  await house.clockMovesTo('2026-12-01T09:00:00+08:00');
  const [names, total] = await Promise.all([
    house.app.db.sql<{
      name: string;
    }>`SELECT name FROM person WHERE "unitId" = ${brigade} AND id <> ${SAMPLE_PEOPLE.secretary}`,
    house.app.db.sql<{ count: number }>`SELECT count(*)::int AS count FROM person WHERE "unitId" = ${brigade}`,
  ]);
  const online = notices('一大队').filter((card) => card.includes('观看专题片'));
  expect(online).toHaveLength(1);
  expect(online.join()).toMatch(new RegExp(`一大队：已完成 0 · 待完成 \\d+.*（共${total[0]?.count}人）`));
  for (const { name } of names) expect(online.join()).not.toContain(name);
  expect(notices('三大队')).toEqual([]);
  expect(notices('二大队一中队')).toEqual([]);
  await house.clockMovesTo('2026-12-04T12:00:00+08:00');
  expect(notices('一大队').filter((card) => card.includes('观看专题片'))).toHaveLength(1);
});

it('tells no leader where the owner’s share is not exceeded', async () => {
  const { house } = await openOffice(TASK, { environment: { LEADER_NOTICE_SHARE: '1' } });
  await house.clockMovesTo('2026-12-01T09:00:00+08:00');
  expect(house.person(SAMPLE_PEOPLE.leader).sees().join()).not.toContain('完成情况');
});

it('reminds of the later deadline whoever was reminded of the earlier one', async () => {
  const { house, secretary, officer } = await openOffice(TASK);
  for (const day of ['25', '26']) await house.clockMovesTo(`2026-11-${day}T12:00:00+08:00`);
  expect(taskCards(officer)).toHaveLength(3);
  await secretary.presses('延期');
  await house.settles();
  await secretary.presses('确认延期', { dueAt: '2026-12-03 18:00 +0800' });
  await house.settles();
  expect(taskCards(officer)).toHaveLength(3);
  for (const day of ['11-27', '11-30', '12-01', '12-02', '12-03'])
    await house.clockMovesTo(`2026-${day}T12:00:00+08:00`);
  expect(taskCards(officer)).toHaveLength(5);
});

it('moves what follows with the deadline, and forgets it after a withdrawal', async () => {
  const { house, secretary } = await openOffice(TASK);
  const leader = house.person(SAMPLE_PEOPLE.leader);
  await secretary.presses('延期');
  await house.settles();
  await secretary.presses('确认延期', { dueAt: '2026-12-03 18:00 +0800' });
  await house.clockMovesTo('2026-12-01T09:00:00+08:00');
  expect(secretary.sees().join()).not.toContain('未完成名单');
  expect(leader.sees().join()).not.toContain('完成情况');
  await house.clockMovesTo('2026-12-02T12:00:00+08:00');
  await house.clockMovesTo('2026-12-03T18:02:00+08:00');
  expect(secretary.sees().join()).toContain('未完成名单');
  expect(progressCard(secretary)).toContain('12月3日');
  expect(await secretary.presses('撤销')).toMatchObject({ ok: true });
  await house.clockMovesTo('2026-12-10T09:00:00+08:00');
  expect(leader.sees().join()).not.toContain('完成情况');
});
