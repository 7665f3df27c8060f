/** A contest as people have it: issued in a sentence, answered on one card, ended to the second, explained afterwards. */
import { expect, it } from 'vitest';
import type { PressAnswer } from '../../src/emulator/site/page-api.ts';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { keepAnswer } from '../../src/features/quizzes/paper/queries.ts';
import { type House, openHouse, type TestPerson } from '../support/house.ts';
import { answerAll, chooseRight, chooseWrong, pressOn, readCurrent } from './quizzes/answering.ts';

const SENTENCE = '给本支部发布10道党纪题，明天15:00到15:30';

async function openWithContest(
  sentence = SENTENCE,
): Promise<{ house: House; secretary: TestPerson; officer: TestPerson }> {
  const house = await openHouse();
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  await secretary.says(sentence);
  await secretary.presses('确认发布');
  await house.settles();
  return { house, secretary, officer: house.person(SAMPLE_PEOPLE.officer) };
}

/** Everybody of the branch's members but the secretary and the officer. */
async function othersOf(house: House): Promise<TestPerson[]> {
  const rows = await house.app.db.sql<{ id: string }>`
    SELECT p.id FROM person p JOIN branch b ON b.id = p."branchId" WHERE b.name = '一大队党支部' AND p."isReachable"
      AND p.politics IN ('member', 'probationary') AND p.id <> ALL (${[SAMPLE_PEOPLE.secretary, SAMPLE_PEOPLE.officer]}) ORDER BY p.id`;
  return rows.map(({ id }) => house.person(id));
}

const progressOf = (person: TestPerson) => person.sees().findLast((card) => card.includes('· 进度')) ?? '';

it('shows a preview with the exact window and the head-count, and sends nothing before it is confirmed', async () => {
  const house = await openHouse();
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  await secretary.says(SENTENCE);
  const preview = secretary.seesLast();
  expect(preview).toContain('11月24日（周二，明天）15:00至15:30');
  expect(preview).toContain('党纪（六项纪律和处分总则）');
  expect(preview).toContain('每人10题');
  const count = (await othersOf(house)).length;
  expect(Number(/确认发布（(\d+)人）/.exec(preview)?.[1])).toBeGreaterThan(count);
  await house.settles();
  expect(house.person(SAMPLE_PEOPLE.officer).sees()).toEqual([]);
});

it('goes out ahead, opens and closes on time, and moves on in place on one card', async () => {
  const { house, secretary, officer } = await openWithContest();
  expect(officer.sees()).toHaveLength(1);
  expect(officer.seesLast()).toContain('党纪知识比拼');
  expect(officer.seesLast()).toContain('自愿参加，不比速度、不排名次');
  await house.clockMovesTo('2026-11-24T14:58:00+08:00');
  expect(await officer.presses('开始答题')).toMatchObject({
    toast: { type: 'warning', content: '11月24日（周二）15:00开始，请到时再按。' },
  });
  await house.clockMovesTo('2026-11-24T15:00:00+08:00');
  await officer.presses('开始答题');
  expect(officer.seesLast()).toContain('第1/10题');

  expect(await chooseRight(house, officer)).toMatchObject({ toast: { type: 'success', content: '答对了。' } });
  expect(officer.seesLast()).toContain('第2/10题');
  expect(officer.seesLast()).toContain('第1题答对');
  expect(await chooseWrong(house, officer)).toMatchObject({
    toast: { type: 'warning', content: expect.stringContaining('答错了，正确答案：') },
  });
  expect(officer.seesLast()).toMatch(
    /第2题答错，正确答案：[\s\S]*依据：《中国共产党纪律处分条例》（2023年12月修订）第[\s\S]*尚未与正式文本核对/,
  );
  await answerAll(house, officer);
  expect(officer.seesLast()).toContain('答对 9 题，共 10 题');
  expect(officer.sees()).toHaveLength(1);

  await officer.presses('看错题');
  await house.settles();
  expect(officer.seesLast()).toContain('答错1题');
  expect(officer.seesLast()).toMatch(/您选：.+\n正确：.+\n/);

  await house.clockMovesTo('2026-11-24T15:20:10+08:00');
  expect(progressOf(secretary)).toContain('已参加 1 ·');
  expect(progressOf(secretary)).not.toContain('错得最多');
});

