/**
 * While an exam asks a question nobody learns its key. Every card, press, command, list and digest of the feature is tried twice, with one
 * key and with another: as long as the key is secret, nothing that anybody sees or is told may differ.
 */

import { expect, it } from 'vitest';
import { AppError } from '../../../src/basics/errors.ts';
import { createLog } from '../../../src/basics/log.ts';
import { readConfig } from '../../../src/config.ts';
import { SAMPLE_PEOPLE } from '../../../src/emulator/world/sample.ts';
import type { PressTurn } from '../../../src/feature.ts';
import { features } from '../../../src/features/index.ts';
import { findQuestions } from '../../../src/features/quizzes/bank/queries.ts';
import { writeBankRow } from '../../../src/features/quizzes/bank/rows.ts';
import { quizzes } from '../../../src/features/quizzes/index.ts';
import { findPerson } from '../../../src/people/find-person.ts';
import { may, mayAnywhere } from '../../../src/people/permissions.ts';
import type { Person } from '../../../src/people/person.ts';
import { UNDO_MS } from '../../../src/publication/rules.ts';
import type { Transaction } from '../../../src/storage/database.ts';
import { createTurn } from '../../../src/turn/turn.ts';
import { read } from '../../reading/tenant.ts';
import { EVERYBODY } from '../../support/audience.ts';
import { type House, openHouse, type TestPerson } from '../../support/house.ts';
import { OPEN_POLICY } from '../../support/open-policy.ts';
import { calendar } from './administrator.ts';
import { chooseWrong, reachSingleChoice } from './answering.ts';

const at = (time: string) => new Date(`2026-11-${time}:00+08:00`);
const DURING = at('24T15:30');
const AFTER = at('24T17:01');
const context = {
  ...{ calendar, log: createLog('silent'), drive: () => undefined },
  ...{ policy: OPEN_POLICY, settings: readConfig(features, {}).settings },
};
/** Cards of the bank, which nobody else gets. */
const REVIEWERS = ['bank', 'question', 'review', 'question-form', 'dispute-review'];
/** Buttons whose answer may hang on what was chosen. */
const CHOOSING = ['answer', 'answer-many', 'correct-key'];

/** What each person answered to the questions in order: 0 is the key, 1 what takes its place in the second try. */
type Parts = Record<string, (0 | 1)[]>;

/** Everything that may be tried: who, on which matters, about which questions. */
type World = { people: Person[]; refs: string[]; questions: string[] };

