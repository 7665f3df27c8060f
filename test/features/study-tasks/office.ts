/** A house in which a secretary has published a task to the branch, for the conversations about what comes after. */
import { SAMPLE_PEOPLE } from '../../../src/emulator/world/sample.ts';
import { type House, openHouse, type TestPerson } from '../../support/house.ts';

export type Office = {
  house: House;
  secretary: TestPerson;
  officer: TestPerson;
  /** Everybody of the audience by id, the secretary and the officer included. */
  audience: string[];
  /** Somebody of the audience who is neither, and can be reached. */
  other: TestPerson;
};

/** `task` is the sentence after the audience: when, and what. */
export async function openOffice(
  task = '下周五18:00前完成第一议题学习：学习讲话',
  options: Parameters<typeof openHouse>[0] = {},
): Promise<Office> {
  const house = await openHouse(options);
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  const officer = house.person(SAMPLE_PEOPLE.officer);
  await secretary.says(`提醒一大队党支部全体党员${task}`);
  await secretary.presses('确认发布（');
  await house.settles();
  const people = await house.app.db.sql<{ id: string; isUnreachable: boolean }>`
    SELECT "personId" AS id, "isUnreachable" FROM part ORDER BY "personId"`;
  const other = people.find(({ id, isUnreachable }) => !isUnreachable && id !== officer.id && id !== secretary.id);
  return { house, secretary, officer, audience: people.map(({ id }) => id), other: house.person(other?.id ?? '') };
}

/** The person's cards of the task, as plain text, oldest first. */
export const taskCards = (person: TestPerson) => person.sees().filter((card) => card.includes('发给：'));

/** The newest progress card of the secretary. */
export const progressCard = (secretary: TestPerson) =>
  secretary.sees().findLast((card) => card.includes('· 进度')) ?? '';
