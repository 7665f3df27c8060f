/** What a secretary fills in about a contest or an exam. */
import { flag, instant, options, whole } from '../../../cards/fields.ts';
import { audienceField } from '../../../people/audience/audience-form.ts';
import { TOPICS, Topic } from '../bank/question.ts';

const fields = {
  topics: options('主题', { is: Topic, of: TOPICS, note: '可以选几个' }),
  count: whole('每人几题', { from: 1, to: 50, called: '题数', example: '例如：10' }),
  audience: audienceField('参加范围'),
  opensAt: instant('开始时间', { optional: true, note: '不填就是发布后马上开始' }),
  dueAt: instant('结束时间'),
};
export const contestFields = { ...fields, isByUnit: flag('按单位统计成绩（平均答对率）') };
export const examFields = {
  ...fields,
  minutes: whole('答题时长（分钟）', { from: 1, to: 180, called: '答题时长', example: '例如：30' }),
  passPercent: whole('及格线（答对百分之几）', { from: 1, to: 100, called: '及格线', example: '例如：60' }),
};