it('takes no answer from the closing second on, and tells everybody how it went', async () => {
  const { house, secretary, officer } = await openWithContest();
  await house.clockMovesTo('2026-11-24T15:00:00+08:00');
  await officer.presses('开始答题');
  await house.clockMovesTo('2026-11-24T15:28:00+08:00');
  await chooseRight(house, officer);
  const late = house.emulator.messagesOf(officer.id).at(-1);
  const press = pressOn(late, await rightTexts(house, officer));
  await house.clockMovesTo('2026-11-24T15:30:00+08:00');
  expect(await house.emulator.press(officer.id, late?.id ?? '', press)).toMatchObject({
    toast: { type: 'warning', content: '答题已于11月24日（周二）15:30结束，这次没有记录。' },
  });
  expect(officer.seesLast()).toContain('答对 1 题，共 10 题');
  expect(officer.seesLast()).toContain('9题没有作答');
  const [other] = await othersOf(house);
  await house.clockMovesTo('2026-11-24T15:30:10+08:00');
  expect(other?.seesLast()).toContain('已于 11月24日（周二，今天）15:30 结束');
  expect(progressOf(secretary)).toContain('[');
  expect(progressOf(secretary)).toContain('已结束');
  expect(await answersOf(house)).toBe(1);
});

it('counts an answer up to the last millisecond, and not one later', async () => {
  const { house, officer } = await openWithContest();
  await house.clockMovesTo('2026-11-24T15:00:00+08:00');
  await officer.presses('开始答题');
  const [current] = await currentQuestion(house, officer);
  const quiz = (await house.app.db.sql<{ id: string }>`SELECT id::text FROM quiz`)[0]?.id ?? '';
  const answerAt = (now: string) =>
    house.app.db.transaction((db) =>
      keepAnswer(db, { quiz, person: officer.id, question: current?.id ?? '', choice: ['a'], now: new Date(now) }),
    );
  expect(await answerAt('2026-11-24T15:30:00.000+08:00')).toMatchObject({ isKept: false, isOpen: false });
  expect(await answerAt('2026-11-24T15:29:59.999+08:00')).toMatchObject({ isKept: true, isOpen: true });
  expect(await answerAt('2026-11-24T15:29:59.999+08:00')).toMatchObject({ isKept: false, isAnswered: true });
});

it('shows the issuer what was hardest with its articles, and mastery by topic, but no names and no ranking', async () => {
  const { house, secretary, officer } = await openWithContest('给本支部发布7道党纪题，明天15:00到15:30');
  await house.clockMovesTo('2026-11-24T15:00:00+08:00');
  const people = [officer, ...(await othersOf(house)).slice(0, 4)];
  for (const person of people) {
    await person.presses('开始答题');
    await answerAll(house, person, 'wrong');
  }
  await house.clockMovesTo('2026-11-24T15:30:10+08:00');
  const summary = progressOf(secretary);
  expect(summary).toContain('已参加 5 ·');
  expect(summary).toContain('参加5人，平均答对0%');
  expect(summary).toMatch(/政治纪律 0%/);
  const names = await house.app.db.sql<{ name: string }>`SELECT name FROM person WHERE id <> ${secretary.id}`;
  for (const { name } of names) expect(summary).not.toContain(name);
  expect(officer.seesLast()).toContain('参加5人，平均答对0%');
});

it('keeps the first answer when the same question is pressed on two phones, or twice', async () => {
  const { house, officer } = await openWithContest();
  await house.clockMovesTo('2026-11-24T15:00:00+08:00');
  await officer.presses('开始答题');
  const message = house.emulator.messagesOf(officer.id).at(-1);
  const right = pressOn(message, await rightTexts(house, officer));
  const answers = await Promise.all([
    house.emulator.press(officer.id, message?.id ?? '', right),
    house.emulator.press(officer.id, message?.id ?? '', right),
  ]);
  const toasts = answers.map(toastOf).sort();
  expect(toasts[0]).toBe('答对了。');
  expect(toasts[1]).toMatch(/已经?.*答过|刚刚答过/);
  expect(await answersOf(house)).toBe(1);
  expect(officer.seesLast()).toContain('第2/10题');
  expect(await house.emulator.press(officer.id, message?.id ?? '', right)).toMatchObject({
    toast: { content: '这道题已经答过，以第一次为准。' },
  });
});

it('loses and doubles nothing when the contest closes while answers arrive', async () => {
  const { house, officer } = await openWithContest();
  const people = [officer, ...(await othersOf(house)).slice(0, 7)];
  await house.clockMovesTo('2026-11-24T15:20:00+08:00');
  for (const person of people) await person.presses('开始答题');
  const [replies] = await Promise.all([
    Promise.all(people.map((person) => chooseRight(house, person))),
    house.clockMovesTo('2026-11-24T15:30:01+08:00'),
  ]);
  const kept = replies.filter((reply) => toastOf(reply) === '答对了。').length;
  expect(await answersOf(house)).toBe(kept);
  for (const reply of replies) expect(toastOf(reply)).toMatch(/^答对了。$|结束，这次没有记录。$/);
});

