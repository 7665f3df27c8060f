/** The deadline in a Chinese sentence: a table of phrases, and what holds for any text. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCalendar } from '../../src/calendar/create-calendar.ts';
import { formatDeadline, formatInstant } from '../../src/calendar/format.ts';
import { parseDeadline } from '../../src/calendar/parse-deadline.ts';

const calendar = createCalendar({ timeZone: 'Asia/Shanghai' });
// A Wednesday, ten o'clock.
const here = { now: calendar.at('2026-11-25', '10:00'), calendar };

/** What `text` is understood as, in Shanghai time; `-` for no deadline. */
function read(text: string, viewpoint = here): string {
  const found = parseDeadline(text, viewpoint);
  return found ? `${calendar.dayOf(found.at)} ${calendar.timeOf(found.at)}` : '-';
}

describe('parseDeadline understands', () => {
  it.each([
    // Weekdays: weeks begin on Monday; a bare one goes forward.
    ['下周五18:00前', '2026-12-04 18:00'],
    ['下周五', '2026-12-04 18:00'],
    ['周五前', '2026-11-27 18:00'],
    ['周三18点前', '2026-11-25 18:00'],
    ['周三9:00前', '2026-12-02 09:00'],
    ['周一', '2026-11-30 18:00'],
    ['本周五', '2026-11-27 18:00'],
    ['这周日', '2026-11-29 18:00'],
    ['这个星期天', '2026-11-29 18:00'],
    ['周末', '2026-11-29 18:00'],
    ['下周三上午10点', '2026-12-02 10:00'],
    ['下个星期二', '2026-12-01 18:00'],
    ['下礼拜天', '2026-12-06 18:00'],
    ['下下周一', '2026-12-07 18:00'],
    ['下下个星期五下午4点', '2026-12-11 16:00'],
    ['本周内', '2026-11-27 18:00'],
    ['下周内完成', '2026-12-04 18:00'],
    ['周5', '2026-11-27 18:00'],
    // Days.
    ['今天下班前', '2026-11-25 18:00'],
    ['下班前', '2026-11-25 18:00'],
    ['今晚8点', '2026-11-25 20:00'],
    ['今晚前', '2026-11-25 21:00'],
    ['明早9点', '2026-11-26 09:00'],
    ['明早前', '2026-11-26 09:00'],
    ['明天', '2026-11-26 18:00'],
    ['明天中午12点前', '2026-11-26 12:00'],
    ['明天中午前', '2026-11-26 12:00'],
    ['明日上午', '2026-11-26 12:00'],
    ['明晚12点', '2026-11-27 00:00'],
    ['后天', '2026-11-27 18:00'],
    ['大后天', '2026-11-28 18:00'],
    ['后天3点前', '2026-11-27 15:00'],
    ['后天3:00前', '2026-11-27 03:00'],
    ['后天凌晨3点', '2026-11-27 03:00'],
    ['明天9点三中队集合前', '2026-11-26 09:00'],
    ['明天（周四）下午三点一刻', '2026-11-26 15:15'],
    // Dates.
    ['11月27日', '2026-11-27 18:00'],
    ['11月27号前', '2026-11-27 18:00'],
    ['11月27前', '2026-11-27 18:00'],
    ['十一月二十七日', '2026-11-27 18:00'],
    ['2026年11月27日下午3点半', '2026-11-27 15:30'],
    ['二〇二六年十二月五日', '2026-12-05 18:00'],
    ['明年1月5号', '2027-01-05 18:00'],
    ['1月5日', '2027-01-05 18:00'],
    ['2月29日', '2028-02-29 18:00'],
    ['7.20', '2027-07-20 18:00'],
    ['12/5', '2026-12-05 18:00'],
    ['12.5前', '2026-12-05 18:00'],
    ['2026-12-05 18:00', '2026-12-05 18:00'],
    ['2026-12-05T09:30', '2026-12-05 09:30'],
    ['2026/12/5', '2026-12-05 18:00'],
    ['2026.12.05前', '2026-12-05 18:00'],
    ['２０２６年１２月５日１８：３０前', '2026-12-05 18:30'],
    ['11月27日24:00前', '2026-11-28 00:00'],
    ['11月27日24点前', '2026-11-28 00:00'],
    ['二十号', '2026-12-20 18:00'],
    ['廿八号', '2026-11-28 18:00'],
    ['30号17点30分前', '2026-11-30 17:30'],
    ['31号', '2026-12-31 18:00'],
    ['5日前', '2026-12-05 18:00'],
    ['下个月5号', '2026-12-05 18:00'],
    ['下月5日', '2026-12-05 18:00'],
    ['下下个月1号', '2027-01-01 18:00'],
    ['月底', '2026-11-30 18:00'],
    ['本月底', '2026-11-30 18:00'],
    ['12月底前', '2026-12-31 18:00'],
    ['下月底', '2026-12-31 18:00'],
    ['下月中旬', '2026-12-20 18:00'],
    ['年底前', '2026-12-31 18:00'],
    ['明年2月底', '2027-02-28 18:00'],
    // Spans.
    ['两周后', '2026-12-09 18:00'],
    ['三天内', '2026-11-28 18:00'],
    ['3日内', '2026-11-28 18:00'],
    ['十天之内', '2026-12-05 18:00'],
    ['一个星期内', '2026-12-02 18:00'],
    ['两个月内', '2027-01-25 18:00'],
    ['半个月内', '2026-12-10 18:00'],
    ['3个工作日内', '2026-11-30 18:00'],
    ['两小时内', '2026-11-25 12:00'],
    ['半小时后', '2026-11-25 10:30'],
    ['三天后上午9点', '2026-11-28 09:00'],
    // Holidays: the last workday before.
    ['国庆节前', '2027-09-30 18:00'],
    ['元旦前', '2026-12-31 18:00'],
    ['春节前', '2027-02-04 18:00'],
    ['春节假期前', '2027-02-04 18:00'],
    ['十一前', '2027-09-30 18:00'],
    // Times alone.
    ['18:00前', '2026-11-25 18:00'],
    ['上午9点前', '2026-11-26 09:00'],
    ['下午三点半前', '2026-11-25 15:30'],
    ['9点前', '2026-11-26 09:00'],
    ['晚上8点半', '2026-11-25 20:30'],
    // Ranges end at their end.
    ['11月25日-27日', '2026-11-27 18:00'],
    ['12月25日至27日', '2026-12-27 18:00'],
    ['下周二到周四', '2026-12-03 18:00'],
    ['明天9:00-11:00', '2026-11-26 11:00'],
    ['下周五（12月4日）17:00前', '2026-12-04 17:00'],
    // In sentences.
    ['学习《关于7月1日重要讲话》，请于下周五18:00前完成', '2026-12-04 18:00'],
    ['学习11月20日会议精神，11月27日前完成', '2026-11-27 18:00'],
    ['落实3点要求，周五前反馈', '2026-11-27 18:00'],
    ['落实第20号文件，明天完成', '2026-11-26 18:00'],
    ['链接 https://example.com/2026/12/05/a.html 后天前看完', '2026-11-27 18:00'],
    ['每周五例会，12月1日前报名', '2026-12-01 18:00'],
    ['截止时间：11月27日', '2026-11-27 18:00'],
    ['周五前往支队，下周一上午10点前', '2026-11-30 10:00'],
  ])('%s as %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    '',
    '发布学习任务',
    '落实3点要求',
    '20号文件',
    '每周五',
    '一周一次',
    '3.5万元',
    '完成1/2的任务',
    '2月30日',
    '11月31日前',
  ])('no deadline in %j', (text) => {
    expect(read(text)).toBe('-');
  });

  it.each([
    '13月5日',
    '明天25点',
    '明天18:60',
    '十十号',
    '1.2.3',
    '国庆安保学习',
    '前三天',
    '近三天内',
    '《周五》',
    '环节前',
    '下周',
  ])('no deadline in %j either', (text) => {
    expect(read(text)).toBe('-');
  });

  it.each([
    ['2020年1月1日', '2020-01-01 18:00'],
    ['2026-11-24 18:00', '2026-11-24 18:00'],
    ['11月20日', '2026-11-20 18:00'],
    ['11月25日9点', '2026-11-25 09:00'],
    ['今天8点', '2026-11-25 08:00'],
    ['本周一', '2026-11-23 18:00'],
    ['上周五', '2026-11-20 18:00'],
    ['昨天', '2026-11-24 18:00'],
  ])('%s as the past it names', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    ['周五18:00前', '2026-11-27', '18:00', '2026-12-04 18:00'],
    ['月底', '2026-11-30', '19:00', '2026-12-31 18:00'],
    ['下班前', '2026-11-27', '19:00', '2026-11-30 18:00'],
    ['国庆节前', '2026-09-28', '10:00', '2026-09-30 18:00'],
    ['5号', '2026-12-06', '10:00', '2027-01-05 18:00'],
    ['周日', '2026-11-29', '10:00', '2026-11-29 18:00'],
    ['下周一', '2026-11-29', '10:00', '2026-11-30 18:00'],
    ['一个月内', '2027-01-31', '10:00', '2027-02-28 18:00'],
    ['12月30日', '2027-01-05', '10:00', '2026-12-30 18:00'],
  ])('%s on %s at %s', (text, day, time, expected) => {
    expect(read(text, { now: calendar.at(day, time), calendar })).toBe(expected);
  });
});

