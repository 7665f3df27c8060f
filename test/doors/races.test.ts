/**
 * Two presses on one matter at the same moment end as if one had come after the other: both answers, the row, its parts and its timers agree.
 * Whatever can be pressed beside something that ends or changes the matter is tried many times, and compared with either order.
 */

import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import { AppError } from '../../src/basics/errors.ts';
import { features } from '../../src/features/index.ts';
import { wholeOf } from '../../src/people/audience/audience.ts';
import type { Person } from '../../src/people/person.ts';
import { type Database, openDatabase } from '../../src/storage/database.ts';
import { createTestDatabase } from '../storage/test-database.ts';
import { pressIn } from '../support/press-and-jobs.ts';

const NOW = new Date('2026-11-24T10:00:00+08:00');
const DUE = new Date('2026-11-27T18:00:00+08:00');
const ROUNDS = 10;
const WHO: Person = {
  ...{ id: 'ou_1', name: '甲', kind: 'officer', politics: 'member', unitId: null, branchId: null },
  roles: [{ name: 'administrator', scopeId: null }],
};
const POINT = randomUUID();

/**
 * How a matter begins, as an SQL row; what it is about, where that stands in a table of its own under the same id; and the tables of its
 * parts with the column of its id, `given` with its publication or begun later.
 */
type Matter = {
  feature: string;
  table: string;
  row: Record<string, unknown>;
  content?: { table: string; row: Record<string, unknown> };
  parts?: { table: string; column: string; isGiven: boolean }[];
};
type Press = { button: string; value?: Record<string, unknown>; form?: Record<string, unknown>; option?: string };

const everybody = wholeOf({ kind: 'detachment', id: null }, 'everyone');
const part = { table: 'part', column: 'publicationId', isGiven: true };
const draft = { audience: everybody, issuedById: 'ou_1', createdAt: NOW, state: 'draft', dueAt: DUE };
const published = { state: 'published', publishedAt: NOW, opensAt: NOW };
const task: Matter = {
  ...{ feature: 'study-tasks', table: 'publication', parts: [part] },
  row: { ...draft, feature: 'study-tasks', card: 'task' },
  content: { table: 'study_task', row: { kind: 'first-agenda-item', topic: '学习讲话', reflection: 'optional' } },
};
const issued = (lastAct: string): Matter => ({
  ...task,
  row: { ...task.row, ...published, lastAct, lastActAt: NOW, dueBefore: new Date('2026-11-26T18:00:00+08:00') },
});
const quiz: Matter = {
  ...{ feature: 'quizzes', table: 'publication' },
  parts: [part, { table: 'quiz_attempt', column: 'quizId', isGiven: false }],
  row: { ...draft, feature: 'quizzes', card: 'paper' },
  content: { table: 'quiz', row: { kind: 'contest', topics: ['integrity'], questionCount: 1 } },
};
const openQuiz: Matter = {
  ...quiz,
  row: { ...quiz.row, ...published },
  content: { table: 'quiz', row: { ...quiz.content?.row, kind: 'exam', minutes: 30, passPercent: 60 } },
};
const handout: Matter = {
  ...{ feature: 'heat-supplies', table: 'publication' },
  parts: [part, { table: 'supply_claim', column: 'handoutId', isGiven: true }],
  row: { ...draft, feature: 'heat-supplies', card: 'claim' },
  content: { table: 'supply_handout', row: { kind: 'heat', itemsText: '藿香正气水2盒', pointIds: [POINT] } },
};
const openHandout: Matter = { ...handout, row: { ...handout.row, ...published } };
const series: Matter = {
  ...{ feature: 'study-sessions', table: 'study_series' },
  row: {
    state: 'draft',
    kind: 'themed-party-day',
    topic: '',
    dayOfMonth: 10,
    leadDays: 7,
    shift: 'before',
    remindedMonth: '',
    skippedMonths: [],
    createdById: 'ou_1',
    createdAt: NOW,
  },
};
const running: Matter = { ...series, row: { ...series.row, state: 'active' } };
const session: Matter = {
  ...{ feature: 'study-sessions', table: 'study_session' },
  row: {
    state: 'recorded',
    kind: 'theory-study-center-group',
    heldOn: '2026-11-20',
    host: '甲',
    topic: '讲话',
    agenda: '',
    attendees: 9,
    names: [],
    minutes: '',
    editingById: 'ou_1',
    enteredById: 'ou_1',
    createdAt: NOW,
    recordedAt: NOW,
  },
};
const table: Matter = {
  ...{ feature: 'lists', table: 'list_import' },
  row: { state: 'preview', personId: 'ou_1', fileName: '题库.xlsx', lists: [], sentAt: NOW },
};

