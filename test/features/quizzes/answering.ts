/** Answers questions as a person does: by the words on the card, right or wrong as the test wants. */
import type { PageMessage, PressAnswer, PressPost } from '../../../src/emulator/page-api.ts';
import { readSampleBank } from '../../../src/features/quizzes/sample-bank.ts';
import { findPressable } from '../../support/card-reader.ts';
import type { House, TestPerson } from '../../support/house.ts';

const { questions } = readSampleBank();

/** The question on the newest card, with the words of its right and wrong options. */
export async function readCurrent(_house: House, person: TestPerson) {
  const card = person.seesLast();
  const question = questions.find(({ stem }) => card.split('\n').includes(stem));
  if (!question) throw new Error(`no question on the card:\n${card}`);
  const right = question.options.filter(({ id }) => question.key.includes(id)).map(({ text }) => text);
  const wrong = question.options.filter(({ id }) => !question.key.includes(id)).map(({ text }) => text);
  return { question, right, wrong };
}

export async function chooseRight(house: House, person: TestPerson): Promise<PressAnswer> {
  const { question, right } = await readCurrent(house, person);
  if (question.kind !== 'multiple') return person.presses(right[0] ?? '');
  return person.presses('提交', ticks(question.options, question.key));
}

export async function chooseWrong(house: House, person: TestPerson): Promise<PressAnswer> {
  const { question, wrong } = await readCurrent(house, person);
  if (question.kind !== 'multiple') return person.presses(wrong[0] ?? '');
  return person.presses('提交', ticks(question.options, question.key.slice(1)));
}

/** Answers in practice until a question with one right answer stands on the card. */
export async function reachSingleChoice(house: House, person: TestPerson) {
  for (;;) {
    if (!/第\d+\/\d+题/.test(person.seesLast())) await person.presses('再来一组');
    const current = await readCurrent(house, person);
    if (current.question.kind === 'single') return current;
    await chooseRight(house, person);
  }
}

/** Answers whatever is left on the newest card. */
export async function answerAll(house: House, person: TestPerson, how: 'right' | 'wrong' = 'right'): Promise<void> {
  while (/第\d+\/\d+题/.test(person.seesLast())) {
    await (how === 'right' ? chooseRight(house, person) : chooseWrong(house, person));
  }
}

/** The press of the first of these words on a card, or of 提交 with them ticked. */
export function pressOn(message: PageMessage | undefined, words: string[]): PressPost {
  for (const word of words) {
    const press = findPressable(message?.content, word);
    if (press) return press;
  }
  const question = questions.find(({ stem }) => JSON.stringify(message?.content).includes(stem));
  const chosen = question?.options.filter(({ text }) => words.includes(text)).map(({ id }) => id) ?? [];
  const press = findPressable(message?.content, '提交', ticks(question?.options ?? [], chosen));
  if (!press) throw new Error(`no button ${words.join()} on the card`);
  return press;
}

/** The newest message of a person. */
export function cardOf(house: House, person: TestPerson): PageMessage | undefined {
  return house.emulator.messagesOf(person.id).at(-1);
}

function ticks(options: { id: string }[], chosen: string[]): Record<string, boolean> {
  return Object.fromEntries(options.map(({ id }) => [id, chosen.includes(id)]));
}
