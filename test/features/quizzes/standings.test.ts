/** How a contest went: by unit without betraying a small one, names only to whoever asks and may, a ranking only where the owner allows it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../../src/emulator/world/sample.ts';
import { formTeams, type TeamUnit } from '../../../src/features/quizzes/contest/teams.ts';
import { type House, openHouse, type TestPerson } from '../../support/house.ts';
import { answerAll } from './answering.ts';

const ENDED = '2026-11-24T15:30:10+08:00';

/** The administrator's contest for the whole detachment has opened, and so many people of these units have answered. */
async function openWithTeams(
  took: Record<string, { people: number; right: number }>,
  environment: Record<string, string> = {},
): Promise<{ house: House; administrator: TestPerson; quiz: string; names: string[] }> {
  const house = await openHouse({ environment });
  const administrator = house.person(SAMPLE_PEOPLE.administrator);
  await administrator.says('给全支队发布2道党纪题，按单位统计，明天15:00到15:30');
  expect(administrator.seesLast()).toContain('按单位统计平均答对率');
  await administrator.presses('确认发布');
  await house.settles();
  await house.clockMovesTo('2026-11-24T15:10:00+08:00');
  const { sql } = house.app.db;
  const [quiz] = await sql<{ id: string }>`SELECT id::text FROM quiz`;
  const names: string[] = [];
  for (const [unit, { people, right }] of Object.entries(took)) {
    const rows = await sql<{ id: string; name: string }>`
      SELECT p.id, p.name FROM quiz_part a JOIN person p ON p.id = a."personId" JOIN unit u ON u.id = p."unitId"
      WHERE u.name = ${unit} AND p.id <> ALL (${Object.values(SAMPLE_PEOPLE)}) AND p."isReachable" ORDER BY p.id LIMIT ${people}`;
    expect(rows).toHaveLength(people);
    names.push(...rows.map(({ name }) => name));
    for (const [index, { id }] of rows.entries()) await answer(house, quiz?.id ?? '', id, index < right);
  }
  return { house, administrator, quiz: quiz?.id ?? '', names };
}

/** The person has answered two questions, both right or both wrong. */
async function answer(house: House, quiz: string, person: string, isRight: boolean): Promise<void> {
  const at = new Date('2026-11-24T15:05:00+08:00');
  await house.app.db.sql`
    INSERT INTO quiz_attempt ("quizId", "personId", seed, "startedAt", "questionIds")
    VALUES (${quiz}::uuid, ${person}, ${person}, ${at}, ARRAY['pd-053-1', 'pd-009-2'])`;
  await house.app.db.sql`
    INSERT INTO quiz_answer ("quizId", "personId", "questionId", choice, "answeredAt")
    SELECT ${quiz}::uuid, ${person}, id, CASE WHEN ${isRight} THEN key ELSE '{h}' END, ${at} FROM quiz_question WHERE id IN ('pd-053-1', 'pd-009-2')`;
}

const progressOf = (person: TestPerson) => person.sees().findLast((card) => card.includes('· 进度')) ?? '';

it('tells the result by unit, in organisational order, and hides units of fewer than five', async () => {
  const { house, administrator } = await openWithTeams({
    二大队一中队: { people: 6, right: 6 },
    一大队: { people: 5, right: 2 },
    一大队二中队: { people: 3, right: 0 },
    机动大队: { people: 8, right: 4 },
    办公室: { people: 2, right: 2 },
    政治处: { people: 3, right: 0 },
  });
  const officer = house.person(SAMPLE_PEOPLE.officer);
  await officer.presses('开始答题');
  await answerAll(house, officer);
  await house.clockMovesTo(ENDED);
  const summary = progressOf(administrator);
  const lines = summary.split('\n').filter((line) => line.includes('人参加，'));
  const [own = '', ...others] = lines;
  expect(own).toMatch(/^一大队：9人参加，平均答对33%$/); // five and three, and the officer with two right answers
  expect(others).toEqual(['二大队：6人参加，平均答对100%', '机动大队：8人参加，平均答对50%']);
  expect(summary).not.toMatch(/办公室|政治处：/);
  expect(officer.seesLast()).toContain('二大队：6人参加，平均答对100%');
});

it('ranks nobody unless the owner allows it, and then on the issuer’s card alone', async () => {
  const took = { 机动大队: { people: 7, right: 3 }, 三大队: { people: 6, right: 4 } };
  const closed = await openWithTeams(took);
  await closed.house.clockMovesTo(ENDED);
  for (const name of closed.names) expect(progressOf(closed.administrator)).not.toContain(name);
  expect(progressOf(closed.administrator)).not.toContain('答对最多');

  const ranked = await openWithTeams(took, { RANKINGS: 'on' });
  const officer = ranked.house.person(SAMPLE_PEOPLE.officer);
  await officer.presses('开始答题');
  await answerAll(ranked.house, officer);
  expect(progressOf(ranked.administrator)).not.toContain('答对最多');
  await ranked.house.clockMovesTo(ENDED);
  const places = progressOf(ranked.administrator)
    .split('\n')
    .filter((line) => /^\d+\. .+ 答对\d题$/.test(line));
  expect(places).toHaveLength(10);
  expect(places.filter((line) => line.startsWith('1. ') && line.endsWith('答对2题'))).toHaveLength(8);
  expect(places.slice(8).every((line) => line.startsWith('9. ') && line.endsWith('答对0题'))).toBe(true);
  expect(officer.seesLast()).not.toContain('答对最多');
});