/** Three questions stand in for the bank, so that all quizzes ask the same, and each way to them has been begun before the exam. */
async function prepareWorld(house: House): Promise<World> {
  const { db } = house.app;
  const { officer, secretary, leader, administrator } = SAMPLE_PEOPLE;
  await house.person(administrator).says('题库');
  const rows = await db.sql<{ id: string }>`
    SELECT id FROM quiz_question WHERE kind = 'single' AND topic = 'integrity' AND state = 'active' ORDER BY id LIMIT 3`;
  const questions = rows.map(({ id }) => id);
  await db.sql`UPDATE quiz_question SET state = 'retired' WHERE id <> ALL (${questions}::text[])`;
  await db.sql`INSERT INTO quiz_daily (scope, "setById", "setAt") VALUES ('detachment', ${administrator}, ${at('23T10:00')})`;

  const quiz = async (kind: string, from: Date, until: Date | null, parts: Parts) => {
    const own = kind === 'exam' ? 60 : null;
    const [made] = await db.sql<{ id: string }>`
      WITH asked AS (
        INSERT INTO quiz (id, kind, topics, "questionCount", minutes, "passPercent")
        VALUES (gen_random_uuid(), ${kind}, '{integrity}', 3, ${own}, ${own}) RETURNING id)
      INSERT INTO publication (id, feature, card, state, "opensAt", "dueAt", audience, "issuedById", "createdAt", "publishedAt")
      SELECT id, 'quizzes', 'paper', 'published', ${from}, ${until}, ${EVERYBODY}::jsonb, ${secretary}, ${from}, ${from} FROM asked
      RETURNING id::text`;
    const id = made?.id ?? '';
    const answers = Object.entries(parts).flatMap(([person, given]) =>
      given.map((choice, index) => ({ person, choice, question: questions[index] })),
    );
    await db.sql`
      INSERT INTO quiz_attempt ("quizId", "personId", seed, "questionIds", "startedAt")
      SELECT ${id}::uuid, person, 'seed', ${questions}::text[], ${from} FROM unnest(${Object.keys(parts)}::text[]) AS person`;
    await db.sql`
      INSERT INTO part ("publicationId", "personId", "doneAt")
      SELECT ${id}::uuid, person, ${from} FROM unnest(${Object.keys(parts)}::text[]) AS person`;
    await db.sql`
      INSERT INTO quiz_answer ("quizId", "personId", "questionId", choice, "answeredAt")
      SELECT ${id}::uuid, a.person, k.id, CASE a.choice WHEN 0 THEN k.key ELSE ARRAY[(SELECT o ->> 'id' FROM jsonb_array_elements(k.options) o WHERE o ->> 'id' <> ALL (k.key) LIMIT 1)] END, ${from}
      FROM jsonb_to_recordset(${JSON.stringify(answers)}::jsonb) AS a (person text, choice int, question text) JOIN quiz_question k ON k.id = a.question`;
    return id;
  };
  const six = await db.sql<{ id: string }>`
    SELECT id FROM person WHERE "branchId" = (SELECT "branchId" FROM person WHERE id = ${officer}) AND id <> ALL (${[officer, secretary, leader]}::text[]) ORDER BY id LIMIT 6`;
  // What is over tells its sums. They are the same with either key here, so that only what is told of a question can differ.
  const crowd: Parts = Object.fromEntries(six.map(({ id }, index) => [id, index % 2 === 0 ? [0, 0, 0] : [1, 1, 1]]));
  const refs = [
    await quiz('contest', at('23T10:05'), at('23T10:30'), { ...crowd, [officer]: [1, 0], [leader]: [0, 1] }),
    await quiz('contest', at('24T09:00'), at('25T09:00'), { [officer]: [0], [leader]: [1] }),
    await quiz('daily', at('23T08:35'), at('24T00:00'), { [officer]: [1], [leader]: [0], [secretary]: [] }),
    await quiz('daily', at('24T08:35'), at('25T00:00'), { [officer]: [] }),
    await quiz('practice', at('23T10:00'), null, { [officer]: [1, 0, 1] }),
    await quiz('practice', at('24T14:59'), null, { [leader]: [1] }),
    await quiz('exam', at('23T15:00'), at('23T16:00'), { [officer]: [0, 1], [leader]: [1, 0] }),
    // The leader and the administrator sit, the secretary has handed in, the officer has not begun.
    await quiz('exam', at('24T15:00'), at('24T17:00'), { [leader]: [0], [secretary]: [0, 1, 0], [administrator]: [] }),
  ];
  for (const outcome of [null, 'written', 'kept', 'corrected']) {
    const [row] = await db.sql<{ id: string }>`
      INSERT INTO quiz_dispute (id, "questionId", "personId", text, outcome)
      VALUES (gen_random_uuid(), ${questions[0]}, ${officer}, '理由', ${outcome}) RETURNING id::text`;
    refs.push(row?.id ?? '');
  }
  const people = [officer, secretary, leader, administrator].map((id) => findPerson(db, id, DURING));
  return {
    people: (await Promise.all(people)).filter((one) => one !== undefined),
    refs: [...refs, questions[0] ?? '', officer],
    questions,
  };
}

class Undone extends Error {}

/** What everybody sees and is told at `now`, by way; `isOther` tries it with the other key. Nothing of it stays. */
async function tryAll(house: House, world: World, now: Date, isOther: boolean): Promise<Map<string, string>> {
  const seen = new Map<string, string>();
  const [first] = await findQuestions(house.app.db, world.questions);
  const row = first && writeBankRow(first);
  await house.app.db
    .transaction(async (db) => {
      if (isOther)
        await db.sql`
          UPDATE quiz_question k SET explanation = 'x' || explanation, basis = 'x' || basis, article = 'x' || article, edition = 'x' || edition,
            key = ARRAY[(SELECT o ->> 'id' FROM jsonb_array_elements(k.options) o WHERE o ->> 'id' <> ALL (k.key) LIMIT 1)]
          WHERE id = ANY (${world.questions}::text[])`;
      const look = async (way: string, act: () => Promise<unknown>) => {
        await db.sql`SAVEPOINT before_trying`;
        const found = await Promise.resolve().then(act).catch(tellOf);
        const sent =
          await db.sql`SELECT card, recipient, push, "dueAt" FROM delivery ORDER BY recipient, card, "dueAt", key`.catch(
            () => [],
          );
        seen.set(way, JSON.stringify([found ?? null, sent]));
        await db.sql`ROLLBACK TO SAVEPOINT before_trying`;
      };
      for (const who of world.people) await tryAs(who, world, row, { db, now, look });
      throw new Undone();
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undone)) throw error;
    });
  return seen;
}

