/** What people really write, through the whole product: the right card, filled in, and every word accounted for. */
import { describe, expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { readCard, readHeld } from '../support/card-reader.ts';
import { type House, openHouse, type TestPerson } from '../support/house.ts';

const FRIDAY = new Date('2026-11-27T10:00:00+08:00');
const { secretary, administrator, officer, chief } = SAMPLE_PEOPLE;

/** What the newest card says, and what its form holds. */
function newest(house: House, { id }: TestPerson): { said: string; held: Record<string, unknown> } {
  const card = house.emulator.messagesOf(id).findLast(({ type }) => type === 'interactive')?.content;
  return { said: readCard(card), held: readHeld(card) };
}

async function hears(house: House, person: string, text: string) {
  await house.person(person).says(text);
  return newest(house, house.person(person));
}

it('takes every unit, kind of people and exception that a sentence names', async () => {
  const house = await openHouse({ at: FRIDAY });
  const previews: [string, string, ...string[]][] = [
    [
      administrator,
      '提醒一大队、二大队、三大队全体民警12月4日18:00前完成主题党日：学习党章',
      '一大队、二大队、三大队全体民警',
    ],
    [administrator, '请一大队和二大队的民警12月4日18:00前完成主题党日，学习党章', '一大队、二大队全体民警'],
    [administrator, '通知三大队、机动大队全体辅警，12月4日下午6点前完成主题党日：学习党章', '三大队、机动大队全体辅警'],
    [secretary, '提醒本支部全体辅警12月4日18:00前完成主题党日：学习党章', '一大队党支部全体辅警'],
  ];
  for (const [person, text, ...words] of previews) {
    const { said } = await hears(house, person, text);
    for (const word of words) expect(said, text).toContain(word);
    expect(said, text).toContain('[确认发布（');
  }
});

it('never makes a preview of what it has not understood: the words stand on the form', async () => {
  const house = await openHouse({ at: FRIDAY });
  const sentences: [string, RegExp][] = [
    ['请本支部党员于12月5日（周五）18点前完成主题党日：学习党章', /没有用上：“12月5日（周五）18点前.*日期和星期不一致/],
    ['请本支部党员2月30日前完成主题党日：学习党章', /没有用上：“2月30日.*没有这一天/],
    ['请本支部党员于12月3日或者12月7日18点前完成主题党日：学习党章', /没有用上：“12月3日/],
  ];
  for (const [text, words] of sentences) {
    const { said, held } = await hears(house, secretary, text);
    expect(said, text).toMatch(words);
    expect(said, text).not.toContain('[确认发布');
    expect(held.dueAt, text).toBe('');
    expect(held.topic, text).toContain('党章');
  }
});

it('keeps a sentence whose date is past, and says what to change', async () => {
  const house = await openHouse({ at: FRIDAY });
  const { said, held } = await hears(house, secretary, '提醒本支部11月20日18:00前完成主题党日：学习党章');
  expect(said).toContain('还差：完成时间。');
  expect(said).toContain('没有用上：“11月20日18:00前（已经过去）”');
  expect(held).toMatchObject({ topic: '学习党章', kind: 'themed-party-day', dueAt: '' });
});

describe('an exam and goods', () => {
  it.each([
    ['给本支部发一次党纪考试，20道题，20分钟答完，80分及格，12月1日9:00到12月2日18:00', 20, 20, 80],
    ['组织本支部党纪考试：共20题，限时20分钟，及格线80分，时间12月1日9:00至12月2日18:00', 20, 20, 80],
    ['本支部12月1日9点到12月2日18点党纪考试，二十道题二十分钟，八十分及格', 20, 20, 80],
  ])('%s', async (text, count, minutes, pass) => {
    const house = await openHouse({ at: FRIDAY });
    const { said } = await hears(house, secretary, text);
    expect(said).toContain(`每人${count}题，${minutes}分钟，答对${pass}%及格`);
  });

  it.each([
    ['给本支部每人发藿香正气水2盒、84消毒液1瓶，明天起到政治处领', '藿香正气水2盒、84消毒液1瓶'],
    ['给本支部每人发2盒藿香正气水和1瓶84消毒液，明天起到政治处领', '藿香正气水2盒、84消毒液1瓶'],
    ['给本支部每人发放矿泉水1箱、毛巾2条，明天起到政治处领取', '矿泉水1箱、毛巾2条'],
  ])('%s', async (text, items) => {
    const house = await openHouse({ at: FRIDAY });
    const { said, held } = await hears(house, secretary, text);
    expect(`${said} ${held.itemsText ?? ''}`).toContain(items);
  });
});

describe('leave', () => {
  let house: House;
  let name: string;

  it('is shown with both days before anything is booked, however the days are written', async () => {
    house = await openHouse({ at: FRIDAY });
    name = await house.nameOf(officer);
    const spans: [string, string, string][] = [
      [`登记请假 ${name} 3月1日-3月3日`, '3月1日', '3月3日'],
      [`${name}2027/3/1-2027/3/3休假`, '3月1日', '3月3日'],
      [`给${name}登记休假，3月1日起休3天`, '3月1日', '3月3日'],
      [`${name}从3月1日到3月3日请假`, '3月1日', '3月3日'],
    ];
    for (const [text, first, last] of spans) {
      const { said } = await hears(house, secretary, text);
      expect(said, text).toContain('休假3天');
      expect(said, text).toContain(first);
      expect(said, text).toContain(last);
    }
    expect(await house.app.db.sql`SELECT 1 FROM leave`).toEqual([]);
    await house.person(secretary).presses('确认登记');
    const [kept] = await house.app.db.sql`SELECT "firstDay"::text, "lastDay"::text FROM leave`;
    expect(kept).toEqual({ firstDay: '2027-03-01', lastDay: '2027-03-03' });
    expect((await hears(house, secretary, '3月2日谁休假')).said).toContain(name);
  });

  it('of an officer goes to the secretary, who confirms it', async () => {
    house = await openHouse({ at: FRIDAY });
    name = await house.nameOf(officer);
    const { said } = await hears(house, officer, '后天我请假');
    expect(said).toContain('已转给支部书记');
    expect(await house.app.db.sql`SELECT 1 FROM leave`).toEqual([]);
    const waiting = house.person(secretary);
    expect(waiting.seesLast()).toContain(`${name}休假1天`);
    await waiting.presses('确认登记');
    expect(await house.app.db.sql`SELECT "personId" FROM leave`).toEqual([{ personId: officer }]);
    await house.settles();
    expect(house.person(officer).seesLast()).toContain('华若谷已登记您的休假');
    await hears(house, officer, '12月7日我请假');
    await waiting.presses('不登记');
    await house.settles();
    expect(house.person(officer).seesLast()).toContain('华若谷没有登记您的休假');
  });

  it('of half a day, or of somebody who cannot be told apart, is asked back', async () => {
    house = await openHouse({ at: FRIDAY });
    await house.person(secretary).says('老潘下午有事请半天假');
    expect(house.person(secretary).seesLast('没有用上')).toMatch(/“老潘.*”.*“半天（请按整天写）”/);
    expect(house.person(secretary).seesLast()).toContain('登记休假 · 请填写');
    expect(await house.app.db.sql`SELECT 1 FROM leave`).toEqual([]);
  });
});

it('fills in a session that was held: its day, its kind and how many were there', async () => {
  const house = await openHouse({ at: FRIDAY });
  for (const text of [
    '登记学习：11月26日下午支部召开主题党日，学习条例，参加18人',
    '昨天支部开了主题党日，学习条例，18人参加，登记一下',
    '补登：11月26日主题党日，学习条例，实到18人',
  ]) {
    const { held } = await hears(house, secretary, text);
    expect(held, text).toMatchObject({ kind: 'themed-party-day', heldOn: '2026-11-26 +0800', attendees: '18' });
  }
  expect(await house.app.db.sql`SELECT 1 FROM study_session WHERE state = 'recorded'`).toEqual([]);
});

it('books no goods without the expiry that was said, and shows what it heard in other words as a form', async () => {
  const house = await openHouse({ at: FRIDAY });
  const admin = house.person(administrator);
  await admin.says('设置领取点');
  await admin.presses('保存领取点', { name: '政治处', place: '库房', hours: '', keeper: await house.nameOf(chief) });
  for (const [said, day] of [
    ['有效期2027-02-28', '2027-02-28'],
    ['有效期27-05-31', '2027-05-31'],
    ['有效期20270531', '2027-05-31'],
    ['效期2027年5月', '2027-05-31'],
  ]) {
    const label = `B${said?.length}`;
    await house.person(chief).says(`入库 藿香正气水 30盒 批号${label} ${said}`);
    const rows = await house.app.db.sql<{ day: string }>`
      SELECT "expiresOn"::text AS day FROM supply_batch WHERE label = ${label}`;
    expect(rows, said).toEqual([{ day }]);
  }
  expect((await hears(house, chief, '入库 藿香正气水 30盒 有效期2027-02-30')).said).toContain(
    '有效期没有看懂，没有记账',
  );
  const { held } = await hears(house, chief, '入库矿泉水50箱');
  expect(held).toMatchObject({ kind: '入库', item: '矿泉水', quantity: '50箱' });
  await house.person(chief).says('入库 矿泉水 5箱、毛巾 3条');
  const forms = house.emulator.messagesOf(chief).slice(-2);
  expect(forms.map(({ content }) => readHeld(content))).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ kind: '入库', item: '矿泉水', quantity: '5箱' }),
      expect.objectContaining({ kind: '入库', item: '毛巾', quantity: '3条' }),
    ]),
  );
});

