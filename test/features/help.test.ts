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
  const handout = ['发放防暑物资', '领取进度', '今日最高', '高温'];
  const star = ['每月一星', '提名', '登记实事', '光荣榜'];
  const organise = ['发起每月一星', '光荣榜发到本群', '光荣榜不发本群'];
  const menus: Record<string, string[]> = {
    [SAMPLE_PEOPLE.officer]: ['今天', '练习', '每日一题', ...star, '投诉建议', '帮助'],
    [SAMPLE_PEOPLE.leader]: [
      ...['今天', '发布学习', '学习进度', '学习台账', '学习计划', '本月学习重点', '练习', '每日一题', '答题情况'],
      ...['领取进度', ...star, '投诉建议', '导出', '周报', '导出周报', '帮助'],
    ],
    [SAMPLE_PEOPLE.secretary]: [
      '今天',
      ...study,
      '练习',
      '每日一题',
      '发布答题',
      '发布考试',
      '答题情况',
      ...handout,
      ...star,
      ...organise,
      '登记请假',
      '销假',
      '投诉建议',
      '导出',
      '导入模板',
      '周报',
      '导出周报',
      '帮助',
    ],
    [SAMPLE_PEOPLE.administrator]: [
      ...['今天', ...study, '必开会议', '练习', '每日一题', '发布答题', '发布考试', '答题情况', '题库', ...handout],
      ...[
        '待领名单',
        '库存',
        '入库',
        '退库',
        '盘点',
        '报损',
        '调拨',
        '更正',
        '低库存',
        '设置领取点',
        ...star,
        ...organise,
        '登记请假',
        '销假',
      ],
      ...['设置角色', '结束角色', '投诉建议', '导出', '导入模板', '周报', '导出周报', '周报记录', '帮助'],
    ],
  };
  for (const [id, words] of Object.entries(menus)) {
    const person = house.person(id);
    await person.says('帮助');
    const shown = [...person.seesLast().matchAll(/^\*\*(.+?)\*\*/gm)].map(([, word]) => word);
    expect(shown).toEqual(words);
  }
  const files = ['Word、PDF、文本或图片文件（存为某次学习的纪要）', '.xlsx 表格（导入名单和台账，先预览再确认）'];
  for (const file of files) {
    expect(house.person(SAMPLE_PEOPLE.secretary).seesLast()).toContain(file);
    expect(house.person(SAMPLE_PEOPLE.officer).seesLast()).not.toContain(file);
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
