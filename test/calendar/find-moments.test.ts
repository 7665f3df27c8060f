/** All dates of a text, with their marks and what is wrong with them. */
import { describe, expect, it } from 'vitest';
import { createCalendar } from '../../src/calendar/create-calendar.ts';
import { findMoments } from '../../src/calendar/find-moments.ts';

const calendar = createCalendar({ timeZone: 'Asia/Shanghai' });
// A Friday, ten o'clock.
const here = { now: calendar.at('2026-11-27', '10:00'), calendar };

/** Each find as `shape mark conflict: moments`, a day that means another one looking back with it. */
function find(text: string): string[] {
  return findMoments(text, here).map(({ shape, mark, conflict, moments }) =>
    [
      [shape, mark, conflict].filter(Boolean).join(' '),
      moments
        .map(({ day, pastDay, time }) => [day, day === pastDay ? '' : `(${pastDay})`, time ? ` ${time}` : ''].join(''))
        .join(' .. '),
    ].join(': '),
  );
}

describe('findMoments', () => {
  it.each([
    ['12月5日(周六)下午5点前', ['point end: 2026-12-05 17:00']],
    ['12月5日(周五)18点前', ['point end other-weekday: 2026-12-05 18:00']],
    ['周四(12月3日)之前', ['point end: 2026-12-03']],
    ['周五(12月3日)之前', ['point end two-dates: 2026-12-03']],
    ['上周三(18日)', ['point: 2026-11-18']],
    ['2月30日前', ['point end no-such-day: ']],
    ['今天下午3点到3点半', ['span: 2026-11-27 15:00 .. 2026-11-27 15:30']],
    ['晚上8点到10点', ['span: 2026-11-27 20:00 .. 2026-11-27 22:00']],
    ['12月3日15:00-16:00', ['span: 2026-12-03 15:00 .. 2026-12-03 16:00']],
    ['12.2 14:00开始,14:30收卷', ['point start: 2026-12-02 14:00', 'point end: 2026-12-02 14:30']],
    ['3月1日-3月3日', ['span: 2027-03-01 .. 2027-03-03']],
    ['2027/3/1-2027/3/3', ['span: 2027-03-01 .. 2027-03-03']],
    ['12.3-12.5', ['span: 2026-12-03 .. 2026-12-05']],
    ['12月1日至3日', ['span: 2026-12-01 .. 2026-12-03(2026-11-03)']],
    ['12月1-3日', ['span: 2026-12-01 .. 2026-12-03(2026-11-03)']],
    ['3月3日至3月1日', ['span ends-before-it-begins: 2027-03-03 .. 2027-03-01']],
    ['3月1日、3月5日', ['list: 2027-03-01 .. 2027-03-05']],
    ['12-08 前', ['point end: 2026-12-08']],
    ['10-20分钟', []],
    ['限两天', ['point end: 2026-11-29']],
    ['两周内', ['point end: 2026-12-11']],
    ['从12月1日起', ['point start: 2026-12-01']],
    ['提名到12月2号,投票到12月10号', ['point end: 2026-12-02', 'point end: 2026-12-10']],
    ['15号开的', ['point: 2026-12-15(2026-11-15)']],
    ['周三', ['point: 2026-12-02(2026-11-25)']],
    ['刚刚开完', ['point: 2026-11-27']],
    ['前天', ['point: 2026-11-25']],
    ['1949年10月1日', []],
    [
      '下周四晚上比拼,七点半开始,八点结束',
      ['point: 2026-12-03 21:00', 'point start: 2026-12-03 19:30', 'point end: 2026-12-03 20:00'],
    ],
    ['明天上午来个竞赛,10点到10点半', ['point: 2026-11-28 12:00', 'span: 2026-11-28 10:00 .. 2026-11-28 10:30']],
    ['12月3日9:00考试,8:40前入场', ['point: 2026-12-03 09:00', 'point end: 2026-12-03 08:40']],
    ['周二上午集合,2点开始学习', ['point: 2026-12-01(2026-11-24) 12:00', 'point start: 2026-12-01 14:00']],
    ['12月3日开放日活动', ['point: 2026-12-03']],
    ['周二上午11点开始,1点结束', ['point start: 2026-12-01(2026-11-24) 11:00', 'point end: 2026-12-01 13:00']],
    ['周一下午2点开始,4点结束', ['point start: 2026-11-30(2026-11-23) 14:00', 'point end: 2026-11-30 16:00']],
    ['周一上午九点放题,当天下午五点收', ['point start: 2026-11-30(2026-11-23) 09:00', 'point end: 2026-11-30 17:00']],
    [
      '下周二晚上搞联欢,出15道题,七点到七点四十',
      ['point: 2026-12-01 21:00', 'span: 2026-12-01 19:00 .. 2026-12-01 19:40'],
    ],
    ['12.5中午十二点以后就不给领了', ['point end: 2026-12-05 12:00']],
    ['12.5中午十二点以后再领', ['point start: 2026-12-05 12:00']],
    ['期限放宽些,到十二月廿日', ['point end: 2026-12-20']],
    ['月底最后一天截止', ['point end: 2026-11-30']],
  ])('%s', (text, expected) => {
    expect(find(text)).toEqual(expected);
  });
});