const later = '2026-11-30 18:00 +0800';
const fillTask = {
  button: 'fill',
  form: { kind: 'first-agenda-item', topic: '另一个主题', audience: 'detachment:members:', dueAt: later },
};
const fillQuiz = {
  button: 'fill',
  form: { topics: ['life'], isByUnit: 'false', count: '1', dueAt: later, audience: 'detachment:members:' },
};
const fillHandout = {
  button: 'fill',
  form: { kind: 'heat', itemsText: '藿香正气水3盒', points: [POINT], audience: 'detachment:members:', dueAt: later },
};
const fillSeries = {
  button: 'fill-series',
  form: { kind: 'themed-party-day', dayOfMonth: '20', branch: 'all', leadDays: '3', shift: 'after' },
};
const correct = {
  button: 'submit',
  form: {
    kind: 'theory-study-center-group',
    heldOn: '2026-11-19 +0800',
    holder: 'centre-group',
    host: '乙',
    topic: '另一次',
    attendees: '8',
  },
};
const extend = { button: 'extend', form: { dueAt: later } };
const undo = (act: string) => ({ button: 'undo', value: { act } });
const [publish, cancel, edit, withdraw, complete] = ['publish', 'cancel', 'edit', 'withdraw', 'complete'].map(
  (button) => ({ button }),
) as [Press, Press, Press, Press, Press];

const RACES: [what: string, matter: Matter, one: Press, other: Press][] = [
  ['延期 and 撤销', issued('publish'), extend, withdraw],
  ['延期 and 恢复原时间', issued('extend'), extend, undo('extend')],
  ['延期 and 撤回发布', issued('publish'), extend, undo('publish')],
  ['撤销 and 撤回发布', issued('publish'), withdraw, undo('publish')],
  ['撤回发布 and 我已完成', issued('publish'), undo('publish'), complete],
  ['撤销 and 我已完成', issued('publish'), withdraw, complete],
  ['发布 and 取消', task, publish, cancel],
  ['发布 and the form', task, publish, fillTask],
  ['发布 and the picker', task, publish, { button: 'set-deadline', option: later }],
  ['取消 and the form', task, cancel, fillTask],
  ['取消 and 修改', task, cancel, edit],
  ['发布 twice', task, publish, publish],
  ['答题: 发布 and 取消', quiz, publish, cancel],
  ['答题: 发布 and the form', quiz, publish, fillQuiz],
  ['答题: 取消 and 修改', quiz, cancel, edit],
  ['答题: 撤销 twice', openQuiz, withdraw, withdraw],
  ['答题: 开始 twice', openQuiz, { button: 'start' }, { button: 'start' }],
  ['物资: 发放 and 取消', handout, publish, cancel],
  ['物资: 发放 and the form', handout, publish, fillHandout],
  ['物资: 发放 and the picker', handout, publish, { button: 'set-deadline', option: later }],
  ['答题: 延期 and 撤销', openQuiz, extend, withdraw],
  ['物资: 延期 and 结束', openHandout, extend, { button: 'end' }],
  ['物资: 结束 and 撤回', openHandout, { button: 'end' }, withdraw],
  ['定期提醒: 确认 and 取消', series, { button: 'confirm-series' }, { button: 'cancel-series' }],
  ['定期提醒: 确认 and the form', series, { button: 'confirm-series' }, fillSeries],
  ['定期提醒: 停止 and the form', running, { button: 'stop-series' }, fillSeries],
  [
    '定期提醒: 停止 and 跳过',
    running,
    { button: 'stop-series' },
    { button: 'skip-month', value: { month: '2026-12' } },
  ],
  ['台账: 删除 and 更正', session, { button: 'delete' }, correct],
  ['台账: 删除 twice', session, { button: 'delete' }, { button: 'delete' }],
  ['导入: 确认 and 取消', table, { button: 'confirm' }, cancel],
];

it.each(RACES)('%s', async (_what, matter, one, other) => {
  const office = await openOffice();
  const both = async (id: string, first: Press, second: Press, isAtOnce: boolean) => {
    if (isAtOnce) return Promise.all([act(office, matter, id, first), act(office, matter, id, second)]);
    return [await act(office, matter, id, first), await act(office, matter, id, second)];
  };
  const outcomeOf = async (isOtherFirst: boolean, isAtOnce: boolean) => {
    const id = await begin(office, matter);
    const answers = isOtherFirst
      ? (await both(id, other, one, isAtOnce)).reverse()
      : await both(id, one, other, isAtOnce);
    return JSON.stringify({ answers, ...(await look(office, matter, id)) }, null, 1).replaceAll(id, 'it');
  };
  const orders = [await outcomeOf(false, false), await outcomeOf(true, false)];
  for (let round = 0; round < ROUNDS; round += 1) expect(orders).toContain(await outcomeOf(round % 2 === 1, true));
});

