/** Weeks and their ends, and adding up along the tree. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, createCalendar } from '../../../src/calendar/create-calendar.ts';
import { countsByGroup, figuresOf, rollUp } from '../../../src/features/weekly-digest/compile/roll-up.ts';
import { type RunGroup, scopesOf } from '../../../src/features/weekly-digest/compile/scopes.ts';
import {
  cutBefore,
  cutOf,
  monthBounds,
  newestCut,
  periodBetween,
  weekOf,
} from '../../../src/features/weekly-digest/compile/weeks.ts';

const calendar = createCalendar({ timeZone: 'Asia/Shanghai' });
const at = (text: string) => new Date(`${text}:00+08:00`);
const days = fc.integer({ min: 0, max: 5_000 }).map((n) => addDays('2020-01-01', n));

describe('weeks', () => {
  it.each([
    ['2026-11-23', '2026-W48'],
    ['2026-11-29', '2026-W48'],
    ['2026-01-01', '2026-W01'],
    ['2027-01-03', '2026-W53'],
    ['2027-01-04', '2027-W01'],
    ['2024-12-30', '2025-W01'],
    ['2021-01-03', '2020-W53'],
  ])('%s lies in %s', (day, week) => expect(weekOf(day)).toBe(week));

  it('are the same from Monday to Sunday, and another one the day after', () => {
    fc.assert(
      fc.property(days, (day) => {
        const monday = addDays(day, 1 - (new Date(`${day}T00:00Z`).getUTCDay() || 7));
        for (let n = 0; n < 7; n += 1) expect(weekOf(addDays(monday, n))).toBe(weekOf(day));
        expect(weekOf(addDays(monday, 7)) > weekOf(day)).toBe(true);
      }),
    );
  });

  it.each([
    ['an ordinary week', '2026-11-23', '2026-11-27T17:07'],
    ['Friday is a holiday', '2026-09-23', '2026-09-24T17:07'],
    ['Saturday is a make-up workday', '2026-10-06', '2026-10-10T17:07'],
  ])('are summed up on the last workday: %s', (_, day, cut) => expect(cutOf(day, '17:07', calendar)).toEqual(at(cut)));

  it('without a workday are summed up with the next one', () => {
    expect(cutOf('2026-02-18', '17:07', calendar)).toBeUndefined(); // Spring Festival
    const next = at('2026-02-28T17:07');
    expect(newestCut(at('2026-02-28T18:00'), '17:07', calendar)).toEqual(next);
    expect(cutBefore(next, '17:07', calendar)).toEqual(at('2026-02-14T17:07'));
  });

  it('follow one another without a gap: each day is counted once', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 1439 }), (day, minute) => {
        const now = new Date(calendar.at(day, '00:00').getTime() + minute * 60_000);
        const cut = newestCut(now, '17:07', calendar);
        expect(cut <= now).toBe(true);
        const before = cutBefore(cut, '17:07', calendar);
        const first = periodBetween(cutBefore(before, '17:07', calendar), before, calendar);
        const second = periodBetween(before, cut, calendar);
        expect(second.from).toEqual(first.until);
        expect(second.firstDay).toBe(addDays(first.lastDay, 1));
      }),
    );
  });

  it('have months beside them', () => {
    const { begin, end } = monthBounds('2026-12', calendar);
    expect(periodBetween(begin, end, calendar)).toMatchObject({ firstDay: '2026-12-01', lastDay: '2026-12-31' });
  });
});

describe('adding up', () => {
  const tree = fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1, maxLength: 40 }).map((parents) =>
    parents.map((parent, index) => ({
      kind: 'unit' as const,
      id: `u${index}`,
      parentId: index === 0 ? null : `u${parent % index}`,
    })),
  );

  it('gives the top everything, each unit what is below it, and loses nothing', () => {
    fc.assert(
      fc.property(
        tree,
        fc.array(
          fc.tuple(
            fc.nat(39),
            fc.constantFrom('a', 'b'),
            fc.constantFrom(null, 'x', 'y'),
            fc.integer({ min: 1, max: 9 }),
          ),
        ),
        (groups, drawn) => {
          const counts = drawn
            .filter(([place]) => place < groups.length)
            .map(([place, figure, matter, count]) => ({
              kind: 'unit' as const,
              id: `u${place}`,
              figure,
              matter,
              count,
            }));
          const totals = rollUp(groups, countsByGroup(counts));
          const isBelow = (id: string, top: string): boolean =>
            id === top ||
            ((groups.find((group) => group.id === id)?.parentId ?? '') !== '' &&
              isBelow(groups.find((group) => group.id === id)?.parentId ?? '', top));
          for (const { id } of groups) {
            const plain: Record<string, number> = {};
            for (const one of counts.filter((count) => isBelow(count.id, id)))
              plain[one.figure] = (plain[one.figure] ?? 0) + one.count;
            expect(figuresOf(totals.get(`unit:${id}`))).toEqual(plain);
          }
        },
      ),
    );
  });
});

describe('what somebody answers for', () => {
  const group = (kind: 'unit' | 'branch', id: string, parentId: string | null, allPeople: number): RunGroup => {
    return { kind, id, parentId, name: id, sort: 0, people: allPeople, allPeople };
  };
  const groups = [
    group('unit', 'top', null, 400),
    group('unit', 'brigade', 'top', 90),
    group('unit', 'squad', 'brigade', 30),
    group('branch', 'b', null, 40),
  ];
  const ids = (
    ...roles: [name: 'leader' | 'secretary' | 'administrator' | 'discipline-commissioner', scopeId: string | null][]
  ) => scopesOf({ roles: roles.map(([name, scopeId]) => ({ name, scopeId })) }, groups).map(({ id }) => id);

  it.each([
    [ids(['leader', 'brigade']), ['brigade']],
    [ids(['leader', 'squad'], ['leader', 'brigade']), ['brigade']],
    [ids(['secretary', 'b'], ['leader', 'squad']), ['squad', 'b']],
    [ids(['administrator', null]), ['top']],
    [ids(['discipline-commissioner', 'b']), []],
    [ids(['leader', 'gone']), []],
  ])('%j', (found, expected) => expect(found).toEqual(expected));
});
