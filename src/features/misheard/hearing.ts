/** How administrators ask for what was not understood: wishes as data. */
import { withSentences } from '../../reading/rank/intents.ts';

export const hears = withSentences(import.meta.url, [
  {
    name: 'misheard.list',
    words: ['没听懂'],
    cues: [
      [/没(?:有)?(?:听|看|读)(?:懂|明白)/u, 6],
      [/(?:听|看)不(?:懂|明白)|不理解|识别不了|没识别/u, 4],
    ],
    examples: [
      '没听懂',
      '看看哪些话没听懂',
      '机器人有哪些没听懂',
      '没听懂的句子',
      '最近没听懂多少',
      '大家发的哪些话你听不懂',
      '这个月有多少句没听懂',
      '没听懂的有哪些',
      '列一下没有听懂的话',
      '你没听懂的统计',
    ],
  },
]);
