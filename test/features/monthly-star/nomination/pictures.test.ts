/** Pictures at nomination: asked for, sent in the chat, counted, taken back, seen by those who judge, and gone when the round is over. */
import { expect, it } from 'vitest';
import { moveTo, now } from '../../../../src/basics/clock.ts';
import { SAMPLE_PEOPLE } from '../../../../src/emulator/world/sample.ts';
import { monthlyStar } from '../../../../src/features/monthly-star/index.ts';
import { findPerson } from '../../../../src/people/find-person.ts';
import { findPressable } from '../../../support/card-reader.ts';
import { pressIn } from '../../../support/press-and-jobs.ts';
import {
  type Cast,
  commissioner,
  nominate,
  openBranchRound,
  openCandidate,
  openCast,
  postsOf,
  toastOf,
} from '../playing.ts';

/** The first bytes of a JPEG, and something to tell one from another. */
const photo = (mark: number) => Buffer.from([0xff, 0xd8, 0xff, mark]);
const PNG_NAME = '现场.png';
const NOMINEE = SAMPLE_PEOPLE.auxiliary;

const kept = async ({ house }: Cast) =>
  (
    await house.app.db.sql<{
      bytes: Buffer;
    }>`SELECT bytes FROM star_picture WHERE bytes IS NOT NULL ORDER BY "sentAt", id`
  ).map(({ bytes }) => bytes[3]);

/** An officer with a draft for the nominee, in a branch's round. */
async function openDraft(): Promise<Cast & { name: string }> {
  const cast = await openCast();
  await openBranchRound(cast);
  const name = await cast.house.nameOf(NOMINEE);
  await cast.officer.says(`提名 ${name}`);
  return { ...cast, name };
}

it('goes with the draft whose form is kept, three at most, and each can be taken back', async () => {
  const cast = await openDraft();
  const { officer, name } = cast;
  expect(toastOf(await officer.presses('加照片', { nominee: NOMINEE, firm: '冲在前面' }))).toBe(
    '请在30分钟内把照片发到这里，最多3张。',
  );
  expect(officer.seesLast()).toContain('10:30 前发到这里的照片，会加到这份提名');
  for (const mark of [1, 2, 3]) await officer.sends(PNG_NAME, photo(mark));
  expect(officer.seesLast()).toContain(`照片已加到您对${name}的提名`);
  await officer.sends(PNG_NAME, photo(4));
  expect(officer.seesLast()).toContain('已经有3张照片，这张没有保存');
  expect(await kept(cast)).toEqual([1, 2, 3]);

  expect(toastOf(await officer.presses('不要这张'))).toBe('照片已删除。');
  expect(officer.seesLast('每月一星 · 照片')).toContain('照片已删除');
  await officer.sends(PNG_NAME, photo(5));
  expect(await kept(cast)).toEqual([1, 2, 5]);

  const [post] = await postsOf(cast.house);
  expect(toastOf(await officer.presses('提交提名', { nominee: NOMINEE, post: post?.id, firm: '冲在前面' }))).toContain(
    '已提交',
  );
  expect(officer.seesLast(`已提交：${name}`)).toContain('照片\n3张');
});

it('comes to one nomination of several, and to none that did not ask, asked too long ago or is closed', async () => {
  const cast = await openDraft();
  const { house, officer, secretary, name } = cast;
  await officer.sends(PNG_NAME, photo(1));
  expect(officer.seesLast()).toContain('也可以发送：提名用的照片（先在提名卡片上按“加照片”，再以图片发来）');

  // What was handed in takes pictures too, and shows at once how many it has.
  expect(await nominate(cast, officer, NOMINEE)).toContain('已提交');
  expect(toastOf(await officer.presses('加照片'))).toContain('请在30分钟内');
  await officer.sends(PNG_NAME, photo(2));
  await house.clockMovesTo(new Date(now().getTime() + 5000));
  expect(officer.seesLast(`已提交：${name}`)).toContain('照片\n1张');

  // Asking for another nomination ends it for the first.
  await officer.says('提名');
  const draft = house.emulator
    .messagesOf(officer.id)
    .findLast(({ content }) => JSON.stringify(content).includes('提交提名'));
  const ask = findPressable(draft?.content, '加照片', { firm: '另一位' });
  expect(toastOf(await house.emulator.press(officer.id, draft?.id ?? '', ask ?? { value: {} }))).toContain(
    '请在30分钟内',
  );
  await officer.sends(PNG_NAME, photo(3));
  expect(officer.seesLast()).toContain('照片已加到您的提名');
  const rows = await house.app.db.sql`
    SELECT n.state, count(*)::int AS pictures FROM star_picture p JOIN star_nomination n ON n.id = p."nominationId" GROUP BY 1 ORDER BY 1`;
  expect(rows).toEqual([
    { state: 'draft', pictures: 1 },
    { state: 'submitted', pictures: 1 },
  ]);

  const sentInTime = now();
  moveTo(new Date(sentInTime.getTime() + 31 * 60_000));
  await officer.sends(PNG_NAME, photo(4));
  expect(officer.seesLast()).toContain('读不了图片里的内容');

  await officer.presses('加照片');
  expect(toastOf(await secretary.presses('结束提名'))).toContain('提名已结束');
  await house.settles();
  await officer.sends(PNG_NAME, photo(5));
  expect(officer.seesLast()).toContain('这一步已经不能办了');
  expect(toastOf(await officer.presses('不要这张'))).toContain('这一步已经不能办了');
  expect(await kept(cast)).toEqual([2, 3]);
});

