/** How people ask for feedback: wishes as data. */
import { withSentences } from '../../reading/rank/intents.ts';

export const hears = withSentences(import.meta.url, [
  {
    name: 'feedback',
    words: ['投诉建议', '反馈', '意见'],
    cues: [
      [/投诉|举报/u, 5],
      [/(?:想|要|得|来)?(?:反映|反应|说)(?:一下|下|个事|件事)|有(?:个|件)事[^,。]{0,4}(?:反映|反应|说)/u, 5],
      [/(?:提|有|反映|反馈)(?:个|一个|一下|点|些|条)*(?:意见|建议|问题|情况)/u, 5],
      [/^(?:意见|建议|反馈|吐槽)/u, 4],
      [/吐槽|建议(?:一下)?/u, 2.5],
    ],
    examples: [
      '我有意见',
      '投诉食堂饭菜',
      '提个建议',
      '反馈一个问题',
      '我想反映情况',
      '建议增加停车位',
      '投诉',
      '有点意见要说',
      '吐槽一下空调',
      '意见反馈',
    ],
  },
]);
