/** 帮助 shows each role exactly what it may do; what is not understood gets the nearest thing it could have meant. */
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../src/emulator/sample.ts';
import { openHouse } from '../support/house.ts';

it('shows each role exactly what it may do', async () => {
  const house = await openHouse();
  const study = [
    '发布学习',
    '学习进度',
    '登记学习',
    '学习台账',
    '学习计划',
    '本月学习重点',
    '新建定期提醒',
    '定期提醒',
  ];
  const menus: Record<string, string[]> = {
    [SAMPLE_PEOPLE.officer]: ['今天', '练习', '每日一题', '投诉建议', '帮助'],
    [SAMPLE_PEOPLE.leader]: [
      ...['今天', '发布学习', '学习进度', '学习台账', '学习计划', '本月学习重点', '练习', '每日一题', '答题情况'],
      ...['投诉建议', '周报', '导出周报', '帮助'],
    ],
    [SAMPLE_PEOPLE.secretary]: [
      '今天',
      ...study,
      '练习',
      '每日一题',
      '发布答题',
      '发布考试',
      '答题情况',
      '登记请假',
      '投诉建议',
      '周报',
      '导出周报',
      '帮助',
    ],
    [SAMPLE_PEOPLE.administrator]: [
      ...['今天', ...study, '必开会议', '练习', '每日一题', '发布答题', '发布考试', '答题情况', '题库', '登记请假'],
      ...['设置角色', '结束角色', '投诉建议', '周报', '导出周报', '周报记录', '帮助'],
    ],
  };
  for (const [id, words] of Object.entries(menus)) {
    const person = house.person(id);
    await person.says('帮助');
    const shown = [...person.seesLast().matchAll(/^\*\*(.+?)\*\*/gm)].map(([, word]) => word);
    expect(shown).toEqual(words);
  }
});

it('offers the nearest thing to a text that is not understood, and only what the person may do', async () => {
  const house = await openHouse();
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  const officer = house.person(SAMPLE_PEOPLE.officer);
  await secretary.says('发步学习');
  expect(secretary.seesLast()).toContain('您想要的也许是“发布学习”');
  await officer.says('帮住');
  expect(officer.seesLast()).toContain('您想要的也许是“帮助”');
  await officer.says('设制角色');
  expect(officer.seesLast()).not.toContain('设置角色');
  await officer.says('ＸＹＺ');
  expect(officer.seesLast()).toContain('没有听懂这句话。发送“帮助”可以看到您能办的事。');
});
