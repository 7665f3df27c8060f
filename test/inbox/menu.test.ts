/** The talk is opened, an item of the bot's menu is chosen, a button bears a command's word: each does what the word does. */
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { openHouse } from '../support/house.ts';
import { toastOf } from '../support/persons.ts';

it('greets whoever opens the talk, once, with what their role comes for', async () => {
  const house = await openHouse({ at: new Date('2026-11-28T23:00:00+08:00') });
  const [officer, secretary] = [house.person(SAMPLE_PEOPLE.officer), house.person(SAMPLE_PEOPLE.secretary)];
  for (const who of [officer, secretary, officer]) {
    house.emulator.enter(who.id);
    await house.settles();
  }
  expect(officer.sees()).toHaveLength(1);
  expect(officer.seesLast()).toContain('不排个人名次');
  expect(officer.seesLast()).toContain('[今天]');
  expect(secretary.seesLast()).toContain('您的角色：支部书记');
  expect(secretary.seesLast()).toContain('[发布学习]');
  await officer.presses('看看能办什么');
  await house.settles();
  expect(officer.seesLast()).toContain('能办的事');
});

it('does what an item of the menu says, for whoever may, and says so to whoever may not', async () => {
  const house = await openHouse();
  const [officer, secretary] = [house.person(SAMPLE_PEOPLE.officer), house.person(SAMPLE_PEOPLE.secretary)];
  const chooses = async (who: typeof officer, key: string) => {
    house.emulator.chooseMenuItem(who.id, key);
    await house.settles();
    return who.seesLast();
  };
  expect(await chooses(officer, 'today.today')).toContain('今天');
  expect(await chooses(officer, 'help.help')).toContain('能办的事');
  expect(await chooses(secretary, 'help.send')).toContain('**发布答题**');
  expect(await chooses(officer, 'help.send')).toContain('由支部书记、单位领导和政治处办理');
  expect(await chooses(officer, 'study-tasks.draft')).toContain('没有办理这件事的权限');
  for (const key of ['no.such', 'today', '__proto__.constructor', 'today.constructor'])
    expect(await chooses(officer, key), key).toContain('这一项已经更换');
});

it('answers an item that is pushed twice once', async () => {
  const house = await openHouse();
  const officer = house.person(SAMPLE_PEOPLE.officer);
  house.emulator.faults.pushTwice = true;
  house.emulator.chooseMenuItem(officer.id, 'today.today');
  await house.settles();
  expect(officer.sees()).toHaveLength(1);
});

it('begins from a button what its word says, and nothing that is no word', async () => {
  const house = await openHouse();
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  await secretary.says('帮助');
  await secretary.presses('发布学习');
  await house.settles();
  expect(secretary.seesLast()).toContain('学习类型');
  const menu = house.emulator.messagesOf(secretary.id).find(({ type }) => type === 'interactive');
  for (const word of ['入库', '提醒本支部全体党员下周五18:00前完成第一议题学习：学习讲话', '不是词']) {
    const press = { tag: 'button', value: { press: 'inbox/begin', word } } as never;
    const answer = await house.emulator.press(secretary.id, menu?.id ?? '', press);
    expect(toastOf(answer), word).toMatch(/权限|已经更换|过时/);
  }
});