it('follows the conversation about a draft and about what was published', async () => {
  const house = await openHouse({ at: FRIDAY });
  const author = house.person(secretary);
  await author.says('提醒本支部12月4日18:00前完成主题党日：学习党章');
  expect((await hears(house, secretary, '时间改到12月6日中午12点')).said).toContain('12月6日（周日）12:00');
  expect((await hears(house, secretary, '不用写心得了')).said).toContain('不需要');
  expect((await hears(house, secretary, '改成全体辅警')).said).toContain('一大队党支部全体辅警');
  expect((await hears(house, secretary, '算了不发了')).said).toContain('已取消，没有发给任何人。');

  await author.says('提醒本支部12月4日18:00前完成主题党日：学习党章');
  await author.presses('确认发布（');
  await house.settles();
  const { held } = await hears(house, secretary, '延期到下周日18点');
  expect(held.dueAt).toContain('2026-12-06 18:00');
  expect((await hears(house, secretary, '谁还没学')).said).toContain('未完成名单');
});

it('asks which of two things is meant, and offers the likeliest where it understood nothing', async () => {
  const house = await openHouse({ at: FRIDAY });
  const unknown = await hears(house, secretary, '那个事情你看着弄一下');
  expect(unknown.said).toContain('没有听懂这句话，还没有办任何事');
  expect(unknown.said.match(/\[(?!投诉建议|告诉管理员)/g)?.length ?? 0).toBeLessThanOrEqual(3);
  const two = await hears(house, secretary, '政治纪律20道题，测验或竞赛都行，12月4日前');
  expect(two.said).toContain('这句话可以有两种意思');
  await house.person(secretary).presses('给支部发一次限时考试');
  await house.settles();
  const { held } = newest(house, house.person(secretary));
  expect(held).toMatchObject({ count: '20', topics: ['political'], dueAt: '2026-12-04 18:00 +0800' });
});

it('answers questions in everyday words with the cards that there are', async () => {
  const house = await openHouse({ at: FRIDAY });
  for (const [person, text, words] of [
    [officer, '看看光荣榜', '光荣榜'],
    [officer, '我今天有啥要办的', '今天'],
    [secretary, '学习台账给我看下', '台账'],
    [officer, '怎么用啊', '帮助'],
  ] as const) {
    expect((await hears(house, person, text)).said, text).toContain(words);
  }
});

it('reads full-width digits, links and titles as people and clients write them', async () => {
  const house = await openHouse({ at: FRIDAY });
  for (const text of [
    '提醒本支部１２月４日１８：００前完成主题党日：学习公报 [公报](https://example.gov.cn/a)',
    '提醒本支部12月4日18:00前完成主题党日：学习公报（https://example.gov.cn/a）',
    '\u200b提醒本支部12月4日18:00前完成主题党日：学习公报 https://example.gov.cn/a。',
  ]) {
    const { said } = await hears(house, secretary, text);
    expect(said, text).toContain('12月4日（周五）18:00');
    expect(said, text).toMatch(/https:\/\/example\.gov\.cn\/a(?![)）。])/);
  }
});

