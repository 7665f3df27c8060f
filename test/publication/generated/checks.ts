/** What has to be so at every stop of generated days. */
import { expect } from 'vitest';
import { now } from '../../../src/basics/clock.ts';
import { SAMPLE_PEOPLE } from '../../../src/emulator/world/sample.ts';
import { readCard } from '../../support/card-reader.ts';
import { countRoll, type Roll, readCounts, recount } from '../recount.ts';
import { count, type Known, type Office, progressCardsOf } from './office.ts';

const MOST_A_DAY = 4;
const MOST_REMINDERS = 2;

/**
 * As long as nothing else happens, so many have it as the preview said, at each of its moments. Nobody can know before of whom the messenger
 * refuses for the first time; and those who hold an office may find lists of their own in the morning, which can use up their day.
 */
export async function checkPromises(office: Office): Promise<void> {
  for (const { of, now: soon, later, since, refused } of office.promised) {
    if (since !== office.acts) continue;
    const due = later.filter(({ at }) => at <= now());
    const expected = due.reduce((sum, { count }) => sum + count, soon);
    const shown = office.screens.shown(of.marks);
    const [excused] = await office.house.app.db.sql<{ count: number }>`
      SELECT count(*)::int AS count FROM part a JOIN person p ON p.id = a."personId"
      WHERE a."publicationId" = ${of.id}::uuid AND p."isReachable" AND p.id <> ALL (${shown}::text[])
        AND (a."isUnreachable" AND p.id = ANY (${office.lost}::text[]) AND p.id <> ALL (${refused}::text[]) OR NOT a."isUnreachable" AND ${due.length > 0} AND p.id = ANY (${office.writers}::text[]))`;
    const told = shown.length + (excused?.count ?? 0);
    expect({ of: of.marks, told }).toEqual({ of: of.marks, told: expected });
    count(office, due.length > 0 ? 'promises kept later' : 'promises kept at once');
  }
}

/** Everybody is told, or waits until a stated moment, or is named as not to be reached, or it is over: one of these, never two. */
export async function checkAccounts({ house, screens, known, ...office }: Office): Promise<void> {
  for (const one of known) {
    const shown = new Set(screens.shown(one.marks));
    const parts = await house.app.db.sql<{
      personId: string;
      isLost: boolean;
      isOver: boolean;
      isAway: boolean;
      waitsUntil: Date | null;
    }>`
      WITH RECURSIVE stands AS (
        SELECT id, recipient, state, "dueAt", "gatheredInto" FROM delivery WHERE ref = ${one.id} AND feature = ${one.feature} AND card IN ('task', 'paper', 'claim')
        UNION SELECT d.id, d.recipient, d.state, d."dueAt", d."gatheredInto" FROM delivery d JOIN stands s ON s."gatheredInto" = d.id)
      SELECT a."personId", a."isUnreachable" OR p.status = 'left' AS "isLost", b.state <> 'published' AS "isOver",
        EXISTS (SELECT FROM leave l WHERE l."personId" = a."personId" AND ${office.calendar.dayOf(now())}::date BETWEEN l."firstDay" AND l."lastDay") AS "isAway",
        (SELECT max("dueAt") FROM stands s WHERE s.recipient = a."personId" AND s.state = 'pending') AS "waitsUntil"
      FROM part a JOIN publication b ON b.id = a."publicationId" JOIN person p ON p.id = a."personId" WHERE b.id = ${one.id}::uuid`;
    for (const { personId, isLost, isOver, isAway, waitsUntil } of parts) {
      if (shown.has(personId)) continue;
      const isWaiting = !isOver && waitsUntil !== null && waitsUntil > now();
      const account = [
        isOver && 'over',
        isLost && !isOver && 'not to be reached',
        isWaiting && !isLost && 'waiting',
        // On leave until it is over: counted as that.
        isAway && !isOver && !isLost && !isWaiting && 'on leave',
      ].filter(Boolean);
      expect({ of: one.marks, personId, account }).toEqual({ of: one.marks, personId, account: [expect.any(String)] });
      office.tally[String(account[0])] = (office.tally[String(account[0])] ?? 0) + 1;
    }
  }
}

/** Every number on every progress card and list of names that was new is what plain sets say. */
export async function checkCards(office: Office): Promise<void> {
  const { house, known, calendar, screens } = office;
  for (const one of known) {
    const [over] = await house.app.db.sql<{ endedAt: Date }>`
      SELECT "endedAt" FROM publication WHERE id = ${one.id}::uuid AND state <> 'published'`;
    const roll = await recount(house.app.db, one, screens.shown(one.marks), calendar.dayOf(over?.endedAt ?? now()));
    const cards = await progressCardsOf(house, one);
    expect(cards.length).toBeGreaterThan(0);
    for (const { content } of cards) {
      const card = readCard(content);
      // A card that is too old to be edited any more says so, and counts nobody.
      if (card.includes('新的进度卡片会发给您')) {
        count(office, 'retired cards');
        continue;
      }
      expect({ card, counts: readCounts(card) }).toEqual({ card, counts: countRoll(roll) });
      count(office, 'progress cards');
      await checkUnits(office, one, roll, card);
    }
  }
}

