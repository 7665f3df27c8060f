/** 光荣榜 and 登记实事: what anybody may do on any day. */
import { expect, it } from 'vitest';
import { openBranchRound, openCast, postsOf, toastOf } from './playing.ts';

it('shows an empty roll, and logs deeds as text, once each', async () => {
  const { house, officer } = await openCast();
  await officer.says('光荣榜');
  expect(officer.seesLast()).toContain('还没有发布过每月一星');

  await officer.says('登记实事 在路口帮走失老人联系家人 <at id=all></at>');
  expect(officer.seesLast()).toContain('11月23日（周一）　在路口帮走失老人联系家人 <at id=all></at>');
  expect(toastOf(await officer.presses('登记', { text: '雨天推车', doneOn: '2026-11-20 +0800' }))).toContain(
    '11月20日',
  );
  expect(toastOf(await officer.presses('登记', { text: '雨天推车', doneOn: '2026-11-20 +0800' }))).toContain(
    '登记过了',
  );
  expect(toastOf(await officer.presses('登记', { text: '雨天推车', doneOn: '2026-11-24 +0800' }))).toContain(
    '还没有到',
  );
  expect(toastOf(await officer.presses('登记', { text: '长'.repeat(5000) }))).toContain('最多1000字，现在有5000字');
  expect(toastOf(await officer.presses('登记', { text: '' }))).toContain('请写下做了什么');
  expect(await house.app.db.sql`SELECT 1 FROM star_deed`).toHaveLength(2);
});

it("deletes a deed of one's own, unless a nomination that was handed in refers to it", async () => {
  const cast = await openCast();
  const { house, officer, auxiliary } = cast;
  await openBranchRound(cast);
  await auxiliary.says('登记实事 雨天推车');
  await auxiliary.says('登记实事 护送儿童');
  const deeds = () => house.app.db.sql<{ id: string; text: string }>`SELECT id, text FROM star_deed ORDER BY text`;
  const [child, car] = await deeds();
  const [form] = await house.app.db.sql<{ id: string; messageId: string }>`
    SELECT id, "messageId" FROM delivery WHERE card = 'deed' ORDER BY "shownAt" DESC LIMIT 1`;
  const press = async (who: typeof officer, deed: string | undefined) => {
    const value = { press: 'monthly-star/delete-deed', d: form?.id ?? '', deed };
    return toastOf(await house.emulator.press(who.id, form?.messageId ?? '', { tag: 'button', value }));
  };
  // A draft refers to one, which does not keep it; another one is handed in.
  const said = { nominee: auxiliary.id, post: (await postsOf(house))[0]?.id, firm: '热心' };
  await officer.says(`提名 ${await house.nameOf(auxiliary.id)}`);
  await officer.presses('暂存', { ...said, deeds: [car?.id] });
  expect(await press(officer, car?.id)).not.toBe('已删除。');
  expect(await deeds()).toHaveLength(2);
  expect(await press(auxiliary, car?.id)).toBe('已删除。');
  expect(await press(auxiliary, car?.id)).toContain('已经删除');
  await house.settles();
  expect(auxiliary.seesLast()).not.toContain('雨天推车');
  expect(toastOf(await officer.presses('提交提名', { ...said, deeds: [child?.id, car?.id] }))).toContain('已提交');
  expect(await house.app.db.sql`SELECT "deedIds" FROM star_nomination`).toEqual([{ deedIds: [child?.id] }]);
  expect(await press(auxiliary, child?.id)).toContain('已作为提名的依据');
  expect((await deeds()).map(({ text }) => text)).toEqual(['护送儿童']);
  // A nomination that was taken back keeps nothing.
  expect(toastOf(await officer.presses('撤回'))).toBe('已撤回。');
  expect(await press(auxiliary, child?.id)).toBe('已删除。');
  expect(await house.app.db.sql`SELECT "deedIds" FROM star_nomination`).toEqual([{ deedIds: [] }]);
});