describe('parseDeadline tells where it stands', () => {
  it.each([
    ['学习四中全会精神，下周五18:00前完成', '下周五18:00前'],
    ['截止时间：１１月２７日１８：００，一大队党支部', '截止时间：１１月２７日１８：００'],
    ['11月25日-27日学习', '11月25日-27日'],
    ['😀明早9点 集合', '明早9点'],
  ])('%s', (text, phrase) => {
    const found = parseDeadline(text, here);
    expect(found?.text).toBe(phrase);
    expect(text.slice(found?.start, found?.end)).toBe(phrase);
  });
});

// Pieces of the grammar and of what stands around it, thrown together.
const pieces =
  '下 周 五 星期 天 月 底 日 号 年 前 内 点 半 : - . / 3 12 2026 9999 十 二十 两 后 个 小时 明 今 早 晚上 国庆 节 工作 本 《 》 （ ， 到 截止';
const gibberish = fc.array(fc.constantFrom(...pieces.split(' ')), { maxLength: 14 }).map((parts) => parts.join(''));
const instants = fc.date({ min: new Date('2020-01-01'), max: new Date('2060-12-31'), noInvalidDate: true });

describe('for any text parseDeadline', () => {
  it('never throws, and quotes the text', () => {
    fc.assert(
      fc.property(fc.oneof(gibberish, fc.string({ unit: 'binary' })), instants, (text, now) => {
        const found = parseDeadline(text, { now, calendar });
        if (!found) return;
        expect(Number.isNaN(found.at.getTime())).toBe(false);
        expect(found.text.length).toBeGreaterThan(0);
        expect(text.slice(found.start, found.end)).toBe(found.text);
      }),
      { numRuns: 3000 },
    );
  });

  it('goes forward unless the phrase names the past', () => {
    const namesADay = /年|\d+[-/.]\d|月|[本这上今昨]/;
    fc.assert(
      fc.property(gibberish, instants, (text, now) => {
        const found = parseDeadline(text, { now, calendar });
        if (found && !namesADay.test(found.text)) expect(found.at.getTime()).toBeGreaterThan(now.getTime());
      }),
      { numRuns: 3000 },
    );
  });

  it('takes what recurs forward, at any moment', () => {
    const recurring = fc.constantFrom(
      '周五前',
      '周日18:00',
      '5号',
      '31号前',
      '月底',
      '年底前',
      '国庆节前',
      '下班前',
      '9点前',
      '20:30',
    );
    fc.assert(
      fc.property(recurring, instants, (text, now) => {
        expect(parseDeadline(text, { now, calendar })?.at.getTime()).toBeGreaterThan(now.getTime());
      }),
      { numRuns: 1000 },
    );
  });

  it('understands the dates that cards show', () => {
    // Further ahead a month and day without a year is nearer to last year's, and is taken for a slip of the pen.
    const minutesAhead = fc.integer({ min: 1, max: 270 * 24 * 60 });
    fc.assert(
      fc.property(instants, minutesAhead, fc.boolean(), (now, minutes, isNear) => {
        const at = new Date(Math.floor(now.getTime() / 60_000 + minutes) * 60_000);
        const shown = (isNear ? formatDeadline : formatInstant)(at, { now, calendar });
        expect(parseDeadline(`请于 ${shown} 前完成`, { now, calendar })?.at).toEqual(at);
      }),
      { numRuns: 500 },
    );
  });

  // Backtracking that grows with the square of the length would run into the runner's own timeout here.
  it.each([
    '下',
    '周',
    '1',
    '十',
    '《',
    '（',
    '1月',
    '下周五',
    '18:',
    '截止',
    ' ',
    '12.',
    '明早',
    '一二',
    '2026-',
    '后内',
  ])('comes to an end on 10,000 characters of %j', (piece) => {
    const text = piece.repeat(Math.ceil(10_000 / piece.length));
    expect(() => parseDeadline(text, here)).not.toThrow();
    expect(parseDeadline(`${text}。请于2026年12月4日17:00前完成`, here)).toBeDefined();
  });
});
