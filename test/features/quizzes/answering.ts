/** Answers questions as a person does: by the words on the card, right or wrong as the test wants. */
import type { PageMessage, PressAnswer, PressPost } from '../../../src/emulator/site/page-api.ts';
import { readSampleBank } from '../../../src/features/quizzes/bank/sample-bank.ts';
import { findPressable, readCard } from '../../support/card-reader.ts';
import type { House, TestPerson } from '../../support/house.ts';

const { questions } = readSampleBank();

/** The question on a card, with the words of its right and wrong options. */
export function questionOn(card: string) {
  const question = questions.find(({ stem }) => card.split('\n').includes(stem));
  if (!question) throw new Error(`no question on the card:\n${card}`);
  const right = question.options.filter(({ id }) => question.key.includes(id)).map(({ text }) => text);
  const wrong = question.options.filter(({ id }) => !question.key.includes(id)).map(({ text }) => text);
  return { question, right, wrong };
}

/** The question on the newest card. */
export async function readCurrent(_house: House, person: TestPerson) {
  return questionOn(person.seesLast());
}

export async function chooseRight(house: House, person: TestPerson): Promise<PressAnswer> {
  const { question, right } = await readCurrent(house, person);
  return choose(house, person, question.kind === 'multiple' ? right : right.slice(0, 1));
}

export async function chooseWrong(house: House, person: TestPerson): Promise<PressAnswer> {
  const { question, right, wrong } = await readCurrent(house, person);
  return choose(house, person, question.kind === 'multiple' ? right.slice(1) : wrong.slice(0, 1));
}

function choose(house: House, person: TestPerson, words: string[]): Promise<PressAnswer> {
  const message = cardOf(house, person);
  return house.emulator.press(person.id, message?.id ?? '', pressOn(message, words));
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

/** The press of the option with the first of these words on a card, or of 提交 with all of them ticked. */
export function pressOn(message: PageMessage | undefined, words: string[]): PressPost {
  const { question } = questionOn(readCard(message?.content));
  const chosen = question.options.filter(({ text }) => words.includes(text)).map(({ id }) => id);
  const press =
    question.kind === 'multiple'
      ? findPressable(message?.content, '提交', ticks(question.options, chosen))
      : findChoice(message?.content, chosen[0] ?? '');
  if (!press) throw new Error(`no button ${words.join()} on the card`);
  return press;
}

/** The button of one option, by its id: words of options may begin alike. */
function findChoice(node: unknown, choice: string): PressPost | undefined {
  if (typeof node !== 'object' || node === null) return undefined;
  const value = node as Record<string, unknown>;
  if (value.press === 'quizzes/answer' && value.choice === choice) return { tag: 'button', value };
  for (const child of Object.values(node)) {
    const found = findChoice(child, choice);
    if (found) return found;
  }
  return undefined;
}

/** The newest message of a person. */
export function cardOf(house: House, person: TestPerson): PageMessage | undefined {
  return house.emulator.messagesOf(person.id).at(-1);
}

function ticks(options: { id: string }[], chosen: string[]): Record<string, boolean> {
  return Object.fromEntries(options.map(({ id }) => [id, chosen.includes(id)]));
}
