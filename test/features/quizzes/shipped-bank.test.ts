/** Corrections in the files that come with the program reach a bank that is filled already, unless somebody has changed the question. */
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../../src/emulator/world/sample.ts';
import { markCompared } from '../../../src/features/quizzes/bank/queries.ts';
import type { Question } from '../../../src/features/quizzes/bank/question.ts';
import { readSampleBank } from '../../../src/features/quizzes/bank/sample-bank.ts';
import { bringShippedBank, readShipped } from '../../../src/features/quizzes/bank/shipped-bank.ts';
import { type House, openHouse } from '../../support/house.ts';
import { asAdministrator } from './administrator.ts';
import { chooseWrong, reachSingleChoice, readCurrent } from './answering.ts';

const { questions } = readSampleBank();

/** The program starts with files in which this question says something else. */
function shipWith(house: House, id: string, change: Partial<Question>): Promise<void> {
  const shipped = readShipped(questions.map((one) => (one.id === id ? { ...one, ...change } : one)));
  return asAdministrator(house, (turn) => bringShippedBank(turn, shipped));
}

async function rowOf(house: House, id: string) {
  const [row] = await house.app.db.sql<{ stem: string; explanation: string; isCompared: boolean }>`
    SELECT stem, explanation, "comparedAt" IS NOT NULL AS "isCompared" FROM quiz_question WHERE id = ${id}`;
  return row;
}

it('follows the file where nobody has changed anything, and asks for a new comparison', async () => {
  const house = await openHouse();
  await asAdministrator(house, bringShippedBank);
  const { administrator } = SAMPLE_PEOPLE;
  await house.app.db.transaction((db) => markCompared(db, 'pd-053-1', administrator, new Date('2026-11-23T10:00:00Z')));
  await asAdministrator(house, bringShippedBank);
  expect(await rowOf(house, 'pd-053-1')).toMatchObject({ isCompared: true });
  await shipWith(house, 'pd-053-1', { stem: '组织秘密集团的，应当怎样处分？' });
  expect(await rowOf(house, 'pd-053-1')).toMatchObject({ stem: '组织秘密集团的，应当怎样处分？', isCompared: false });
  const all = await house.app.db.sql`SELECT 1 FROM quiz_question`;
  expect(all).toHaveLength(questions.length);
});

it('leaves a question alone that was edited here, and one that was retired', async () => {
  const house = await openHouse();
  await asAdministrator(house, bringShippedBank);
  await house.app.db.sql`UPDATE quiz_question SET explanation = '自己写的解析' WHERE id = 'pd-053-1'`;
  await house.app.db.sql`UPDATE quiz_question SET state = 'retired' WHERE id = 'pd-009-1'`;
  await shipWith(house, 'pd-053-1', { explanation: '新的解析' });
  await shipWith(house, 'pd-009-1', { explanation: '新的解析' });
  expect(await rowOf(house, 'pd-053-1')).toMatchObject({ explanation: '自己写的解析' });
  expect(await rowOf(house, 'pd-009-1')).not.toMatchObject({ explanation: '新的解析' });
});

it('keeps the words of a question that somebody was asked, and grades anew where its key was wrong', async () => {
  const house = await openHouse();
  const officer = house.person(SAMPLE_PEOPLE.officer);
  await officer.says('练习 生活纪律');
  const { question } = await readCurrent(house, officer);
  await chooseWrong(house, officer);
  await shipWith(house, question.id, { stem: '换了一种问法的题干' });
  expect(await rowOf(house, question.id)).toMatchObject({ stem: question.stem });

  const other = await openHouse();
  const learner = other.person(SAMPLE_PEOPLE.officer);
  await learner.says('练习 生活纪律');
  const current = await reachSingleChoice(other, learner);
  await chooseWrong(other, learner);
  const key = current.question.options.filter(({ text }) => text === current.wrong[0]).map(({ id }) => id);
  await shipWith(other, current.question.id, { key });
  await other.settles();
  expect(learner.seesLast()).toContain('这道题改判为答对，成绩已更新。');
});