/** The folded lines, unit by unit. */
async function checkUnits(office: Office, { id }: Known, roll: Roll, card: string): Promise<void> {
  const rows = await office.house.app.db.sql<{ name: string; unit: string }>`
    SELECT p.name, u.name AS unit FROM part a JOIN person p ON p.id = a."personId" JOIN unit u ON u.id = a."unitId" WHERE a."publicationId" = ${id}::uuid`;
  for (const [, unit = '', line = ''] of card.matchAll(/^(\S+)：(已\S+ \d+ · .+（共\d+人）)$/gm)) {
    const names = new Set(rows.filter((row) => row.unit === unit).map(({ name }) => name));
    const own = Object.fromEntries(
      Object.entries(roll).map(([word, all]) => [word, all.filter((name) => names.has(name))]),
    );
    const kept = Object.entries(own).filter(([word, all]) => all.length > 0 || /^(?:已|未|待完成|待领)/.test(word));
    expect({ unit, counts: readCounts(line) }).toEqual({ unit, counts: countRoll(Object.fromEntries(kept)) });
    count(office, 'unit lines');
  }
}

/** Nobody is disturbed at night, on days off or on leave, nor more often than promised. */
export function checkPeace({ screens, calendar, writers, leaves, ...office }: Office): void {
  const perDay = new Map<string, { all: number; reminders: number }>();
  for (const { person, at, title } of screens.sights) {
    if (writers.includes(person)) continue;
    const day = calendar.dayOf(at);
    expect({ title, day, isWorkday: calendar.isWorkday(day) }).toEqual({ title, day, isWorkday: true });
    const leave = leaves.find(
      (one) => one.person === person && one.since < at && one.firstDay <= day && day <= one.lastDay,
    );
    expect({ title, at, leave }).toEqual({ title, at, leave: undefined });
    const time = calendar.timeOf(at);
    expect({ title, isAwake: time >= '07:30' && time < '21:30' }).toEqual({ title, isAwake: true });
    const key = `${person} ${day}`;
    const sums = perDay.get(key) ?? { all: 0, reminders: 0 };
    const isReminder = /· 请(?:完成|领取)$/.test(title);
    perDay.set(key, { all: sums.all + 1, reminders: sums.reminders + (isReminder ? 1 : 0) });
  }
  expect([...perDay].filter(([, { all, reminders }]) => all > MOST_A_DAY || reminders > MOST_REMINDERS)).toEqual([]);
  office.tally.days = perDay.size;
}

/** Whoever asks what is open sees just that. */
export async function checkToday(office: Office): Promise<void> {
  const { house, screens } = office;
  screens.look();
  const officer = house.person(SAMPLE_PEOPLE.officer);
  await officer.says('今天');
  const [row] = await house.app.db.sql<{ count: number }>`
    SELECT count(*)::int AS count FROM part a JOIN publication b ON b.id = a."publicationId"
    WHERE a."personId" = ${officer.id} AND b.state = 'published' AND a."doneAt" IS NULL AND (b.feature = 'study-tasks' OR b."dueAt" > ${now()})`;
  const card = officer.seesLast();
  expect({ card, count: Number(/待办(\d+)件/.exec(card)?.[1] ?? 0) }).toEqual({ card, count: row?.count });
  screens.ignore();
  count(office, 'today cards');
}

/** The rows of a list of names, each with the words under which the counts have them. */
const ROWS: Record<string, string> = { 待送达: '没送到', 没送到: '没送到', 已预留: '待领' };

/** A list of names names exactly those whom the sets hold; one that lies there since an end says how many there are. */
export async function checkNames(office: Office): Promise<void> {
  const { house, known, calendar, screens, sinceLists } = office;
  const fresh = screens.sights.slice(sinceLists).filter(({ title }) => /^(?:已到期 · )?未\S+名单$/.test(title));
  office.sinceLists = screens.sights.length;
  for (const { id, text, at } of fresh) {
    // What came as the day opened came among many others, and counts them as they were a moment before.
    if (calendar.timeOf(at) < '07:32') continue;
    const [row] = await house.app.db.sql<{ ref: string; endedAt: Date | null }>`
      SELECT d.ref, b."endedAt" FROM delivery d JOIN publication b ON b.id::text = d.ref WHERE d."messageId" = ${id}`;
    const one = known.find((known) => known.id === row?.ref);
    if (!one) throw new Error(`a list of nothing that was published:\n${text}`);
    const roll = await recount(house.app.db, one, screens.shown(one.marks), calendar.dayOf(row?.endedAt ?? now()));
    const lines = text.split('\n');
    for (const label of ['待完成', '未参加', '未申领', '已预留', '休假', '待送达', '没送到', '联系不上']) {
      const place = lines.indexOf(label);
      if (place < 0) continue;
      const names = (lines[place + 1] ?? '').split('、').filter(Boolean);
      expect({ text, label, names }).toEqual({ text, label, names: roll[ROWS[label] ?? label] ?? [] });
      count(office, 'lists of names');
    }
    const said = /还有(\d+)人/.exec(text);
    if (said) expect({ text, open: Number(said[1]) }).toEqual({ text, open: roll.待完成?.length });
  }
}
