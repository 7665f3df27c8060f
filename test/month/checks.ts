/** What every card of the month says, held against statements of its own: the digest, stock, rounds, 今天, 送达情况, the ledger. */
import { expect } from 'vitest';
import { now } from '../../src/basics/clock.ts';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { readFigures } from '../features/weekly-digest/read-figures.ts';
import { FIGURES, peopleOf, type Scope, type Span } from '../features/weekly-digest/recount.ts';
import { count, type Known, type Office } from '../publication/generated/office.ts';
import { recount } from '../publication/recount.ts';
import { readCard } from '../support/card-reader.ts';

const WEEK_MS = 7 * 86_400_000;
/** The figures that depend on no delivery; the others are held against what was on the screens, below. */
const PLAIN = ['完成任务', '开展学习', '参加答题', '作答', '答对', '答错', '领到物资', '被提名', '当选每月一星'];

/** The digest of a Friday, figure by figure, for a leader and a secretary. */
export async function checkDigests(office: Office, friday: string): Promise<void> {
  const { house, screens } = office;
  const { db } = house.app;
  const until = new Date(`${friday}T17:07:00+08:00`);
  const from = new Date(until.getTime() - WEEK_MS);
  const firstDay = new Date(from.getTime() + 86_400_000).toISOString().slice(0, 10);
  const span: Span = { from: from.toISOString(), until: until.toISOString(), firstDay, lastDay: friday };
  const [branch] = await db.sql<{ id: string }>`SELECT id::text FROM branch WHERE name = '一大队党支部'`;
  const [unit] = await db.sql<{ id: string }>`SELECT id FROM unit WHERE name = '一大队'`;
  const readers: [string, Scope][] = [
    [SAMPLE_PEOPLE.secretary, { kind: 'branch', id: branch?.id ?? '' }],
    [SAMPLE_PEOPLE.leader, { kind: 'unit', id: unit?.id ?? '' }],
  ];
  for (const [id, scope] of readers) {
    const reader = house.person(id);
    const digest = reader.seesLast('工作汇总');
    expect(digest).toContain('工作汇总');
    await reader.presses('全部数字');
    await house.settles();
    const figures = readFigures(reader.seesLast());
    expect(figures.length).toBeGreaterThan(0);
    for (const [label, , said] of figures) {
      const counted = PLAIN.includes(label ?? '') ? FIGURES.find(([one]) => one === label)?.[1] : undefined;
      if (!counted) continue;
      const number = await counted(db, scope, span);
      expect({ friday, id, label, said: Number.parseInt(said ?? '', 10) }).toEqual({ friday, id, label, said: number });
      count(office, 'figures of digests');
    }
    await checkSums(office, figures, scope, span);
  }
  screens.ignore();
}

/** Whoever has not done a task stands in one line: overdue, open, not told, on leave or not to be reached. */
async function checkSums(office: Office, figures: string[][], scope: Scope, { from, until }: Span): Promise<void> {
  const { db } = office.house.app;
  const people = await peopleOf(db, scope);
  const [row] = await db.sql<{ undone: number }>`
    SELECT count(*)::int AS undone FROM part a JOIN publication t ON t.id = a."publicationId" WHERE t.feature = 'study-tasks'
      AND a."personId" = ANY (${people}::text[]) AND t."publishedAt" < ${until}::timestamptz AND t."dueAt" >= ${from}::timestamptz
      AND (t."endedAt" IS NULL OR t."endedAt" >= ${until}::timestamptz) AND NOT COALESCE(a."doneAt" < ${until}::timestamptz, false)`;
  const ofTasks = figures.slice(
    0,
    figures.findIndex(([label]) => label === '开展学习'),
  );
  const lines = ofTasks.filter(([label]) => label !== '完成任务').map(([, , said = '']) => Number.parseInt(said, 10));
  expect({ until, scope, lines, sum: lines.reduce((sum, one) => sum + one, 0) }).toEqual({
    ...{ until, scope, lines },
    sum: row?.undone,
  });
  if (row && row.undone > 0) count(office, 'sums of digests');
}

/** What the keeper reads of each item is the sum of the ledger. */
export async function checkStock(office: Office): Promise<void> {
  const { house, screens } = office;
  screens.look();
  const keeper = house.person(SAMPLE_PEOPLE.chief);
  await keeper.says('库存');
  const card = keeper.seesLast('库存');
  const rows = await house.app.db.sql<{ name: string; unit: string; onHand: number; reserved: number }>`
    SELECT i.name, i.unit, sum(e."onHand")::int AS "onHand", sum(e.reserved)::int AS reserved
    FROM stock_entry e JOIN supply_item i ON i.id = e."itemId" GROUP BY i.id ORDER BY i.name`;
  const promised = await house.app.db.sql<{ name: string; reserved: number }>`
    SELECT i.name, sum(h.each)::int AS reserved FROM supply_claim c JOIN supply_handout_item h ON h."handoutId" = c."handoutId"
      JOIN supply_item i ON i.id = h."itemId" WHERE c.state = 'reserved' GROUP BY i.name`;
  for (const { name, unit, onHand, reserved } of rows) {
    expect(card).toContain(`${name}：可用${onHand - reserved}${unit}（在库${onHand}，预留${reserved}）`);
    expect({ name, reserved }).toEqual({ name, reserved: promised.find((one) => one.name === name)?.reserved ?? 0 });
    count(office, 'lines of stock');
  }
  screens.ignore();
}