/** The product's database, and a connection that looks on. */
type Office = { db: Database; client: pg.Client };

/** A detachment of three with two questions, an item and a point. */
async function openOffice(): Promise<Office> {
  const database = await createTestDatabase();
  const db = openDatabase(database.connectionString, () => {});
  const client = new pg.Client({ connectionString: database.connectionString });
  await client.connect();
  onTestFinished(async () => {
    await client.end();
    await db.close();
    await database.drop();
  });
  await db.sql`INSERT INTO person (id, name, politics) SELECT 'ou_' || n, '民警' || n, CASE WHEN n < 3 THEN 'member' ELSE 'none' END FROM generate_series(1, 3) n`;
  await db.sql`INSERT INTO role_assignment (id, "personId", role, "from", source) VALUES (gen_random_uuid(), 'ou_1', 'administrator', ${NOW}, 'chat')`;
  await db.sql`INSERT INTO supply_item (id, name, unit) VALUES (gen_random_uuid(), '藿香正气水', '盒')`;
  await db.sql`INSERT INTO pickup_point (id, name) VALUES (${POINT}::uuid, '政治处')`;
  for (const topic of ['integrity', 'life'])
    await db.sql`
      INSERT INTO quiz_question (id, kind, topic, difficulty, stem, options, key, explanation, law, edition, article, "effectiveFrom", basis)
      VALUES (${topic}, 'single', ${topic}, 1, '题', '[{"id":"a","text":"甲"},{"id":"b","text":"乙"}]', '{a}', '', '法', '版', '条', '2024-01-01', '据')`;
  return { db, client };
}

/** A matter of its own for each round, with everybody's part in it where it has been published. */
async function begin({ client }: Office, { table: name, row, content, parts = [] }: Matter): Promise<string> {
  const id = randomUUID();
  await insert(client, name, { ...row, id });
  if (content) await insert(client, content.table, { ...content.row, id });
  for (const given of row.state === 'draft' ? [] : parts.filter(({ isGiven }) => isGiven))
    for (const personId of ['ou_1', 'ou_2', 'ou_3'])
      await insert(client, given.table, { [given.column]: id, personId });
  return id;
}

/** What the row does not say stands as the table has it by default. */
async function insert(client: pg.Client, name: string, row: Record<string, unknown>): Promise<void> {
  const columns = Object.keys(row).map((column) => `"${column}"`);
  const text = `INSERT INTO ${name} (${columns}) SELECT ${columns} FROM jsonb_populate_record(NULL::${name}, $1::jsonb)`;
  await client.query(text, [JSON.stringify(row)]);
}

/** Presses, and gives what the person hears: the answer or the refusal. */
async function act({ db }: Office, { feature: name, table: card }: Matter, ref: string, press: Press): Promise<string> {
  const feature = features.find((one) => one.name === name);
  if (!feature?.buttons?.[press.button]) throw new Error(`no button ${press.button}`);
  try {
    return (await pressIn(db, feature, { ...press, who: WHO, card, ref, now: NOW }))?.toast ?? '';
  } catch (error) {
    if (error instanceof AppError) return error.tell;
    throw error;
  }
}

/** All that stands of a matter: its row, its parts, what was planned, and which cards were written. */
async function look({ client }: Office, { table: name, content, parts = [] }: Matter, id: string) {
  const rows = async (text: string) => (await client.query(text, [id])).rows.map(({ found }) => found);
  return {
    row: await rows(`SELECT to_jsonb(t) AS found FROM ${name} t WHERE id = $1::uuid`),
    content: content ? await rows(`SELECT to_jsonb(t) AS found FROM ${content.table} t WHERE id = $1::uuid`) : [],
    parts: await Promise.all(
      parts.map((one) =>
        rows(
          `SELECT to_jsonb(t) - 'seed' AS found FROM ${one.table} t WHERE "${one.column}" = $1::uuid ORDER BY "personId"`,
        ),
      ),
    ),
    planned: await rows(`
      SELECT jsonb_build_array(job, key, payload, "dueAt") AS found FROM pending_job WHERE payload::text LIKE '%' || $1 || '%' ORDER BY job, key`),
    cards: await rows(
      `SELECT jsonb_build_array(card, recipient, push) AS found FROM delivery WHERE ref = $1 ORDER BY card, recipient`,
    ),
  };
}
