/** Every sentence that people are shown to copy, in 帮助 and in the README, is heard when those say it to whom it is shown. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { features } from '../../src/features/index.ts';
import { findPerson } from '../../src/people/find-person.ts';
import { mayAnywhere } from '../../src/people/permissions.ts';
import { type House, openHouse } from '../support/house.ts';

const FRIDAY = new Date('2026-11-27T10:00:00+08:00');
const { secretary, administrator, officer, leader, chief } = SAMPLE_PEOPLE;
/** What is said where nothing was understood, or to whom it should not have been shown. */
const DEAD_END = /没有听懂这句话|您要办哪件事|没有办理这件事的权限|没有看懂/u;

/** A house where the chief keeps the goods that the examples speak of. */
async function openStocked(): Promise<House> {
  const house = await openHouse({ at: FRIDAY });
  const admin = house.person(administrator);
  await admin.says('设置领取点');
  await admin.presses('保存领取点', { name: '政治处', place: '库房', hours: '', keeper: await house.nameOf(chief) });
  await house.person(chief).says('入库 藿香正气水 300盒');
  return house;
}

/** What came in answer to a sentence. */
async function answerTo(house: House, person: string, text: string): Promise<string> {
  const speaker = house.person(person);
  const before = speaker.sees().length;
  await speaker.says(text);
  return speaker.sees().slice(before).join('\n');
}

it.each([
  ['an officer', officer],
  ['a secretary', secretary],
  ['a leader', leader],
  ['an administrator', administrator],
  ['a keeper', chief],
])('the examples that 帮助 shows %s', async (_, person) => {
  const house = await openStocked();
  const now = FRIDAY;
  const who = await findPerson(house.app.db, person, now);
  const shown = features
    .flatMap(({ commands = {} }) => Object.values(commands))
    .filter(({ action, words }) => words.length > 0 && who && mayAnywhere(who, action));
  expect(shown.length).toBeGreaterThan(5);
  for (const { help } of shown) {
    const answer = await answerTo(house, person, help.example);
    expect(answer, help.example).not.toBe('');
    expect(answer, help.example).not.toMatch(DEAD_END);
  }
});

it('the sentences of the README, by whom it names', async () => {
  const house = await openStocked();
  const speakers: [RegExp, string][] = [
    [/^officer/u, officer],
    [/^branch secretary/u, secretary],
    [/^keeper/u, chief],
    [/^leader/u, leader],
    [/^administrator/u, administrator],
  ];
  const rows = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
    .split('## What people can do')[1]
    ?.split('\n## ')[0]
    ?.split('\n')
    .filter((line) => line.startsWith('| '));
  let person = '';
  let said = 0;
  for (const row of rows ?? []) {
    const [, whom = '', does = ''] = row.split(' | ').length > 1 ? ['', ...row.slice(2).split(' | ')] : [];
    person = whom.trim() === '' ? person : (speakers.find(([name]) => name.test(whom.trim()))?.[1] ?? '');
    const sentences = [...does.matchAll(/`([^`]*\p{Script=Han}[^`]*)`/gu)].map(([, sentence = '']) => sentence);
    // A group is told in the group; an audience is a part of a sentence.
    for (const sentence of sentences.filter((one) => person !== '' && !/本群|^一大队、|^各党支部书记/u.test(one))) {
      const answer = await answerTo(house, person, sentence);
      expect(answer, sentence).not.toBe('');
      expect(answer, sentence).not.toMatch(DEAD_END);
      said += 1;
    }
  }
  expect(said).toBeGreaterThan(20);
});
