/** 投诉建议 from the foot of a card to the administrators, and to nobody else. */
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { openHouse } from '../support/house.ts';

it('goes from the foot of any card to the administrators alone, once', async () => {
  const house = await openHouse();
  const officer = house.person(SAMPLE_PEOPLE.officer);
  const administrator = house.person(SAMPLE_PEOPLE.administrator);
  await officer.says('帮助');
  await officer.presses('投诉建议');
  await house.settles();
  expect(officer.seesLast()).toContain('[提交]');
  expect(await officer.presses('提交', { text: ' ' })).toMatchObject({ toast: { type: 'warning' } });
  expect(await officer.presses('提交', { text: '字'.repeat(1001) })).toMatchObject({
    toast: { content: '最多1000字，现在有1001字，请缩短后再提交。' },
  });
  expect(await officer.presses('提交', { text: '夜班后请不要早上提醒 <at id=all></at>' })).toMatchObject({
    toast: { type: 'success' },
  });
  await house.settles();
  expect(officer.seesLast()).toContain('已提交');
  expect(administrator.sees().filter((card) => card.includes('夜班后请不要早上提醒 <at id=all></at>'))).toHaveLength(1);
  expect(house.person(SAMPLE_PEOPLE.secretary).sees()).toEqual([]);
});