it('refuses a question that is not on the paper, an option that does not exist, and an empty multiple choice', async () => {
  const { house, officer } = await openWithContest();
  await house.clockMovesTo('2026-11-24T15:00:00+08:00');
  await officer.presses('开始答题');
  const message = house.emulator.messagesOf(officer.id).at(-1);
  const { d } = await deliveryOf(house, officer);
  const value = { press: 'quizzes/answer', d, question: 'rt-078-1', choice: 'a' };
  const tries = [
    value,
    { ...value, question: 'no-such-question' },
    { ...value, choice: 'z' },
    { press: 'quizzes/answer', d },
    { press: 'quizzes/answer-of-an-older-version', d, question: 'rt-078-1', choice: 'a' },
  ];
  for (const one of tries) {
    const answer = await house.emulator.press(officer.id, message?.id ?? '', { tag: 'button', value: one });
    expect(toastOf(answer)).not.toBe('答对了。');
  }
  const [current] = await currentQuestion(house, officer);
  const wrongOption = { ...value, question: current?.id ?? '', choice: 'h' };
  await house.emulator.press(officer.id, message?.id ?? '', { tag: 'button', value: wrongOption });
  expect(await answersOf(house)).toBe(0);
});

it('asks with a form for what a sentence lacks, and refuses a window in the past and too many questions', async () => {
  const house = await openHouse();
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  await secretary.says('发布答题');
  expect(secretary.seesLast()).toContain('还差：主题、参加范围、结束时间。');
  const branch = (await house.app.db.sql<{ id: string }>`SELECT id::text FROM branch WHERE name = '一大队党支部'`)[0]
    ?.id;
  const form = {
    topics: ['life'],
    count: '3',
    audience: `branch:members:${branch}`,
    dueAt: '2026-11-24 15:30 +0800',
  };
  expect(await secretary.presses('下一步', { ...form, count: '40' })).toMatchObject({
    toast: { content: expect.stringContaining('所选主题现在只有') },
  });
  expect(await secretary.presses('下一步', { ...form, count: 'x' })).toMatchObject({
    toast: { content: '题数要在1到50之间，请改正后再提交。' },
  });
  expect(await secretary.presses('下一步', { ...form, opensAt: '2026-11-25 15:30 +0800' })).toMatchObject({
    toast: { content: '结束时间要晚于开始时间，请改正后再提交。' },
  });
  await secretary.presses('下一步', form);
  expect(secretary.seesLast()).toContain('发布后马上开始，11月24日（周二，明天）15:30结束');
  expect(secretary.seesLast()).toContain('生活纪律');
  await secretary.presses('取消');
  expect(secretary.seesLast()).toContain('已取消，没有发给任何人。');
  await secretary.says('给本支部发布10道党纪题，11月20日15:00到15:30');
  expect(secretary.seesLast()).toContain('结束时间已经过去');
  await secretary.says('给全支队发布10道党纪题，明天15:00到15:30');
  expect(secretary.seesLast()).toContain('您只能发布给自己的支部');
});

it('can be withdrawn, and then nobody needs to take part', async () => {
  const { house, secretary, officer } = await openWithContest();
  await secretary.presses('撤销');
  await house.clockMovesTo('2026-11-24T15:00:00+08:00');
  expect(officer.seesLast()).toContain('已撤销，无需参加');
  await officer.says('今天');
  expect(officer.seesLast()).not.toContain('知识比拼');
});

it('stands on the 今天 card until it is answered, and opens from there where one left off', async () => {
  const { house, officer } = await openWithContest();
  await house.clockMovesTo('2026-11-24T15:00:00+08:00');
  await officer.presses('开始答题');
  await chooseRight(house, officer);
  await officer.says('今天');
  expect(officer.seesLast()).toContain('党纪知识比拼');
  await officer.presses('去办理');
  await house.settles();
  expect(officer.seesLast()).toContain('第2/10题');
});

function toastOf(answer: PressAnswer): string | undefined {
  return answer.ok ? answer.toast?.content : undefined;
}

async function answersOf(house: House): Promise<number> {
  return (await house.app.db.sql<{ count: number }>`SELECT count(*)::int AS count FROM quiz_answer`)[0]?.count ?? 0;
}

async function currentQuestion(house: House, person: TestPerson) {
  return house.app.db.sql<{ id: string }>`
    SELECT u.id FROM quiz_attempt a, unnest(a."questionIds") WITH ORDINALITY u (id, place) WHERE a."personId" = ${person.id} ORDER BY u.place LIMIT 1`;
}

async function deliveryOf(house: House, person: TestPerson): Promise<{ d: string }> {
  const [row] = await house.app.db.sql<{
    d: string;
  }>`SELECT id::text AS d FROM delivery WHERE recipient = ${person.id} AND card = 'paper'`;
  return row ?? { d: '' };
}

async function rightTexts(house: House, person: TestPerson): Promise<string[]> {
  return (await readCurrent(house, person)).right;
}