/** How many have voted, and how many could, on the organiser's card. */
export async function checkRound(office: Office): Promise<void> {
  const { house, screens } = office;
  const [round] = await house.app.db.sql<{ voted: number; all: number }>`
    SELECT count(*) FILTER (WHERE "hasVoted")::int AS voted, count(*)::int AS all FROM star_voter`;
  if (!round || round.all === 0) return;
  screens.look();
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  await secretary.says('每月一星');
  const card = secretary.seesLast('每月一星');
  const said = /已投票 (\d+)人（共(\d+)人）/.exec(card);
  if (said) {
    expect({ card, voted: Number(said[1]), all: Number(said[2]) }).toEqual({ card, ...round });
    count(office, 'turnouts');
  }
  screens.ignore();
}

/** What is open for these two, over all features, is what their 今天 card says, whether or not its card has come. */
export async function checkOpen(office: Office): Promise<void> {
  const { house, screens } = office;
  for (const id of [SAMPLE_PEOPLE.officer, SAMPLE_PEOPLE.auxiliary]) {
    screens.look();
    const person = house.person(id);
    await person.says('今天');
    const [row] = await house.app.db.sql<{ count: number }>`
      SELECT ((SELECT count(*) FROM part a JOIN publication b ON b.id = a."publicationId"
        WHERE a."personId" = ${id} AND b.state = 'published' AND a."doneAt" IS NULL AND (b.feature = 'study-tasks' OR b."dueAt" > ${now()}))
      + (SELECT count(*) FROM star_voter v JOIN star_round r ON r.id = v."roundId"
        WHERE v."personId" = ${id} AND NOT v."hasVoted" AND r.state = 'voting' AND r."voteUntil" > ${now()}))::int AS count`;
    const card = person.seesLast();
    expect({ card, count: Number(/待办(\d+)件/.exec(card)?.[1] ?? 0) }).toEqual({ card, count: row?.count });
    screens.ignore();
    count(office, 'today cards');
  }
}

/** 送达情况 of what was published last: who has it by the screens, and everybody else on a line of theirs. */
export async function checkReach(office: Office): Promise<void> {
  const { house, screens, known, calendar } = office;
  const issuer = house.person(SAMPLE_PEOPLE.administrator);
  if (!known.some((one) => one.issuer === issuer.id)) return;
  screens.look();
  await issuer.says('送达情况');
  const card = issuer.seesLast('送达情况');
  const message = house.emulator.messagesOf(issuer.id).findLast(({ content }) => readCard(content) === card);
  const [row] = await house.app.db.sql<{ ref: string }>`SELECT ref FROM delivery WHERE "messageId" = ${message?.id}`;
  const one = known.find(({ id }) => row?.ref.endsWith(id));
  screens.ignore();
  if (!one) return;
  const roll = await recount(house.app.db, one, screens.shown(one.marks), calendar.dayOf(now()));
  const all = Object.values(roll).flat().length;
  const [, come, said] = /已送达(\d+)人，共(\d+)人/.exec(card) ?? [];
  const lines = [...card.matchAll(/^(\d+)人：/gm)].reduce((sum, [, number]) => sum + Number(number), 0);
  expect({ card, said: Number(said), sum: Number(come) + lines }).toEqual({ card, said: all, sum: all });
  expect({ card, come: Number(come) }).toEqual({ card, come: await countCome(office, one) });
  count(office, 'cards of 送达情况');
}

/** On how many of those who have a part in it something of it has been. */
async function countCome({ house, screens }: Office, { id, marks }: Known): Promise<number> {
  const rows = await house.app.db.sql<{
    id: string;
  }>`SELECT "personId" AS id FROM part WHERE "publicationId" = ${id}::uuid`;
  const shown = screens.shown(marks);
  return rows.filter((row) => shown.includes(row.id)).length;
}

/** The ledger of the branch counts the sessions that were recorded. */
export async function checkLedger(office: Office): Promise<void> {
  const { house, screens } = office;
  screens.look();
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  await secretary.says('学习台账');
  const card = secretary.seesLast('学习台账');
  const [row] = await house.app.db.sql<{ count: number }>`
    SELECT count(*)::int AS count FROM study_session s JOIN branch b ON b.id = s."branchId"
    WHERE s.state = 'recorded' AND b.name = '一大队党支部' AND s."heldOn" >= '2026-01-01'`;
  expect({ card, count: Number(/共(\d+)次/.exec(card)?.[1]) }).toEqual({ card, count: row?.count });
  count(office, 'ledgers');
  screens.ignore();
}
