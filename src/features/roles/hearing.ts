/** How people ask for roles: wishes as data. */
import { type Term, terms } from '../../reading/lexicon.ts';
import { withSentences } from '../../reading/rank/intents.ts';

export const hears = withSentences(import.meta.url, [
  {
    name: 'roles.assign',
    words: ['设置角色', '任命'],
    cues: [
      [
        /任命|设置角色|(?:设|设置|安排|让|由|指定)Ⓟ[^,。]{0,8}(?:为|当|担任|做|任)|[把将]Ⓟ+(?:设|任命|调整|提|定)[为成]/u,
        6,
      ],
      [/Ⓟ+[^,。]{0,4}(?:担任|任|当)(?!选)[^,。]{0,10}(?:书记|保管员|委员|领导|管理员)/u, 5],
      [/不当|不再|免去|卸任|不担任/u, -6],
    ],
    likes: { person: 0.5 },
    examples: [
      '设置角色',
      '任命Ⓟ为保管员',
      '让Ⓟ当支部书记',
      'Ⓟ担任纪检委员',
      '由Ⓟ做物资保管员',
      '指定Ⓟ为管理员',
      '设Ⓟ为单位领导',
      '保管员换成Ⓟ',
      '新书记是Ⓟ',
      'Ⓟ任Ⓤ书记',
    ],
  },
  {
    name: 'roles.end',
    words: ['结束角色', '查看角色', '免去'],
    cues: [
      [
        /不(?:再)?(?:当|担任|做|任|兼)[^,。]{0,8}(?:书记|保管员|委员|领导|管理员|了)|免去|卸任|结束角色|离任|(?:保管员|书记|委员|管理员)[^,。]{0,4}(?:撤|免|去掉|取消)/u,
        9,
      ],
      [/Ⓟ+[^,。]{0,4}(?:是什么|有什么|有哪些|什么|啥)(?:角色|权限|职务)/u, 6],
      [/Ⓟ/u, 0.5],
    ],
    likes: { person: 0.5 },
    examples: [
      'Ⓟ不当书记了',
      '免去Ⓟ保管员',
      'Ⓟ不再担任纪检委员',
      '结束Ⓟ的角色',
      'Ⓟ卸任支部书记',
      'Ⓟ离任',
      '取消Ⓟ的管理员',
      'Ⓟ不做保管员了',
      '查看角色Ⓟ',
      '把Ⓟ的书记免了',
    ],
  },
]);

/** Words with a meaning of this feature. */
export const lends: Term[] = [
  ...terms(
    'role',
    {
      keeper: /(?:物资)?保管员/u,
      commissioner: /纪检委员/u,
      secretary: /(?:党支部|支部)书记/u,
      administrator: /管理员/u,
      leader: /单位领导/u,
    },
    { yields: true },
  ),
];