it('may come with words around it, several at once', async () => {
  const cast = await openDraft();
  const { house, officer, name } = cast;
  await officer.presses('加照片', { nominee: NOMINEE });
  house.emulator.sayWithPictures(officer.id, '提名 这是现场的两张', [photo(1), photo(2)]);
  await house.settles();
  expect((await kept(cast)).sort()).toEqual([1, 2]);
  const answers = officer.sees().filter((card) => card.includes(`照片已加到您对${name}的提名`));
  expect(answers).toHaveLength(2);
});

it('is refused when it is empty or larger than 10 MB', async () => {
  const cast = await openDraft();
  await cast.officer.presses('加照片', { nominee: NOMINEE });
  await cast.officer.sends(PNG_NAME, Buffer.alloc(10 * 1024 * 1024 + 1));
  expect(cast.officer.seesLast()).toContain('照片最大 10 MB，没有保存');
  expect(await kept(cast)).toEqual([]);
});

it('keeps three of ten that are sent at once', async () => {
  const cast = await openDraft();
  const { house, officer } = cast;
  await officer.presses('加照片', { nominee: NOMINEE });
  for (let mark = 1; mark <= 10; mark++) house.emulator.sendFile(officer.id, PNG_NAME, photo(mark));
  await house.settles();
  expect(await kept(cast)).toHaveLength(3);
  expect(officer.sees().filter((card) => card.includes('照片已加到'))).toHaveLength(3);
  expect(officer.sees().filter((card) => card.includes('已经有3张照片'))).toHaveLength(7);
});

it('is seen by those who judge, in the chat, and by nobody else, the nominee included', async () => {
  const cast = await openDraft();
  const { house, officer, auxiliary, secretary, name } = cast;
  await officer.presses('加照片', { nominee: NOMINEE });
  await officer.sends(PNG_NAME, photo(1));
  await officer.sends(PNG_NAME, photo(2));
  const [post] = await postsOf(house);
  await officer.presses('提交提名', { nominee: NOMINEE, post: post?.id, firm: '冲在前面' });
  await secretary.presses('结束提名');
  await house.settles();

  await openCandidate(cast, secretary, name);
  expect(toastOf(await secretary.presses('看照片'))).toBe('2张照片已单独发给您，请勿转发。');
  await house.settles();
  expect((await secretary.files()).map(({ bytes }) => bytes[3]).sort()).toEqual([1, 2]);
  expect(house.emulator.messagesOf(secretary.id).filter(({ type }) => type === 'image')).toHaveLength(2);

  // A press made by hand: a card of one's own that carries what the checker's does.
  const [nomination] = await house.app.db.sql<{ id: string }>`SELECT id FROM star_nomination WHERE state = 'submitted'`;
  for (const stranger of [officer, auxiliary]) {
    const own = house.emulator.messagesOf(stranger.id).findLast(({ content }) => findPressable(content, '投诉建议'));
    const press = findPressable(own?.content, '投诉建议');
    const value = { ...(press?.value as object), press: 'monthly-star/pictures', nomination: nomination?.id };
    const answer = await house.emulator.press(stranger.id, own?.id ?? '', { ...press, value });
    expect(toastOf(answer)).toContain('这张卡片已经过时，没有改动任何内容');
    // And on the kind of card where the button lives, of which strangers have none.
    const who = await findPerson(house.app.db, stranger.id, now());
    if (!who) throw new Error('no such person');
    const onCandidate = { button: 'pictures', who, card: 'candidate', ref: '', now: now() };
    const pressed = pressIn(house.app.db, monthlyStar, { ...onCandidate, value: { nomination: nomination?.id } });
    await expect(pressed).rejects.toMatchObject({ tell: '您不能查看这份提名的照片。' });
    await house.settles();
    expect(await stranger.files()).toEqual([]);
  }

  await secretary.presses('核实通过');
  await house.settles();
  await secretary.presses('完成核实');
  await house.settles();
  const reviewer = await commissioner(cast);
  await openCandidate(cast, reviewer, name);
  expect(toastOf(await reviewer.presses('看照片'))).toContain('2张照片');
  await house.settles();
  expect(await reviewer.files()).toHaveLength(2);
  expect(JSON.stringify(house.logged)).not.toMatch(/img_v3|照片\.jpg/);
});

it('goes with its nomination, and with its round', async () => {
  const cast = await openDraft();
  const { house, officer, secretary } = cast;
  expect(await nominate(cast, officer, NOMINEE)).toContain('已提交');
  await officer.presses('加照片');
  await officer.sends(PNG_NAME, photo(1));
  await officer.presses('撤回');
  expect(await kept(cast)).toEqual([]);
  await officer.sends(PNG_NAME, photo(2));
  expect(await kept(cast)).toEqual([]);

  expect(await nominate(cast, officer, NOMINEE)).toContain('已提交');
  await officer.presses('加照片');
  await officer.sends(PNG_NAME, photo(3));
  expect(await kept(cast)).toEqual([3]);
  await house.settles();
  expect(toastOf(await secretary.presses('取消本轮', { reason: '人数不足' }))).toContain('已取消');
  expect(await kept(cast)).toEqual([]);
});