type Tried = { db: Transaction; now: Date; look: (way: string, act: () => Promise<unknown>) => Promise<void> };

async function tryAs(who: Person, { refs, questions }: World, row: unknown, { db, now, look }: Tried): Promise<void> {
  const [question = ''] = questions;
  const turn = (ref: string, form: Record<string, unknown>): PressTurn => ({
    ...createTurn(context, 'quizzes', { db, now, hasNews: false }),
    ...{ who, eventId: 'tried', saidAt: now, may: may.bind(null, who) },
    ...{ pressed: { card: '', ref }, form, option: undefined },
  });
  const viewer = { ...context, person: who.id, now, isSent: true, isUnasked: false, isRetired: false };
  const reviews = mayAnywhere(who, 'quiz.review');
  for (const ref of refs) {
    for (const [name, card] of Object.entries(quizzes.cards ?? {}))
      if (reviews || !REVIEWERS.includes(name))
        await look(`card ${name} ${ref} ${who.id}`, () => card.load(db, ref, viewer));
    for (const [name, button] of Object.entries(quizzes.buttons ?? {})) {
      if (!mayAnywhere(who, button.action)) continue;
      for (const choice of CHOOSING.includes(name) ? ['a', 'b', 'c', 'd'] : ['a'])
        await look(`button ${name} ${ref} ${choice} ${who.id}`, () =>
          button.press(turn(ref, { text: '理由', [choice]: true }), { question, choice, quiz: ref }, () =>
            turn(ref, {}),
          ),
        );
    }
  }
  for (const [name, { action, words, handle }] of Object.entries(quizzes.commands ?? {}))
    for (const rest of mayAnywhere(who, action) ? ['', question] : [])
      await look(`command ${name} ${rest} ${who.id}`, () =>
        handle(turn('', {}), {
          ...{ text: `${words[0]} ${rest}`, rest },
          reading: read({ text: `${words[0]} ${rest}` }, { now, calendar }),
        }),
      );
  for (const [name, list] of Object.entries(quizzes.lists ?? {})) {
    const { out, in: take } = list;
    const period = { firstDay: '2026-11-01', lastDay: '2026-11-30' } as never;
    if (out && mayAnywhere(who, out.action)) await look(`list ${name} ${who.id}`, () => out.rows(turn('', {}), period));
    if (take && mayAnywhere(who, take.action))
      await look(`import ${name} ${who.id}`, () =>
        take.take(turn('', {}), [{ number: 2, values: row as Record<string, unknown> }]),
      );
  }
  await look(`today ${who.id}`, async () => quizzes.today?.(db, who, { now, calendar }));
  const groups = [{ kind: 'branch', id: who.branchId ?? '' }] as const;
  const period = { from: at('23T00:00'), until: now, firstDay: '2026-11-23', lastDay: '2026-11-24' } as never;
  for (const listed of Object.keys(quizzes.digest?.figures ?? {}))
    await look(`digest ${listed} ${who.id}`, async () =>
      quizzes.digest?.count(db, { groups: [...groups], period, calendar, listed }),
    );
}

/** An error as the person hears of it. */
function tellOf(error: unknown): unknown {
  return error instanceof AppError ? error.tell : 'refused';
}

