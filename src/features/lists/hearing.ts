/** How people ask for lists as xlsx: wishes as data. */
import { type Term, terms } from '../../reading/lexicon.ts';
import { withSentences } from '../../reading/rank/intents.ts';

export const hears = withSentences(import.meta.url, [
  {
    name: 'export',
    words: ['导出'],
    cues: [
      [/导出|导成|导一[份下]|导下|导个|导张|导给|生成表格|出个表|excel|xlsx/iu, 6],
      [/^导[出一个]/u, 4],
      [/(?:发|给)我[^,。]{0,6}(?:表格|电子表|表)/u, 4],
      [/下载/u, 3],
      [/模板|周报/u, -4],
    ],
    likes: { period: 0.5 },
    examples: [
      '导出本月',
      '把Ⓥ的请假记录导出来',
      '导出学习台账',
      '光荣榜导成表格',
      '给我一份Ⓥ台账的excel',
      '导出Ⓥ',
      '下载人员名册',
      '把题库导出来',
      '台账导一份给我',
      '导出全部数据',
    ],
  },
  {
    name: 'import.template',
    words: ['导入模板', '模板', '导入'],
    cues: [[/模板|空白表|怎么导入|导入(?:表|模板)/u, 5]],
    examples: [
      '导入模板',
      '给我模板',
      '要空白表格',
      '怎么导入台账',
      '请假模板发我',
      '导入用什么表',
      '模板在哪',
      '发一下导入模板',
      '空白表给我一份',
      '台账模板',
    ],
  },
]);

/** Words with a meaning of this feature. */
export const lends: Term[] = [
  ...terms('list', {
    sessions: /学习台账|会议台账|台账/u,
    roll: /光荣榜/u,
    bank: /题库/u,
    roster: /人员名册|花名册|名册/u,
    leave: /(?:请假|休假)的?(?:名单|记录|台账|表|情况)/u,
    stock: /库存(?:台账|流水|表)|物资(?:台账|流水|明细|清单)|出入库(?:流水|记录|台账|明细)|领取(?:台账|记录|明细)/u,
    tasks: /学习任务(?:名单|清单|表|台账|完成情况)/u,
    quizzes: /(?:答题|考试)(?:成绩|记录|结果|台账)(?:表|单)?/u,
    duty: /值班表/u,
    deeds: /实事(?:台账|清单|记录|名单|表)/u,
  }),
];
