/** A further sentence is about the card it replies to, else about what the person drafted or issued last, whichever feature it is of. */
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { readHeld } from '../support/card-reader.ts';
import { type House, openHouse, type TestPerson } from '../support/house.ts';
import { toastOf } from '../support/persons.ts';

const FRIDAY = new Date('2026-11-27T10:00:00+08:00');
const TASK = '提醒本支部全体党员12月4日18:00前完成主题党日：学习党章';
const QUIZ = '给本支部党员发布10道党纪题，12月1日9:00到12月2日18:00';
const HANDOUT = '给一大队全体人员每人发矿泉水1箱，12月1日起到政治处领';

/** A house where goods can be handed out. */
async function openStocked(): Promise<House> {
  const house = await openHouse({ at: FRIDAY });
  const admin = house.person(SAMPLE_PEOPLE.administrator);
  for (const [name, keeper] of [
    ['政治处', SAMPLE_PEOPLE.chief],
    ['一大队', SAMPLE_PEOPLE.leader],
  ] as const) {
    await admin.says('设置领取点');
    await admin.presses('保存领取点', { name, place: '库房', hours: '', keeper: await house.nameOf(keeper) });
  }
  return house;
}

/** What the newest card's form holds. */
function held(house: House, { id }: TestPerson): Record<string, unknown> {
  return readHeld(house.emulator.messagesOf(id).findLast(({ type }) => type === 'interactive')?.content);
}

it.each([
  [['换成20道题', '题数改成20道', '改为二十道题'], '每人20题'],
  [['主题换成廉洁纪律', '改成廉洁纪律的题', '内容改为廉洁纪律'], '廉洁纪律'],
  [['发给全体人员', '改成全体人员', '范围换成本支部全体人员'], '一大队党支部全体人员'],
  [['改成12月2日9点到10点', '时间改到12月2日9:00至10:00', '换到12月2日上午9点到10点'], '09:00至10:00'],
])('a further sentence changes the draft of a quiz: %j', async (sentences, words) => {
  const house = await openHouse({ at: FRIDAY });
  const author = house.person(SAMPLE_PEOPLE.secretary);
  for (const sentence of sentences) {
    await author.says(QUIZ);
    expect(author.seesLast(), sentence).not.toContain(words);
    await author.says(sentence);
    expect(author.seesLast(), sentence).toContain(words);
    expect(author.seesLast(), sentence).toContain('[确认发布（');
  }
});

it.each([
  [['再加上二大队', '二大队也参加', '加上二大队'], '一大队、二大队全体人员'],
  [['改成全体民警', '范围换成全体民警', '发给全体民警'], '一大队全体民警'],
  [['每人改成2箱矿泉水', '换成每人矿泉水2箱', '改为矿泉水两箱'], '每人 矿泉水2箱'],
  [['再加毛巾1条', '还要加上毛巾1条', '增加毛巾1条'], '矿泉水1箱、毛巾1条'],
  [['改到一大队领', '领取点换成一大队', '换到一大队领取'], '一大队（库房）'],
])('a further sentence changes the draft of a hand-out: %j', async (sentences, words) => {
  const house = await openStocked();
  const author = house.person(SAMPLE_PEOPLE.administrator);
  for (const sentence of sentences) {
    await author.says(HANDOUT);
    expect(author.seesLast(), sentence).not.toContain(words);
    await author.says(sentence);
    expect(author.seesLast(), sentence).toContain(words);
  }
});