describe('leave that is not said in full', () => {
  it('keeps what was said on a form, which leads to the preview', async () => {
    const house = await openHouse({ at: FRIDAY });
    const name = await house.nameOf(officer);
    const open: [string, Record<string, unknown>][] = [
      [`${name}明天起休假`, { person: name, firstDay: '2026-11-28 +0800', lastDay: '' }],
      [`${name}请假到下周五`, { person: name, firstDay: '', lastDay: '2026-12-04 +0800' }],
      [`${name}12月1日上午请假`, { person: name, firstDay: '2026-12-01 +0800', lastDay: '2026-12-01 +0800' }],
      [`${name}12月中旬休假`, { person: name, firstDay: '', lastDay: '' }],
      [`${name}12月2日、8日请假`, { person: name, firstDay: '', lastDay: '' }],
    ];
    for (const [text, fields] of open) {
      await house.person(secretary).says(text);
      const card = house.emulator
        .messagesOf(secretary)
        .findLast(({ content }) => readCard(content).includes('登记休假 · 请填写'));
      expect(readHeld(card?.content), text).toEqual(fields);
    }
    await house
      .person(secretary)
      .presses('下一步：核对', { firstDay: '2026-12-02 +0800', lastDay: '2026-12-03 +0800' });
    await house.settles();
    expect(house.person(secretary).seesLast()).toContain(`${name}休假2天`);
    expect(await house.app.db.sql`SELECT 1 FROM leave`).toEqual([]);
  });

  it('is the writer’s own where nobody is named, and nobody’s where a name is unknown', async () => {
    const house = await openHouse({ at: FRIDAY });
    const name = await house.nameOf(officer);
    for (const text of ['明天家里有事，想请个假', '下周一请个假', '请假两天，下周四周五'])
      expect((await hears(house, officer, text)).said, text).toMatch(new RegExp(`${name}从.*休假，已转给支部书记`));
    await house.person(secretary).says('登记请假 查无此人 11月28日至11月29日');
    expect(house.person(secretary).seesLast('没有用上')).toContain('“查无此人（没有找到这个人）”');
    await house.person(officer).says('我想请假');
    const answer = await house.person(officer).presses('下一步：核对', {
      person: await house.nameOf(secretary),
      firstDay: '2026-12-02 +0800',
      lastDay: '2026-12-03 +0800',
    });
    expect(answer).toMatchObject({ toast: { content: '您只能登记本支部或本单位的人，没有登记。' } });
  });

  it.each([
    ['今明两天', 2],
    ['明后两天', 2],
    ['下周一周二', 2],
    ['下周一、周二、周三', 3],
    ['12月2日、3日', 2],
    ['周末两天', 2],
    ['下周', 7],
    ['自12月8日起休7天，12月14日结束，', 7],
  ])('%s is one stretch of %i days', async (days, count) => {
    const house = await openHouse({ at: FRIDAY });
    const name = await house.nameOf(officer);
    for (const text of [`${name}${days}请假`, `${days}给${name}请假`, `登记请假 ${name}同志 ${days}`])
      expect((await hears(house, secretary, text)).said, text).toContain(`${name}休假${count}天`);
  });
});

