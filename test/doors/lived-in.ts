/** A house with something of every feature in it, all of it 一大队党支部's, whose every text holds `MARK`. */
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { type House, openHouse, type TestPerson } from '../support/house.ts';

/** Stands in whatever was typed; nobody outside may read it. */
export const MARK = '保密记号';
const { administrator, secretary, officer, auxiliary, leader, chief } = SAMPLE_PEOPLE;

export type LivedIn = {
  house: House;
  /** The names of the branch's well-known people. */
  names: string[];
  branch: string;
};

/** Lives a Monday morning in it: the secretary publishes and records, the keeper books, officers answer. */
export async function liveIn(): Promise<LivedIn> {
  const house = await openHouse();
  const nameOf = async (id: string) =>
    (await house.app.db.sql<{ name: string }>`SELECT name FROM person WHERE id = ${id}`)[0]?.name ?? '';
  const does = async (who: TestPerson, ...steps: (string | [string, Record<string, unknown>?])[]) => {
    for (const step of steps) {
      if (typeof step === 'string') await who.says(step);
      else await who.presses(...step);
      await house.settles();
    }
  };
  const [boss, clerk, reader, keeper] = [administrator, secretary, officer, chief].map(house.person) as [
    TestPerson,
    TestPerson,
    TestPerson,
    TestPerson,
  ];
  const point = { name: '政治处', place: '库房', hours: '上午', keeper: await nameOf(chief) };
  await does(boss, '设置领取点', ['保存领取点', point], '题库', '设置角色', `结束角色 ${await nameOf(officer)}`);
  await does(
    boss,
    '学习台账',
    '学习计划',
    '必开会议',
    '本月学习重点',
    '周报记录',
    '没听懂',
    '别名 机动 = 机动大队',
    '别名',
  );
  await does(keeper, `入库 藿香正气水 200盒 ${MARK}`, '库存', ['登记出入库'], '待领名单');
  const study = `提醒本支部全体党员下周五18:00前完成第一议题学习：${MARK}`;
  await does(clerk, study, ['确认发布'], ['查看未完成'], ['延期'], '送达情况', study);
  await does(boss, `为什么没收到 ${await nameOf(officer)}`);
  const handout = '给本支部每人发藿香正气水2盒，到政治处领';
  await does(clerk, handout, ['确认发放'], ['查看未领取'], handout);
  const exam = '发布考试 本支部20道党纪题，明天15:00到17:00';
  await does(clerk, exam, ['确认发布'], ['查看未参加'], exam);
  const held = { kind: 'themed-party-day', heldOn: '2026-11-20 +0800', host: MARK, topic: MARK, attendees: '12' };
  const [branch] = await house.app.db.sql<{ id: string }>`SELECT id FROM branch WHERE name = '一大队党支部'`;
  await does(clerk, '登记学习', ['登记', { ...held, holder: branch?.id ?? '' }], '登记学习', '学习台账', ['全部记录']);
  await does(clerk, '学习计划', '每月10日提醒本支部开展主题党日', '周报 本月');
  await clerk.sends('纪要.txt', Buffer.from(MARK));
  await does(clerk, `登记请假 ${await nameOf(auxiliary)} 12月1日至12月2日`, '今天谁休假');
  await does(clerk, '发起每月一星', ['确认发起']);
  await does(reader, `提名 ${await nameOf(auxiliary)}`);
  const [post] = await house.app.db.sql<{ id: string }>`
    SELECT p.id FROM star_post p JOIN star_round r ON r.id = p."roundId" WHERE r.state = 'nominating' ORDER BY sort`;
  await does(reader, ['提交提名', { nominee: auxiliary, post: post?.id ?? '', firm: MARK }]);
  await does(clerk, ['结束提名']);
  await does(reader, '今天', '帮助', '为什么没收到', '练习', '每日一题', `登记实事 ${MARK}`, '光荣榜', '投诉建议', [
    '提交',
    { text: MARK },
  ]);
  return {
    house,
    branch: branch?.id ?? '',
    names: await Promise.all([secretary, officer, auxiliary, leader].map(nameOf)),
  };
}
