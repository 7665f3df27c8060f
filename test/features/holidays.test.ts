/** The calendar is looked up by everybody, and brought in by pasting the notice: shown day by day, confirmed, and followed at once. */
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { type House, openHouse } from '../support/house.ts';
import { toastOf } from '../support/persons.ts';

/** As the State Council would write it; the days are made up. */
const NOTICE = `国务院办公厅关于2027年部分节假日安排的通知
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2027年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。2月13日（周六）、2月14日（周日）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。5月8日（周六）上班。
五、端午节：6月9日（周三）放假，共1天。
六、中秋节：9月15日（周三）放假，共1天。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。`;

const importNotice = async (house: House) => {
  const administrator = house.person(SAMPLE_PEOPLE.administrator);
  await administrator.says(NOTICE);
  const preview = administrator.seesLast('放假安排');
  const answer = await administrator.presses('确认采用');
  await house.settles();
  return { administrator, preview, answer: toastOf(answer) };
};

it('shows everybody this year, and the next with what is missing', async () => {
  const house = await openHouse({ at: new Date('2026-11-27T10:00:00+08:00') });
  const officer = house.person(SAMPLE_PEOPLE.officer);
  await officer.says('日历');
  expect(officer.seesLast()).toContain('按国务院办公厅公布的放假安排');
  expect(officer.seesLast()).toContain('10月1日（周四）至10月7日（周三），共7天');
  expect(officer.seesLast()).toContain('调休上班：1月4日（周日）、2月14日（周六）');
  await officer.presses('下一年');
  await house.settles();
  expect(officer.seesLast()).toContain('还没有这一年的放假安排，只算周末和法定节假日');
  expect(officer.seesLast()).not.toContain('粘贴');
  await officer.says('国庆放几天');
  // This year's is over: the one that comes is meant.
  expect(officer.seesLast()).toContain('2027年日历');
});

it('takes the pasted notice after a preview with each day, without a restart, from administrators alone', async () => {
  const house = await openHouse({ at: new Date('2026-11-27T10:00:00+08:00') });
  const officer = house.person(SAMPLE_PEOPLE.officer);
  await officer.says(NOTICE);
  expect(officer.seesLast()).toContain('没有办理这件事的权限');
  expect(house.app.isWorkday('2027-10-09')).toBe(false);

  const { administrator, preview, answer } = await importNotice(house);
  expect(preview).toContain(
    '国庆：2027年10月1日（周五）至2027年10月7日（周四）放假7天，2027年9月26日（周日）、2027年10月9日（周六）上班',
  );
  expect(preview).toContain('2027年10月6日（周三） 上班 → 放假（国庆）');
  expect(answer).toContain('已采用2027年放假安排');
  expect(house.app.isWorkday('2027-10-09')).toBe(true);
  expect(house.app.isWorkday('2027-10-06')).toBe(false);
  expect(administrator.seesLast('放假安排')).toContain('已采用');
  await officer.says('日历 2027');
  expect(officer.seesLast()).toContain('按政治处导入的放假安排');

  await administrator.says(NOTICE);
  expect(administrator.seesLast()).toContain('已经是这样，不用再导入');
});

it('takes a correction in place of what it corrects', async () => {
  const house = await openHouse({ at: new Date('2026-11-27T10:00:00+08:00') });
  await importNotice(house);
  const administrator = house.person(SAMPLE_PEOPLE.administrator);
  await administrator.says(NOTICE.replace('2月14日（周日）上班', '2月20日（周六）上班'));
  expect(administrator.seesLast('放假安排')).toContain('有2天不同');
  expect(administrator.seesLast('放假安排')).toContain('2027年2月14日（周日） 上班 → 放假（不再调休）');
  await administrator.presses('确认采用');
  await house.settles();
  expect([house.app.isWorkday('2027-02-14'), house.app.isWorkday('2027-02-20')]).toEqual([false, true]);
});

it('keeps nothing of a notice that does not fit, and says what does not', async () => {
  const house = await openHouse();
  const administrator = house.person(SAMPLE_PEOPLE.administrator);
  await administrator.says(NOTICE.replace('2月5日（周五）', '2月5日（周四）'));
  expect(administrator.seesLast()).toContain('2月5日不是周四');
  await administrator.says('放假安排');
  expect(administrator.seesLast()).toContain('请把国务院办公厅');
  expect(await house.app.db.sql`SELECT FROM holiday_notice`).toEqual([]);
});

it('moves what waits and what will remind to the new working days', async () => {
  const house = await openHouse({ at: new Date('2027-02-12T22:00:00+08:00') });
  const [secretary, officer] = [house.person(SAMPLE_PEOPLE.secretary), house.person(SAMPLE_PEOPLE.officer)];
  await secretary.says('提醒一大队党支部全体党员2月15日18:00前完成第一议题学习：学习讲话');
  expect(secretary.seesLast()).toContain('2月15日（周一）07:30起送达');
  await secretary.presses('确认发布（');
  await house.settles();
  const reminders = () => house.app.db.sql`
    SELECT payload ->> 'moment' AS moment, to_char("dueAt" AT TIME ZONE 'Asia/Shanghai', 'MM-DD') AS day FROM pending_job WHERE job = 'remind' ORDER BY 1`;
  expect(await reminders()).toEqual([{ moment: 'morning', day: '02-15' }]);

  // 13 and 14 February are worked.
  await importNotice(house);
  await house.follows();
  expect(await reminders()).toEqual([
    { moment: 'morning', day: '02-15' },
    { moment: 'workday-before', day: '02-14' },
  ]);
  await house.clockMovesTo('2027-02-13T07:31:00+08:00');
  expect(officer.seesLast()).toContain('[我已完成]');
});
