/** The lists, taken and given directly: receipts in, ledger and hand-outs out. */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { createLog } from '../../../src/basics/log.ts';
import { createCalendar } from '../../../src/calendar/create-calendar.ts';
import { readConfig } from '../../../src/config.ts';
import { declared } from '../../../src/declared.ts';
import type { PersonTurn } from '../../../src/feature.ts';
import { entriesList, handoutList, takeReceipts } from '../../../src/features/heat-supplies/lists.ts';
import { features } from '../../../src/features/index.ts';
import type { ListOutcome } from '../../../src/list.ts';
import { may } from '../../../src/people/permissions.ts';
import type { Person } from '../../../src/people/person.ts';
import type { Database } from '../../../src/storage/database.ts';
import { createRegistry } from '../../../src/turn/registry.ts';
import { createTurn } from '../../../src/turn/turn.ts';
import { OPEN_POLICY } from '../../support/open-policy.ts';
import { openHandout, openOffice } from './office.ts';
import { createPoint, findLies, NOON, openStore } from './store.ts';

// Enters what the features allow in the permission table, as the start of a house does.
createRegistry(declared);

const context = {
  calendar: createCalendar({ timeZone: 'Asia/Shanghai' }),
  policy: OPEN_POLICY,
  settings: readConfig(features, {}).settings,
  log: createLog('silent'),
  drive: () => {},
};
const ADMINISTRATOR: Person['roles'] = [{ name: 'administrator', scopeId: null }];
const PERIOD = { firstDay: '2026-07-01', lastDay: '2026-07-31' };

function inTurn<T>(db: Database, roles: Person['roles'], work: (turn: PersonTurn) => Promise<T>): Promise<T> {
  const who: Person = {
    id: 'ou_x',
    name: '甲',
    kind: 'officer',
    politics: 'none',
    unitId: null,
    branchId: null,
    roles,
  };
  return db.transaction((tx) =>
    work({
      ...createTurn(context, 'heat-supplies', { db: tx, now: NOON, hasNews: false }),
      who,
      eventId: randomUUID(),
      saidAt: NOON,
      may: may.bind(null, who),
    }),
  );
}

type Rows = Parameters<typeof takeReceipts>[1];
const BLANK = {
  no: undefined,
  document: undefined,
  day: undefined,
  kind: undefined,
  label: undefined,
  expiresOn: undefined,
  reason: undefined,
  actor: undefined,
};
const row = (number: number, values: Partial<Rows[number]['values']>): Rows[number] => ({
  number,
  values: { ...BLANK, point: '政治处', item: '矿泉水', quantity: 10, unit: '箱', ...values },
});
const take = (db: Database, rows: Rows, roles = ADMINISTRATOR): Promise<ListOutcome> =>
  inTurn(db, roles, (turn) => takeReceipts(turn, rows));

it('books the same receipts once, however often they are sent, also at the same time', async () => {
  const db = await openStore();
  await createPoint(db, '政治处');
  const rows = [
    row(2, { document: 'RK-1', quantity: 100 }),
    row(3, { document: 'RK-1', item: '藿香正气水', unit: '盒', quantity: 50, label: 'A1', expiresOn: '2027-05-31' }),
  ];
  expect(await take(db, rows)).toEqual({ added: 2, changed: 0, same: 0, problems: [] });
  expect(await take(db, rows)).toEqual({ added: 0, changed: 0, same: 2, problems: [] });
  expect(await take(db, [...rows, row(4, { document: 'RK-2', quantity: 5 })])).toMatchObject({ added: 1, same: 2 });
  const more = [row(2, { document: 'RK-3', quantity: 7 })];
  const together = await Promise.allSettled([take(db, more), take(db, more)]);
  expect(together.some(({ status }) => status === 'fulfilled')).toBe(true);
  expect(await db.sql`SELECT sum("onHand")::int AS all FROM stock_level`).toEqual([{ all: 162 }]);
  expect(await findLies(db)).toEqual([]);
});

it('leaves out what cannot be, row by row, with the reason', async () => {
  const db = await openStore();
  await createPoint(db, '政治处');
  await take(db, [row(2, { document: 'RK-1', quantity: 100 })]);
  const outcome = await take(db, [
    row(2, { document: 'RK-1', quantity: 99 }),
    row(3, {}),
    row(4, { document: 'RK-2', point: '三大队' }),
    row(5, { document: 'RK-2', unit: '瓶' }),
    row(6, { document: 'RK-2', expiresOn: '2026-01-01' }),
    row(7, { document: 'RK-2', quantity: 0 }),
    row(8, { document: 'RK-2', kind: '报损' }),
    row(9, { document: 'RK-2' }),
    row(10, { document: 'RK-2' }),
    row(11, { no: 999 }),
  ]);
  expect(outcome.added).toBe(1);
  expect(outcome.problems.map(({ row: number }) => number)).toEqual([2, 3, 4, 5, 6, 7, 8, 10, 11]);
  expect(outcome.problems[0]?.reason).toContain('已按100箱入库');
  const foreign = await take(db, [row(2, { document: 'RK-9' })], [{ name: 'keeper', scopeId: randomUUID() }]);
  expect(foreign).toMatchObject({ added: 0, problems: [{ row: 2, reason: '您不是政治处的保管员。' }] });
});

it('gives out the ledger so that it can come back in and changes nothing', async () => {
  const { house } = await openOffice(['藿香正气水 200盒 批号A1 有效期2027-05-31 单据RK-1', '矿泉水 100箱']);
  const { db } = house.app;
  const out = await inTurn(db, ADMINISTRATOR, async (turn) => entriesList.out?.rows(turn, PERIOD));
  expect(out).toHaveLength(2);
  expect(out?.[0]).toMatchObject({
    document: 'RK-1',
    kind: '入库',
    point: '政治处',
    item: '藿香正气水',
    quantity: 200,
    unit: '盒',
    label: 'A1',
    expiresOn: '2027-05-31',
  });
  const rows = (out ?? []).map(
    (values, index) => ({ number: index + 2, values: { ...BLANK, ...values } }) as Rows[number],
  );
  expect(await take(db, rows)).toEqual({ added: 0, changed: 0, same: 2, problems: [] });
  const changed = rows.map(({ number, values }) => ({ number, values: { ...values, quantity: values.quantity + 1 } }));
  expect((await take(db, changed)).problems.map(({ reason }) => reason)).toEqual(
    Array(2).fill(expect.stringContaining('更正')),
  );
  const nothing = await inTurn(db, [], async (turn) => entriesList.out?.rows(turn, PERIOD));
  expect(nothing).toEqual([]);
});

it('gives out who got what, to whoever may hand out there', async () => {
  const { house, officer } = await openHandout();
  await officer.presses('我要领取');
  await officer.presses('已领取');
  const rows = await inTurn(house.app.db, ADMINISTRATOR, async (turn) => handoutList.out?.rows(turn, PERIOD));
  expect(rows).toHaveLength(80);
  expect(
    rows?.filter(({ state }) => state === '已领').map(({ item, due, issued, measure }) => [item, due, issued, measure]),
  ).toEqual([
    ['藿香正气水', 2, 2, '盒'],
    ['矿泉水', 1, 1, '箱'],
  ]);
  const foreign = await inTurn(house.app.db, [{ name: 'secretary', scopeId: randomUUID() }], async (turn) =>
    handoutList.out?.rows(turn, PERIOD),
  );
  expect(foreign).toEqual([]);
});
