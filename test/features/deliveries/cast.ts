/** A Friday morning, a secretary who issues tasks, an officer of the branch and an administrator. */
import { SAMPLE_PEOPLE } from '../../../src/emulator/world/sample.ts';
import { openHouse } from '../../support/house.ts';

export const FRIDAY = new Date('2026-11-27T10:27:00+08:00');
export const TOPICS = ['学习党章', '学习纪律处分条例', '学习廉洁自律准则'];

export async function openCast(at = FRIDAY) {
  const house = await openHouse({ at });
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  const officer = house.person(SAMPLE_PEOPLE.officer);
  const admin = house.person(SAMPLE_PEOPLE.administrator);
  const issue = async (topic: string) => {
    await secretary.says(`提醒本支部12月4日18:00前完成主题党日：${topic}`);
    await secretary.presses('确认发布（');
    await house.settles();
  };
  return { house, secretary, officer, admin, issue, name: await house.nameOf(officer.id) };
}

/** The branch has had its two quiet pushes of the day: the third task waits. */
export async function openThird(at = FRIDAY) {
  const cast = await openCast(at);
  for (const topic of TOPICS) await cast.issue(topic);
  return cast;
}
