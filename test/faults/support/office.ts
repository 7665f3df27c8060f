/** A house with the two people whom the tests of events follow: a secretary and an officer of the same branch. */
import { SAMPLE_PEOPLE } from '../../../src/emulator/world/sample.ts';
import { type House, openHouse, type TestPerson } from '../../support/house.ts';

/** What the secretary writes. */
export const SENTENCE = '提醒一大队党支部全体党员下周五18:00前完成第一议题学习：学习党的二十届四中全会精神';

/** Opens it on a Monday morning. */
export async function openOffice(
  options: Parameters<typeof openHouse>[0] = {},
): Promise<{ house: House; secretary: TestPerson; officer: TestPerson }> {
  const house = await openHouse(options);
  return { house, secretary: house.person(SAMPLE_PEOPLE.secretary), officer: house.person(SAMPLE_PEOPLE.officer) };
}

/** The secretary's sentence is confirmed and everybody has the card. */
export async function publish(house: House, secretary: TestPerson): Promise<void> {
  await secretary.says(SENTENCE);
  await secretary.presses('确认发布');
  await house.settles();
}

/** How many tasks there are, drafts included. */
export async function countTasks({ app }: House): Promise<number> {
  return (await app.db.sql`SELECT 1 FROM publication`).length;
}