it.each([
  [TASK, '学习任务', 'dueAt'],
  [QUIZ, '答题活动', 'dueAt'],
])('what was published last is put off and shown, whatever it is: %s', async (sentence, matter, field) => {
  const house = await openHouse({ at: FRIDAY });
  const author = house.person(SAMPLE_PEOPLE.secretary);
  await author.says(sentence);
  await author.presses('确认发布（');
  await house.settles();
  for (const text of ['延期到12月5日18点', '推迟到12月5日18:00', '截止时间改到12月5日18点']) {
    await author.says(text);
    expect(author.seesLast(), text).toContain(`${matter} · 延期`);
    expect(held(house, author)[field], text).toContain('2026-12-05 18:00');
  }
  for (const text of ['催一下', '完成多少人了', '大家做得咋样了']) {
    await author.says(text);
    expect(author.seesLast(), text).toContain('· 进度');
    expect(author.seesLast(), text).toContain('[撤销]');
  }
  for (const text of ['撤回刚才那个', '这个发错了，撤了吧', '刚才那个不要了']) {
    await author.says(text);
    expect(author.seesLast(), text).toContain(`${matter} · 撤回`);
  }
  expect(toastOf(await author.presses('撤回发布'))).toContain('已撤回');
  await house.settles();
  expect(author.seesLast(`${matter} · 撤回`)).toContain('已失效');
});

it('is called off by its own button when ten minutes have passed', async () => {
  const house = await openHouse({ at: FRIDAY });
  const author = house.person(SAMPLE_PEOPLE.secretary);
  await author.says(TASK);
  await author.presses('确认发布（');
  await house.clockMovesTo('2026-11-27T11:00:00+08:00');
  for (const text of ['往后拖两天', '提前一天', '晚两天']) {
    await author.says(text);
    expect(held(house, author).dueAt, text).toContain(text === '提前一天' ? '2026-12-03 18:00' : '2026-12-06 18:00');
  }
  await author.says('撤回刚才那个');
  expect(toastOf(await author.presses('撤销'))).toContain('已撤销');
  await house.settles();
  expect(author.seesLast('学习任务 · 撤回')).toContain('已失效');
  expect(await house.app.db.sql`SELECT state FROM publication`).toEqual([{ state: 'withdrawn' }]);
});

it('is about the card that is replied to, also where something newer is at hand', async () => {
  const house = await openHouse({ at: FRIDAY });
  const author = house.person(SAMPLE_PEOPLE.secretary);
  await author.says(TASK);
  await author.presses('确认发布（');
  await house.settles();
  await author.says(QUIZ);
  await author.replies('主题党日 · 进度', '延期到12月6日18点');
  expect(author.seesLast()).toContain('学习任务 · 延期');
  await author.replies('· 请核对', '全体人员，20道题');
  expect(author.seesLast()).toContain('每人20题');
  await author.says('算了不发了');
  expect(author.seesLast('· 取消') + author.seesLast()).toContain('已取消');
  expect(await house.app.db.sql`SELECT feature FROM publication WHERE state = 'cancelled'`).toEqual([
    { feature: 'quizzes' },
  ]);
});

it('asks with one button each when two can be meant, and never touches what is somebody else’s', async () => {
  const house = await openHouse({ at: FRIDAY });
  const author = house.person(SAMPLE_PEOPLE.secretary);
  for (const sentence of [TASK, QUIZ]) {
    await author.says(sentence);
    await author.presses('确认发布（');
    await house.settles();
  }
  await house.clockMovesTo('2026-11-30T10:00:00+08:00');
  await author.says('延期到12月7日18点');
  expect(author.seesLast()).toContain('[主题党日：学习党章]');
  expect(author.seesLast()).toContain('[党纪知识比拼]');
  await author.presses('主题党日：学习党章');
  await house.settles();
  expect(author.seesLast()).toContain('学习任务 · 延期');
  expect(held(house, author).dueAt).toContain('2026-12-07 18:00');
  await author.says('答题再延期一天');
  expect(author.seesLast()).toContain('答题活动 · 延期');
  expect(held(house, author).dueAt).toContain('2026-12-03 18:00');
  const other = house.person(SAMPLE_PEOPLE.administrator);
  await other.says('延期到12月7日18点');
  expect(other.seesLast()).toContain('最近没有您发布的');
});
