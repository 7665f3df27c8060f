/** How administrators say that something is called otherwise: wishes as data. */
import { withSentences } from '../../reading/rank/intents.ts';

export const hears = withSentences(import.meta.url, [
  {
    name: 'alias',
    words: ['别名', '简称'],
    cues: [
      // 《…》（以下简称…） in a notice is none.
      [/^[^,。;《（(]{0,30}(?<!以下)(?:简称|别名|俗称)/u, 6],
      [/^(?:以后)?(?:我们|大家)?(?:说|讲|写)[^,。;]{1,20}(?:就是指?|指的是|是指)/u, 6],
    ],
    examples: [
      '别名',
      '看看有哪些别名',
      '简称有哪些',
      '机动就是Ⓤ的简称',
      'Ⓤ简称机动',
      'Ⓤ以后简称车管',
      '我们说机动就是指Ⓤ',
      '大家说高速指的是Ⓤ',
      '给Ⓤ加个别名叫机动',
      '机动是Ⓤ的俗称',
    ],
  },
]);
