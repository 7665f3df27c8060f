/** 帮助 shows each role exactly what it may do; what is not understood is answered with what it could have meant. */
import { expect, it } from 'vitest';
import { declared } from '../../src/declared.ts';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { features } from '../../src/features/index.ts';
import type { Actions } from '../../src/people/permissions.ts';
import type { RoleName } from '../../src/people/person.ts';
import { openHouse } from '../support/house.ts';

/** Words that tell the roles apart; the rest of each menu is read off what the features declare. */
const LANDMARKS: Record<keyof typeof ROLES, { shown: string[]; hidden: string[] }> = {
  officer: {
    shown: ['今天', '登记请假', '提名', '投诉建议', '帮助'],
    hidden: ['发布学习', '谁在休假', '导出', '库存', '设置角色'],
  },
  leader: { shown: ['今天', '发布学习', '周报', '导出'], hidden: ['登记学习', '入库', '设置角色'] },
  secretary: { shown: ['今天', '登记学习', '登记请假', '导出'], hidden: ['题库', '入库', '设置角色', '周报记录'] },
  administrator: { shown: ['今天', '题库', '库存', '设置角色', '周报记录'], hidden: [] },
};
/** Six that are usual, six groups, and 投诉建议: one screen of a phone. */
const MOST_BUTTONS = 13;
const ROLES = { officer: undefined, leader: 'leader', secretary: 'secretary', administrator: 'administrator' } as const;

it('shows each role exactly what it may do', async () => {
  const house = await openHouse();
  const reaches: Actions = Object.assign({}, ...declared.map(({ actions }) => actions));
  const commands = features.flatMap((feature) => Object.values(feature.commands ?? {}));
  for (const [name, role] of Object.entries(ROLES) as [keyof typeof ROLES, RoleName | undefined][]) {
    const person = house.person(SAMPLE_PEOPLE[name]);
    await person.says('帮助');
    expect(person.seesLast().match(/\[/g)?.length).toBeLessThanOrEqual(MOST_BUTTONS);
    const shown: (string | undefined)[] = [];
    for (const group of ['自己的事', '布置和发放', '登记', '查看和导出', '物资保管', '设置和管理']) {
      if (
        !person.seesLast('能办的事').includes(`[${group}（`) &&
        !person.sees().some((card) => card.includes(`[${group}（`))
      )
        continue;
      await person.presses(`${group}（`);
      await house.settles();
      expect(person.seesLast()).toContain(`能办的事 · ${group}`);
      shown.push(...[...person.seesLast().matchAll(/^\*\*(.+?)\*\*/gm)].map(([, word]) => word));
    }
    const allowed = commands.filter(({ action }) => action === 'self' || (role && reaches[action]?.[role]));
    const words = allowed.flatMap(({ words: [word] }) => word ?? []);
    expect(shown.sort()).toEqual(words.filter((word) => word !== '布置和发放').sort());
    expect(shown).toEqual(expect.arrayContaining(LANDMARKS[name].shown));
    expect(shown.filter((word) => LANDMARKS[name].hidden.includes(word ?? ''))).toEqual([]);
  }
  const files = ['Word、PDF、文本或图片文件（存为某次学习的纪要）', '.xlsx 表格（导入名单和台账，先预览再确认）'];
  for (const file of files) {
    expect(house.person(SAMPLE_PEOPLE.secretary).seesLast('常用的')).toContain(file);
    expect(house.person(SAMPLE_PEOPLE.officer).seesLast('常用的')).not.toContain(file);
  }
});

it('offers the nearest thing to a text that is not understood, and only what the person may do', async () => {
  const house = await openHouse();
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  const officer = house.person(SAMPLE_PEOPLE.officer);
  await secretary.says('发步学习');
  expect(secretary.seesLast()).toMatch(/没有听懂这句话，还没有办任何事|这句话可以有两种意思/);
  expect(secretary.seesLast()).toContain('[给支部发一项学习任务]');
  await officer.says('设制角色');
  expect(officer.seesLast()).not.toContain('设置角色');
  await officer.says('ＸＹＺ');
  expect(officer.seesLast()).toContain('发送“帮助”可以看到您能办的事。');
});
