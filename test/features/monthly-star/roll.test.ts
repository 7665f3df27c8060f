/** 光荣榜 and 登记实事: what anybody may do on any day. */
import { expect, it } from 'vitest';
import { openCast, toastOf } from './playing.ts';

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
