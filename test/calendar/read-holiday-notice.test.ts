/** The yearly notice of holidays, as the State Council writes it and as people paste it. */
import { describe, expect, it } from 'vitest';
import { findPublishedDay } from '../../src/calendar/chinese-holidays.ts';
import { addDays } from '../../src/calendar/create-calendar.ts';
import { readHolidayNotice } from '../../src/calendar/read-holiday-notice.ts';

/** 国办发明电〔2025〕7号, the arrangement of 2026. */
export const NOTICE_2026 = `国务院办公厅关于2026年部分节假日安排的通知
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。`;

describe('readHolidayNotice', () => {
  it('reads of 2026 what the published calendar says of every day of that year', () => {
    const notice = readHolidayNotice(NOTICE_2026);
    expect(notice).toMatchObject({ year: 2026, wrong: [] });
    const read = new Map(notice?.days.map(({ day, isWorkday }) => [day, isWorkday]));
    for (let day = '2026-01-01'; day < '2027-01-01'; day = addDays(day, 1))
      expect(read.get(day), day).toBe(findPublishedDay(day)?.isWorkday);
  });

  it.each([
    ['full-width digits', NOTICE_2026.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))],
    ['one line, half-width brackets', NOTICE_2026.replaceAll('\n', ' ').replaceAll('（', '(').replaceAll('）', ')')],
    ['no weekdays', NOTICE_2026.replace(/（[^）]*）/g, '')],
    [
      'lines that break anywhere',
      NOTICE_2026.replaceAll('、', '、\n')
        .replace(/([一二三四五六七])、\n/g, '$1、')
        .replaceAll('放假', '放\n假'),
    ],
    ['the day of its publication above', `发布日期：2025年11月04日\n${NOTICE_2026}`],
    ['星期 instead of 周', NOTICE_2026.replace(/周([一二三四五六日])/g, '星期$1')],
  ])('reads it with %s', (_, text) => {
    expect(readHolidayNotice(text)).toEqual(readHolidayNotice(NOTICE_2026));
  });

  it('reads a holiday that begins in the year before, and two that meet', () => {
    const notice = readHolidayNotice(
      '2023年部分节假日安排：一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。二、中秋节、国庆节：9月29日至10月6日放假调休，共8天。10月7日（星期六）、10月8日（星期日）上班。',
    );
    expect(notice?.days.map(({ day }) => day)).toEqual([
      ...['2022-12-31', '2023-01-01', '2023-01-02', '2023-09-29', '2023-09-30', '2023-10-01', '2023-10-02'],
      ...['2023-10-03', '2023-10-04', '2023-10-05', '2023-10-06', '2023-10-07', '2023-10-08'],
    ]);
    expect(notice?.days.at(-1)).toEqual({ day: '2023-10-08', isWorkday: true, name: '中秋、国庆' });
    expect(notice?.wrong).toContain('没有找到春节的安排');
  });

  it.each([
    ['a weekday that does not fit', ['1月4日（周日）', '1月4日（周一）'], '1月4日不是周一'],
    ['a count that does not fit', ['共9天', '共8天'], '春节写的是共8天，日期是9天'],
    ['a day that is off and worked', ['1月4日（周日）上班', '1月3日上班'], '2026-01-03又放假又上班'],
    ['a holiday left out', ['五、端午节：6月19日（周五）至21日（周日）放假，共3天。', ''], '没有找到端午节的安排'],
    ['a day that there is not', ['至21日（周日）', '至31日'], '里的日期读不通'],
    ['dates the wrong way round', ['5月1日（周五）至5日', '5月9日至5日'], '里的日期读不通'],
  ])('says what is wrong: %s', (_, [from = '', to = ''], wrong) => {
    expect(readHolidayNotice(NOTICE_2026.replace(from, to))?.wrong.join('；')).toContain(wrong);
  });

  it.each(['', '放假安排', '2027年的安排', '明年春节放几天假', '1月1日放假'])('takes %j for no notice', (text) => {
    expect(readHolidayNotice(text)).toBeUndefined();
  });
});