it('tells the key in no way while an exam asks the question, and in every way that it has afterwards', async () => {
  const house = await openHouse();
  const world = await prepareWorld(house);
  const differ = async (now: Date) => {
    const [one, other] = [await tryAll(house, world, now, false), await tryAll(house, world, now, true)];
    expect(one.size).toBeGreaterThan(1_000);
    return [...one].filter(([way, what]) => other.get(way) !== what).map(([way]) => way);
  };
  expect(await differ(DURING)).toEqual([]);
  const told = new Set((await differ(AFTER)).map((way) => way.split(' ').slice(0, 2).join(' ')));
  expect([...told].sort()).toEqual(
    expect.arrayContaining([
      ...['card dispute', 'card dispute-review', 'card mistakes', 'card paper', 'card progress', 'card question'],
      ...[
        'card question-form',
        'card regraded',
        'card results',
        'card review',
        'digest right',
        'import 题库',
        'list 题库',
      ],
      ...['button answer', 'button correct-key', 'list 考试成绩'],
    ]),
  );
});

it('tells nothing of an exam that was withdrawn as long as it can be restored', async () => {
  const house = await openHouse();
  const world = await prepareWorld(house);
  const since = (minutes: number) => new Date(DURING.getTime() - minutes * 60_000);
  const differ = async (minutes: number) => {
    await house.app.db.sql`
      UPDATE publication SET state = 'withdrawn', "endedAt" = ${since(minutes)}, "lastAct" = 'withdraw', "lastActAt" = ${since(minutes)}
      WHERE "dueAt" = ${at('24T17:00')}`;
    const [one, other] = [await tryAll(house, world, DURING, false), await tryAll(house, world, DURING, true)];
    return [...one].filter(([way, what]) => other.get(way) !== what).map(([way]) => way);
  };
  expect(await differ(UNDO_MS / 60_000 - 1)).toEqual([]);
  expect(await differ(UNDO_MS / 60_000)).not.toEqual([]);
});

it('takes a dispute meanwhile, keeps the key from whoever wrote it, and tells them all when the exam is over', async () => {
  const house = await openHouse();
  const [secretary, auxiliary, administrator] = ['secretary', 'auxiliary', 'administrator'].map((who) =>
    house.person(SAMPLE_PEOPLE[who as keyof typeof SAMPLE_PEOPLE]),
  ) as [TestPerson, TestPerson, TestPerson];
  await auxiliary.says('练习 生活纪律');
  const { question, right, wrong } = await reachSingleChoice(house, auxiliary);
  await secretary.says('发布考试 本支部1道党纪题，今天14:00到16:00');
  await secretary.presses('确认发布');
  await house.clockMovesTo('2026-11-23T14:00:00+08:00');
  await secretary.presses('开始答题');
  await house.app.db.sql`
    UPDATE quiz_attempt SET "questionIds" = ARRAY[${question.id}] WHERE "personId" = ${secretary.id}`;

  // It stood on the card of somebody else before: the answer counts, and says nothing of right or wrong.
  expect(await chooseWrong(house, auxiliary)).toMatchObject({
    toast: { content: expect.stringMatching(/^已记录。.*16:00以后公布。$/) },
  });
  const silent = () => {
    expect(auxiliary.seesLast()).not.toContain(question.explanation);
    expect(auxiliary.seesLast()).not.toContain(`《${question.law}》`);
    expect(auxiliary.seesLast()).not.toMatch(/答案：|答对了|答错|改判/);
  };
  silent();
  await auxiliary.presses('对上一题有异议');
  await house.settles();
  expect(auxiliary.seesLast()).toMatch(/题目有异议[\s\S]*答案和出处在11月23日（周一）16:00以后告诉您/);
  silent();
  expect(await auxiliary.presses('提交', { text: '条文里写的是另一档' })).toMatchObject({
    toast: { content: expect.stringContaining('考试或答题结束后告诉您') },
  });
  await house.settles();
  silent();

  expect(administrator.seesLast()).toContain(right[0]);
  const newKey = question.options.find(({ text }) => text === wrong[0])?.id;
  const ticks = Object.fromEntries(question.options.map(({ id }) => [id, id === newKey]));
  expect(await administrator.presses('改正答案', ticks)).toMatchObject({ toast: { type: 'success' } });
  await house.settles();
  await house.clockMovesTo('2026-11-23T15:59:00+08:00');
  expect(auxiliary.sees().join('\n')).not.toContain('改判');
  silent();

  await house.clockMovesTo('2026-11-23T16:00:30+08:00');
  const seen = auxiliary.sees().join('\n\n');
  expect(seen).toContain('这道题改判为答对，成绩已更新。');
  expect(seen).toContain('已核对，答案已经改正，成绩随之更新。');
  expect(seen).not.toContain('以后告诉您');
});
