/** One spelling of a name from the contacts to whoever types it. */
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { findOne } from '../../src/people/find-people.ts';
import { createMatcher } from '../../src/people/match-rows.ts';
import { findPlacedPeople } from '../../src/people/places/placed-people.ts';
import { MONDAY_MORNING, openHouse } from '../support/house.ts';

it('finds a person however the contacts and the writer put dot and spaces, and shows no hidden signs', async () => {
  const house = await openHouse();
  const { officer: id } = SAMPLE_PEOPLE;
  const { db } = house.app;
  let minutes = 0;
  const named = async (name: string) => {
    house.emulator.contacts.change(id, { name });
    await house.settles();
    minutes += 1;
    // The contacts are read shortly after the last change.
    await house.clockMovesTo(new Date(MONDAY_MORNING.getTime() + minutes * 60_000));
  };
  for (const name of ['阿依古丽•买买提 ', '\u202e阿依古丽 · 买买提', '阿依古丽．买买\u0000提']) {
    await named(name);
    for (const typed of ['阿依古丽·买买提', '阿依古丽•买买提', '阿依古丽 ‧ 买买提', ' 阿依古丽.买买提\u200b'])
      expect(await findOne(db, typed)).toMatchObject({ person: { id, name: '阿依古丽·买买提' } });
    const match = createMatcher(await findPlacedPeople(db));
    expect(match({ name: '阿依古丽·买买提' })).toMatchObject({ person: { id } });
  }
  await named('张　伟 ');
  expect(await findOne(db, '张 伟')).toMatchObject({ person: { id, name: '张伟' } });
  const { unit } = ((await findOne(db, '张伟')) as { person: { unit: string } }).person;
  expect(await findOne(db, `张伟  ${unit}`)).toMatchObject({ person: { id } });
  expect(await findOne(db, '张伟 别的单位')).toHaveProperty('unclear');
});

it('answers whoever writes signs that cannot be kept, at once and once', async () => {
  const house = await openHouse();
  const officer = house.person(SAMPLE_PEOPLE.officer);
  await officer.says('帮\u0000助');
  expect(officer.seesLast()).toContain('您可以办理');
  await officer.says('投诉建议\ud800 \u202e路灯不亮');
  expect(officer.sees()).toHaveLength(2);
  const statuses = house.emulator.calls.filter(({ direction }) => direction === 'in').map(({ status }) => status);
  expect(new Set(statuses)).toEqual(new Set([200]));
});
