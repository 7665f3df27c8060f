/** Four weeks of work, and every number on every card held against a count of its own. */
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../../src/emulator/world/sample.ts';
import { type House, openHouse, type TestPerson } from '../../support/house.ts';
import { readFigures } from './read-figures.ts';
import { countOverdue, FIGURES, type Scope, type Span } from './recount.ts';
import { writeWeek } from './sample-weeks.ts';

const FRIDAYS = ['2026-10-23', '2026-10-30', '2026-11-06', '2026-11-13', '2026-11-20', '2026-11-27'];
const WEEKS = ['2026-W45', '2026-W46', '2026-W47', '2026-W48'];

/** From one Friday, 17:07, to the next; as days, from Saturday to Friday. */
function spanOf(week: number): Span {
  const [from = '', until = ''] = FRIDAYS.slice(week + 1);
  const saturday = new Date(Date.parse(`${from}T00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return { from: `${from}T17:07:00+08:00`, until: `${until}T17:07:00+08:00`, firstDay: saturday, lastDay: until };
}

type Reader = { person: TestPerson; scopes: (Scope & { name: string })[] };

it('tells every leader and secretary the truth, four weeks long', async () => {
  const house = await openHouse({ at: new Date('2026-11-02T08:00:00+08:00') });
  const { db } = house.app;
  // The leader of 一大队 holds a second office: one card for both.
  await db.sql`
    INSERT INTO role_assignment (id, "personId", role, "scopeId", "from", source)
    SELECT gen_random_uuid(), ${SAMPLE_PEOPLE.leader}, 'secretary', id::text, '2025-11-01', 'chat' FROM branch WHERE name = '一大队党支部'`;
  const readers = await findReaders(house);
  expect(readers).toHaveLength(30);

  let compared = 0;
  const kept = new Map<string, string>();
  for (const [week, name] of WEEKS.entries()) {
    const span = spanOf(week);
    await writeWeek(
      db,
      week,
      new Date(Date.parse(`${span.lastDay}T00:00Z`) - 4 * 86_400_000).toISOString().slice(0, 10),
    );
    // Day by day, so that what else is said in a week does not use up the Friday's pushes.
    for (let day = 4; day > 0; day -= 1)
      await house.clockMovesTo(new Date(Date.parse(`${span.lastDay}T10:00:00+08:00`) - day * 86_400_000));
    await house.clockMovesTo(`${span.lastDay}T17:07:20+08:00`);
    for (const { person, scopes } of readers) {
      const digests = person.sees().filter((card) => card.includes('工作汇总'));
      expect(digests).toHaveLength(week + 1);
      const card = digests.at(-1) ?? '';
      kept.set(`${person.id} ${name}`, card);
      for (const scope of scopes) {
        const expected = await recount(house, scope, week);
        await person.presses(scopes.length > 1 ? `${scope.name}全部数字` : '全部数字');
        await house.settles();
        expect({ scope, week, lines: readFigures(person.seesLast()) }).toEqual({ scope, week, lines: expected });
        for (const [label, delta, number] of ['完成任务', '开展学习', '参加答题'].map(
          (label) => expected.find((line) => line[0] === label) ?? [],
        ))
          expect(card).toContain(`${label}\n${number}\n${delta}\n[明细]`);
        compared += expected.length * 2 + 6;
      }
      compared += await compareMatters(house, card, scopes, span);
      compared += await compareBars(house, card, scopes[0], week);
    }
  }
  expect(compared).toBeGreaterThan(4_000);

  // As it was then: the snapshot, although a session was deleted and the weeks went on.
  const chief = house.person(SAMPLE_PEOPLE.chief);
  await chief.says('周报 2026-W46');
  expect(chief.seesLast()).toBe(kept.get(`${chief.id} 2026-W46`));
});

async function findReaders(house: House): Promise<Reader[]> {
  const rows = await house.app.db.sql<{ personId: string; role: string; id: string; name: string }>`
    SELECT r."personId", r.role, r."scopeId" AS id, COALESCE(u.name, b.name) AS name FROM role_assignment r
    LEFT JOIN unit u ON u.id = r."scopeId" LEFT JOIN branch b ON b.id::text = r."scopeId"
    WHERE r.role IN ('leader', 'secretary') AND r.until IS NULL ORDER BY 1, r.role`;
  return [...new Set(rows.map(({ personId }) => personId))].map((personId) => ({
    person: house.person(personId),
    scopes: rows
      .filter((row) => row.personId === personId)
      .map(({ role, id, name }) => ({ kind: role === 'leader' ? 'unit' : 'branch', id, name }) as const),
  }));
}

/** Label, difference and number of every figure, as the card ought to show them. */
async function recount({ app: { db } }: House, scope: Scope, week: number): Promise<string[][]> {
  const times = (count: number, unit: string) => Array.from({ length: count }, () => unit);
  const units = [
    ...[...times(6, '人次'), ...times(3, '次'), '项', ...times(5, '人次'), ...times(3, '题次')],
    ...[...times(3, '人次'), '人', '人', '轮'],
  ];
  const lines: string[][] = [];
  for (const [index, [label, count]] of FIGURES.entries()) {
    const [now, before] = [await count(db, scope, spanOf(week)), await count(db, scope, spanOf(week - 1))];
    const sign = now > before ? '+' : '−';
    lines.push([
      label,
      now === before ? '与上周持平' : `较上周 ${sign}${Math.abs(now - before)}`,
      `${now}${units[index]}`,
    ]);
  }
  return lines;
}

/** The overdue tasks among the matters, each with the number of people. */
async function compareMatters(
  { app: { db } }: House,
  card: string,
  scopes: Reader['scopes'],
  span: Span,
): Promise<number> {
  const found = [...card.matchAll(/^\d\. \S+：(W\d .+)\n(?:(.+) · )?(\d+)人逾期未完成$/gm)];
  for (const [, topic = '', name, count] of found) {
    const scope = scopes.find((one) => name === undefined || one.name === name);
    if (!scope) throw new Error(`no scope ${name}`);
    expect(Number(count)).toBe(await countOverdue(db, scope, span, topic));
  }
  return found.length;
}

/** The chart's numbers, of units side by side or of weeks. */
async function compareBars(house: House, card: string, main: Scope | undefined, week: number): Promise<number> {
  const { db } = house.app;
  const words = ['完成', '逾期', '待完成', '没收到', '休假', '联系不上'];
  const labels = FIGURES.slice(0, 6);
  const units = await db.sql<{ id: string; name: string }>`SELECT id, name FROM unit`;
  const bars = [...card.matchAll(/^(\S+)：((?:[^\d\s]+\d+(?: · )?)+|无)$/gm)];
  for (const [, name = '', text = ''] of bars) {
    const number = (label: string) => Number(new RegExp(`(?:^| · )${label}(\\d+)`).exec(text)?.[1] ?? 0);
    const weekNumber = Number(/^第(\d+)周$/.exec(name)?.[1]);
    const unit = units.find((one) => (name === '本级' ? one.id === main?.id : one.name === name));
    for (const [index, [, count]] of labels.entries()) {
      const label = words[index] ?? '';
      if (weekNumber && main) expect(number(label)).toBe(await count(db, main, spanOf(weekNumber - 45)));
      else if (unit && name !== '本级')
        expect(number(label)).toBe(await count(db, { kind: 'unit', id: unit.id }, spanOf(week)));
      else if (unit) {
        const children = await db.sql<{ id: string }>`SELECT id FROM unit WHERE "parentId" = ${unit.id}`;
        const below = await Promise.all(children.map(({ id }) => count(db, { kind: 'unit', id }, spanOf(week))));
        const all = await count(db, { kind: 'unit', id: unit.id }, spanOf(week));
        expect(number(label)).toBe(all - below.reduce((sum, one) => sum + one, 0));
      }
    }
  }
  expect(bars.length).toBeGreaterThan(0);
  return bars.length * labels.length;
}
