/** Practice and the question of the day: private, in small portions, and what was wrong comes back. */
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../../src/emulator/world/sample.ts';
import { scheduleReview } from '../../../src/features/quizzes/paper/review.ts';
import { openHouse } from '../../support/house.ts';
import { answerAll, cardOf, chooseWrong, pressOn, readCurrent } from './answering.ts';

it('practises by topic, round after round on one card', async () => {
  const house = await openHouse();
  const officer = house.person(SAMPLE_PEOPLE.officer);
  await officer.says('练习 廉洁纪律');
  expect(officer.seesLast()).toContain('第1/5题');
  expect((await readCurrent(house, officer)).question.topic).toBe('integrity');
  await answerAll(house, officer);
  expect(officer.seesLast()).toContain('答对 5 题，共 5 题');
  await officer.presses('再来一组');
  expect(officer.seesLast()).toContain('第6/10题');
  expect(officer.sees()).toHaveLength(1);
  await officer.says('练习 天文');
  expect(officer.seesLast()).toContain('没有这个主题。可以练习：处分总则');
});

it('brings wrong ones back, at most five a day, and less often once they are right', async () => {
  const house = await openHouse();
  const officer = house.person(SAMPLE_PEOPLE.officer);
  const wrong = new Set<string>();
  await officer.says('练习');
  for (let round = 0; round < 7; round += 1) {
    wrong.add((await readCurrent(house, officer)).question.id);
    await chooseWrong(house, officer);
    if (round === 4) await officer.presses('再来一组');
  }
  expect(wrong.size).toBe(7);
  await house.clockMovesTo('2026-11-26T10:00:00+08:00');
  const back: string[] = [];
  await officer.says('练习');
  for (let index = 0; index < 5; index += 1) {
    back.push((await readCurrent(house, officer)).question.id);
    await chooseWrong(house, officer);
  }
  expect(back.every((id) => wrong.has(id))).toBe(true);
  await officer.presses('再来一组');
  expect(wrong.has((await readCurrent(house, officer)).question.id)).toBe(false);
});

it('spaces what is right further and further, and what is wrong closely', () => {
  const start = new Date('2026-11-23T10:00:00+08:00');
  const days = (from: Date, to: Date) => (to.getTime() - from.getTime()) / 86_400_000;
  let step = scheduleReview(null, false, start);
  let last = days(start, step.dueAt);
  expect(last).toBeLessThanOrEqual(2);
  for (let round = 0; round < 4; round += 1) {
    const at = step.dueAt;
    step = scheduleReview(step.memory, true, at);
    expect(days(at, step.dueAt)).toBeGreaterThan(last);
    last = days(at, step.dueAt);
  }
  expect(last).toBeLessThanOrEqual(180);
  expect(days(step.dueAt, scheduleReview(step.memory, false, step.dueAt).dueAt)).toBeLessThan(last);
});

it('sends one question a workday where it is switched on, and none to whoever does not want it', async () => {
  const house = await openHouse();
  const [secretary, officer, other] = [SAMPLE_PEOPLE.secretary, SAMPLE_PEOPLE.officer, SAMPLE_PEOPLE.leader].map((id) =>
    house.person(id),
  );
  if (!secretary || !officer || !other) throw new Error('the sample has no such people');
  await officer.says('每日一题');
  expect(officer.seesLast()).toContain('还没有开启');
  expect(officer.seesLast()).not.toContain('[开启');
  await secretary.says('每日一题');
  await secretary.presses('开启（本支部）');
  const before = other.sees().length;

  await house.clockMovesTo('2026-11-24T08:40:00+08:00');
  expect(officer.seesLast()).toContain('每日一题');
  expect(other.sees()).toHaveLength(before + 1);
  expect(house.person(SAMPLE_PEOPLE.administrator).sees()).toEqual([]);
  await chooseWrong(house, officer);
  expect(officer.seesLast()).toContain('这题答错了');
  expect(officer.seesLast()).toContain('依据：《');
  await officer.presses('不再接收每日一题');

  const yesterday = cardOf(house, other);
  const { question, right } = await readCurrent(house, other);
  const words = question.options.filter(({ id }) => question.key.includes(id)).map(({ text }) => text);
  const press = pressOn(yesterday, question.kind === 'multiple' ? words : right);
  const count = officer.sees().length;
  await house.clockMovesTo('2026-11-25T08:40:00+08:00');
  expect(officer.sees()).toHaveLength(count);
  expect(await house.emulator.press(other.id, yesterday?.id ?? '', press)).toMatchObject({
    toast: { type: 'warning', content: '这是之前的每日一题，已经结束，没有记录。请看新的一题。' },
  });
  expect(other.sees().at(-2)).toContain('已结束');
  expect(other.sees().at(-2)).toContain('正确答案：');
  await house.clockMovesTo('2026-11-28T12:00:00+08:00');
  const friday = other.sees().length;
  await house.clockMovesTo('2026-11-29T12:00:00+08:00');
  expect(other.sees()).toHaveLength(friday);
});