describe('what officers want, and questions with their parameters', () => {
  it('opens the task that is meant by 我学完了, and what waits to be collected', async () => {
    const house = await openHouse({ at: FRIDAY });
    expect((await hears(house, officer, '我学完了')).said).toContain('您没有要完成的学习任务');
    const author = house.person(secretary);
    await author.says('提醒本支部全体党员12月4日18:00前完成主题党日：学习党章');
    await author.presses('确认发布（');
    await house.settles();
    for (const text of ['我学完了', '学习任务我完成了', '已经看完了'])
      expect((await hears(house, officer, text)).said, text).toContain('[我已完成');

    const admin = house.person(administrator);
    await admin.says('设置领取点');
    await admin.presses('保存领取点', { name: '政治处', place: '库房', hours: '', keeper: await house.nameOf(chief) });
    await house.person(chief).says('入库 藿香正气水 300盒');
    expect((await hears(house, officer, '我的防暑药在哪领')).said).toContain('现在没有等您领取的物资');
    await admin.says('给一大队全体人员每人发藿香正气水2盒，今天起到政治处领');
    await admin.presses('确认发放（');
    await house.settles();
    for (const text of ['我的防暑药在哪领', '防暑药去哪里领', '我该到哪儿领东西'])
      expect((await hears(house, officer, text)).said, text).toContain('政治处');
  });

  it.each([
    [officer, ['投诉一下食堂', '我要提个意见', '食堂的饭太差了，我要投诉'], '投诉建议'],
    [officer, ['今天有我的事吗', '还有什么没办', '我还有哪些没完成'], '今天'],
    [officer, ['你会干什么', '帮帮我', '怎么用'], '能办的事'],
    [secretary, ['明天谁休假', '明天有哪些人请假', '明天支部里谁休息'], '11月28日（周六）'],
    [secretary, ['后天几个人请假', '11月29日都有谁休假', '11.29谁不在岗'], '11月29日（周日）'],
    [administrator, ['今年的光荣榜导成表格给我', '把光荣榜导出来', '导出 今年的光荣榜'], '正在准备光荣榜（1月1日'],
    [administrator, ['把请假情况导出成表格', '导出休假', '给我一份休假名单的excel'], '正在准备休假（'],
  ])('%s: %j', async (person, sentences, words) => {
    const house = await openHouse({ at: FRIDAY });
    for (const text of sentences) {
      const before = house.person(person).sees().length;
      await house.person(person).says(text);
      expect(house.person(person).sees().slice(before).join('\n'), text).toContain(words);
    }
  });

  it.each([
    ['水还有多少箱', '矿泉水还剩多少', '库里还有多少矿泉水'],
    ['盘点矿泉水，实有260箱', '盘点 清点完毕：矿泉水 260箱', '清点完毕：矿泉水260箱'],
    ['调拨 把20箱矿泉水调到一大队去', '往一大队调20箱矿泉水', '把20箱矿泉水调到一大队'],
  ])('a keeper: %s, %s, %s', async (...sentences) => {
    const house = await openHouse({ at: FRIDAY });
    const admin = house.person(administrator);
    for (const [name, keeper] of [
      ['政治处', chief],
      ['一大队', secretary],
    ] as const) {
      await admin.says('设置领取点');
      await admin.presses('保存领取点', { name, place: '库房', hours: '', keeper: await house.nameOf(keeper) });
    }
    await house.person(chief).says('入库 矿泉水 300箱');
    for (const text of sentences) {
      const { said, held } = await hears(house, chief, text);
      expect(said, text).toMatch(/^(?:库存|登记出入库)/u);
      if (said.startsWith('登记出入库')) expect(held, text).toMatchObject({ item: '矿泉水' });
    }
    const [left] = await house.app.db.sql<{ onHand: number }>`SELECT sum("onHand")::int AS "onHand" FROM stock_level`;
    expect(left).toEqual({ onHand: 300 });
  });
});
