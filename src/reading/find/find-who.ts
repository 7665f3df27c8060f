/** Finds the words that pick people out of a place: 全体党员, 民辅警, 支委, 大家. */

import { matches, type Sheet, TAKEN } from '../sheet.ts';
import type { WhoAtom } from './atoms.ts';

type Meaning = Partial<Pick<WhoAtom, 'politics' | 'kinds' | 'offices' | 'isLoud' | 'isUnclear'>>;

/** In this order; where two begin together the earlier is meant. */
const WORDS: [RegExp, Meaning][] = [
  [
    /(?:理论学习)?中心组(?:全体)?成员|(?:领导)?班子成员|党委(?:委员|成员)|专班成员|党小组(?:组)?长|党务(?:干部|工作者)|新警|女警|团员|青年民警|离退休\p{Script=Han}{1,3}|值班(?:人员|民警|的)?/gu,
    { isUnclear: true },
  ],
  // 各大队教导员: whoever holds a post that the contacts do not tell apart.
  [
    new RegExp(
      String.raw`(?<=[队科所处室部的各请给、和${TAKEN}])(?:副?(?:教导员|指导员|[大中支]队长|政委|科长|所长|主任|组长|队长|班长)|内勤|文书|联络员|信息员|骨干|党员干部|党员领导干部|领导干部|中层干部|青年干警|[男女]民警|老党员|新党员)(?=们|同志|[\s,:、${TAKEN}\d]|请|于|在|要|须|应|均|都|把|认真|务必|抓紧|下周|本周|这周|[今明后]天|$)`,
      'gu',
    ),
    { isUnclear: true },
  ],
  [
    /各?(?:单位|部门|大队|中队|科室)(?:主要)?(?:负责人|领导|负责同志)|(?:主要)?负责(?:人|同志)|(?<=[请各给]|^)负责人/gu,
    { offices: ['head'], isLoud: true },
  ],
  [
    /(?<!增补|补选|选举|改选)(?:党)?支部委员(?!会)|支委(?:委员|成员)?(?!会)/gu,
    { offices: ['committee'], isLoud: true },
  ],
  [
    /(?<![当任为做是兼的])(?:党)?(?:支部)?(?<![总当任为做是兼的])书记(?!处|员|带头|讲话|在|关于|主持)/gu,
    { offices: ['secretary'], isLoud: true },
  ],
  [/(?<![当任为做是兼的])纪检委员/gu, { offices: ['discipline-commissioner'], isLoud: true }],
  [/(?:中共)?预备党员/gu, { politics: ['probationary'] }],
  [/正式党员/gu, { politics: ['member'] }],
  [
    /(?<!非)(?<!发展)(?:中共)?党员(?!教育|管理|大会|活动|先锋|权利|发展|队伍|干部|手册|突击|示范)/gu,
    { politics: ['member', 'probationary'] },
  ],
  [/入党积极分子|积极分子|发展对象|入党申请人/gu, { politics: ['applicant'] }],
  [/民警辅警|民辅警|警辅人员|民警[、和及与]辅警|警务人员|全警|干警职工/gu, {}],
  [/民警|干警|警官(?!证)/gu, { kinds: ['officer'] }],
  [/辅警|协警|辅助人员|辅助警务/gu, { kinds: ['auxiliary'] }],
  [
    /全体(?:人员|同志|职工|成员|同事)?|所有(?:人员|人|同志|同事|在职人员)?|全员|人人(?!民)|@所有人|全部人员/gu,
    { isLoud: true },
  ],
  [
    /各位(?:同志|同事|战友|领导)?|大家|同志们|(?<!志愿)同志(?!关系)|弟兄们?|兄弟们?|战友们|伙伴们|每名(?=党|民|辅)|每位|的人(?=把|都|要|请|于|在|每|,|$)/gu,
    {},
  ],
];

/** Claims every such word. */
export function findWho(sheet: Sheet): WhoAtom[] {
  return WORDS.flatMap(([said, meaning]) =>
    matches(sheet, said).flatMap((span): WhoAtom[] =>
      sheet.claim(span)
        ? [
            {
              start: span.start,
              end: span.end,
              is: 'who',
              politics: [],
              kinds: [],
              offices: [],
              isLoud: false,
              isUnclear: false,
              ...meaning,
            },
          ]
        : [],
    ),
  );
}
