/** What is understood of a secretary's sentence. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCalendar } from '../../../src/calendar/create-calendar.ts';
import { looksLikeStudyTask, readSentence, type Understood } from '../../../src/features/study-tasks/sentence.ts';

const viewpoint = {
  now: new Date('2026-11-23T10:00:00+08:00'),
  calendar: createCalendar({ timeZone: 'Asia/Shanghai' }),
};
const names = [
  { kind: 'branch' as const, id: 'b1', name: '一大队党支部' },
  { kind: 'branch' as const, id: 'b2', name: '一大队第二党支部' },
  { kind: 'unit' as const, id: 'u1', name: '一大队' },
];
const read = (text: string): Understood => readSentence(text, viewpoint, names, 'own');
const at = (text: string) => new Date(`${text}:00+08:00`);

describe('a sentence', () => {
  it.each<[string, Understood]>([
    [
      '提醒一大队党支部全体党员下周五18:00前完成第一议题学习：学习党的二十届四中全会精神 https://example.gov.cn/a',
      {
        kind: 'first-agenda-item',
        topic: '学习党的二十届四中全会精神',
        link: 'https://example.gov.cn/a',
        audience: { kind: 'branch', id: 'b1', who: 'members' },
        dueAt: at('2026-12-04T18:00'),
      },
    ],
    [
      '提醒全体党员明天18：00前完成中心组学习：研读《中国共产党纪律处分条例》，需提交心得体会',
      {
        kind: 'theory-study-center-group',
        topic: '研读《中国共产党纪律处分条例》，需提交心得体会',
        audience: { kind: 'branch', id: 'own', who: 'members' },
        dueAt: at('2026-11-24T18:00'),
        reflection: 'required',
      },
    ],
    [
      '通知一大队全体民警11月27日下午3点前参加研讨交流：规范执法怎么做',
      {
        kind: 'group-discussion',
        topic: '规范执法怎么做',
        audience: { kind: 'unit', id: 'u1', who: 'everyone' },
        dueAt: at('2026-11-27T15:00'),
      },
    ],
    [
      '请提醒全支队党员后天前在学习强国学完《论党的自我革命》',
      {
        kind: 'online-platform',
        topic: '《论党的自我革命》',
        audience: { kind: 'detachment', id: null, who: 'members' },
        dueAt: at('2026-11-25T18:00'),
      },
    ],
    [
      '提醒本支部全体党员主题党日:参观教育基地，不需要写心得',
      {
        kind: 'themed-party-day',
        topic: '参观教育基地，不需要写心得',
        audience: { kind: 'branch', id: 'own', who: 'members' },
        reflection: 'none',
      },
    ],
    [
      '提醒一大队第二党支部开展专题学习',
      { kind: 'branch-themed-study', audience: { kind: 'branch', id: 'b2', who: 'members' } },
    ],
    ['', {}],
  ])('%s', (text, understood) => {
    expect(read(text)).toEqual(understood);
  });

  it.each([
    ['提醒全体党员下周五前完成第一议题学习：学习讲话', true],
    ['通知大家参加主题党日', true],
    ['提醒我吃饭', false],
    ['提醒各支部每月10日开展主题党日', false],
    ['组织一次党纪知识比拼：10道题', false],
    ['今天', false],
    ['学习进度', false],
  ])('%s: %s', (text, expected) => {
    expect(looksLikeStudyTask(text)).toBe(expected);
  });

  it('never throws, and never takes a link that is not http', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const { link } = read(`提醒${text}`);
        expect(link === undefined || /^https?:\/\//i.test(link)).toBe(true);
      }),
    );
  });
});