it('breaks a topic out only when five people were asked about it', async () => {
  const { house, administrator, quiz } = await openWithTeams({ 机动大队: { people: 5, right: 4 } });
  const [one] = await house.app.db.sql<{ id: string }>`SELECT "personId" AS id FROM quiz_answer LIMIT 1`;
  await house.app.db.sql`
    INSERT INTO quiz_answer ("quizId", "personId", "questionId", choice, "answeredAt")
    SELECT ${quiz}::uuid, ${one?.id}, id, key, now() FROM quiz_question WHERE topic = 'traffic' LIMIT 6`;
  await house.clockMovesTo(ENDED);
  expect(progressOf(administrator)).toMatch(/政治纪律 80%/);
  expect(progressOf(administrator)).not.toContain('交通执法 ');
});

it('gives the names of who has not taken part to whoever may ask, and reminds each of them once a day', async () => {
  const house = await openHouse();
  const [secretary, officer] = [house.person(SAMPLE_PEOPLE.secretary), house.person(SAMPLE_PEOPLE.officer)];
  await secretary.says('给本支部发布3道党纪题，明天9:00到17:00');
  await secretary.presses('确认发布');
  await house.settles();
  await house.clockMovesTo('2026-11-24T10:00:00+08:00');
  const rows = await house.app.db.sql<{ id: string; name: string }>`
    SELECT p.id, p.name FROM quiz_part a JOIN person p ON p.id = a."personId" WHERE p."isReachable" AND p.id <> ALL (${[secretary.id, officer.id]}) ORDER BY p.id LIMIT 2`;
  const [away, open] = rows;
  await house.app.db.sql`
    INSERT INTO leave (id, "personId", "firstDay", "lastDay") VALUES (gen_random_uuid(), ${away?.id}, '2026-11-24', '2026-11-24')`;
  await officer.presses('开始答题');
  const before = { officer: officer.sees().length, away: house.person(away?.id ?? '').sees().length };

  await secretary.presses('查看未参加');
  await house.settles();
  const list = secretary.seesLast();
  const [me] = await house.app.db.sql<{ name: string }>`SELECT name FROM person WHERE id = ${officer.id}`;
  expect(list).not.toContain(me?.name);
  expect(list.split('休假')[0]).toContain(open?.name);
  expect(list.split('休假')[1]).toContain(away?.name);

  expect(await secretary.presses('提醒未参加的人')).toMatchObject({
    toast: { type: 'success', content: expect.stringMatching(/^已提醒\d+人。每人每天最多提醒一次。$/) },
  });
  await house.settles();
  expect(house.person(open?.id ?? '').sees()).toHaveLength(2);
  expect(house.person(open?.id ?? '').seesLast()).toContain('[开始答题]');
  expect(house.person(away?.id ?? '').sees()).toHaveLength(before.away);
  expect(officer.sees()).toHaveLength(before.officer);
  expect(await secretary.presses('提醒未参加的人')).toMatchObject({
    toast: { content: expect.stringContaining('今天已经提醒过') },
  });
  await house.clockMovesTo('2026-11-24T17:00:10+08:00');
  expect(progressOf(secretary)).not.toContain('[提醒未参加的人]');
});

describe('teams', () => {
  const unit = (id: string, parentId: string | null, sort: number, people: number | null): TeamUnit => ({
    ...{ id, name: id, parentId, sort, isInvited: people !== null, people: people ?? 0 },
    ...{ answered: (people ?? 0) * 10, correct: (people ?? 0) * 5 },
  });
  const names = (units: TeamUnit[]) => formTeams(units).map(({ name, people }) => `${name} ${people}`);

  it('are the units below the lowest one that all belong to, each with what is below it', () => {
    const tree = [unit('top', null, 0, null), unit('b', 'top', 1, 5), unit('a', 'top', 2, 6), unit('a1', 'a', 1, 7)];
    expect(names(tree)).toEqual(['b 5', 'a 13']);
    expect(
      names([unit('top', null, 0, null), unit('a', 'top', 2, 6), unit('a1', 'a', 1, 7), unit('a2', 'a', 0, 8)]),
    ).toEqual(['a 6', 'a2 8', 'a1 7']);
  });

  it('hide a small one, and one more where the whole would betray it', () => {
    const tree = (...people: number[]) => [
      unit('top', null, 0, null),
      ...people.map((count, index) => unit(`u${index}`, 'top', index, count)),
    ];
    expect(names(tree(9, 4, 6, 7))).toEqual(['u0 9', 'u3 7']);
    expect(names(tree(9, 4, 3, 7))).toEqual(['u0 9', 'u3 7']);
    expect(names(tree(9, 0, 6))).toEqual(['u0 9', 'u2 6']);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 8 }), (people) => {
        const shown = formTeams(tree(...people));
        const rest = people.reduce((sum, one) => sum + one, 0) - shown.reduce((sum, one) => sum + one.people, 0);
        expect(shown.every((team) => team.people >= 5)).toBe(true);
        expect(shown.length === 0 || rest === 0 || rest >= 5).toBe(true);
      }),
    );
  });
});
