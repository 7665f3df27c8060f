/** How people ask for the weekly digest: wishes as data. */
import { withSentences } from '../../reading/rank/intents.ts';

export const hears = withSentences(import.meta.url, [
  {
    name: 'digest.read',
    words: ['周报', '工作周报'],
    cues: [
      [/周报|月报|工作简报/u, 5],
      [/(?:本周|这周|上周|Ⓥ)[^,。]{0,6}(?:总结|情况汇总|汇总|(?:总体|整体)?情况(?:怎么?样|如何|咋样))/u, 4],
      [/导出|word|下载|记录|表格/iu, -3],
    ],
    examples: [
      '周报',
      '看一下本周周报',
      '上周的周报',
      '周报发给我',
      '这个月的月报',
      '把周报给我看看',
      '周报出来了吗',
      '本周情况汇总',
      '看周报',
      '要看上周周报',
    ],
  },
  {
    name: 'digest.export',
    words: ['导出周报'],
    cues: [[/导出[^,。]{0,6}周报|周报[^,。]{0,6}(?:导出|导成|word|文档|表格|下载)/iu, 9]],
    examples: [
      '导出周报',
      '周报导成word',
      '把周报导出来',
      '下载周报',
      '周报导出为文档',
      '周报做成表格',
      '导出本周周报',
      '导出上周的周报',
      '周报给我一份文档',
      '周报word版',
    ],
  },
  {
    name: 'digest.runs',
    words: ['周报记录'],
    cues: [[/周报(?:发送)?记录|周报发给(?:了)?谁/u, 9]],
    examples: [
      '周报记录',
      '看周报记录',
      '周报发送记录',
      '周报发给了谁',
      '查周报记录',
      '上次周报发送情况',
      '周报发了多少人',
      '周报的发送记录',
      '周报记录看一下',
      '周报都发给谁了',
    ],
  },
]);
