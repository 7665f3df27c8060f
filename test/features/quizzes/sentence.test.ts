/** What a secretary's sentence about a quiz is understood as. */
import { expect, it } from 'vitest';
import { createCalendar } from '../../../src/calendar/create-calendar.ts';
import { EMPTY_DRAFT, findMissing, findObjection } from '../../../src/features/quizzes/draft-rules.ts';
import { DISCIPLINE_TOPICS } from '../../../src/features/quizzes/question.ts';
import { looksLikeQuiz, readKind, readSentence } from '../../../src/features/quizzes/sentence.ts';

const viewpoint = {
  now: new Date('2026-11-23T10:00:00+08:00'),
  calendar: createCalendar({ timeZone: 'Asia/Shanghai', overrides: [] }),
};
const names = [
  { kind: 'branch' as const, id: 'b1', name: '一大队党支部' },
  { kind: 'unit' as const, id: 'u1', name: '一大队' },
];
const read = (text: string) => readSentence(text, viewpoint, names, 'b1');
const at = (text: string) => new Date(`${text}:00+08:00`);
const ownMembers = { kind: 'branch', id: 'b1', who: 'members' };

it.each([
  [
    '给本支部发布10道党纪题，明天15:00到15:30',
    {
      topics: DISCIPLINE_TOPICS,
      count: 10,
      opensAt: at('2026-11-24T15:00'),
      closesAt: at('2026-11-24T15:30'),
      audience: ownMembers,
    },
  ],
  [
    '给一大队党支部出二十道廉洁纪律题，下周五18:00前',
    { topics: ['integrity'], count: 20, closesAt: at('2026-12-04T18:00'), audience: ownMembers },
  ],
  [
    '给一大队全体人员发5道交通执法题，11月24日9:00-11月25日18:00',
    {
      topics: ['traffic'],
      count: 5,
      opensAt: at('2026-11-24T09:00'),
      closesAt: at('2026-11-25T18:00'),
      audience: { kind: 'unit', id: 'u1', who: 'everyone' },
    },
  ],
  [
    '组织一次全支队党纪知识竞赛',
    { topics: DISCIPLINE_TOPICS, audience: { kind: 'detachment', id: null, who: 'members' } },
  ],
  ['给本支部发布10道题，明天下午3点到4点', { count: 10, opensAt: at('2026-11-24T15:00'), audience: ownMembers }],
])('%s', (text, understood) => {
  expect(looksLikeQuiz(text)).toBe(true);
  expect(read(text)).toEqual(understood);
});

it.each(['提醒全体党员下周五18:00前完成第一议题学习：学习讲话', '安排道路交通安全专题培训', '这道题不对', '今天'])(
  'leaves alone what is no quiz: %s',
  (text) => {
    expect(looksLikeQuiz(text)).toBe(false);
  },
);

it('tells a contest from an exam', () => {
  expect(readKind('组织一次党纪知识考试')).toBe('exam');
  expect(readKind('组织一次党纪知识比拼')).toBe('contest');
});

it('says what a draft lacks and what speaks against it', () => {
  const { now } = viewpoint;
  const draft = {
    ...EMPTY_DRAFT,
    kind: 'exam' as const,
    topics: DISCIPLINE_TOPICS,
    count: 10,
    closesAt: at('2026-11-24T15:30'),
  };
  expect(findMissing(draft)).toEqual(['参加范围', '答题时长', '及格线']);
  expect(findObjection(draft, now, 10)).toBeUndefined();
  expect(findObjection(draft, now, 9)).toContain('只有9道题');
  expect(findObjection({ ...draft, count: 0 }, now, 10)).toContain('题数要在1到50之间');
  expect(findObjection({ ...draft, closesAt: now }, now, 10)).toContain('已经过去');
  expect(findObjection({ ...draft, closesAt: at('2026-12-24T15:30') }, now, 10)).toContain('10天以内');
  expect(findObjection({ ...draft, minutes: 0 }, now, 10)).toContain('答题时长');
  expect(findObjection({ ...draft, passPercent: Number.NaN }, now, 10)).toContain('及格线');
});
